package org.nnd.opencl.lower;

import org.nnd.ir.BinaryOp;
import org.nnd.ir.Graph;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.pass.Rewriter;

/**
 * Divides by a value per row as a multiplication by its reciprocal, computed once: a vector
 * division costs as much as some ten multiplications. Rounds twice instead of once; only for values
 * that come from a reduction, where sums have rounded many times before.
 */
final class RowReciprocals {
  private RowReciprocals() {}

  static Graph apply(Graph graph) {
    return Rewriter.bottomUp(graph, RowReciprocals::rule);
  }

  private static Node rule(Node node) {
    boolean division =
        node.op() instanceof Op.Binary binary
            && binary.function() == BinaryOp.DIVIDE
            && node.dtype().isFloat();
    if (!division
        || !(node.operand(1).op() instanceof Op.Broadcast broadcast)
        || !(node.operand(1).operand(0).op() instanceof Op.Reduce)) {
      return node;
    }
    Node row = node.operand(1).operand(0);
    Node reciprocal = Operations.divide(Operations.full(row.type(), 1), row);
    return Operations.multiply(
        node.operand(0), Operations.broadcast(reciprocal, broadcast.shape(), broadcast.axes()));
  }
}
