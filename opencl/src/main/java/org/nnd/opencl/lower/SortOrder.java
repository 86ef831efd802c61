package org.nnd.opencl.lower;

import org.nnd.ir.BinaryOp;
import org.nnd.ir.Comparison;
import org.nnd.ir.DType;
import org.nnd.opencl.kernel.Expr;

/** The order of keys in a sort: ascending or descending, NaN last in either, ties by position. */
record SortOrder(boolean descending) {
  /** {@return whether {@code a} comes before {@code b} by their values} */
  Expr less(Expr a, Expr b) {
    Expr less = new Expr.Compare(descending ? Comparison.GT : Comparison.LT, a, b);
    if (!a.type().dtype().isFloat()) {
      return less;
    }
    Expr number = new Expr.Compare(Comparison.EQ, a, a);
    Expr nan = new Expr.Compare(Comparison.NE, b, b);
    return or(less, and(number, nan));
  }

  /** {@return whether {@code a} at {@code atA} comes before {@code b} at {@code atB}} */
  Expr before(Expr a, Expr atA, Expr b, Expr atB) {
    Expr earlier = new Expr.Compare(Comparison.LT, atA, atB);
    return or(less(a, b), and(not(less(b, a)), earlier));
  }

  static Expr and(Expr x, Expr y) {
    return new Expr.Binary(BinaryOp.AND, x, y);
  }

  static Expr or(Expr x, Expr y) {
    return new Expr.Binary(BinaryOp.OR, x, y);
  }

  static Expr not(Expr x) {
    return new Expr.Unary(org.nnd.ir.UnaryOp.NOT, x);
  }

  /** {@return {@code 2^exponent}, or a value times it} */
  static Expr shifted(Expr x, Expr exponent) {
    return new Expr.Binary(BinaryOp.SHIFT_LEFT, x, exponent);
  }

  static Expr i64(long value) {
    return new Expr.Real(value, DType.I64);
  }
}
