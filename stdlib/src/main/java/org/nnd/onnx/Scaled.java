package org.nnd.onnx;

import java.util.List;
import java.util.OptionalDouble;
import org.nnd.ir.Node;
import org.nnd.ir.Op;

/** A tensor and what it is to be multiplied by. */
record Scaled(Node node, double factor) {
  /** The most views and factors that are looked through. */
  private static final int MOST_STEPS = 16;

  /** {@return a tensor without the factors before it and its views} */
  static Scaled of(Node x) {
    return of(x, MOST_STEPS);
  }

  private static Scaled of(Node x, int steps) {
    if (steps == 0) {
      return new Scaled(x, 1);
    }
    return switch (x.op()) {
      case Op.Transpose op -> through(x, steps);
      case Op.Reshape op -> through(x, steps);
      default -> {
        Scaled outer = once(x);
        Scaled inner = outer.node == x ? new Scaled(x, 1) : of(outer.node, steps - 1);
        yield new Scaled(inner.node, inner.factor * outer.factor);
      }
    };
  }

  private static Scaled through(Node view, int steps) {
    Scaled inner = of(view.operand(0), steps - 1);
    return inner.factor == 1
        ? new Scaled(view, 1)
        : new Scaled(view.withOperands(List.of(inner.node)), inner.factor);
  }

  /** {@return a tensor without the factor that it ends with, if it does} */
  static Scaled once(Node x) {
    if (!(x.op() instanceof Op.Binary op)) {
      return new Scaled(x, 1);
    }
    OptionalDouble left = uniform(x.operand(0));
    OptionalDouble right = uniform(x.operand(1));
    return switch (op.function()) {
      case MULTIPLY ->
          right.isPresent()
              ? new Scaled(x.operand(0), right.getAsDouble())
              : left.isPresent() ? new Scaled(x.operand(1), left.getAsDouble()) : new Scaled(x, 1);
      case DIVIDE ->
          right.isPresent() ? new Scaled(x.operand(0), 1 / right.getAsDouble()) : new Scaled(x, 1);
      default -> new Scaled(x, 1);
    };
  }

  /** {@return the number that all elements are, if it is one constant repeated} */
  static OptionalDouble uniform(Node node) {
    Node x = node;
    while (x.op() instanceof Op.Broadcast || x.op() instanceof Op.Reshape) {
      x = x.operand(0);
    }
    return x.op() instanceof Op.Constant op && op.value().count() == 1
        ? OptionalDouble.of(op.value().get(0))
        : OptionalDouble.empty();
  }

  static boolean isZero(Node node) {
    OptionalDouble number = uniform(node);
    return number.isPresent() && number.getAsDouble() == 0;
  }
}
