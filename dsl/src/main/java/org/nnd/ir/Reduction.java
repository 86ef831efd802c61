package org.nnd.ir;

import java.util.Locale;

/** The associative operations that reduce, reduce-window and cumulative scans apply. */
public enum Reduction {
  SUM(0),
  PRODUCT(1),
  MAX(Double.NEGATIVE_INFINITY),
  MIN(Double.POSITIVE_INFINITY);

  private final double identity;

  Reduction(double identity) {
    this.identity = identity;
  }

  /** {@return the result of reducing nothing; for integers the infinities saturate} */
  public double identity() {
    return identity;
  }

  /** {@return the elementwise operation that combines two partial results} */
  public BinaryOp combiner() {
    return switch (this) {
      case SUM -> BinaryOp.ADD;
      case PRODUCT -> BinaryOp.MULTIPLY;
      case MAX -> BinaryOp.MAXIMUM;
      case MIN -> BinaryOp.MINIMUM;
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
