package org.nnd.opencl.lower;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.nnd.ir.Dim;
import org.nnd.ir.Graph;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.pass.Rewriter;

/**
 * Cuts large reductions with few results, or across memory, in two, so that there are rows enough
 * for all cores and each row is a stretch of memory: the partial results are few. Those that are
 * put back into the columns they come from, as in a softmax over columns, stay whole.
 */
final class SplitReductions {
  /** Elements below which a reduction stays whole. */
  private static final long LARGE = 1 << 16;

  private static final int FEW_RESULTS = 8;

  /** Rows of memory from which on a reduction across them is cut. */
  private static final int MANY_ROWS = 256;

  private SplitReductions() {}

  static Graph apply(Graph graph) {
    List<List<Node>> users = graph.users();
    Set<Node> whole =
        graph.nodes().stream()
            .filter(node -> node.op() instanceof Op.Reduce && returns(graph, users, node))
            .collect(Collectors.toSet());
    return Rewriter.bottomUp(
        graph, (original, node) -> whole.contains(original) ? node : rule(node));
  }

  /**
   * Whether a reduction's results go back to the columns they come from, and both are best computed
   * together.
   */
  private static boolean returns(Graph graph, List<List<Node>> users, Node reduction) {
    Op.Reduce reduce = (Op.Reduce) reduction.op();
    Shape space = reduction.operand(0).shape();
    if (reduce.axes().contains(space.rank() - 1) || !KeptRows.holdsColumns(space, reduce.axes())) {
      return false;
    }
    Deque<Node> open = new ArrayDeque<>(List.of(reduction));
    Set<Node> seen = new HashSet<>();
    while (!open.isEmpty()) {
      for (Node user : users.get(graph.position(open.pop()))) {
        if (user.op() instanceof Op.Broadcast && user.shape().equals(space)) {
          return true;
        }
        boolean perColumn = Fusion.elementwise(user.op()) && user.shape().equals(reduction.shape());
        if (perColumn && seen.add(user)) {
          open.push(user);
        }
      }
    }
    return false;
  }

  private static Node rule(Node node) {
    if (!(node.op() instanceof Op.Reduce reduce)) {
      return node;
    }
    Node x = node.operand(0);
    Shape shape = x.shape();
    boolean fixed = shape.isFixed();
    if (!fixed || shape.count().at(1) < LARGE) {
      return node;
    }
    boolean acrossMemory = !reduce.axes().contains(shape.rank() - 1);
    int lead = reduce.axes().get(0);
    boolean many = acrossMemory && reduce.axes().equals(List.of(0)) && shape.size(0) >= MANY_ROWS;
    boolean few = node.shape().count().at(1) < FEW_RESULTS;
    int pieces = pieces(shape.size(lead));
    return (many || few) && pieces > 1 ? cut(node, reduce, lead, pieces) : node;
  }

  /** Into how many pieces to cut an axis: the largest power of two up to 64 that divides it. */
  private static int pieces(int extent) {
    return Math.min(64, Integer.lowestOneBit(Math.max(1, extent)));
  }

  /** Reduces {@code pieces} parts of an axis each, then over the parts. */
  private static Node cut(Node node, Op.Reduce reduce, int axis, int pieces) {
    Node x = node.operand(0);
    Shape shape = x.shape();
    Shape parts = shape.with(axis, Dim.of(shape.size(axis) / pieces)).insert(axis, Dim.of(pieces));
    List<Integer> axes = new ArrayList<>();
    for (int a : reduce.axes()) {
      axes.add(a >= axis ? a + 1 : a);
    }
    Node partial = Operations.reduce(reduce.reduction(), Operations.reshape(x, parts), axes);
    // What remains of the cut axis comes after the axes that were kept before it.
    int left = axis - (int) reduce.axes().stream().filter(a -> a < axis).count();
    return Operations.reduce(reduce.reduction(), partial, List.of(left));
  }
}
