package org.nnd.draw;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nnd.dsl.Child;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Named;
import org.nnd.dsl.Repeat;
import org.nnd.model.Model;

/**
 * A network: drawn, the blocks that do not fit into the drawing drawn by themselves below it, and
 * as a table of its layers.
 */
final class NetworkPicture {
  private static final int MOST_LINES = 60;
  private static final int MOST_BLOCKS = 24;

  private NetworkPicture() {}

  static Picture of(Model model) {
    Structure all = Structure.of(model);
    Structure structure = Runs.of(all);
    NetworkDrawing drawing = new NetworkDrawing(structure.root(), structure.links());
    String label = "network of %d layers".formatted(all.root().size());
    Markup content = new Markup();
    content.add(NetworkTable.of(all, model));
    Markup drawings = new Markup();
    drawings.add(Page.svg(label, drawing.width(), drawing.height(), drawing.content()));
    drawings.add(blocks(structure, drawing));
    content.add(Page.details(true, new Markup().text("drawing"), drawings));
    String summary = model.summary();
    String plain = summary.lines().count() > MOST_LINES ? model.summary(1) : summary;
    return Picture.of(plain)
        .with(Picture.HTML, Page.of(content))
        .with(Picture.SVG, Page.alone(label, drawing.width(), drawing.height(), drawing.content()));
  }

  /** Blocks of one form are drawn once. */
  private static Markup blocks(Structure structure, NetworkDrawing whole) {
    Map<String, List<Part>> byForm = new LinkedHashMap<>();
    List<Part> todo = new ArrayList<>(whole.closed());
    Map<String, Markup> drawings = new LinkedHashMap<>();
    for (int i = 0; i < todo.size(); i++) {
      Part block = todo.get(i);
      byForm.computeIfAbsent(block.form(), f -> new ArrayList<>()).add(block);
      if (!drawings.containsKey(block.form()) && drawings.size() < MOST_BLOCKS) {
        NetworkDrawing drawing = new NetworkDrawing(block, structure.links());
        todo.addAll(drawing.closed());
        drawings.put(
            block.form(),
            Page.svg(block.text(), drawing.width(), drawing.height(), drawing.content()));
      }
    }
    Markup out = new Markup();
    drawings.forEach(
        (form, drawing) -> {
          Set<String> paths = new LinkedHashSet<>();
          byForm.get(form).forEach(part -> paths.add(part.path()));
          Part first = byForm.get(form).get(0);
          Markup heading =
              new Markup()
                  .element("b", Shown.shortened(String.join(", ", paths), 60))
                  .text(" " + first.text() + (first.count() > 1 ? " × " + first.count() : ""));
          out.add(Page.details(false, heading, drawing));
        });
    return out;
  }

  /** {@return a description that has met no input: its layers, to be unfolded} */
  static Picture of(Layer layer) {
    return Picture.of(layer.describe())
        .with(Picture.HTML, Page.of(new Markup().add(tree("", layer, true))));
  }

  private static Markup tree(String name, Layer layer, boolean open) {
    if (layer instanceof Named named) {
      return tree(named.name(), named.layer(), open);
    }
    Markup heading = new Markup();
    if (!name.isEmpty()) {
      heading.element("span", name + ": ", "class", "m");
    }
    heading.element("code", layer.toString());
    List<Child> children = layer.children();
    boolean alike = layer instanceof Repeat;
    if (children.isEmpty()) {
      return new Markup().open("div").add(heading).close();
    }
    Markup inside = new Markup();
    for (Child child : alike ? children.subList(0, 1) : children) {
      inside.add(tree(alike ? "" : child.name(), child.layer(), true));
    }
    return Page.details(open, heading, inside);
  }
}
