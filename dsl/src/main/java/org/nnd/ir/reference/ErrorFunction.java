package org.nnd.ir.reference;

/**
 * The error function in double precision, right to about 1e-15: the positive series near zero, the
 * continued fraction of the complement further out (Abramowitz and Stegun 7.1.6 and 7.1.14).
 */
public final class ErrorFunction {
  private static final double TWO_OVER_ROOT_PI = 1.1283791670955126;

  private ErrorFunction() {}

  public static double erf(double x) {
    double magnitude = Math.abs(x);
    if (Double.isNaN(x)) {
      return x;
    }
    if (magnitude >= 6) {
      return Math.signum(x); // 1 - erf(6) is 2e-17
    }
    return magnitude < 2 ? series(x) : Math.signum(x) * (1 - complement(magnitude));
  }

  /** erf x = 2/√π e^(-x²) Σ 2ⁿ x^(2n+1) / (1·3·…·(2n+1)): all terms of one sign. */
  private static double series(double x) {
    double term = x;
    double sum = x;
    for (int n = 1; Math.abs(term) > 1e-18 * Math.abs(sum); n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return TWO_OVER_ROOT_PI * Math.exp(-x * x) * sum;
  }

  /** √π e^(x²) erfc x = 1/(x + (1/2)/(x + 1/(x + (3/2)/(x + …)))), evaluated from the far end. */
  private static double complement(double x) {
    double tail = x;
    for (int k = 120; k >= 1; k--) {
      tail = x + k / 2.0 / tail;
    }
    return TWO_OVER_ROOT_PI / 2 * Math.exp(-x * x) / tail;
  }
}
