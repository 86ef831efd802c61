package org.nnd.opencl.lower;

import org.nnd.ir.BinaryOp;
import org.nnd.opencl.kernel.Body;
import org.nnd.opencl.kernel.Expr;

/** Combines the lanes of a vector to one value. */
final class AcrossLanes {
  private AcrossLanes() {}

  /** {@return the lanes combined by an associative operation, halving each time} */
  static Expr combine(Body body, BinaryOp operation, Expr vector) {
    Expr value = vector;
    while (value.type().lanes() > 1) {
      boolean two = value.type().lanes() == 2;
      Expr low = two ? new Expr.Lane(value, 0) : new Expr.Half(value, 2);
      Expr high = two ? new Expr.Lane(value, 1) : new Expr.Half(value, 3);
      value = body.let("half", new Expr.Binary(operation, low, high));
    }
    return value;
  }
}
