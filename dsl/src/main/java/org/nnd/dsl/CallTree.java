package org.nnd.dsl;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.nnd.ir.TensorType;

/**
 * The way through a network to the layer that failed, as a tree: of the layers beside the way those
 * nearest to it, each with the shape that it gave.
 *
 * @param types what a call gave, or got if it did not come to its end
 */
record CallTree(Map<Construction.Call, List<TensorType>> types, Set<Construction.Call> done) {
  private static final int NEIGHBOURS = 3;
  private static final int WIDEST = 44;

  private record Line(String layer, String shapes) {}

  /** {@return the tree, a layer a line} */
  String text(Construction.Call network) {
    List<Line> lines = new ArrayList<>();
    add(network, "", "", lines);
    int width = lines.stream().mapToInt(line -> line.layer.length()).max().orElse(0);
    return lines.stream()
        .map(line -> "  " + line.layer + " ".repeat(width - line.layer.length()) + line.shapes)
        .map(String::stripTrailing)
        .collect(Collectors.joining("\n"));
  }

  private void add(Construction.Call call, String first, String rest, List<Line> lines) {
    boolean ended = done.contains(call);
    boolean failed = !ended && call.calls().stream().allMatch(done::contains);
    String shapes =
        types.getOrDefault(call, List.of()).stream()
            .map(type -> type.shape().toString())
            .collect(Collectors.joining(", "));
    lines.add(
        new Line(
            first + label(call),
            ended ? "  gives " + shapes : failed ? "  gets " + shapes + "  <-- here" : ""));
    if (ended) {
      return;
    }
    List<Construction.Call> inner = call.calls();
    int skipped = failed ? inner.size() : Math.max(0, inner.size() - 1 - NEIGHBOURS);
    if (skipped > 0 && !failed) {
      lines.add(new Line(rest + "├─ " + skipped + (skipped == 1 ? " layer" : " layers"), ""));
    }
    for (int i = skipped; i < inner.size(); i++) {
      boolean last = i == inner.size() - 1;
      add(inner.get(i), rest + (last ? "└─ " : "├─ "), rest + (last ? "   " : "│  "), lines);
    }
  }

  private static String label(Construction.Call call) {
    String layer = call.layer().toString().lines().findFirst().orElse("").strip();
    String shown = layer.length() > WIDEST ? layer.substring(0, WIDEST - 1) + "…" : layer;
    return call.name().isEmpty() ? shown : call.name() + "  " + shown;
  }
}
