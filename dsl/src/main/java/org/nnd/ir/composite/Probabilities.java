package org.nnd.ir.composite;

import static org.nnd.ir.Operations.add;
import static org.nnd.ir.Operations.compare;
import static org.nnd.ir.Operations.divide;
import static org.nnd.ir.Operations.exp;
import static org.nnd.ir.Operations.expand;
import static org.nnd.ir.Operations.full;
import static org.nnd.ir.Operations.log;
import static org.nnd.ir.Operations.reduce;
import static org.nnd.ir.Operations.select;
import static org.nnd.ir.Operations.stopGradient;
import static org.nnd.ir.Operations.subtract;
import static org.nnd.ir.Operations.sum;
import static org.nnd.ir.Operations.unary;

import java.util.List;
import java.util.Map;
import org.nnd.ir.Comparison;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Reduction;
import org.nnd.ir.UnaryOp;

/** Softmax and its relatives; attribute {@code axis}. */
public final class Probabilities {
  private Probabilities() {}

  /** {@return e^x / Σ e^x along an axis} */
  public static Node softmax(Node x, int axis) {
    return Operations.composite(
        "softmax", Map.of("axis", axis), List.of(x), a -> softmaxOf(a.get(0), axis));
  }

  static Node softmaxOf(Node x, int axis) {
    List<Integer> axes = List.of(axis);
    Node e = exp(subtract(x, expand(greatest(x, axes), x.shape(), axes)));
    return divide(e, expand(sum(e, axes), x.shape(), axes));
  }

  /** {@return the logarithm of {@link #softmax}} */
  public static Node logSoftmax(Node x, int axis) {
    return Operations.composite(
        "logSoftmax", Map.of("axis", axis), List.of(x), a -> logSoftmaxOf(a.get(0), axis));
  }

  static Node logSoftmaxOf(Node x, int axis) {
    List<Integer> axes = List.of(axis);
    Node shifted = subtract(x, expand(greatest(x, axes), x.shape(), axes));
    return subtract(shifted, expand(log(sum(exp(shifted), axes)), x.shape(), axes));
  }

  /** {@return log Σ e^x over the given axes, which are removed; attribute {@code axes}} */
  public static Node logSumExp(Node x, List<Integer> axes) {
    return Operations.composite(
        "logSumExp",
        Map.of("axes", List.copyOf(axes)),
        List.of(x),
        a -> {
          Node greatest = greatest(a.get(0), axes);
          Node shifted = subtract(a.get(0), expand(greatest, x.shape(), axes));
          return add(log(sum(exp(shifted), axes)), greatest);
        });
  }

  /**
   * The largest element, by which exponents are shifted so that none overflows. The result does not
   * depend on the shift, hence no gradient. Where it is infinite (all elements -∞, or one +∞) the
   * shift is 0.
   */
  private static Node greatest(Node x, List<Integer> axes) {
    Node max = stopGradient(reduce(Reduction.MAX, x, axes));
    Node infinite = compare(Comparison.EQ, unary(UnaryOp.ABS, max), Double.POSITIVE_INFINITY);
    return select(infinite, full(max.type(), 0), max);
  }
}
