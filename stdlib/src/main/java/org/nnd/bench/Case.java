package org.nnd.bench;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.nnd.ir.Graph;
import org.nnd.ir.Node;

/**
 * One computation to time.
 *
 * @param name what it computes, with its sizes
 * @param flops floating-point operations that the mathematics needs, 0 where they are no matter
 * @param result makes the result, from parameters alone and without a batch axis
 */
public record Case(String name, double flops, Supplier<Node> result) {
  Graph graph() {
    return Graph.of(List.of(), Map.of("y", result.get()));
  }

  /** {@return the bytes of what a graph is given and returns} */
  static double bytes(Graph graph) {
    double bytes = 0;
    for (Node node : graph.parameters()) {
      bytes += bytes(node);
    }
    for (Node node : graph.outputs().values()) {
      bytes += bytes(node);
    }
    return bytes;
  }

  private static double bytes(Node node) {
    return (double) node.shape().count().fixed() * node.dtype().bytes();
  }
}
