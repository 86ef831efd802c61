package org.nnd.onnx.imports;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.nnd.ir.Node;
import org.nnd.ir.Shape;

/** Losses of scores of classes {@code [N, C, …]} against classes {@code [N, …]}. */
final class Losses {
  private Losses() {}

  static Map<String, Lowered> operators() {
    return Map.of(
        "NegativeLogLikelihoodLoss", Losses::negativeLogLikelihood,
        "SoftmaxCrossEntropyLoss", Losses::crossEntropy);
  }

  private static List<Value> negativeLogLikelihood(NodeScope scope) {
    return List.of(scope.like(0, loss(scope, scope.node(0))));
  }

  private static List<Value> crossEntropy(NodeScope scope) {
    if (scope.node(0).rank() < 2) {
      throw scope.error("the scores are %s, expected [N, C, …]".formatted(scope.node(0).type()));
    }
    Node logProbabilities = Normalizing.logSoftmax(scope.node(0), 1);
    return List.of(scope.like(0, loss(scope, logProbabilities)), scope.like(0, logProbabilities));
  }

  private static Node loss(NodeScope scope, Node logProbabilities) {
    Shape scores = logProbabilities.shape();
    Node targets = scope.node(1);
    if (scores.rank() < 2 || !scores.without(List.of(1)).equals(targets.shape())) {
      throw scope.error(
          "the scores are %s, the targets %s; expected are [N, C, …] and [N, …]"
              .formatted(scores, targets.shape()));
    }
    Node weights = scope.optionalNode(2).orElseGet(() -> ClassLosses.evenWeights(logProbabilities));
    OptionalInt ignored =
        scope.hasAttribute("ignore_index")
            ? OptionalInt.of(Math.toIntExact(scope.integer("ignore_index")))
            : OptionalInt.empty();
    return ClassLosses.negativeLogLikelihood(
        logProbabilities, targets, weights, ignored, scope.text("reduction", "mean"));
  }
}
