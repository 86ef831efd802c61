package org.nnd.layers.snnk;

import org.nnd.dsl.Check;
import org.nnd.dsl.Tensor;

/**
 * What positive random features have in common: the factor {@code s = sqrt(1 + 4 M)} of the
 * products, and {@code exp(-M |g|^2) (1 + 4 M)^(d/4) / sqrt(m)}, kept as a logarithm since it is
 * very large or small for large {@code d}. {@code G} is {@code [m, d]}.
 */
record Positive(Tensor directions, double renormalisation) {
  static void check(double renormalisation) {
    if (!(renormalisation > -0.25 && renormalisation < Double.POSITIVE_INFINITY)) {
      throw Check.error(
          "snnk: the renormalisation M must be above -0.25 (0 is plain), got %s", renormalisation);
    }
  }

  /** {@return {@code s z G^T}} */
  Tensor product(Tensor z) {
    Tensor h = z.matmul(directions.transpose());
    return renormalisation == 0 ? h : h.mul(Math.sqrt(1 + 4 * renormalisation));
  }

  /** {@return an exponent with the logarithm of the scale added, {@code [..., 1]} or {@code m}} */
  Tensor scaled(Tensor exponent) {
    double m = directions.size(0);
    double d = directions.size(1);
    double scale = d / 4 * Math.log(1 + 4 * renormalisation) - Math.log(m) / 2;
    return renormalisation == 0
        ? exponent.add(scale)
        : exponent.sub(directions.square().sum(-1).mul(renormalisation).sub(scale));
  }
}
