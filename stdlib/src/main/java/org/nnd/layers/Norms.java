package org.nnd.layers;

import java.util.List;
import org.nnd.dsl.Tensor;

/** What the normalisation layers have in common. */
final class Norms {
  private Norms() {}

  /** {@return x over the given axes with mean 0 and variance 1 (biased)} */
  static Tensor standardise(Tensor x, double eps, int... axes) {
    Tensor centred = x.sub(x.keepDims(Tensor::mean, axes));
    Tensor variance = centred.square().keepDims(Tensor::mean, axes);
    return centred.mul(variance.add(eps).rsqrt());
  }

  static String text(
      String head, List<String> options, double eps, double standardEps, boolean affine) {
    return head
        + String.join("", options)
        + (eps == standardEps ? "" : ".eps(" + eps + ")")
        + (affine ? "" : ".affine(false)");
  }
}
