package org.nnd.ir.composite;

import static org.nnd.ir.Operations.add;
import static org.nnd.ir.Operations.full;
import static org.nnd.ir.Operations.mean;
import static org.nnd.ir.Operations.minimum;
import static org.nnd.ir.Operations.multiply;
import static org.nnd.ir.Operations.negate;
import static org.nnd.ir.Operations.select;
import static org.nnd.ir.Operations.square;
import static org.nnd.ir.Operations.subtract;
import static org.nnd.ir.Operations.sum;
import static org.nnd.ir.Operations.unary;

import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.nnd.ir.Comparison;
import org.nnd.ir.DType;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.UnaryOp;

/** Losses. Cross-entropies give one number per example; the others one per element. */
public final class Losses {
  private Losses() {}

  /**
   * {@return -log softmax(logits)[label] for each example, {@code [N, …]}}
   *
   * @param logits {@code [N, …, C]}
   * @param labels i32 {@code [N, …]}; one outside {@code [0, C)} has loss 0 (but for smoothing)
   * @param smoothing the share of the target spread evenly over all classes (Szegedy et al. 2016);
   *     attribute {@code smoothing}
   */
  public static Node crossEntropy(Node logits, Node labels, double smoothing) {
    Shape examples = logits.shape().slice(0, logits.rank() - 1);
    if (labels.dtype() != DType.I32 || !labels.shape().equals(examples)) {
      throw new NndException(
          "cross-entropy of logits %s wants labels i32%s, got %s"
              .formatted(logits.type(), examples, labels.type()));
    }
    return Operations.composite(
        "crossEntropy",
        Map.of("smoothing", smoothing),
        List.of(logits, labels),
        a -> {
          int axis = a.get(0).rank() - 1;
          Node logP = Probabilities.logSoftmaxOf(a.get(0), axis);
          // One comparison per class fuses with its neighbours, where a gather would not.
          Node classes = Operations.iota(DType.I32, logP.shape(), axis);
          Node label = Operations.expand(a.get(1), logP.shape(), List.of(axis));
          Node isLabel = Operations.compare(Comparison.EQ, classes, label);
          Node picked = sum(select(isLabel, logP, full(logP.type(), 0)), List.of(axis));
          if (smoothing == 0) {
            return negate(picked);
          }
          Node even = mean(logP, List.of(axis));
          return negate(add(multiply(picked, 1 - smoothing), multiply(even, smoothing)));
        });
  }

  /**
   * {@return -Σ target · log softmax(logits) for each example, {@code [N, …]}}
   *
   * @param logits {@code [N, …, C]}
   * @param targets of the same type: probabilities of the classes
   * @param smoothing as in {@link #crossEntropy}
   */
  public static Node softCrossEntropy(Node logits, Node targets, double smoothing) {
    return Operations.composite(
        "softCrossEntropy",
        Map.of("smoothing", smoothing),
        List.of(logits, targets),
        a -> {
          List<Integer> axis = List.of(a.get(0).rank() - 1);
          Node logP = Probabilities.logSoftmaxOf(a.get(0), axis.get(0));
          Node expected = sum(multiply(a.get(1), logP), axis);
          if (smoothing == 0) {
            return negate(expected);
          }
          Node even = mean(logP, axis);
          return negate(add(multiply(expected, 1 - smoothing), multiply(even, smoothing)));
        });
  }

  /**
   * {@return -t log σ(x) - (1 - t) log(1 - σ(x)) = softplus(x) - t x, elementwise} {@code targets}
   * lie between 0 and 1 and have the type of {@code logits}.
   */
  public static Node binaryCrossEntropyWithLogits(Node logits, Node targets) {
    return of(
        "binaryCrossEntropyWithLogits",
        Map.of(),
        logits,
        targets,
        (x, t) -> subtract(Activations.softplusOf(x), multiply(t, x)));
  }

  /** {@return the squared difference, elementwise} */
  public static Node squaredError(Node x, Node y) {
    return of("squaredError", Map.of(), x, y, (a, b) -> square(subtract(a, b)));
  }

  /** {@return the mean squared difference, a scalar} */
  public static Node mse(Node x, Node y) {
    return of(
        "mse", Map.of(), x, y, (a, b) -> mean(square(subtract(a, b)), Operations.axes(a.rank())));
  }

  /**
   * {@return r²/2 where |r| ≤ δ, else δ (|r| - δ/2), for r = x - y, elementwise (Huber 1964);
   * attribute {@code delta}} With m = min(|r|, δ) both are m (|r| - m/2).
   */
  public static Node huber(Node x, Node y, double delta) {
    return of(
        "huber",
        Map.of("delta", delta),
        x,
        y,
        (a, b) -> {
          Node r = unary(UnaryOp.ABS, subtract(a, b));
          Node m = minimum(r, full(r.type(), delta));
          return multiply(m, subtract(r, multiply(m, 0.5)));
        });
  }

  private static Node of(
      String name, Map<String, Object> attributes, Node x, Node y, BinaryOperator<Node> body) {
    return Operations.composite(
        name, attributes, List.of(x, y), a -> body.apply(a.get(0), a.get(1)));
  }
}
