package org.nnd.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.LayerReport;
import org.nnd.dsl.Mode;
import org.nnd.dsl.Variable;
import org.nnd.ir.TensorType;

/** The table of a model's layers: path, layer, output, parameters and operations per example. */
final class Summary {
  private static final int WIDEST = 44;

  private record Row(String path, String layer, String output, String parameters, String flops) {
    List<String> cells() {
      return List.of(path, layer, output, parameters, flops);
    }
  }

  private Summary() {}

  /**
   * {@return the table}
   *
   * @param depth how many levels of layers within layers to show
   */
  static String of(Model model, int depth) {
    List<LayerReport> reports = model.lowered(Mode.INFERENCE).layers();
    Flops flops = Flops.of(model.lowered(Mode.INFERENCE).graph());
    List<Row> rows = new ArrayList<>();
    rows.add(new Row("path", "layer", "output", "parameters", "FLOPs"));
    for (InputSpec input : model.inputs()) {
      rows.add(new Row(input.name(), "input", input.type().toString(), "", ""));
    }
    // Of layers with one path, a block and what it consists of, the outermost says most.
    Set<String> shown = new LinkedHashSet<>();
    for (LayerReport report : reports) {
      if (report.path().isEmpty()
          || report.kind().equals("named")
          || shown.contains(report.path())) {
        continue;
      }
      long inside = shown.stream().filter(path -> report.path().startsWith(path + ".")).count();
      shown.add(report.path());
      if (inside >= depth) {
        continue;
      }
      rows.add(
          new Row(
              report.path(),
              "  ".repeat((int) inside) + shortened(report.text()),
              outputs(report.outputs()),
              report.parameterCount() == 0
                  ? ""
                  : String.format(Locale.ROOT, "%,d", report.parameterCount()),
              scaled(flops.under(report.path()))));
    }
    StringBuilder text = new StringBuilder();
    int[] widths = widths(rows);
    for (Row row : rows) {
      text.append(line(row, widths)).append('\n');
      if (row == rows.get(0)) {
        text.append("-".repeat(line(row, widths).length())).append('\n');
      }
    }
    return text.append(totals(model, flops)).toString();
  }

  private static String shortened(String text) {
    return text.length() <= WIDEST ? text : text.substring(0, WIDEST - 1) + "…";
  }

  private static String outputs(List<TensorType> types) {
    return types.size() == 1
        ? types.get(0).shape().toString()
        : types.stream().map(type -> type.shape().toString()).toList().toString();
  }

  private static String totals(Model model, Flops flops) {
    long frozen =
        model.declared().stream()
            .filter(v -> v.kind() == Variable.Kind.PARAMETER && model.frozen().contains(v.path()))
            .mapToLong(v -> v.type().shape().count().at(1))
            .sum();
    long buffers =
        model.declared().stream()
            .filter(v -> v.kind() == Variable.Kind.BUFFER)
            .mapToLong(v -> v.type().shape().count().at(1))
            .sum();
    String operations = scaled(flops.under(""));
    return String.format(
        Locale.ROOT,
        "%,d parameters%s, %,d numbers in buffers, %s FLOPs per example in inference",
        model.parameterCount(),
        frozen == 0 ? "" : String.format(Locale.ROOT, " (%,d frozen)", frozen),
        buffers,
        operations.isEmpty() ? "0" : operations);
  }

  private static int[] widths(List<Row> rows) {
    int[] widths = new int[5];
    for (Row row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.cells().get(i).length());
      }
    }
    return widths;
  }

  private static String line(Row row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      // Numbers stand to the right.
      String format = (i == 0 ? "" : "  ") + "%" + (i < 3 ? "-" : "") + Math.max(1, widths[i]);
      line.append((format + "s").formatted(row.cells().get(i)));
    }
    return line.toString();
  }

  /** {@return 0 as nothing, 1536 as {@code 1.54 k}} */
  static String scaled(long count) {
    if (count == 0) {
      return "";
    }
    String[] units = {"", " k", " M", " G", " T", " P"};
    double value = count;
    int unit = 0;
    while (value >= 999.5 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    int digits = unit == 0 ? 0 : value < 10 ? 2 : value < 100 ? 1 : 0;
    return String.format(Locale.ROOT, "%." + digits + "f%s", value, units[unit]);
  }
}
