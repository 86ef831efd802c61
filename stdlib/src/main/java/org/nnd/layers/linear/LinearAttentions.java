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

  /** {@return attention by positive random features of the softmax kernel (FAVOR+)} */
  public static LinearAttention performer(int heads, int features) {
    return LinearAttention.of(heads, FeatureMap.favor(features), Site.here());
  }

  /**
   * {@return attention of queries, keys and values as they are, without projections, by positive
   * random features of the softmax kernel (FAVOR+)}
   */
  public static KernelProduct kernelProduct(int features) {
    return KernelProduct.of(features, Site.here());
  }

  /** {@return attention by a kernel whose feature map is a trained feed-forward network} */
  public static LinearAttention feedforwardAttention(int heads, int features) {
    return LinearAttention.of(heads, FeatureMap.feedforward(features), Site.here());
  }

  /**
   * {@return attention by a kernel whose spectrum is a trained mixture of Gaussians, with positive
   * features}
   */
  public static LinearAttention kernelizedAttention(int heads, int components, int samples) {
    return LinearAttention.of(
        heads, FeatureMap.mixture(components, samples).positive(), Site.here());
  }

  /** {@return weights that change themselves, from token to token} */
  public static SelfReferential selfReferential(int heads) {
    return SelfReferential.of(heads, Site.here());
  }

  /** {@return softmax-free attention of the tokens of pictures {@code height} tokens high} */
  public static SoftmaxFreeAttention softmaxFreeAttention(int heads, int height, int ratio) {
    return SoftmaxFreeAttention.of(heads, height, ratio, Site.here());
  }

  /** {@return a lambda layer with positions relative within a window of {@code size} by size} */
  public static LambdaLayer lambdaLayer(int dimKey, int size) {
    return LambdaLayer.of(dimKey, new LambdaLayer.Context.Local(size), Site.here());
  }

  /** {@return a lambda layer with positions relative within the whole picture of {@code size}²} */
  public static LambdaLayer globalLambdaLayer(int dimKey, int size) {
    return LambdaLayer.of(dimKey, new LambdaLayer.Context.Global(size), Site.here());
  }
}
