package org.nnd.onnx.imports;

import static org.nnd.ir.Operations.add;
import static org.nnd.ir.Operations.binary;
import static org.nnd.ir.Operations.compare;
import static org.nnd.ir.Operations.convert;
import static org.nnd.ir.Operations.full;
import static org.nnd.ir.Operations.multiply;
import static org.nnd.ir.Operations.select;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.nnd.ir.BinaryOp;
import org.nnd.ir.Comparison;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.UnaryOp;
import org.nnd.onnx.ElementType;

/** Functions of several tensors that broadcast together, and conversions. */
final class Arithmetic {
  private Arithmetic() {}

  static Map<String, Lowered> operators() {
    Map<String, Lowered> all = new HashMap<>();
    all.put("Add", of(BinaryOp.ADD));
    all.put("Sub", of(BinaryOp.SUBTRACT));
    all.put("Mul", of(BinaryOp.MULTIPLY));
    all.put("Div", of(BinaryOp.DIVIDE));
    all.put("Pow", Arithmetic::power);
    all.put("Mod", Arithmetic::mod);
    all.put("Min", variadic((x, y) -> binary(BinaryOp.MINIMUM, x, y)));
    all.put("Max", variadic((x, y) -> binary(BinaryOp.MAXIMUM, x, y)));
    all.put("Sum", variadic(Operations::add));
    all.put("Mean", Arithmetic::mean);
    all.put("Clip", Arithmetic::clip);
    all.put("BitShift", Arithmetic::bitShift);
    all.put("BitwiseAnd", of(BinaryOp.AND));
    all.put("BitwiseOr", of(BinaryOp.OR));
    all.put("BitwiseXor", of(BinaryOp.XOR));
    all.put("BitwiseNot", scope -> List.of(scope.like(0, Operations.not(scope.node(0)))));
    all.put("Cast", scope -> List.of(cast(scope, target(scope))));
    all.put("CastLike", scope -> List.of(cast(scope, like(scope))));
    return all;
  }

  private static Lowered of(BinaryOp function) {
    return scope -> {
      List<Node> both = operands(scope);
      return List.of(scope.like(0, binary(function, both.get(0), both.get(1))));
    };
  }

  /**
   * The two operands in one shape. Before version 7 the second is repeated only where {@code
   * broadcast} says so, its axes beginning at {@code axis}.
   */
  static List<Node> operands(NodeScope scope) {
    Node x = scope.node(0);
    Node y = scope.node(1);
    if (scope.opset() < 7 && scope.flag("broadcast", false) && scope.hasAttribute("axis")) {
      int axis = scope.axis(scope.integer("axis"), x.rank());
      int behind = x.rank() - axis - y.rank();
      if (behind < 0) {
        throw scope.error(
            "%s does not fit into %s from axis %d on".formatted(y.shape(), x.shape(), axis));
      }
      Shape ones = new Shape(Collections.nCopies(behind, Dim.ONE));
      y = Operations.reshape(y, y.shape().concat(ones));
    }
    return Broadcasting.together(List.of(x, y));
  }

  private static Lowered variadic(BinaryOperator<Node> function) {
    return scope -> List.of(scope.like(0, reduced(scope, function)));
  }

  private static Node reduced(NodeScope scope, BinaryOperator<Node> function) {
    List<Node> nodes = new ArrayList<>();
    scope.tensors().forEach(tensor -> nodes.add(tensor.node()));
    return Broadcasting.together(nodes).stream()
        .reduce(function)
        .orElseThrow(() -> scope.error("it has no inputs"));
  }

  private static List<Value> mean(NodeScope scope) {
    Node sum = reduced(scope, Operations::add);
    return List.of(scope.like(0, multiply(sum, 1.0 / scope.inputs())));
  }

  /** The result has the type of the base; an integer base may have a float exponent. */
  private static List<Value> power(NodeScope scope) {
    List<Node> both = operands(scope);
    Node base = both.get(0);
    Node exponent = both.get(1);
    DType own = base.dtype();
    if (own.isFloat() || exponent.dtype().isInteger() && own.isInteger()) {
      Node result = binary(BinaryOp.POWER, base, convert(exponent, own));
      return List.of(scope.like(0, result));
    }
    DType wide = scope.storage(ElementType.DOUBLE);
    Node result = binary(BinaryOp.POWER, convert(base, wide), convert(exponent, wide));
    return List.of(scope.like(0, convert(result, own)));
  }

  /** With {@code fmod} the sign of the dividend, else that of the divisor, as in Python. */
  private static List<Value> mod(NodeScope scope) {
    List<Node> both = operands(scope);
    Node x = both.get(0);
    Node y = both.get(1);
    Node rest = binary(BinaryOp.REMAINDER, x, y);
    if (scope.flag("fmod", false)) {
      return List.of(scope.like(0, rest));
    }
    Node signs = compare(Comparison.NE, Operations.unary(UnaryOp.SIGN, rest), sign(y));
    Node wrong = binary(BinaryOp.AND, compare(Comparison.NE, rest, 0), signs);
    return List.of(scope.like(0, select(wrong, add(rest, y), rest)));
  }

  private static Node sign(Node x) {
    return Operations.unary(UnaryOp.SIGN, x);
  }

  /** Limits are attributes before version 11, inputs from then on. */
  private static List<Value> clip(NodeScope scope) {
    Node x = scope.node(0);
    if (scope.opset() < 11) {
      if (scope.hasAttribute("min")) {
        x = Operations.maximum(x, scope.real("min", 0));
      }
      if (scope.hasAttribute("max")) {
        x = Operations.minimum(x, full(x.type(), scope.real("max", 0)));
      }
      return List.of(scope.like(0, x));
    }
    if (scope.has(1)) {
      x = Operations.maximum(x, Operations.broadcastTrailing(one(scope, 1), x.shape()));
    }
    if (scope.has(2)) {
      x = Operations.minimum(x, Operations.broadcastTrailing(one(scope, 2), x.shape()));
    }
    return List.of(scope.like(0, x));
  }

  /** Limits are scalars; some exporters write vectors of one element. */
  private static Node one(NodeScope scope, int i) {
    Node limit = scope.node(i);
    return limit.rank() > 0 && limit.shape().count().is(1)
        ? Operations.reshape(limit, Shape.SCALAR)
        : limit;
  }

  private static List<Value> bitShift(NodeScope scope) {
    String direction = scope.text("direction", "");
    List<Node> both = operands(scope);
    BinaryOp shift =
        switch (direction) {
          case "LEFT" -> BinaryOp.SHIFT_LEFT;
          case "RIGHT" -> BinaryOp.SHIFT_RIGHT_LOGICAL;
          default -> throw scope.error("the direction '" + direction + "'; LEFT or RIGHT");
        };
    return List.of(scope.like(0, binary(shift, both.get(0), both.get(1))));
  }

  private static Value cast(NodeScope scope, ElementType type) {
    if (scope.value(0) instanceof Value.Strings strings) {
      return Texts.parsed(scope, strings, type);
    }
    return type == ElementType.STRING
        ? Texts.printed(scope.literal(0), scope.type(0))
        : scope.of(type, casted(scope, type));
  }

  private static ElementType like(NodeScope scope) {
    return scope.value(1) instanceof Value.Strings ? ElementType.STRING : scope.type(1);
  }

  private static ElementType target(NodeScope scope) {
    return scope.elementType("to", ElementType.FLOAT);
  }

  private static Node casted(NodeScope scope, ElementType type) {
    return Casts.cast(scope.node(0), scope.type(0), type, scope.storage(type));
  }
}
