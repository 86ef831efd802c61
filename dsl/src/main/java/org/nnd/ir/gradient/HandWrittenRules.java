package org.nnd.ir.gradient;

import static org.nnd.ir.Operations.add;
import static org.nnd.ir.Operations.divide;
import static org.nnd.ir.Operations.expand;
import static org.nnd.ir.Operations.multiply;
import static org.nnd.ir.Operations.subtract;

import java.util.List;
import java.util.stream.IntStream;
import org.nnd.ir.Comparison;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;

/** Gradients of composites that need less work than those of their decompositions, or have none. */
final class HandWrittenRules {
  private HandWrittenRules() {}

  /** {@return whether there is such a gradient; if so, it has been added} */
  static boolean apply(Op.Composite op, Node node, Sweep to) {
    boolean outputOnly =
        IntStream.range(1, node.types().size()).noneMatch(i -> to.cotangent(node, i).isPresent());
    if (op.name().equals("fixedPoint")) {
      FixedPointRule.apply(op, node, to);
      return true;
    }
    if (op.name().equals("batchNorm") && outputOnly) {
      batchNorm(op, node, to);
      return true;
    }
    if (op.name().equals("unitLowerInverse") || op.name().equals("newtonInverse")) {
      inverse(op, node, to);
      return true;
    }
    return false;
  }

  /**
   * dA = -Yᵀ dY Yᵀ for Y = A⁻¹ (Petersen and Pedersen 2012, eq. 61): two products, and none of the
   * iterates is kept. Of a triangular matrix only the part that was read has a gradient.
   */
  private static void inverse(Op.Composite op, Node node, Sweep to) {
    to.operand(
        node,
        0,
        () -> {
          Node y = node;
          List<Integer> batch = Operations.axes(y.rank() - 2);
          List<Integer> rows = List.of(y.rank() - 2);
          List<Integer> columns = List.of(y.rank() - 1);
          Node left =
              Operations.dot(y, to.cotangent(node, 0).orElseThrow(), batch, batch, rows, rows);
          Node g = Operations.negate(Operations.dot(left, y, batch, batch, columns, columns));
          return op.name().equals("newtonInverse") ? g : belowDiagonal(g);
        });
  }

  private static Node belowDiagonal(Node x) {
    Node row = Operations.iota(DType.I32, x.shape(), x.rank() - 2);
    Node column = Operations.iota(DType.I32, x.shape(), x.rank() - 1);
    return Operations.select(
        Operations.compare(Comparison.GT, row, column), x, Operations.full(x.type(), 0));
  }

  /**
   * For y = γ x̂ + β with x̂ = (x - μ) / √(σ² + ε) (Ioffe and Szegedy 2015, section 3): dβ = Σ g,
   * dγ = Σ g x̂, and dx = γ / √(σ² + ε) (g - dβ / n - x̂ dγ / n). Two reductions, where the
   * decomposition needs four. The forward values are those of the body, which common subexpressions
   * merge.
   */
  private static void batchNorm(Op.Composite op, Node node, Sweep to) {
    Node g = to.cotangent(node, 0).orElseThrow();
    Node x = node.operand(0);
    double eps = (double) op.attributes().get("eps");
    List<Integer> others = IntStream.range(0, x.rank()).filter(axis -> axis != 1).boxed().toList();
    Node mean = Operations.mean(x, others);
    Node centred = subtract(x, expand(mean, x.shape(), others));
    Node variance = Operations.mean(Operations.square(centred), others);
    Node inverse = Operations.rsqrt(add(variance, eps));
    Node normal = multiply(centred, expand(inverse, x.shape(), others));

    Node shift = Operations.sum(g, others);
    Node scale = Operations.sum(multiply(g, normal), others);
    to.operand(node, 1, () -> scale);
    to.operand(node, 2, () -> shift);
    to.operand(
        node,
        0,
        () -> {
          Dim count = others.stream().map(axis -> x.shape().dim(axis)).reduce(Dim.ONE, Dim::times);
          Node n =
              Operations.broadcast(Operations.size(x.dtype(), count), shift.shape(), List.of());
          Node shiftMean = expand(divide(shift, n), x.shape(), others);
          Node scaleMean = expand(divide(scale, n), x.shape(), others);
          Node factor = expand(multiply(node.operand(1), inverse), x.shape(), others);
          Node rest = subtract(subtract(g, shiftMean), multiply(normal, scaleMean));
          return multiply(factor, rest);
        });
  }
}
