package org.nnd.ir;

import java.util.Locale;

/** Elementwise functions of one operand, with the names of StableHLO. */
public enum UnaryOp {
  NEGATE,
  ABS,
  SIGN,
  EXP,
  EXPM1,
  LOG,
  LOG1P,
  SQRT,
  RSQRT,
  SIN,
  COS,
  TAN,
  ATAN,
  TANH,
  LOGISTIC,
  ERF,
  FLOOR,
  CEIL,
  /** Rounds half to even. */
  ROUND,
  /** Logical on {@code bool}, bitwise on integers. */
  NOT;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
