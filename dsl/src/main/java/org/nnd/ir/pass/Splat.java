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
    double first = literal.get(0);
    for (int i = 1; i < literal.count(); i++) {
      if (literal.get(i) != first) {
        return OptionalDouble.empty();
      }
    }
    return OptionalDouble.of(first);
  }

  static boolean is(Node node, double value) {
    OptionalDouble known = value(node);
    return known.isPresent() && known.getAsDouble() == value;
  }
}
