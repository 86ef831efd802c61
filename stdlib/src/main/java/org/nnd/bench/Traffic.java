package org.nnd.bench;

import java.util.List;
import org.nnd.ir.Graph;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.pass.InlineComposites;

/**
 * The bytes that a graph must move at least: what it is given, each once, what it returns, and what
 * it changes. Of a table that is only looked up or added to at indices, those rows count.
 *
 * @param read bytes
 * @param written bytes
 */
public record Traffic(double read, double written) {
  public double bytes() {
    return read + written;
  }

  static Traffic of(Graph withComposites) {
    Graph graph = InlineComposites.except(withComposites, name -> false);
    List<List<Node>> users = graph.users();
    double read = 0;
    for (Node node : Work.Fixed.leaves(graph)) {
      read += Math.min(whole(node), read(node, users.get(graph.position(node))));
    }
    double written = 0;
    for (Node node : graph.outputs().values()) {
      written += whole(node);
    }
    for (Node node : graph.updates().values()) {
      boolean rows = node.op() instanceof Op.ScatterAdd;
      written += rows ? Math.min(whole(node), whole(node.operand(2))) : whole(node);
    }
    return new Traffic(read, written);
  }

  private static double read(Node leaf, List<Node> users) {
    double bytes = 0;
    for (Node user : users) {
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
