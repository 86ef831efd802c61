package org.nnd.draw;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.nnd.draw.Layered.Placed;
import org.nnd.draw.Layered.Point;
import org.nnd.draw.Layered.Rectangle;
import org.nnd.explain.Amount;

/**
 * A drawn network, or a part of one: its layers as boxes, those with others inside as frames around
 * them as long as the whole stays small enough to be seen.
 */
final class NetworkDrawing {
  private static final int MOST_BOXES = 26;
  private static final int MOST_CHARACTERS = 46;
  private static final double CHARACTER = 6.9;
  private static final String NEUTRAL = "#7d858c";
  private static final double LEAST_WIDTH = 64;

  private final Part root;
  private final Set<Integer> expanded = new HashSet<>();
  private final List<Part> closed = new ArrayList<>();
  private final List<Layered.Box> boxes;
  private final Placed placed;

  NetworkDrawing(Part root, Collection<Structure.Link> links) {
    this.root = root;
    expand();
    this.boxes = root.parts().stream().map(this::box).toList();
    this.placed = Layered.place(boxes, visible(links));
  }

  /** {@return the layers that have others inside which are not drawn} */
  List<Part> closed() {
    return closed;
  }

  List<Layered.Box> boxes() {
    return boxes;
  }

  Placed placed() {
    return placed;
  }

  double width() {
    return placed.width();
  }

  double height() {
    return placed.height();
  }

  /** Opens the outer layers first, as long as there is room. */
  private void expand() {
    int boxes = root.parts().size();
    Deque<Part> todo = new ArrayDeque<>(root.parts());
    while (!todo.isEmpty()) {
      Part part = todo.poll();
      if (part.parts().isEmpty()) {
        continue;
      }
      if (boxes - 1 + part.parts().size() <= MOST_BOXES) {
        boxes += part.parts().size() - 1;
        expanded.add(part.id());
        todo.addAll(part.parts());
      } else {
        closed.add(part);
      }
    }
  }

  private Layered.Box box(Part part) {
    boolean frame = expanded.contains(part.id());
    double height = part.kind() == Part.Kind.LAYER && !frame ? 36 : 20;
    double width = part.kind() == Part.Kind.JOINT && part.text().length() == 1 ? 20 : width(part);
    return new Layered.Box(
        part.id(),
        width,
        height,
        frame ? part.parts().stream().map(this::box).toList() : List.of());
  }

  private double width(Part part) {
    boolean two = part.kind() == Part.Kind.LAYER && !expanded.contains(part.id());
    int longest = Math.max(title(part).length(), two ? second(part).length() : 0);
    return Math.max(part.kind() == Part.Kind.LAYER ? LEAST_WIDTH : 20, longest * CHARACTER + 18);
  }

  private static String title(Part part) {
    String text = Shown.shortened(part.text(), MOST_CHARACTERS);
    if (part.kind() == Part.Kind.INPUT || part.kind() == Part.Kind.OUTPUT) {
      return text + "  " + part.output();
    }
    if (!part.parts().isEmpty() && !part.path().isEmpty()) {
      String path = part.path();
      String end = path.length() <= 20 ? path : "…" + path.substring(path.length() - 19);
      text = text.equals("sequential") && !end.matches("[0-9.]+") ? end : end + "  " + text;
    }
    return part.count() > 1 ? text + "  × " + part.count() : text;
  }

  /** What a box says below its layer. */
  private static String second(Part part) {
    String inside = part.parts().isEmpty() ? "" : part.size() + " layers";
    String parameters = part.parameters() == 0 ? "" : Amount.text(part.parameters(), "");
    List<String> all = new ArrayList<>(List.of(Shown.shortened(part.output(), MOST_CHARACTERS)));
    for (String more : List.of(parameters.isEmpty() ? "" : parameters + " parameters", inside)) {
      if (!more.isEmpty()) {
        all.add(more);
      }
    }
    return String.join(" · ", all);
  }

  /** Links between what is drawn. */
  private Set<Structure.Link> visible(Collection<Structure.Link> links) {
    Map<Integer, Integer> shown = new HashMap<>();
    root.parts().forEach(part -> show(part, -1, shown));
    Set<Structure.Link> result = new LinkedHashSet<>();
    for (Structure.Link link : links) {
      Integer from = shown.get(link.from());
      Integer to = shown.get(link.to());
      if (from != null && to != null && !from.equals(to)) {
        result.add(new Structure.Link(from, to));
      }
    }
    return result;
  }

  private void show(Part part, int inside, Map<Integer, Integer> shown) {
    int box = inside >= 0 ? inside : expanded.contains(part.id()) ? -1 : part.id();
    if (box >= 0) {
      shown.put(part.id(), box);
    }
    part.parts().forEach(inner -> show(inner, box, shown));
  }

  Markup content() {
    Markup out = new Markup();
    root.parts().forEach(part -> frame(out, part));
    placed.routes().forEach(route -> line(out, route));
    root.parts().forEach(part -> box(out, part));
    return out;
  }

  private void frame(Markup out, Part part) {
    if (!expanded.contains(part.id())) {
      return;
    }
    Rectangle r = placed.boxes().get(part.id());
    rectangle(out, r, 6, "currentColor", 0.02, 0.25);
    out.open("text", "x", r.x() + 8, "y", r.y() + 15, "opacity", 0.8).text(title(part));
    out.element("title", described(part)).close();
    part.parts().forEach(inner -> frame(out, inner));
  }

  private void box(Markup out, Part part) {
    if (expanded.contains(part.id())) {
      part.parts().forEach(inner -> box(out, inner));
      return;
    }
    Rectangle r = placed.boxes().get(part.id());
    String colour = colour(part);
    boolean layer = part.kind() == Part.Kind.LAYER;
    out.open("g").element("title", described(part));
    if (layer) {
      rectangle(out, r, 4, colour, 0.16, 0.9);
    } else {
      rectangle(out, r, 10, colour, 0.08, 0.5);
    }
    double middle = r.x() + r.width() / 2;
    out.element(
        "text",
        title(part),
        "x",
        middle,
        "y",
        r.y() + 15,
        "text-anchor",
        "middle",
        "font-weight",
        part.parts().isEmpty() ? "" : "600");
    if (layer) {
      out.element(
          "text",
          second(part),
          "x",
          middle,
          "y",
          r.y() + 29,
          "text-anchor",
          "middle",
          "opacity",
          0.75);
    }
    out.close();
  }

  private static void rectangle(
      Markup out, Rectangle r, int radius, String colour, double fill, double stroke) {
    out.empty(
        "rect",
        "x",
        r.x(),
        "y",
        r.y(),
        "width",
        r.width(),
        "height",
        r.height(),
        "rx",
        radius,
        "fill",
        colour,
        "fill-opacity",
        fill,
        "stroke",
        colour,
        "stroke-opacity",
        stroke);
  }

  private static void line(Markup out, Layered.Route route) {
    StringBuilder path = new StringBuilder();
    for (Point point : route.points()) {
      path.append(path.isEmpty() ? 'M' : 'L')
          .append(Markup.number(point.x()))
          .append(' ')
          .append(Markup.number(point.y()));
    }
    if (path.isEmpty()) {
      return;
    }
    Point end = route.points().get(route.points().size() - 1);
    out.empty("path", "d", path, "fill", "none", "stroke", "currentColor", "stroke-opacity", 0.55);
    out.empty(
        "path",
        "d",
        "M%s %sl-3.5 -6h7z".formatted(Markup.number(end.x()), Markup.number(end.y())),
        "fill-opacity",
        0.7);
  }

  /** All that is known, told where a box is pointed at. */
  static String described(Part part) {
    List<String> lines = new ArrayList<>();
    lines.add((part.path().isEmpty() ? "" : part.path() + ": ") + part.text());
    if (part.count() > 1) {
      lines.add("the first of " + part.count() + " equal ones");
    }
    lines.add("gives " + part.output());
    if (part.parameters() > 0) {
      lines.add(Shown.count(part.parameters()) + " parameters");
    }
    if (part.flops() > 0) {
      lines.add(Amount.text(part.flops(), "FLOPs") + " per example");
    }
    if (!part.site().isEmpty()) {
      lines.add("declared at " + part.site());
    }
    return String.join("\n", lines);
  }

  /** Layers that do alike have one colour. */
  private static String colour(Part part) {
    if (part.kind() != Part.Kind.LAYER || !part.parts().isEmpty()) {
      return NEUTRAL;
    }
    String name = part.layer().toLowerCase(Locale.ROOT);
    String[][] groups = {
      {"conv", "depthwise", "sample", "patch", "kernel"},
      {"dense", "linear", "snnk", "monarch", "btt", "blast", "matryoshka", "mlp"},
      {"norm", "affine", "scale", "grn", "dropout"},
      {"hopfield", "attention", "memory", "scaleddot", "embedding", "lookup", "softmax"},
      {"pool", "mean", "sum"},
      {"activation", "relu", "elu", "gelu", "silu", "sigmoid", "tanh", "gate"}
    };
    for (int i = 0; i < groups.length; i++) {
      for (String word : groups[i]) {
        if (name.contains(word)) {
          return Palette.series(i);
        }
      }
    }
    return NEUTRAL;
  }
}
