package org.nnd.draw;

import java.util.ArrayList;
import java.util.List;
import org.nnd.dsl.Variable;
import org.nnd.explain.Amount;
import org.nnd.ir.Dim;
import org.nnd.model.Model;

/** The layers of a network with what they give and cost, those inside others to be unfolded. */
final class NetworkTable {
  private static final int WIDEST = 40;
  private static final int INDENT = 2;

  private record Row(String path, String layer, String output, String parameters, String flops) {
    List<String> cells() {
      return List.of(path, layer, output, parameters, flops);
    }
  }

  private final int[] widths = {6, 6, 6, 15, 8};

  private NetworkTable() {}

  static Markup of(Structure structure, Model model) {
    NetworkTable table = new NetworkTable();
    Row titles = new Row("path", "layer", "output", "parameters", "FLOPs");
    structure.root().parts().forEach(part -> table.measure(part, "", 0));
    StringBuilder columns = new StringBuilder();
    for (int width : table.widths) {
      // Letters are narrower than digits, by which columns are measured, on the whole.
      columns.append(Math.max(6, Math.round(0.92 * width) + 1)).append("ch ");
    }
    Markup out =
        new Markup().open("div", "class", "g", "style", "--c:" + columns.toString().strip());
    out.open("div", "class", "r h");
    table.cells(out, titles, "");
    out.close();
    structure.root().parts().forEach(part -> table.write(out, part, ""));
    return out.close().element("p", totals(structure, model), "class", "m");
  }

  private static boolean isRow(Part part) {
    return part.kind() == Part.Kind.LAYER || part.kind() == Part.Kind.INPUT;
  }

  /**
   * @param around the path of the layer around, which is not said again
   */
  private static Row row(Part part, String around) {
    String path = part.path();
    if (!around.isEmpty() && path.startsWith(around + ".")) {
      path = path.substring(around.length());
    }
    return part.kind() == Part.Kind.INPUT
        ? new Row(path, "input", part.output(), "", "")
        : new Row(
            path,
            Shown.shortened(part.text(), WIDEST),
            Shown.shortened(part.output(), WIDEST),
            part.parameters() == 0 ? "" : Shown.count(part.parameters()),
            part.flops() == 0 ? "" : Amount.text(part.flops(), ""));
  }

  private void measure(Part part, String around, int depth) {
    if (isRow(part)) {
      List<String> cells = row(part, around).cells();
      for (int i = 0; i < widths.length; i++) {
        int indent = i == 0 ? INDENT * depth + 2 : 0;
        widths[i] = Math.max(widths[i], Math.min(WIDEST, cells.get(i).length() + indent));
      }
      part.parts().forEach(inner -> measure(inner, part.path(), depth + 1));
    }
  }

  private void write(Markup out, Part part, String around) {
    if (!isRow(part)) {
      return;
    }
    List<Part> inside = part.parts().stream().filter(NetworkTable::isRow).toList();
    Row row = row(part, around);
    if (inside.isEmpty()) {
      out.open("div", "class", "r");
      cells(out, row, part.path());
      out.close();
      return;
    }
    out.open("details").open("summary");
    cells(out, row, part.path());
    out.close().open("div");
    inside.forEach(inner -> write(out, inner, part.path()));
    out.close().close();
  }

  private void cells(Markup out, Row row, String path) {
    List<String> cells = row.cells();
    int last = 4;
    while (cells.get(last).isEmpty()) {
      last--;
    }
    for (int i = 0; i <= last; i++) {
      boolean told = i == 0 && (!cells.get(0).equals(path) || path.length() > WIDEST - 4);
      out.element("span", cells.get(i), "title", told ? path : "");
    }
  }

  /** {@return the same totals as {@link Model#summary()} has} */
  static String totals(Structure structure, Model model) {
    long frozen = 0;
    long buffers = 0;
    for (Variable variable : model.declared()) {
      Dim count = variable.type().shape().count();
      boolean parameter = variable.kind() == Variable.Kind.PARAMETER;
      frozen += parameter && model.frozen().contains(variable.path()) ? count.at(1) : 0;
      buffers += variable.kind() == Variable.Kind.BUFFER ? count.at(1) : 0;
    }
    List<String> parts = new ArrayList<>();
    parts.add(Shown.count(model.parameterCount()) + " parameters");
    if (frozen > 0) {
      parts.add(Shown.count(frozen) + " of them frozen");
    }
    if (buffers > 0) {
      parts.add(Shown.count(buffers) + " numbers in buffers");
    }
    parts.add(Amount.text(structure.root().flops(), "FLOPs") + " per example in inference");
    return String.join(" · ", parts);
  }
}
