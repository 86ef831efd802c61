package org.nnd.dsl;

import java.util.List;

/** The printed form of a description: one layer a line, children indented, under their names. */
final class Describe {
  private Describe() {}

  static String text(Layer layer) {
    StringBuilder text = new StringBuilder();
    write(text, "", "", layer);
    return text.toString();
  }

  private static void write(StringBuilder text, String indent, String name, Layer layer) {
    if (layer instanceof Named named) {
      write(text, indent, named.name(), named.layer());
      return;
    }
    text.append(indent).append(name).append(name.isEmpty() ? "" : ": ").append(layer).append('\n');
    List<Child> children = layer.children();
    boolean alike = layer instanceof Repeat;
    for (Child child : alike ? children.subList(0, Math.min(1, children.size())) : children) {
      write(text, indent + "  ", alike ? "" : child.name(), child.layer());
    }
  }
}
