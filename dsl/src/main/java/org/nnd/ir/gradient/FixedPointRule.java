package org.nnd.ir.gradient;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.nnd.ir.Graph;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.TensorType;
import org.nnd.ir.composite.FixedPoint;

/**
 * The implicit gradient of {@link FixedPoint#fixedPoint}: from z = f(z, a) follows dz = (I - J)^-1
 * (∂f/∂a) da with J = ∂f/∂z, so that the cotangent g of z gives a the cotangent (∂f/∂a)^T u with u
 * = g + J^T u (Bai, Kolter and Koltun 2019, theorem 1). u is a fixed point again, whence
 * derivatives of any order.
 */
final class FixedPointRule {
  private FixedPointRule() {}

  static void apply(Op.Composite op, Node node, Sweep to) {
    Optional<Node> cotangent = to.cotangent(node, 0);
    int operands = node.operands().size() - 1;
    List<Integer> wanted =
        IntStream.range(0, operands).filter(i -> to.wants(node, i + 1)).boxed().toList();
    if (cotangent.isEmpty() || wanted.isEmpty()) {
      return;
    }
    Graph step = step(op);
    ControlRules.checkClosed(node, step);
    Node z = Operations.results(node).get(0);

    // z, the operands, and a cotangent: what every pullback below depends on.
    List<Node> point = new ArrayList<>(List.of(z));
    point.addAll(node.operands().subList(1, operands + 1));
    Node g = cotangent.get();
    point.add(g);
    Node u =
        FixedPoint.fixedPoint(
                Operations.full(g.type(), 0),
                point,
                (v, x) ->
                    Operations.add(x.get(operands + 1), pullback(step, x, v, List.of(0)).get(0)),
                (double) op.attributes().get("tolerance"),
                (int) op.attributes().get("steps"))
            .value();
    point.set(operands + 1, u);

    // In a graph of its own: z must count as independent of the operands here.
    List<TensorType> types = point.stream().map(Node::type).toList();
    List<Integer> variables = wanted.stream().map(i -> i + 1).toList();
    List<Node> gradients =
        Operations.trace(types, x -> pullback(step, x, x.get(operands + 1), variables))
            .apply(point);
    for (int i = 0; i < variables.size(); i++) {
      to.add(node.operand(variables.get(i)), gradients.get(i));
    }
  }

  /** The body of the loop that the decomposition consists of. */
  private static Graph step(Op.Composite op) {
    return op.body().nodes().stream()
        .map(Node::op)
        .filter(Op.While.class::isInstance)
        .map(loop -> ((Op.While) loop).body())
        .findFirst()
        .orElseThrow();
  }

  /**
   * The cotangents of some of (z, operands) for the cotangent {@code v} of the step's result. The
   * loop carries two numbers after z on which z does not depend.
   */
  private static List<Node> pullback(Graph step, List<Node> x, Node v, List<Integer> variables) {
    int operands = step.inputs().size() - 3;
    List<Node> state = new ArrayList<>();
    state.add(x.get(0));
    for (int i = 1; i < 3; i++) {
      state.add(Operations.full(step.inputs().get(i).type(), 0));
    }
    state.addAll(x.subList(1, operands + 1));
    Node after = step.apply(state).get(0);
    return Gradient.pullback(List.of(after), List.of(v), variables.stream().map(x::get).toList());
  }
}
