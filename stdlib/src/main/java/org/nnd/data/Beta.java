package org.nnd.data;

import java.util.SplittableRandom;

/** Draws from Beta(alpha, alpha), as the share of one of two Gamma(alpha) variates. */
final class Beta {
  private Beta() {}

  static double symmetric(double alpha, SplittableRandom random) {
    double x = logGamma(alpha, random);
    double y = logGamma(alpha, random);
    // In logarithms: for a small alpha both variates would underflow to 0.
    return 1 / (1 + StrictMath.exp(y - x));
  }

  /**
   * The logarithm of a Gamma(alpha) variate: Marsaglia and Tsang 2000, "A simple method for
   * generating gamma variables"; below 1 through Gamma(a) = Gamma(a + 1) * U^(1/a).
   */
  private static double logGamma(double alpha, SplittableRandom random) {
    if (alpha < 1) {
      return logGamma(alpha + 1, random) + StrictMath.log(positive(random)) / alpha;
    }
    double d = alpha - 1.0 / 3;
    double c = 1 / StrictMath.sqrt(9 * d);
    while (true) {
      double x = normal(random);
      double v = 1 + c * x;
      if (v > 0) {
        v = v * v * v;
        double u = positive(random);
        if (StrictMath.log(u) < 0.5 * x * x + d * (1 - v + StrictMath.log(v))) {
          return StrictMath.log(d * v);
        }
      }
    }
  }

  /** Box and Muller's standard normal variate. */
  private static double normal(SplittableRandom random) {
    double r = StrictMath.sqrt(-2 * StrictMath.log(positive(random)));
    return r * StrictMath.cos(2 * StrictMath.PI * random.nextDouble());
  }

  private static double positive(SplittableRandom random) {
    return 1 - random.nextDouble();
  }
}
