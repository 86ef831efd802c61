package org.nnd.bench;

import java.util.List;
import org.nnd.ir.Graph;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.pass.InlineComposites;

/**
 * The bytes that a graph must move at least: what it is given, each once, what it returns, and what
 * it changes. Of a table that is only looked up or added to at indices, those rows count.
 */
final class Traffic {
  private final Graph graph;
  private final List<List<Node>> users;

  private Traffic(Graph graph) {
    this.graph = graph;
    this.users = graph.users();
  }

  static double bytes(Graph graph) {
    return new Traffic(InlineComposites.except(graph, name -> false)).bytes();
  }

  private double bytes() {
    double bytes = 0;
    for (Node node : Work.Fixed.leaves(graph)) {
      bytes += Math.min(whole(node), read(node));
    }
    for (Node node : graph.outputs().values()) {
      bytes += whole(node);
    }
    for (Node node : graph.updates().values()) {
      boolean rows = node.op() instanceof Op.ScatterAdd;
      bytes += rows ? Math.min(whole(node), whole(node.operand(2))) : whole(node);
    }
    return bytes;
  }

  private double read(Node leaf) {
    double bytes = 0;
    for (Node user : users.get(graph.position(leaf))) {
      bytes +=
          switch (user.op()) {
            case Op.Gather gather when user.operand(0) == leaf && user.operand(1) != leaf ->
                whole(user);
            case Op.ScatterAdd scatter when user.operand(0) == leaf -> whole(user.operand(2));
            default -> whole(leaf);
          };
    }
    return bytes;
  }

  private static double whole(Node node) {
    return (double) node.shape().count().fixed() * node.dtype().bytes();
  }
}
