package org.nnd.onnx.imports;

import java.util.List;
import java.util.OptionalInt;
import org.nnd.ir.Comparison;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;

/** The losses of classes that ONNX knows, as operations of the tensor graph. */
final class ClassLosses {
  private ClassLosses() {}

  /** {@return a scalar one everywhere: the weights of classes that have none} */
  static Node evenWeights(Node scores) {
    return Operations.full(scores.type().withShape(Shape.of(scores.shape().dim(1))), 1);
  }

  /**
   * {@return {@code -weights[t] logProbabilities[n, t, …]} for the targets t, reduced}
   *
   * @param logProbabilities {@code [N, C, …]}
   * @param targets {@code [N, …]}, integers
   * @param weights {@code [C]}
   * @param ignored targets of this value count nothing
   * @param reduction {@code none}, {@code sum} or {@code mean}, which divides by the weights' sum
   */
  static Node negativeLogLikelihood(
      Node logProbabilities, Node targets, Node weights, OptionalInt ignored, String reduction) {
    Node index = Operations.convert(targets, DType.I32);
    Node kept =
        ignored.isPresent()
            ? Operations.compare(Comparison.NE, index, ignored.getAsInt())
            : Operations.compare(Comparison.EQ, index, index);
    Node safe = Operations.select(kept, index, Operations.full(index.type(), 0));
    Shape one = targets.shape().insert(1, Dim.ONE);
    Node chosen = Operations.takeAlong(logProbabilities, Operations.reshape(safe, one), 1);
    Node likelihood = Operations.reshape(chosen, targets.shape());
    Node given = Operations.gather(weights, safe, 0);
    Node weight = Operations.select(kept, given, Operations.full(given.type(), 0));
    Node losses = Operations.negate(Operations.multiply(likelihood, weight));
    List<Integer> all = Operations.axes(losses.rank());
    return switch (reduction) {
      case "none" -> losses;
      case "sum" -> Operations.sum(losses, all);
      case "mean" -> Operations.divide(Operations.sum(losses, all), Operations.sum(weight, all));
      default ->
          throw new NndException(
              "reduction is '%s', expected none, sum or mean".formatted(reduction));
    };
  }
}
