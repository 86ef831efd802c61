package org.nnd.opencl.lower;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.nnd.ir.BinaryOp;
import org.nnd.ir.Dim;
import org.nnd.ir.Graph;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.Reduction;
import org.nnd.ir.Shape;
import org.nnd.ir.pass.Rewriter;

/**
 * Reduces long rows of memory first and then what they gave, where a reduction goes over rows that
 * lie apart: over examples and positions, say, for each channel of {@code [N, C, H, W]}.
 *
 * <p>Sums of squared distances from the mean then need the values only once: a row's sum, and its
 * sum of squares about its own mean, are taken while it is near. By Chan, Golub and LeVeque (1983),
 * equation 2.1, over rows of n values with means mᵣ: Σ (x − m)² = Σᵣ (Σ (x − mᵣ)² + n (mᵣ − m)²).
 */
final class RowsFirst {
  /** Elements from which on a row is worth a reduction of its own. */
  private static final int LONG = 256;

  private RowsFirst() {}

  static Graph apply(Graph graph) {
    return Rewriter.bottomUp(graph, RowsFirst::rule);
  }

  private static Node rule(Node node) {
    if (!(node.op() instanceof Op.Reduce reduce)) {
      return node;
    }
    Shape shape = node.operand(0).shape();
    int from = shape.rank();
    while (from > 0 && reduce.axes().contains(from - 1)) {
      from--;
    }
    List<Integer> row =
        reduce.axes().subList(reduce.axes().size() - (shape.rank() - from), reduce.axes().size());
    List<Integer> rows = reduce.axes().subList(0, reduce.axes().size() - row.size());
    Shape lengths = shape.slice(from, shape.rank());
    if (rows.isEmpty() || !lengths.isFixed() || lengths.count().fixed() < LONG) {
      return node;
    }
    Node x = node.operand(0);
    boolean sum = reduce.reduction() == Reduction.SUM && node.dtype().isFloat();
    Node distance = sum ? distance(x, row) : null;
    return distance != null
        ? squares(distance, row, rows)
        : Operations.reduce(
            reduce.reduction(), Operations.reduce(reduce.reduction(), x, row), rows);
  }

  /** {@return x − m of the summed (x − m)², m the mean of x; null where that is not summed} */
  private static Node distance(Node summed, List<Integer> row) {
    boolean square =
        summed.op() instanceof Op.Binary product
            && product.function() == BinaryOp.MULTIPLY
            && summed.operand(0) == summed.operand(1);
    if (!square) {
      return null;
    }
    Node distance = summed.operand(0);
    boolean aboutMean =
        distance.op() instanceof Op.Binary difference
            && difference.function() == BinaryOp.SUBTRACT
            && distance.operand(1).op() instanceof Op.Broadcast broadcast
            && Collections.disjoint(broadcast.axes(), row)
            && isMean(distance.operand(1).operand(0), distance.operand(0));
    return aboutMean ? distance : null;
  }

  /** Whether a value is a sum over rows of {@code x}, divided. Its sum has been rewritten. */
  private static boolean isMean(Node mean, Node x) {
    return mean.op() instanceof Op.Binary scaled
        && (scaled.function() == BinaryOp.DIVIDE || scaled.function() == BinaryOp.MULTIPLY)
        && mean.operand(0).op() instanceof Op.Reduce
        && mean.operand(0).operand(0).op() instanceof Op.Reduce
        && mean.operand(0).operand(0).operand(0) == x;
  }

  private static Node squares(Node distance, List<Integer> row, List<Integer> rows) {
    Node x = distance.operand(0);
    Node sums = Operations.sum(x, row);
    Dim count = x.shape().slice(sums.rank(), x.rank()).count();
    Node n = Operations.full(sums.type(), count.fixed());
    Node means = Operations.divide(sums, n);
    List<Integer> kept = IntStream.range(0, sums.rank()).boxed().toList();
    Node within =
        Operations.sum(
            Operations.square(Operations.subtract(x, Operations.broadcast(means, x.shape(), kept))),
            row);
    Op.Broadcast about = (Op.Broadcast) distance.operand(1).op();
    Node mean = Operations.broadcast(distance.operand(1).operand(0), sums.shape(), about.axes());
    Node between = Operations.multiply(n, Operations.square(Operations.subtract(means, mean)));
    return Operations.sum(Operations.add(within, between), rows);
  }
}
