package org.nnd.layers.snnk;

import java.util.Optional;
import org.nnd.dsl.Tensor;

/**
 * Products of vectors with random directions, where a bias counts as the weight of a further input
 * that is always one: the last column of the directions is its.
 */
record Augmented(Tensor directions, int in) {
  /** {@return the width of directions for {@code in} inputs} */
  static int width(int in, boolean bias) {
    return bias ? in + 1 : in;
  }

  private boolean bias() {
    return directions.size(-1) > in;
  }

  private Tensor weights(Tensor x) {
    Tensor g = bias() ? directions.slice(-1, 0, in) : directions;
    return x.matmul(g.transpose());
  }

  private Tensor last() {
    return directions.slice(-1, in, in + 1).transpose();
  }

  /** {@return {@code (x, 1) G^T}, {@code [..., m]}} */
  Tensor ofInput(Tensor x) {
    return bias() ? weights(x).add(last()) : weights(x);
  }

  /** {@return {@code (w, b) G^T}, {@code [out, m]}} */
  Tensor ofWeight(Tensor weight, Optional<Tensor> bias) {
    Tensor product = weights(weight);
    return bias.map(b -> product.add(b.unsqueeze(-1).mul(last()))).orElse(product);
  }
}
