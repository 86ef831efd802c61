package org.nnd.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.ir.NndException;

/**
 * A loss of representations, summed over their prefixes: {@code sum_m c_m L(z[…, :m])} with the
 * first {@code m} features of every output (Kusupati et al. 2022, section 3, for contrastive
 * losses).
 *
 * @param weights one for every width, in their order; none for 1 each
 */
public record OnPrefixes(Loss each, List<Integer> widths, List<Double> weights) implements Loss {
  public OnPrefixes {
    widths = List.copyOf(widths);
    weights = WeightedOutputs.checked("onPrefixes", weights);
    boolean ascending = !widths.isEmpty() && widths.get(0) > 0;
    for (int i = 1; i < widths.size(); i++) {
      ascending &= widths.get(i) > widths.get(i - 1);
    }
    if (!ascending) {
      throw new NndException(
          "onPrefixes: the widths must be positive and ascending, got " + widths);
    }
    if (!weights.isEmpty() && weights.size() != widths.size()) {
      throw new NndException(
          "onPrefixes: there are %d weights %s for the %d widths %s"
              .formatted(weights.size(), weights, widths.size(), widths));
    }
  }

  /** {@return this with the importance of every width} */
  public OnPrefixes weights(double... values) {
    return new OnPrefixes(each, widths, Arrays.stream(values).boxed().toList());
  }

  @Override
  public Tensor of(Tensors outputs, Tensors targets) {
    List<Tensor> losses = new ArrayList<>();
    for (int width : widths) {
      losses.add(each.of(prefix(outputs, width), targets));
    }
    return WeightedOutputs.weightedSum(losses, weights);
  }

  private static Tensors prefix(Tensors outputs, int width) {
    Map<String, Tensor> parts = new LinkedHashMap<>();
    for (String name : outputs.main().names()) {
      Tensor z = outputs.get(name);
      if (z.rank() < 2 || !z.dim(-1).isFixed() || z.dim(-1).fixed() < width) {
        throw new NndException(
            "onPrefixes: the output '%s' is %s, which has no first %d features"
                .formatted(name, z.type(), width));
      }
      parts.put(name, z.slice(-1, 0, width));
    }
    return Tensors.of(parts);
  }

  @Override
  public String toString() {
    return "onPrefixes(%s, %s)".formatted(each, widths)
        + (weights.isEmpty() ? "" : ".weights(" + weights + ")");
  }
}
