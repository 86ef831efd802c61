package org.nnd.opencl.lower;

import org.nnd.ir.BinaryOp;
import org.nnd.ir.DType;
import org.nnd.ir.UnaryOp;
import org.nnd.opencl.kernel.Body;
import org.nnd.opencl.kernel.Expr;

/** A complex value in registers. */
record Complex(Expr re, Expr im) {
  Complex plus(Complex other) {
    return new Complex(
        new Expr.Binary(BinaryOp.ADD, re, other.re), new Expr.Binary(BinaryOp.ADD, im, other.im));
  }

  Complex minus(Complex other) {
    return new Complex(
        new Expr.Binary(BinaryOp.SUBTRACT, re, other.re),
        new Expr.Binary(BinaryOp.SUBTRACT, im, other.im));
  }

  Complex times(Complex other) {
    Expr cross = new Expr.Binary(BinaryOp.MULTIPLY, im, other.im);
    return new Complex(
        new Expr.Fma(re, other.re, new Expr.Unary(UnaryOp.NEGATE, cross)),
        new Expr.Fma(re, other.im, new Expr.Binary(BinaryOp.MULTIPLY, im, other.re)));
  }

  /** {@return this times a constant} */
  Complex times(double cos, double sin) {
    return times(new Complex(real(cos), real(sin)));
  }

  private Expr real(double value) {
    Expr scalar = new Expr.Real(value, DType.F32);
    int lanes = re.type().lanes();
    return lanes == 1 ? scalar : new Expr.Splat(scalar, lanes);
  }

  /** {@return this times i, or times -i} */
  Complex turned(boolean positive) {
    return positive
        ? new Complex(new Expr.Unary(UnaryOp.NEGATE, im), re)
        : new Complex(im, new Expr.Unary(UnaryOp.NEGATE, re));
  }

  Complex conjugate() {
    return new Complex(re, new Expr.Unary(UnaryOp.NEGATE, im));
  }

  Complex named(Body body, String base) {
    return new Complex(body.let(base + "_re", re), body.let(base + "_im", im));
  }
}
