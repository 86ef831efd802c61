package org.nnd.layers.linear;

import org.nnd.dsl.Site;
import org.nnd.dsl.Vocabulary;

/** Makes the layers of linear attention and fast weights. */
@Vocabulary
public final class LinearAttentions {
  private LinearAttentions() {}

  /** {@return attention with the feature map elu + 1, to all tokens unless causal} */
  public static LinearAttention linearAttention(int heads) {
    return LinearAttention.of(heads, FeatureMap.elu(), Site.here());
  }

  /** {@return fast weights by the delta rule: a key's old value is replaced by its new one} */
  public static FastWeights fastWeights(int heads) {
    return FastWeights.of(heads, FastWeights.Rule.DELTA, Site.here());
  }

  /** {@return fast weights by the sum rule: values of a key add up} */
  public static FastWeights sumFastWeights(int heads) {
    return FastWeights.of(heads, FastWeights.Rule.SUM, Site.here());
  }
}
