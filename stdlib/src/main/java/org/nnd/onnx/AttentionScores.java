package org.nnd.onnx;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.nnd.ir.BinaryOp;
import org.nnd.ir.DType;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.UnaryOp;
import org.nnd.ir.reference.ReferenceEvaluator;

/**
 * What goes into the softmax of an attention, {@code factor query keyᵀ}, with a mask.
 *
 * @param key {@code [..., S, D]}
 * @param mask {@code [..., L, S]}: bool, true where a query may look, or added
 * @param fill what a bool mask puts in place of products
 */
record AttentionScores(Node query, Node key, double factor, Optional<Node> mask, double fill) {
  /** From here on down a filling leaves no weight, whatever the products are. */
  private static final double NOTHING = -1e4;

  /** The most operators between the product and softmax. */
  private static final int MOST_STEPS = 16;

  /** Masks of more elements are not looked into. */
  private static final long MOST_ELEMENTS = 1 << 22;

  /** {@return the scores that a node is, if it and what is between are used for that alone} */
  static Optional<AttentionScores> of(Node node, LayerPatterns patterns) {
    return of(node, patterns, MOST_STEPS);
  }

  private static Optional<AttentionScores> of(Node node, LayerPatterns patterns, int steps) {
    if (steps == 0 || patterns.onlyUser(node).isEmpty()) {
      return Optional.empty();
    }
    return switch (node.op()) {
      case Op.Dot dot when AttentionPatterns.isProduct(node, 2) ->
          Optional.of(product(node.operand(0), turned(node.operand(1))));
      case Op.Dot dot when AttentionPatterns.isProduct(node, 1) ->
          Optional.of(product(node.operand(0), node.operand(1)));
      case Op.Binary binary when binary.function() == BinaryOp.ADD ->
          of(node.operand(0), patterns, steps - 1)
              .flatMap(scores -> scores.plus(node.operand(1)))
              .or(
                  () ->
                      of(node.operand(1), patterns, steps - 1)
                          .flatMap(scores -> scores.plus(node.operand(0))));
      case Op.Binary binary -> {
        Scaled scaled = Scaled.once(node);
        yield scaled.node() == node
            ? Optional.empty()
            : of(scaled.node(), patterns, steps - 1)
                .flatMap(scores -> scores.times(scaled.factor()));
      }
      case Op.Select select -> {
        OptionalDouble first = Scaled.uniform(node.operand(1));
        OptionalDouble second = Scaled.uniform(node.operand(2));
        yield first.isPresent()
            ? of(node.operand(2), patterns, steps - 1)
                .flatMap(s -> s.where(negated(node.operand(0)), first.getAsDouble()))
            : second.isPresent()
                ? of(node.operand(1), patterns, steps - 1)
                    .flatMap(s -> s.where(node.operand(0), second.getAsDouble()))
                : Optional.empty();
      }
      default -> Optional.empty();
    };
  }

  private static AttentionScores product(Node query, Node key) {
    Scaled q = Scaled.of(query);
    Scaled k = Scaled.of(key);
    return new AttentionScores(q.node(), k.node(), q.factor() * k.factor(), Optional.empty(), 0);
  }

  private Optional<AttentionScores> times(double by) {
    return mask.isEmpty()
        ? Optional.of(new AttentionScores(query, key, factor * by, mask, fill))
        : Optional.empty();
  }

  private Optional<AttentionScores> plus(Node other) {
    if (mask.isPresent() && mask.get().dtype() == DType.BOOL) {
      return Optional.empty();
    }
    Node sum = mask.map(given -> Operations.add(given, other)).orElse(other);
    return Optional.of(new AttentionScores(query, key, factor, Optional.of(sum), fill));
  }

  private Optional<AttentionScores> where(Node allowed, double otherwise) {
    boolean alike = mask.isEmpty() || mask.get().dtype() == DType.BOOL && fill == otherwise;
    Node both =
        mask.filter(given -> alike)
            .map(given -> Operations.binary(BinaryOp.AND, given, allowed))
            .orElse(allowed);
    return alike
        ? Optional.of(new AttentionScores(query, key, factor, Optional.of(both), otherwise))
        : Optional.empty();
  }

  /** {@return whether a bool mask puts a finite number in place of products} */
  boolean isFilled() {
    return mask.isPresent() && mask.get().dtype() == DType.BOOL && fill != Double.NEGATIVE_INFINITY;
  }

  /** {@return whether the factor is {@code 1 / √D}} */
  boolean isScaledAsUsual() {
    var features = query.shape().dim(query.rank() - 1);
    return features.isFixed() && Math.abs(factor * Math.sqrt(features.fixed()) - 1) < 1e-6;
  }

  /** {@return whether a bool mask, which leaves nothing elsewhere, is this one} */
  boolean isMaskedBy(Node allowed) {
    return fill == Double.NEGATIVE_INFINITY
        && mask.filter(given -> given.dtype() == DType.BOOL && same(given, allowed)).isPresent();
  }

  private static boolean same(Node first, Node second) {
    Node a = first;
    Node b = second;
    while (a != b && a.op() instanceof Op.Broadcast && a.op().equals(b.op())) {
      a = a.operand(0);
      b = b.operand(0);
    }
    return a == b || a.op() instanceof Op.Constant && a.op().equals(b.op());
  }

  // Masks that are known.

  /** {@return whether the mask is known to let query {@code i} see keys up to {@code i} only} */
  boolean isCausal(Map<String, Literal> parameters) {
    Optional<Node> found = mask.map(AttentionScores::unrepeated);
    if (found.isEmpty() || !isKnown(found.get())) {
      return false;
    }
    Node node = found.get();
    int length = node.shape().size(node.rank() - 1);
    if (length < 2
        || node.shape().size(node.rank() - 2) != length
        || !query.shape().dim(query.rank() - 2).is(length)
        || !key.shape().dim(key.rank() - 2).is(length)) {
      return false;
    }
    boolean bool = node.dtype() == DType.BOOL;
    Graph graph = Graph.of(List.of(), Map.of("y", node));
    double[] values =
        ReferenceEvaluator.evaluate(graph, 1, Map.of(), parameters).output().toDoubles();
    for (int i = 0; i < values.length; i++) {
      boolean seen = i % length <= i / length % length;
      boolean fits = bool ? (values[i] != 0) == seen : seen ? values[i] == 0 : values[i] <= NOTHING;
      if (!fits) {
        return false;
      }
    }
    return !bool || fill <= NOTHING;
  }

  /** Initialisers count as known: what turns out to be a triangle of such numbers is no weight. */
  private static boolean isKnown(Node root) {
    Set<Node> seen = new HashSet<>(Set.of(root));
    List<Node> open = new ArrayList<>(seen);
    long elements = 0;
    while (!open.isEmpty()) {
      Node node = open.remove(open.size() - 1);
      boolean fixed = node.types().stream().allMatch(type -> type.shape().isFixed());
      boolean known =
          switch (node.op()) {
            case Op.Input input -> false;
            case Op.Size size -> false;
            // Loops may run long.
            case Op.While loop -> false;
            case Op.Scan loop -> false;
            default -> fixed;
          };
      elements += known ? node.types().get(0).shape().count().at(1) : 0;
      if (!known || elements > MOST_ELEMENTS) {
        return false;
      }
      node.operands().stream().filter(seen::add).forEach(open::add);
    }
    return true;
  }

  /** {@return the mask before it was repeated for examples and heads} */
  private static Node unrepeated(Node mask) {
    Node x = mask;
    while (x.op() instanceof Op.Broadcast op && keepsMatrix(op, x.operand(0))) {
      x = x.operand(0);
    }
    return x;
  }

  private static boolean keepsMatrix(Op.Broadcast op, Node x) {
    int rank = op.shape().rank();
    return x.rank() >= 2
        && x.shape().slice(x.rank() - 2, x.rank()).equals(op.shape().slice(rank - 2, rank))
        && op.axes().subList(x.rank() - 2, x.rank()).equals(List.of(rank - 2, rank - 1));
  }

  /** {@return not the mask, repeated after it where the mask is repeated} */
  private static Node negated(Node mask) {
    return mask.op() instanceof Op.Broadcast
        ? mask.withOperands(List.of(inverse(mask.operand(0))))
        : inverse(mask);
  }

  private static Node inverse(Node mask) {
    return mask.op() instanceof Op.Unary op && op.function() == UnaryOp.NOT
        ? mask.operand(0)
        : Operations.not(mask);
  }

  /** {@return the operand with its last two axes exchanged} */
  private static Node turned(Node x) {
    List<Integer> axes = new ArrayList<>(Operations.axes(x.rank()));
    axes.set(x.rank() - 2, x.rank() - 1);
    axes.set(x.rank() - 1, x.rank() - 2);
    return x.op() instanceof Op.Transpose op
        ? Operations.transpose(
            x.operand(0), axes.stream().map(axis -> op.permutation().get(axis)).toList())
        : Operations.transpose(x, axes);
  }
}
