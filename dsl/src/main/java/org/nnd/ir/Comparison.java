package org.nnd.ir;

import java.util.Locale;

/** The elementwise comparisons; with a NaN all are false but {@code NE}. */
public enum Comparison {
  EQ,
  NE,
  LT,
  LE,
  GT,
  GE;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
