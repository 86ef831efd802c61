package org.nnd.onnx.exports;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nnd.ir.BinaryOp;
import org.nnd.ir.Comparison;
import org.nnd.ir.DType;
import org.nnd.ir.Node;
import org.nnd.ir.UnaryOp;

/** Elementwise operations. */
final class Elementwise {
  private Elementwise() {}

  static String unary(Scope s, Node node, UnaryOp function) {
    DType dtype = node.dtype();
    if (dtype == DType.BOOL && function == UnaryOp.NOT) {
      return s.call("Not", List.of(s.operand(node, 0)));
    }
    DType working = ElementTypes.working(dtype);
    String x = s.cast(s.operand(node, 0), dtype, working);
    return s.cast(of(new Arithmetic(s, working), function, x), working, dtype);
  }

  private static String of(Arithmetic a, UnaryOp function, String x) {
    return switch (function) {
      case NEGATE -> a.call("Neg", x);
      case ABS -> a.call("Abs", x);
      case SIGN -> a.call("Sign", x);
      case EXP -> a.call("Exp", x);
      case EXPM1 -> expm1(a, x);
      case LOG -> a.call("Log", x);
      case LOG1P -> log1p(a, x);
      case SQRT -> a.call("Sqrt", x);
      case RSQRT -> a.call("Reciprocal", a.call("Sqrt", x));
      case SIN -> a.call("Sin", x);
      case COS -> a.call("Cos", x);
      case TAN -> a.call("Tan", x);
      case ATAN -> a.call("Atan", x);
      case TANH -> a.call("Tanh", x);
      case LOGISTIC -> a.call("Sigmoid", x);
      case ERF -> a.call("Erf", x);
      case FLOOR -> a.call("Floor", x);
      case CEIL -> a.call("Ceil", x);
      case ROUND -> a.call("Round", x);
      case NOT -> a.subtract(a.number(-1), x);
    };
  }

  /** Near zero {@code 2 t / (1 - t)} with {@code t = tanh(x / 2)}, which keeps all digits. */
  private static String expm1(Arithmetic a, String x) {
    String t = a.call("Tanh", a.multiply(x, a.number(0.5)));
    String near = a.divide(a.add(t, t), a.subtract(a.number(1), t));
    String far = a.subtract(a.call("Exp", x), a.number(1));
    return a.where(a.less(a.call("Abs", x), 0.5), near, far);
  }

  /** With {@code u = 1 + x} rounded, {@code log(u) x / (u - 1)} (Goldberg 1991, theorem 4). */
  private static String log1p(Arithmetic a, String x) {
    String u = a.add(x, a.number(1));
    String log = a.call("Log", u);
    String exact = a.multiply(log, a.divide(x, a.subtract(u, a.number(1))));
    String finite = a.where(a.equal(u, 1), x, exact);
    return a.where(a.equal(u, Double.POSITIVE_INFINITY), u, finite);
  }

  static String binary(Scope s, Node node, BinaryOp function) {
    DType dtype = node.dtype();
    Optional<String> mean = Means.of(s, node, function);
    if (mean.isPresent()) {
      return mean.get();
    }
    List<Broadcasts.Compact> given = Broadcasts.operands(s, node);
    String left = given.get(0).name();
    String right = given.get(1).name();
    if (dtype == DType.BOOL && logical(function) != null) {
      return s.call(logical(function), List.of(left, right));
    }
    DType working = ElementTypes.working(dtype);
    String x = s.cast(left, dtype, working);
    String y = s.cast(right, dtype, working);
    Arithmetic a = new Arithmetic(s, working);
    String result =
        working == DType.F32 ? real(a, function, x, y) : integer(a, dtype, function, x, y);
    return s.cast(result, working, dtype);
  }

  private static String logical(BinaryOp function) {
    return switch (function) {
      case AND, MINIMUM, MULTIPLY -> "And";
      case OR, MAXIMUM -> "Or";
      case XOR -> "Xor";
      default -> null;
    };
  }

  private static String real(Arithmetic a, BinaryOp function, String x, String y) {
    return switch (function) {
      case ADD -> a.add(x, y);
      case SUBTRACT -> a.subtract(x, y);
      case MULTIPLY -> a.multiply(x, y);
      case DIVIDE -> a.divide(x, y);
      case MAXIMUM -> a.call("Max", x, y);
      case MINIMUM -> a.call("Min", x, y);
      case POWER -> a.call("Pow", x, y);
      case REMAINDER -> a.scope().call("Mod", List.of(x, y), Map.of("fmod", 1L));
      case ATAN2 -> atan2(a, x, y);
      case AND, OR, XOR, SHIFT_LEFT, SHIFT_RIGHT_LOGICAL ->
          throw new IllegalArgumentException(function + " of floats");
    };
  }

  /** The angle of the point (x, y), from the quotient of what lies nearer the axis. */
  private static String atan2(Arithmetic a, String y, String x) {
    double half = Math.PI / 2;
    String ax = a.call("Abs", x);
    String ay = a.call("Abs", y);
    String steep = a.call("Less", ax, ay);
    String low = a.where(steep, ax, ay);
    String high = a.where(steep, ay, ax);
    String safe = a.where(a.equal(high, 0), a.number(1), high);
    String angle = a.call("Atan", a.divide(low, safe));
    String first = a.where(steep, a.subtract(a.number(half), angle), angle);
    String upper = a.where(a.less(x, 0), a.subtract(a.number(Math.PI), first), first);
    return a.where(a.less(y, 0), a.call("Neg", upper), upper);
  }

  private static String integer(Arithmetic a, DType dtype, BinaryOp function, String x, String y) {
    return switch (function) {
      case ADD -> a.add(x, y);
      case SUBTRACT -> a.subtract(x, y);
      case MULTIPLY -> a.multiply(x, y);
      case DIVIDE -> Integers.divide(a, x, y);
      case MAXIMUM -> a.call("Max", x, y);
      case MINIMUM -> a.call("Min", x, y);
      case POWER -> Integers.power(a, x, y);
      case REMAINDER -> Integers.remainder(a, x, y);
      case AND, OR, XOR -> Integers.bitwise(a, dtype, function, x, y);
      case SHIFT_LEFT -> Integers.shiftLeft(a, dtype, x, y);
      case SHIFT_RIGHT_LOGICAL -> Integers.shiftRight(a, dtype, x, y);
      case ATAN2 -> throw new IllegalArgumentException(function + " of integers");
    };
  }

  static String compare(Scope s, Node node, Comparison comparison) {
    DType dtype = node.operand(0).dtype();
    DType working = ElementTypes.working(dtype);
    List<String> operands =
        Broadcasts.operands(s, node).stream().map(c -> s.cast(c.name(), dtype, working)).toList();
    return switch (comparison) {
      case EQ -> s.call("Equal", operands);
      case NE -> s.call("Not", List.of(s.call("Equal", operands)));
      case LT -> s.call("Less", operands);
      case LE -> s.call("LessOrEqual", operands);
      case GT -> s.call("Greater", operands);
      case GE -> s.call("GreaterOrEqual", operands);
    };
  }

  static String select(Scope s, Node node) {
    List<Broadcasts.Compact> given = Broadcasts.operands(s, node);
    return s.where(given.get(0).name(), given.get(1).name(), given.get(2).name(), node.dtype());
  }
}
