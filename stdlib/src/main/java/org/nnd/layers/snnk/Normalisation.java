package org.nnd.layers.snnk;

import org.nnd.dsl.Tensor;

/**
 * {@code length * z / |z|}, lengths below 1e-12 taken as that (torch's normalize). The length is
 * that along the last axis for weights and, unless told otherwise, for inputs; the official code
 * takes axis 1 whatever the rank.
 */
public record Normalisation(double length, int axis) {
  /** {@return inputs brought to the length along the axis} */
  public Tensor ofInput(Tensor x) {
    return along(axis, x);
  }

  /** {@return weights brought to the length along the last axis} */
  public Tensor ofWeight(Tensor weight) {
    return along(-1, weight);
  }

  private Tensor along(int where, Tensor z) {
    Tensor norm = z.square().keepDims(Tensor::sum, where).sqrt().maximum(1e-12);
    return z.div(norm).mul(length);
  }
}
