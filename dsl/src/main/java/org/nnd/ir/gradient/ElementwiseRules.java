package org.nnd.ir.gradient;

import static org.nnd.ir.Operations.add;
import static org.nnd.ir.Operations.compare;
import static org.nnd.ir.Operations.divide;
import static org.nnd.ir.Operations.full;
import static org.nnd.ir.Operations.log;
import static org.nnd.ir.Operations.multiply;
import static org.nnd.ir.Operations.negate;
import static org.nnd.ir.Operations.square;
import static org.nnd.ir.Operations.subtract;

import org.nnd.ir.BinaryOp;
import org.nnd.ir.Comparison;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.UnaryOp;

/** Derivatives of the elementwise functions. */
final class ElementwiseRules {
  private static final double TWO_OVER_ROOT_PI = 1.1283791670955126;

  private ElementwiseRules() {}

  static Node unary(Op.Unary op, Node y, Node g) {
    Node x = y.operand(0);
    return switch (op.function()) {
      case NEGATE -> negate(g);
      // d|x| = sign x
      case ABS -> multiply(g, Operations.unary(UnaryOp.SIGN, x));
      case EXP -> multiply(g, y);
      // d(e^x - 1) = e^x
      case EXPM1 -> multiply(g, add(y, 1));
      case LOG -> divide(g, x);
      case LOG1P -> divide(g, add(x, 1));
      // d√x = 1 / 2√x
      case SQRT -> divide(multiply(g, 0.5), y);
      // dx^(-1/2) = -1/2 x^(-3/2)
      case RSQRT -> multiply(multiply(g, -0.5), multiply(y, square(y)));
      case SIN -> multiply(g, Operations.unary(UnaryOp.COS, x));
      case COS -> negate(multiply(g, Operations.unary(UnaryOp.SIN, x)));
      // d tan = 1 + tan²
      case TAN -> multiply(g, add(square(y), 1));
      // d atan x = 1 / (1 + x²)
      case ATAN -> divide(g, add(square(x), 1));
      // d tanh = 1 - tanh²
      case TANH -> multiply(g, subtract(full(y.type(), 1), square(y)));
      // dσ = σ (1 - σ)
      case LOGISTIC -> multiply(g, multiply(y, subtract(full(y.type(), 1), y)));
      // d erf x = 2/√π e^(-x²)
      case ERF -> multiply(g, multiply(Operations.exp(negate(square(x))), TWO_OVER_ROOT_PI));
      // Steps; integers.
      case SIGN, FLOOR, CEIL, ROUND, NOT -> full(y.type(), 0);
    };
  }

  static void binary(Op.Binary op, Node z, Node g, Sweep to) {
    Node x = z.operand(0);
    Node y = z.operand(1);
    switch (op.function()) {
      case ADD -> {
        to.operand(z, 0, () -> g);
        to.operand(z, 1, () -> g);
      }
      case SUBTRACT -> {
        to.operand(z, 0, () -> g);
        to.operand(z, 1, () -> negate(g));
      }
      case MULTIPLY -> {
        to.operand(z, 0, () -> multiply(g, y));
        to.operand(z, 1, () -> multiply(g, x));
      }
      // d(x/y) = dx / y - (x/y) dy / y
      case DIVIDE -> {
        to.operand(z, 0, () -> divide(g, y));
        to.operand(z, 1, () -> negate(divide(multiply(g, z), y)));
      }
      case MAXIMUM -> {
        to.operand(z, 0, () -> multiply(g, share(Comparison.GT, x, y)));
        to.operand(z, 1, () -> multiply(g, share(Comparison.GT, y, x)));
      }
      case MINIMUM -> {
        to.operand(z, 0, () -> multiply(g, share(Comparison.LT, x, y)));
        to.operand(z, 1, () -> multiply(g, share(Comparison.LT, y, x)));
      }
      case POWER -> {
        to.operand(z, 0, () -> multiply(g, powerBase(x, y)));
        to.operand(z, 1, () -> multiply(g, powerExponent(x, z)));
      }
      // x % y = x - y trunc(x / y), and trunc is a step
      case REMAINDER -> {
        to.operand(z, 0, () -> g);
        to.operand(z, 1, () -> negate(multiply(g, truncate(divide(x, y)))));
      }
      // d atan2(x, y) = (y dx - x dy) / (x² + y²)
      case ATAN2 -> {
        Node norm = add(square(x), square(y));
        to.operand(z, 0, () -> divide(multiply(g, y), norm));
        to.operand(z, 1, () -> negate(divide(multiply(g, x), norm)));
      }
      // Integers.
      case AND, OR, XOR, SHIFT_LEFT, SHIFT_RIGHT_LOGICAL -> {}
    }
  }

  /** One where x wins, a half where the operands are equal, zero elsewhere. */
  private static Node share(Comparison wins, Node x, Node y) {
    Node tie =
        Operations.select(compare(Comparison.EQ, x, y), full(x.type(), 0.5), full(x.type(), 0));
    return Operations.select(compare(wins, x, y), full(x.type(), 1), tie);
  }

  /** dx^y/dx = y x^(y-1), and 0 for y = 0, where 0 · 0^-1 would not be a number. */
  private static Node powerBase(Node x, Node y) {
    Node one = full(y.type(), 1);
    Node zeroth = compare(Comparison.EQ, y, 0);
    Node exponent = Operations.select(zeroth, one, subtract(y, one));
    return multiply(y, Operations.binary(BinaryOp.POWER, x, exponent));
  }

  /** dx^y/dy = x^y log x, and 0 for x = 0, where 0 · log 0 would not be a number. */
  private static Node powerExponent(Node x, Node z) {
    Node zero = compare(Comparison.EQ, x, 0);
    Node base = Operations.select(zero, full(x.type(), 1), x);
    return multiply(z, log(base));
  }

  private static Node truncate(Node x) {
    return multiply(
        Operations.unary(UnaryOp.SIGN, x),
        Operations.unary(UnaryOp.FLOOR, Operations.unary(UnaryOp.ABS, x)));
  }

  static void select(Node node, Node g, Sweep to) {
    Node predicate = node.operand(0);
    Node zero = full(node.type(), 0);
    to.operand(node, 1, () -> Operations.select(predicate, g, zero));
    to.operand(node, 2, () -> Operations.select(predicate, zero, g));
  }
}
