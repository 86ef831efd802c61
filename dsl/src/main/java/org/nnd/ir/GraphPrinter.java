package org.nnd.ir;

import java.util.stream.Collectors;

/** The canonical text form of a graph. */
final class GraphPrinter {
  private GraphPrinter() {}

  static String print(Graph graph) {
    return graph.nodes().stream()
        .map(
            n ->
                "%"
                    + graph.position(n)
                    + " = "
                    + n.op()
                    + " "
                    + n.operands().stream().map(o -> "%" + graph.position(o)).toList()
                    + " : "
                    + n.types())
        .collect(Collectors.joining("\n", "", "\n"));
  }
}
