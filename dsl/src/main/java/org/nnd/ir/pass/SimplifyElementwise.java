package org.nnd.ir.pass;

import static org.nnd.ir.Operations.add;
import static org.nnd.ir.Operations.full;
import static org.nnd.ir.Operations.multiply;
import static org.nnd.ir.Operations.negate;
import static org.nnd.ir.Operations.subtract;

import java.util.OptionalDouble;
import org.nnd.ir.BinaryOp;
import org.nnd.ir.Comparison;
import org.nnd.ir.DType;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.UnaryOp;

/** Simplification of elementwise operations. */
final class SimplifyElementwise {
  private SimplifyElementwise() {}

  static Node unary(Op.Unary op, Node node) {
    Node x = node.operand(0);
    UnaryOp inner = x.op() instanceof Op.Unary u ? u.function() : null;
    return switch (op.function()) {
      case NEGATE -> {
        // -(-x) = x, -(x - y) = y - x
        if (inner == UnaryOp.NEGATE) {
          yield x.operand(0);
        }
        yield isBinary(x, BinaryOp.SUBTRACT) ? subtract(x.operand(1), x.operand(0)) : node;
      }
      case ABS -> {
        // |-x| = |x|; ||x|| = |x|
        if (inner == UnaryOp.NEGATE) {
          yield Operations.unary(UnaryOp.ABS, x.operand(0));
        }
        yield inner == UnaryOp.ABS ? x : node;
      }
      case NOT -> inner == UnaryOp.NOT ? x.operand(0) : negated(x, node);
      // applying these twice is applying them once
      case SIGN, FLOOR, CEIL, ROUND -> inner == op.function() ? x : node;
      default -> node;
    };
  }

  /** The comparison that holds where {@code x} does not; orders of floats are false for NaN. */
  private static Node negated(Node x, Node otherwise) {
    if (!(x.op() instanceof Op.Compare compare)) {
      return otherwise;
    }
    boolean total = !x.operand(0).dtype().isFloat();
    Comparison opposite =
        switch (compare.comparison()) {
          case EQ -> Comparison.NE;
          case NE -> Comparison.EQ;
          case LT -> total ? Comparison.GE : Comparison.LT;
          case LE -> total ? Comparison.GT : Comparison.LE;
          case GT -> total ? Comparison.LE : Comparison.GT;
          case GE -> total ? Comparison.LT : Comparison.GE;
        };
    return opposite == compare.comparison()
        ? otherwise
        : Operations.compare(opposite, x.operand(0), x.operand(1));
  }

  private static boolean isBinary(Node x, BinaryOp function) {
    return x.op() instanceof Op.Binary b && b.function() == function;
  }

  private static boolean isNegated(Node x) {
    return x.op() instanceof Op.Unary u && u.function() == UnaryOp.NEGATE;
  }

  static Node binary(Op.Binary op, Node node) {
    Node x = node.operand(0);
    Node y = node.operand(1);
    boolean isFloat = node.dtype().isFloat();
    return switch (op.function()) {
      case ADD -> {
        if (Splat.is(y, 0)) {
          yield x;
        } else if (Splat.is(x, 0)) {
          yield y;
        } else if (isNegated(y)) { // x + (-y) = x - y
          yield subtract(x, y.operand(0));
        }
        yield isNegated(x) ? subtract(y, x.operand(0)) : node;
      }
      case SUBTRACT -> {
        if (Splat.is(y, 0)) {
          yield x;
        } else if (Splat.is(x, 0)) {
          yield negate(y);
        } else if (isNegated(y)) { // x - (-y) = x + y
          yield add(x, y.operand(0));
        }
        yield x == y && !isFloat ? full(node.type(), 0) : node;
      }
      case MULTIPLY -> {
        if (isNegated(x) && isNegated(y)) { // (-x)(-y) = xy
          yield multiply(x.operand(0), y.operand(0));
        }
        yield scaled(x, y, scaled(y, x, node));
      }
      case DIVIDE -> divide(x, y, node);
      case MAXIMUM ->
          x == y || isFloat && Splat.is(y, Double.NEGATIVE_INFINITY)
              ? x
              : isFloat && Splat.is(x, Double.NEGATIVE_INFINITY) ? y : node;
      case MINIMUM ->
          x == y || isFloat && Splat.is(y, Double.POSITIVE_INFINITY)
              ? x
              : isFloat && Splat.is(x, Double.POSITIVE_INFINITY) ? y : node;
      case POWER -> {
        if (Splat.is(y, 1)) {
          yield x;
        } else if (Splat.is(y, 2)) {
          yield multiply(x, x);
        } else if (Splat.is(y, 0)) { // also for NaN
          yield full(node.type(), 1);
        }
        yield isFloat && Splat.is(y, -1) ? Operations.divide(full(x.type(), 1), x) : node;
      }
      case AND -> {
        if (x == y || isTrue(y) || Splat.is(x, 0)) {
          yield x;
        }
        yield isTrue(x) || Splat.is(y, 0) ? y : node;
      }
      case OR -> {
        if (x == y || Splat.is(y, 0) || isTrue(x)) {
          yield x;
        }
        yield Splat.is(x, 0) || isTrue(y) ? y : node;
      }
      case XOR -> {
        if (x == y) {
          yield full(node.type(), 0);
        }
        yield Splat.is(y, 0) ? x : Splat.is(x, 0) ? y : node;
      }
      case SHIFT_LEFT, SHIFT_RIGHT_LOGICAL -> Splat.is(y, 0) ? x : node;
      case REMAINDER, ATAN2 -> node;
    };
  }

  private static boolean isTrue(Node x) {
    return x.dtype() == DType.BOOL && Splat.is(x, 1);
  }

  /** x · factor for a known factor. */
  private static Node scaled(Node x, Node factor, Node otherwise) {
    if (Splat.is(factor, 1)) {
      return x;
    } else if (Splat.is(factor, -1)) {
      return negate(x);
    }
    return Splat.is(factor, 0) && !x.dtype().isFloat() ? factor : otherwise;
  }

  private static Node divide(Node x, Node y, Node node) {
    OptionalDouble divisor = Splat.value(y);
    if (divisor.isEmpty()) {
      return node;
    } else if (divisor.getAsDouble() == 1) {
      return x;
    } else if (divisor.getAsDouble() == -1) {
      return negate(x);
    }
    // The reciprocal of a power of two is exact.
    int exponent = Math.getExponent(divisor.getAsDouble());
    boolean power = Math.abs(divisor.getAsDouble()) == Math.scalb(1.0, exponent);
    boolean exact = node.dtype() == DType.F32 || node.dtype() == DType.F64;
    return exact && power && Math.abs(exponent) < 100
        ? multiply(x, 1 / divisor.getAsDouble())
        : node;
  }

  static Node compare(Op.Compare op, Node node) {
    if (node.operand(0) != node.operand(1)) {
      return node;
    }
    boolean isFloat = node.operand(0).dtype().isFloat();
    return switch (op.comparison()) {
      case LT, GT -> full(node.type(), 0);
      case NE -> isFloat ? node : full(node.type(), 0);
      case EQ, LE, GE -> isFloat ? node : full(node.type(), 1);
    };
  }

  static Node select(Node node) {
    Node predicate = node.operand(0);
    Node yes = node.operand(1);
    Node no = node.operand(2);
    if (yes == no || Splat.is(predicate, 1)) {
      return yes;
    } else if (Splat.is(predicate, 0)) {
      return no;
    } else if (predicate.op() instanceof Op.Unary u && u.function() == UnaryOp.NOT) {
      return Operations.select(predicate.operand(0), no, yes);
    }
    return node;
  }

  /** A conversion after one that loses nothing is one conversion. */
  static Node convert(Op.Convert op, Node node) {
    Node middle = node.operand(0);
    if (middle.dtype() == op.dtype()) {
      return middle;
    }
    if (!(middle.op() instanceof Op.Convert)) {
      return node;
    }
    Node x = middle.operand(0);
    // Integers wrap when they get narrower, floats saturate.
    boolean sameRounding =
        !middle.dtype().isFloat()
            || x.dtype().isFloat()
            || op.dtype().isFloat()
            || holds(op.dtype(), x.dtype());
    return holds(middle.dtype(), x.dtype()) && sameRounding
        ? Operations.convert(x, op.dtype())
        : node;
  }

  /** {@return whether every value of {@code from} is one of {@code type}} */
  private static boolean holds(DType type, DType from) {
    return type == from
        || switch (from) {
          case BOOL -> true;
          case U8 -> type != DType.BOOL && type != DType.I8;
          case I8 -> type != DType.BOOL && type != DType.U8;
          case I32 -> type == DType.I64 || type == DType.F64;
          case F16, BF16 -> type == DType.F32 || type == DType.F64;
          case F32 -> type == DType.F64;
          case I64, F64 -> false;
        };
  }
}
