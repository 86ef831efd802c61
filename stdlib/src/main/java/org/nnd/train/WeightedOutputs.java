package org.nnd.train;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.ir.NndException;

/**
 * The sum of the losses of all outputs, each times its weight: of Matryoshka heads {@code sum_m c_m
 * L(logits_m, y)} (Kusupati et al. 2022, equation 1).
 *
 * @param weights one for every output, in their order; none for 1 each
 */
public record WeightedOutputs(Loss.Pairwise each, List<Double> weights) implements Loss {
  public WeightedOutputs {
    weights = checked("weighted", weights);
  }

  static WeightedOutputs of(Loss.Pairwise each, double... weights) {
    return new WeightedOutputs(each, Arrays.stream(weights).boxed().toList());
  }

  static List<Double> checked(String loss, List<Double> weights) {
    for (double weight : weights) {
      if (!(weight >= 0) || Double.isInfinite(weight)) {
        throw new NndException(
            "%s: the weights must be numbers of at least 0, got %s".formatted(loss, weights));
      }
    }
    return List.copyOf(weights);
  }

  @Override
  public Tensor of(Tensors outputs, Tensors targets) {
    List<Pair> pairs = Pair.all(outputs, targets);
    if (!weights.isEmpty() && weights.size() != pairs.size()) {
      throw new NndException(
          "weighted: there are %d weights %s for the %d outputs %s"
              .formatted(
                  weights.size(), weights, pairs.size(), pairs.stream().map(Pair::name).toList()));
    }
    return weightedSum(
        pairs.stream().map(pair -> each.of(pair.output(), pair.target())).toList(), weights);
  }

  /** {@return sum of c_i x_i, with every c_i = 1 where none are given} */
  static Tensor weightedSum(List<Tensor> values, List<Double> weights) {
    Tensor sum = scaled(values.get(0), weights, 0);
    for (int i = 1; i < values.size(); i++) {
      sum = sum.add(scaled(values.get(i), weights, i));
    }
    return sum;
  }

  private static Tensor scaled(Tensor value, List<Double> weights, int i) {
    return weights.isEmpty() || weights.get(i) == 1 ? value : value.mul(weights.get(i));
  }

  @Override
  public String toString() {
    return "weighted("
        + each
        + weights.stream().map(w -> ", " + w).collect(Collectors.joining())
        + ")";
  }
}
