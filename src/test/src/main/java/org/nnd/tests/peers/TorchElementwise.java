package org.nnd.tests.peers;

import java.util.Optional;
import org.nnd.ir.BinaryOp;
import org.nnd.ir.Comparison;
import org.nnd.ir.DType;
import org.nnd.ir.Node;
import org.nnd.ir.UnaryOp;

/** Elementwise operations; an operand of equal elements is written as the number it is. */
final class TorchElementwise {
  private TorchElementwise() {}

  static String unary(TorchScope s, Node node, UnaryOp function) {
    String x = s.operand(node, 0);
    return s.let(
        switch (function) {
          case NEGATE -> "-" + x;
          case ABS -> "torch.abs(" + x + ")";
          case SIGN -> "torch.sign(" + x + ")";
          case EXP -> "torch.exp(" + x + ")";
          case EXPM1 -> "torch.expm1(" + x + ")";
          case LOG -> "torch.log(" + x + ")";
          case LOG1P -> "torch.log1p(" + x + ")";
          case SQRT -> "torch.sqrt(" + x + ")";
          case RSQRT -> "torch.rsqrt(" + x + ")";
          case SIN -> "torch.sin(" + x + ")";
          case COS -> "torch.cos(" + x + ")";
          case TAN -> "torch.tan(" + x + ")";
          case ATAN -> "torch.atan(" + x + ")";
          case TANH -> "torch.tanh(" + x + ")";
          case LOGISTIC -> "torch.sigmoid(" + x + ")";
          case ERF -> "torch.erf(" + x + ")";
          case FLOOR -> "torch.floor(" + x + ")";
          case CEIL -> "torch.ceil(" + x + ")";
          case ROUND -> "torch.round(" + x + ")";
          case NOT -> "~" + x;
        });
  }

  /** At least one of the operands is a tensor. */
  private record Operands(String left, String right) {
    static Operands of(TorchScope s, Node node) {
      Optional<String> right = TorchScope.number(node.operand(1));
      Optional<String> left =
          right.isPresent() ? Optional.empty() : TorchScope.number(node.operand(0));
      return new Operands(
          left.orElseGet(() -> s.operand(node, 0)), right.orElseGet(() -> s.operand(node, 1)));
    }

    String infix(String operator) {
      return left + " " + operator + " " + right;
    }

    String call(String function) {
      return function + "(" + left + ", " + right + ")";
    }
  }

  static String binary(TorchScope s, Node node, BinaryOp function) {
    Optional<TorchBiases.Biased> biased = s.biases().of(node);
    if (biased.isPresent()) {
      return TorchContractions.biased(s, biased.get());
    }
    DType dtype = node.dtype();
    if (dtype == DType.BOOL) {
      return s.let(Operands.of(s, node).infix(logical(function)));
    }
    return switch (function) {
      case ADD -> s.let(Operands.of(s, node).infix("+"));
      case SUBTRACT -> s.let(Operands.of(s, node).infix("-"));
      case MULTIPLY -> s.let(Operands.of(s, node).infix("*"));
      case DIVIDE ->
          dtype.isFloat()
              ? s.let(Operands.of(s, node).infix("/"))
              : s.call(
                  "torch.div", s.operand(node, 0), s.operand(node, 1), "rounding_mode='trunc'");
      case MAXIMUM -> extreme(s, node, "torch.maximum", "clamp_min");
      case MINIMUM -> extreme(s, node, "torch.minimum", "clamp_max");
      case POWER -> s.let(Operands.of(s, node).call("torch.pow"));
      case REMAINDER -> s.call("torch.fmod", s.operand(node, 0), s.operand(node, 1));
      case ATAN2 -> s.call("torch.atan2", s.operand(node, 0), s.operand(node, 1));
      case AND -> s.let(Operands.of(s, node).infix("&"));
      case OR -> s.let(Operands.of(s, node).infix("|"));
      case XOR -> s.let(Operands.of(s, node).infix("^"));
      case SHIFT_LEFT -> s.call("torch.bitwise_left_shift", s.operand(node, 0), s.operand(node, 1));
      case SHIFT_RIGHT_LOGICAL -> shiftRight(s, node);
    };
  }

  private static String logical(BinaryOp function) {
    return switch (function) {
      case AND, MINIMUM, MULTIPLY -> "&";
      case OR, MAXIMUM -> "|";
      case XOR -> "^";
      default -> throw new IllegalArgumentException(function + " of bools");
    };
  }

  private static String extreme(TorchScope s, Node node, String function, String clamp) {
    Operands operands = Operands.of(s, node);
    boolean number = TorchScope.number(node.operand(1)).isPresent();
    boolean first = !number && TorchScope.number(node.operand(0)).isPresent();
    return number
        ? s.let("%s.%s(%s)".formatted(operands.left, clamp, operands.right))
        : first
            ? s.let("%s.%s(%s)".formatted(operands.right, clamp, operands.left))
            : s.let(operands.call(function));
  }

  /** Zeros come in from above. */
  private static String shiftRight(TorchScope s, Node node) {
    long mask = node.dtype().bytes() == 1 ? 0xffL : 0xffff_ffffL;
    if (node.dtype() == DType.I64) {
      throw s.error(node, "a logical shift of 64 bits");
    }
    return s.let(
        "((%s.to(torch.int64) & %d) >> %s.to(torch.int64)).to(%s)"
            .formatted(
                s.operand(node, 0), mask, s.operand(node, 1), TorchText.dtype(node.dtype())));
  }

  static String compare(TorchScope s, Node node, Comparison comparison) {
    Operands operands = Operands.of(s, node);
    return s.let(
        operands.infix(
            switch (comparison) {
              case EQ -> "==";
              case NE -> "!=";
              case LT -> "<";
              case LE -> "<=";
              case GT -> ">";
              case GE -> ">=";
            }));
  }

  static String select(TorchScope s, Node node) {
    String condition = s.operand(node, 0);
    Optional<String> yes = TorchScope.number(node.operand(1));
    Optional<String> no = TorchScope.number(node.operand(2));
    if (no.isPresent() && yes.isEmpty()) {
      return s.let("%s.masked_fill(~%s, %s)".formatted(s.operand(node, 1), condition, no.get()));
    }
    if (yes.isPresent() && no.isEmpty()) {
      return s.let("%s.masked_fill(%s, %s)".formatted(s.operand(node, 2), condition, yes.get()));
    }
    return s.call("torch.where", condition, s.operand(node, 1), s.operand(node, 2));
  }
}
