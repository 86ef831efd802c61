package org.nnd.opencl.lower;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.nnd.ir.BinaryOp;
import org.nnd.ir.Comparison;
import org.nnd.ir.DType;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.Reduction;
import org.nnd.ir.UnaryOp;

/**
 * Recognises attention by its last contraction, in the form in which the composites' formulas are
 * after the passes and {@link RowReciprocals}.
 */
final class AttentionMatcher {
  private final Node product;
  private final Set<Node> inside = new LinkedHashSet<>();
  private final int keys;

  private AttentionMatcher(Node product) {
    this.product = product;
    this.keys = product.operand(0).rank() - 1;
  }

  /** {@return the pattern that ends in a node; whether all of it may stay inside is not asked} */
  static Optional<AttentionPattern> match(Node product) {
    return product.op() instanceof Op.Dot dot && product.dtype() == DType.F32
        ? new AttentionMatcher(product).match(dot)
        : Optional.empty();
  }

  private Optional<AttentionPattern> match(Op.Dot dot) {
    int batch = dot.leftBatch().size();
    boolean inOrder = dot.leftBatch().equals(Operations.axes(batch));
    if (!inOrder || batch >= keys || !dot.leftContracting().equals(List.of(keys))) {
      return Optional.empty();
    }
    Node weights = inside(product.operand(0));
    Optional<Node> seen = Optional.empty();
    if (weights.op() instanceof Op.Select && isUniform(weights.operand(2), 0)) {
      seen = Optional.of(weights.operand(0));
      weights = inside(weights.operand(1));
    }
    Node exponentials = numerator(weights);
    Node scores = exponentials == null ? null : exponent(exponentials);
    Node contraction = scores == null ? null : contraction(scores);
    if (contraction == null) {
      return Optional.empty();
    }
    Optional<Node> condition = condition(scores);
    if (seen.isPresent() && !seen.equals(condition)) {
      return Optional.empty();
    }
    return Optional.of(
        new AttentionPattern(
            product,
            contraction,
            scores,
            seen.isPresent(),
            condition.filter(this::onlyUpToTheQuery).isPresent(),
            inside));
  }

  private Node inside(Node node) {
    inside.add(node);
    return node;
  }

  /** {@code e} of {@code e * (1 / sum(e))}, as {@link RowReciprocals} leaves it. */
  private Node numerator(Node weights) {
    if (!isBinary(weights, BinaryOp.MULTIPLY)) {
      return null;
    }
    Node e = weights.operand(0);
    Node reciprocal = repeated(weights.operand(1));
    if (reciprocal == null
        || !isBinary(reciprocal, BinaryOp.DIVIDE)
        || !isUniform(reciprocal.operand(0), 1)
        || !isReduction(reciprocal.operand(1), Reduction.SUM, e)) {
      return null;
    }
    inside(reciprocal.operand(1));
    return inside(e);
  }

  /** {@code s} of {@code exp(s - shift)}, where the shift is max(s), or 0 if that is infinite. */
  private Node exponent(Node e) {
    boolean exponential = e.op() instanceof Op.Unary unary && unary.function() == UnaryOp.EXP;
    if (!exponential || !isBinary(e.operand(0), BinaryOp.SUBTRACT)) {
      return null;
    }
    Node difference = inside(e.operand(0));
    Node s = difference.operand(0);
    Node shift = repeated(difference.operand(1));
    if (shift == null || !(shift.op() instanceof Op.Select) || !isUniform(shift.operand(1), 0)) {
      return null;
    }
    Node greatest = inside(shift.operand(2));
    boolean guarded = isInfinite(inside(shift.operand(0)), greatest);
    return guarded && isReduction(greatest, Reduction.MAX, s) ? inside(s) : null;
  }

  private boolean isInfinite(Node condition, Node x) {
    boolean equal =
        condition.op() instanceof Op.Compare compare
            && compare.comparison() == Comparison.EQ
            && isUniform(condition.operand(1), Double.POSITIVE_INFINITY);
    if (!equal) {
      return false;
    }
    Node size = inside(condition.operand(0));
    return size.op() instanceof Op.Unary unary
        && unary.function() == UnaryOp.ABS
        && size.operand(0) == x;
  }

  /** What is repeated along the keys; null where that is not so. */
  private Node repeated(Node node) {
    boolean alongKeys =
        node.op() instanceof Op.Broadcast broadcast
            && broadcast.axes().equals(Operations.axes(keys));
    if (!alongKeys) {
      return null;
    }
    inside(node);
    return inside(node.operand(0));
  }

  private boolean isReduction(Node node, Reduction reduction, Node of) {
    return node.op() instanceof Op.Reduce reduce
        && reduce.reduction() == reduction
        && reduce.axes().equals(List.of(keys))
        && node.operand(0) == of;
  }

  /** The one contraction that the scores are an elementwise function of. */
  private Node contraction(Node scores) {
    List<Node> found = new ArrayList<>();
    Costs.walk(
        scores,
        node -> {
          if (node.op() instanceof Op.Dot && node.shape().equals(scores.shape())) {
            found.add(node);
          }
          return Fusion.elementwise(node.op());
        });
    if (found.size() != 1 || !fits((Op.Dot) found.get(0).op(), found.get(0))) {
      return null;
    }
    Set<Node> leading = new HashSet<>(found);
    return leads(scores, leading, new HashSet<>()) ? found.get(0) : null;
  }

  /** Keeps the nodes on the way from {@code node} to a contraction. */
  private boolean leads(Node node, Set<Node> leading, Set<Node> not) {
    if (leading.contains(node)) {
      inside(node);
      return true;
    }
    if (not.contains(node) || !Fusion.elementwise(node.op())) {
      return false;
    }
    boolean any = false;
    for (Node operand : node.operands()) {
      any |= leads(operand, leading, not);
    }
    (any ? leading : not).add(node);
    if (any) {
      inside(node);
    }
    return any;
  }

  /** Whether the last axis of the scores is one of {@code k}, the one before one of {@code q}. */
  private boolean fits(Op.Dot dot, Node scores) {
    Node right = scores.operand(1);
    int free = right.rank() - dot.rightBatch().size() - dot.rightContracting().size();
    return scores.dtype() == DType.F32 && free == 1 && dot.leftBatch().size() < keys;
  }

  private static Optional<Node> condition(Node scores) {
    boolean masked =
        scores.op() instanceof Op.Select && isUniform(scores.operand(2), Double.NEGATIVE_INFINITY);
    return masked ? Optional.of(scores.operand(0)) : Optional.empty();
  }

  /** Whether a condition holds for no key behind the query. */
  private boolean onlyUpToTheQuery(Node condition) {
    if (isBinary(condition, BinaryOp.AND)) {
      return onlyUpToTheQuery(condition.operand(0)) || onlyUpToTheQuery(condition.operand(1));
    }
    return condition.op() instanceof Op.Compare compare
        && compare.comparison() == Comparison.LE
        && counts(condition.operand(0), keys)
        && counts(condition.operand(1), keys - 1);
  }

  private static boolean counts(Node node, int axis) {
    return node.op() instanceof Op.Iota iota && iota.axis() == axis;
  }

  private static boolean isBinary(Node node, BinaryOp function) {
    return node.op() instanceof Op.Binary binary && binary.function() == function;
  }

  private static boolean isUniform(Node node, double value) {
    Node scalar = node.op() instanceof Op.Broadcast ? node.operand(0) : node;
    return scalar.op() instanceof Op.Constant constant
        && constant.value().count() == 1
        && constant.value().toDoubles()[0] == value;
  }
}
