package org.nnd.ir.pass;

import org.nnd.ir.Graph;
import org.nnd.ir.Node;
import org.nnd.ir.Op;

/**
 * Algebraic simplification. Every rule replaces a node by at most one that computes something, so
 * that a graph never grows. None assumes that values are finite: x · 0 stays.
 */
public final class Simplify {
  private Simplify() {}

  public static Graph apply(Graph graph) {
    return Rewriter.bottomUp(graph, Simplify::rule);
  }

  static Node rule(Node node) {
    return switch (node.op()) {
      case Op.Unary op -> SimplifyElementwise.unary(op, node);
      case Op.Binary op -> SimplifyElementwise.binary(op, node);
      case Op.Compare op -> SimplifyElementwise.compare(op, node);
      case Op.Select op -> SimplifyElementwise.select(node);
      case Op.Convert op -> SimplifyElementwise.convert(op, node);
      case Op.Reshape op -> SimplifyViews.reshape(op, node);
      case Op.Transpose op -> SimplifyViews.transpose(op, node);
      case Op.Broadcast op -> SimplifyViews.broadcast(op, node);
      case Op.Reverse op -> SimplifyViews.reverse(op, node);
      case Op.Slice op -> SimplifyParts.slice(op, node);
      case Op.Pad op -> SimplifyParts.pad(op, node);
      case Op.Concatenate op -> SimplifyParts.concatenate(op, node);
      case Op.Reduce op -> SimplifySums.reduce(op, node);
      case Op.Cumulative op -> SimplifySums.cumulative(op, node);
      case Op.ReduceWindow op -> SimplifySums.reduceWindow(op, node);
      case Op.Dot op -> SimplifySums.dot(op, node);
      case Op.Convolution op -> SimplifySums.convolution(op, node);
      case Op.Cond op -> branch(op, node, 0);
      case Op.GetResult op ->
          node.operand(0).op() instanceof Op.Cond cond
              ? branch(cond, node.operand(0), op.index(), node)
              : node.operand(0).types().size() == 1 ? node.operand(0) : node;
      default -> node;
    };
  }

  /** A cond with one result and a known predicate is the branch. */
  private static Node branch(Op.Cond op, Node node, int index) {
    return node.types().size() == 1 ? branch(op, node, index, node) : node;
  }

  private static Node branch(Op.Cond op, Node cond, int index, Node otherwise) {
    if (Splat.value(cond.operand(0)).isEmpty()) {
      return otherwise;
    }
    Graph taken = Splat.is(cond.operand(0), 0) ? op.otherwise() : op.then();
    return taken.apply(cond.operands().subList(1, cond.operands().size())).get(index);
  }
}
