package org.nnd.ir.pass;

import java.util.List;
import java.util.Map;
import org.nnd.ir.DType;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.Reduction;
import org.nnd.ir.TensorType;
import org.nnd.ir.reference.ReferenceEvaluator;

/**
 * Computes what depends on constants alone, by the reference evaluator: rounded once, from float64.
 * Results are limited in size, and broadcasts stay, so that constants do not swell.
 */
public final class FoldConstants {
  /** The largest number of elements of a constant made here. */
  private static final int LIMIT = 4096;

  private FoldConstants() {}

  public static Graph apply(Graph graph) {
    return Rewriter.bottomUp(graph, FoldConstants::rule);
  }

  static Node rule(Node node) {
    if (node.operands().isEmpty() || node.types().size() != 1) {
      return node;
    }
    return switch (node.op()) {
      case Op.Broadcast broadcast -> node;
      // A loop may take long, or for ever; barriers keep what they hold apart.
      case Op.Scan scan -> node;
      case Op.While loop -> node;
      case Op.Barrier barrier -> node;
      case Op.StopGradient stop -> node;
      // Its code is for devices.
      case Op.Custom custom -> node;
      default -> fold(node);
    };
  }

  private static Node fold(Node node) {
    boolean constants = node.operands().stream().allMatch(x -> x.op() instanceof Op.Constant);
    boolean splats = node.operands().stream().allMatch(x -> Splat.value(x).isPresent());
    if (splats && !constants && isElementwise(node.op())) {
      return foldSplats(node);
    }
    boolean known =
        node.operands().stream()
            .allMatch(x -> x.op() instanceof Op.Constant || Splat.value(x).isPresent());
    return (constants || known && !isView(node.op()))
            && isSmall(node)
            && node.operands().stream().allMatch(FoldConstants::isSmall)
        ? evaluate(node)
        : node;
  }

  private static boolean isSmall(Node node) {
    return node.shape().isFixed() && node.shape().count().at(0) <= LIMIT;
  }

  /** Views of repeated scalars are repeated scalars, which simplification knows. */
  private static boolean isView(Op op) {
    return switch (op) {
      case Op.Reshape r -> true;
      case Op.Transpose t -> true;
      case Op.Slice s -> true;
      case Op.Reverse r -> true;
      default -> false;
    };
  }

  private static boolean isElementwise(Op op) {
    return switch (op) {
      case Op.Unary u -> true;
      case Op.Binary b -> true;
      case Op.Compare c -> true;
      case Op.Select s -> true;
      case Op.Convert c -> true;
      case Op.Bitcast b -> true;
      default -> false;
    };
  }

  /** An elementwise function of repeated scalars is a repeated scalar. */
  private static Node foldSplats(Node node) {
    List<Node> scalars = node.operands().stream().map(FoldConstants::element).toList();
    return Operations.broadcast(evaluate(Node.of(node.op(), scalars)), node.shape(), List.of());
  }

  /** One element of a splat, without loss (a double does not hold every i64). */
  private static Node element(Node splat) {
    Node source = splat;
    while (!(source.op() instanceof Op.Constant)) {
      source = source.operand(0);
    }
    List<Integer> all = Operations.axes(source.rank());
    return evaluate(Operations.reduce(Reduction.MAX, source, all));
  }

  private static Node evaluate(Node node) {
    if (node.op() instanceof Op.Constant) {
      return node;
    }
    Literal value =
        ReferenceEvaluator.evaluate(Graph.of(List.of(), Map.of("y", node)), 1, Map.of(), Map.of())
            .output();
    return Operations.constant(typed(value, node.type()));
  }

  /** The evaluator gives floating-point results as f64. */
  private static Literal typed(Literal value, TensorType type) {
    return type.dtype().isFloat() && type.dtype() != DType.F64
        ? Literal.ofDoubles(type.dtype(), value.toDoubles(), value.shape())
        : value;
  }
}
