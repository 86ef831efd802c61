package org.nnd.ir;

import java.util.Locale;

/** Elementwise functions of two operands of equal type, with the names of StableHLO. */
public enum BinaryOp {
  ADD,
  SUBTRACT,
  MULTIPLY,
  DIVIDE,
  MAXIMUM,
  MINIMUM,
  POWER,
  /** The remainder with the sign of the dividend. */
  REMAINDER,
  ATAN2,
  AND,
  OR,
  XOR,
  SHIFT_LEFT,
  SHIFT_RIGHT_LOGICAL;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
