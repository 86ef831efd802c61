package org.nnd.layers.snnk;

import java.util.Optional;
import org.nnd.dsl.Tensor;

/** The two maps of a {@link FeaturePair} with their random numbers drawn. */
public interface Features {
  /** {@return {@code Phi}: inputs {@code [..., in]} to features {@code [..., width]}} */
  Tensor phi(Tensor x);

  /**
   * {@return {@code Psi}: weights {@code [out, in]} and biases {@code [out]} to features {@code
   * [out, width]}}
   */
  Tensor psi(Tensor weight, Optional<Tensor> bias);

  /** {@return the squared length of every row, {@code [..., 1]}} */
  static Tensor squaredLength(Tensor x) {
    return x.square().keepDims(Tensor::sum, -1);
  }
}
