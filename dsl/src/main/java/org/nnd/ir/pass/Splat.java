package org.nnd.ir.pass;

import java.util.OptionalDouble;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Op;

/** Tensors known to hold one value everywhere. */
final class Splat {
  private Splat() {}

  /** {@return the value of every element, if it is known to be one} */
  static OptionalDouble value(Node node) {
    return switch (node.op()) {
      case Op.Broadcast broadcast -> value(node.operand(0));
      case Op.Reshape reshape -> value(node.operand(0));
      case Op.Constant constant -> value(constant.value());
      default -> OptionalDouble.empty();
    };
  }

  private static OptionalDouble value(Literal literal) {
    if (literal.count() == 0) {
      return OptionalDouble.empty();
    }
    for (int i = 1; i < literal.count(); i++) {
      if (!same(literal, 0, i)) {
        return OptionalDouble.empty();
      }
    }
    return OptionalDouble.of(literal.get(0));
  }

  /** Zeros differ by their sign, which a division shows; a double does not hold every i64. */
  private static boolean same(Literal literal, int i, int j) {
    return literal.array() instanceof long[] longs
        ? longs[i] == longs[j]
        : Double.compare(literal.get(i), literal.get(j)) == 0;
  }

  static boolean is(Node node, double value) {
    OptionalDouble known = value(node);
    return known.isPresent() && known.getAsDouble() == value;
  }
}
