package org.nnd.layers.memory;

import org.nnd.dsl.Tensor;
import org.nnd.ir.BinaryOp;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;

/**
 * Search among the pairs of two sets of keys (Lample et al. 2019, section 3.1): the best {@code
 * knn} of {@code n * n} slots, slot {@code i1 * n + i2}, are among the pairs of the best {@code
 * knn} of either set, because the score of a pair is a sum.
 */
final class ProductKeys {
  private ProductKeys() {}

  /**
   * Slots in order of falling score.
   *
   * @param scores {@code [M, heads, knn]}
   * @param indices of slots, i32, likewise
   */
  record Selection(Tensor scores, Tensor indices) {}

  /**
   * {@return the best slots of each query}
   *
   * @param queries {@code [heads, 2, M, half]}
   * @param keys {@code [heads, 2, n, half]}
   */
  static Selection best(Tensor queries, Tensor keys, int knn) {
    int n = keys.size(2);
    Tensor all = queries.matmul(keys.transpose());
    // Which slots are best has no gradient; their scores are read from all scores once they are
    // known.
    Tensor fixed = all.stopGradient();
    Tensor near = fixed.topK(knn);
    Tensor top = fixed.takeAlong(near, 3);
    Tensor pairs = top.select(1, 0).unsqueeze(3).add(top.select(1, 1).unsqueeze(2));
    Tensor best = pairs.flatten(2).topK(knn);
    Tensor first = near.select(1, 0).takeAlong(quotient(best, knn), 2);
    Tensor second = near.select(1, 1).takeAlong(best.mod(knn), 2);
    Tensor scores = all.select(1, 0).takeAlong(first, 2).add(all.select(1, 1).takeAlong(second, 2));
    return new Selection(scores.permute(1, 0, 2), first.mul(n).add(second).permute(1, 0, 2));
  }

  /**
   * {@return the best keys of each query}
   *
   * @param queries {@code [heads, M, size]}
   * @param keys {@code [heads, n, size]}
   */
  static Selection bestOfAll(Tensor queries, Tensor keys, int knn) {
    Tensor all = queries.matmul(keys.transpose());
    Tensor best = all.stopGradient().topK(knn);
    return new Selection(all.takeAlong(best, 2).permute(1, 0, 2), best.permute(1, 0, 2));
  }

  /** Whole quotient of i32 numbers. */
  static Tensor quotient(Tensor x, int divisor) {
    Node whole = Operations.full(x.type(), divisor);
    return Tensor.of(Operations.binary(BinaryOp.DIVIDE, x.node(), whole));
  }

  /** {@return all axes but the last made one, {@code [M, features]}} */
  static Tensor rows(Tensor x) {
    Dim rows = x.shape().slice(0, x.rank() - 1).count();
    return x.reshape(rows, x.dim(-1));
  }

  /** {@return the sum of the rows of values {@code [M, K, V]} by weights {@code [M, K]}} */
  static Tensor bag(Tensor values, Tensor weights) {
    return values.mul(weights.unsqueeze(2)).sum(1);
  }
}
