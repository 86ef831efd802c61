package org.nnd.layers.associative;

import java.util.ArrayList;
import java.util.List;
import org.nnd.dsl.Tensor;

/**
 * The subspace in which the prototypes of a concept differ (Tucker and Shah 2022, section 3).
 *
 * @param origin a prototype, {@code [1, D]}
 * @param basis orthonormal rows, {@code [min(classes - 1, D), D]}
 */
record Subspace(Tensor origin, Tensor basis) {
  /** A vector of which less than this share is new counts as dependent on those before. */
  private static final double DEPENDENT = 1e-4;

  private static final double SMALLEST = 1e-30;

  /** Gram-Schmidt on the differences from the first prototype, twice, against cancellation. */
  static Subspace of(Tensor prototypes) {
    Tensor origin = prototypes.slice(0, 0, 1);
    int count = Math.min(prototypes.size(0) - 1, prototypes.size(1));
    List<Tensor> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Tensor difference = prototypes.slice(0, i + 1, i + 2).sub(origin);
      Tensor rest = difference;
      for (int pass = 0; pass < 2 && i > 0; pass++) {
        Tensor known = Tensor.concat(0, rows);
        rest = rest.sub(rest.matmul(known.transpose()).matmul(known));
      }
      Tensor least = difference.square().sum().mul(DEPENDENT * DEPENDENT).add(SMALLEST);
      rows.add(rest.div(rest.square().sum().maximum(least).sqrt()));
    }
    return new Subspace(origin, Tensor.concat(0, rows));
  }

  /** {@return coordinates {@code [N, dimensions]} of the projections of points {@code [N, D]}} */
  Tensor coordinates(Tensor points) {
    return points.sub(origin).matmul(basis.transpose());
  }

  /**
   * {@return how much two subspaces have in common, a scalar from 0 (orthogonal) to 1 (one contains
   * the other)} The squared cosines between the vectors of the bases, added up, over the smaller
   * number of dimensions; it does not depend on the choice of the bases.
   */
  Tensor alignment(Subspace other) {
    int smaller = Math.min(basis.size(0), other.basis.size(0));
    return basis.matmul(other.basis.transpose()).square().sum().div(smaller);
  }
}
