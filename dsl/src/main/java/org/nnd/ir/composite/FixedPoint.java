package org.nnd.ir.composite;

import static org.nnd.ir.Operations.compare;
import static org.nnd.ir.Operations.divide;
import static org.nnd.ir.Operations.maximum;
import static org.nnd.ir.Operations.reduce;
import static org.nnd.ir.Operations.scalar;
import static org.nnd.ir.Operations.subtract;
import static org.nnd.ir.Operations.unary;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.nnd.ir.BinaryOp;
import org.nnd.ir.Comparison;
import org.nnd.ir.DType;
import org.nnd.ir.Graph;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.Reduction;
import org.nnd.ir.TensorType;
import org.nnd.ir.UnaryOp;

/** Fixed points of contractions, as in deep equilibrium models (Bai, Kolter and Koltun 2019). */
public final class FixedPoint {
  private FixedPoint() {}

  /**
   * Where the iteration ended. Only {@code value} has a gradient.
   *
   * @param value of the type of the start
   * @param change of the last step, a scalar: {@code max |z' - z| / max(1, max |z'|)}
   * @param steps how many were made, an i32 scalar
   */
  public record Solution(Node value, Node change, Node steps) {}

  /**
   * {@return z with z = step(z, operands)} Repeats {@code z <- step(z, operands)} from {@code
   * start} until the change is at most {@code tolerance}, or for {@code steps} steps; the whole
   * batch runs until its slowest example is done. The gradient is that of the implicit function:
   * with {@code J} the derivative of the step with respect to z, {@code dz = (I - J)^-1 d step},
   * where {@code u = (I - J)^-T g} is found as the fixed point of {@code u <- g + J^T u} to the
   * same tolerance. Nothing of the steps is kept for it, the start has no gradient, and where the
   * step does not contract neither iteration converges.
   *
   * @param start floating point, of any shape
   * @param operands all that the step depends on; variables that it met otherwise would lose their
   *     gradient
   * @param step from (z, operands) to a tensor of z's type
   * @param tolerance attribute {@code tolerance}
   * @param steps at most; attribute {@code steps}
   */
  public static Solution fixedPoint(
      Node start,
      List<Node> operands,
      BiFunction<Node, List<Node>, Node> step,
      double tolerance,
      int steps) {
    if (!start.dtype().isFloat()) {
      throw new NndException("fixedPoint wants a floating-point start, got " + start.type());
    }
    if (!(tolerance >= 0) || steps < 1) {
      throw new NndException(
          "fixedPoint wants a tolerance of at least 0 and 1 step or more, got %s and %d"
              .formatted(tolerance, steps));
    }
    List<Node> all = new ArrayList<>(List.of(start));
    all.addAll(operands);
    List<TensorType> types = all.stream().map(Node::type).toList();
    Graph body = Operations.trace(types, x -> loop(x, step, tolerance, steps));
    Op.Composite op =
        new Op.Composite("fixedPoint", Map.of("tolerance", tolerance, "steps", steps), body);
    List<Node> results = Operations.results(Node.of(op, all));
    return new Solution(results.get(0), results.get(1), results.get(2));
  }

  /** A while loop over z, the last change, the number of steps, and the operands unchanged. */
  private static List<Node> loop(
      List<Node> x, BiFunction<Node, List<Node>, Node> step, double tolerance, int steps) {
    Node start = x.get(0);
    List<Node> state = new ArrayList<>();
    state.add(start);
    state.add(scalar(start.dtype(), Double.POSITIVE_INFINITY));
    state.add(scalar(DType.I32, 0));
    state.addAll(x.subList(1, x.size()));
    List<TensorType> types = state.stream().map(Node::type).toList();
    Graph condition =
        Operations.trace(
            types,
            s ->
                List.of(
                    Operations.binary(
                        BinaryOp.AND,
                        compare(Comparison.GT, s.get(1), tolerance),
                        compare(Comparison.LT, s.get(2), steps))));
    Graph body = Operations.trace(types, s -> next(s, step));
    return Operations.results(Node.of(new Op.While(condition, body), state)).subList(0, 3);
  }

  /** A change that is no number ends the loop, so that what went wrong stays to be seen. */
  private static List<Node> next(List<Node> state, BiFunction<Node, List<Node>, Node> step) {
    Node z = state.get(0);
    List<Node> operands = state.subList(3, state.size());
    Node after = step.apply(z, operands);
    if (!after.type().equals(z.type())) {
      throw new NndException(
          "fixedPoint: the step turns %s into %s; it must keep the type"
              .formatted(z.type(), after.type()));
    }
    Node change = divide(greatest(subtract(after, z)), maximum(greatest(after), 1));
    List<Node> next = new ArrayList<>(List.of(after, change, Operations.add(state.get(2), 1)));
    next.addAll(operands);
    return next;
  }

  private static Node greatest(Node x) {
    return reduce(Reduction.MAX, unary(UnaryOp.ABS, x), Operations.axes(x.rank()));
  }
}
