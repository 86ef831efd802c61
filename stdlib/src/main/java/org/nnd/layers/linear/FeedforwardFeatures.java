package org.nnd.layers.linear;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.nnd.dsl.Check;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Vocabulary;

/**
 * {@code softplus} of a feed-forward network (Yorsh and Kovalenko 2022, "Linear Self-Attention
 * Approximation via Trainable Feedforward Kernel"): a positive feature map that is trained with the
 * rest; GELU between its layers. Variables: {@code 0.weight [hidden, d]}, {@code 0.bias}, …
 *
 * @param hidden the widths between input and features
 */
@Vocabulary
public record FeedforwardFeatures(int features, List<Integer> hidden) implements FeatureMap {
  public FeedforwardFeatures {
    Check.positive("feedforward", "the number of features", features);
    hidden.forEach(width -> Check.positive("feedforward", "a hidden width", width));
    hidden = List.copyOf(hidden);
  }

  static FeedforwardFeatures of(int features) {
    return new FeedforwardFeatures(features, List.of());
  }

  /** {@return this with hidden layers of the given widths} */
  public FeedforwardFeatures hidden(int... widths) {
    return new FeedforwardFeatures(features, Arrays.stream(widths).boxed().toList());
  }

  @Override
  public Tensor apply(Variables at, Tensor x) {
    Tensor y = x;
    int next = 0;
    for (int width : hidden) {
      y = at.affine(String.valueOf(next++), y, width).gelu();
    }
    return at.affine(String.valueOf(next), y, features).softplus();
  }

  @Override
  public String toString() {
    String widths = hidden.stream().map(String::valueOf).collect(Collectors.joining(", "));
    return "feedforward(" + features + ")" + (hidden.isEmpty() ? "" : ".hidden(" + widths + ")");
  }
}
