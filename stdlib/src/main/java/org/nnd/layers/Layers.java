package org.nnd.layers;

import static org.nnd.dsl.Combinators.named;
import static org.nnd.dsl.Combinators.sequential;

import java.util.Arrays;
import org.nnd.dsl.Check;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Sequential;
import org.nnd.dsl.Site;
import org.nnd.dsl.Vocabulary;

/** Makes the standard layers, with the defaults of PyTorch or of the paper. */
@Vocabulary
public final class Layers {
  private Layers() {}

  // Dense layers and embeddings.

  /** {@return a fully connected layer on the last axis, {@code out} features} */
  public static Dense dense(int out) {
    return new Dense(out, true, Initial.STANDARD, Site.here());
  }

  /** {@return the same as {@link #dense}} */
  public static Dense linear(int out) {
    return dense(out);
  }

  /** {@return a table of {@code count} rows, looked up by i32 index} */
  public static Embedding embedding(int count, int features) {
    return new Embedding(count, features, Initializer.normal(0, 1), false, Site.here());
  }

  /** {@return the feed-forward part of a transformer, {@code ratio} times as wide inside} */
  public static Mlp mlp(double ratio) {
    return new Mlp(ratio, gelu(), 0, Site.here());
  }

  /** {@return multi-head attention to the tokens themselves, or to a second input} */
  public static Attention attention(int heads) {
    return new Attention(heads, false, true, Site.here());
  }

  /** {@return attention of queries, keys and values as they are, without projections} */
  public static ScaledDotProduct scaledDotProduct() {
    return ScaledDotProduct.of(Site.here());
  }

  // Convolutions.

  /** {@return a convolution of pictures, kernel 3, sizes kept at stride 1} */
  public static Conv conv(int out) {
    return conv(2, out);
  }

  /** {@return a convolution of {@code [N, C, L]}} */
  public static Conv conv1d(int out) {
    return conv(1, out);
  }

  /** {@return a convolution of {@code [N, C, D, H, W]}} */
  public static Conv conv3d(int out) {
    return conv(3, out);
  }

  /** {@return a convolution over 1, 2 or 3 spatial axes} */
  public static Conv conv(int axes, int out) {
    Expect.axes("conv", axes);
    Check.positive("conv", "the number of output channels", out);
    return Conv.of(axes, new Conv.Channels.Grouped(out, 1), 3, Site.here());
  }

  /** {@return a convolution of every channel with a kernel of its own} */
  public static Conv depthwise(int kernel) {
    return depthwise(2, kernel);
  }

  /** {@return a depthwise convolution of {@code [N, C, L]}} */
  public static Conv depthwise1d(int kernel) {
    return depthwise(1, kernel);
  }

  /** {@return a depthwise convolution over 1, 2 or 3 spatial axes} */
  public static Conv depthwise(int axes, int kernel) {
    Expect.axes("depthwise", axes);
    Check.positive("depthwise", "kernel", kernel);
    return Conv.of(axes, new Conv.Channels.Depthwise(1), kernel, Site.here());
  }

  /** {@return a transposed convolution of pictures, kernel 2, stride 2: twice the size} */
  public static ConvTranspose convTranspose(int out) {
    return ConvTranspose.of(2, out, Site.here());
  }

  /** {@return a transposed convolution of {@code [N, C, L]}} */
  public static ConvTranspose convTranspose1d(int out) {
    return ConvTranspose.of(1, out, Site.here());
  }

  /** {@return a transposed convolution of {@code [N, C, D, H, W]}} */
  public static ConvTranspose convTranspose3d(int out) {
    return ConvTranspose.of(3, out, Site.here());
  }

  /** {@return {@code conv} without bias and {@code bn}} */
  public static Sequential convBn(Conv conv) {
    return sequential(named("conv", conv.bias(false)), named("bn", batchNorm()));
  }

  /** {@return {@code conv} without bias, {@code bn} and ReLU} */
  public static Sequential convBnRelu(Conv conv) {
    return sequential(
        named("conv", conv.bias(false)), named("bn", batchNorm()), named("nonlinear", relu()));
  }

  /** {@return half the size, {@code out} channels: channel layer norm and a 2x2 convolution} */
  public static Sequential downsample(int out) {
    return sequential(layerNorm().channelsFirst().eps(1e-6), conv(out).kernel(2).stride(2));
  }

  // Normalisations.

  /**
   * {@return batch normalisation over axis 1 of {@code [N, C, …]}: momentum 0.1, with weight and
   * bias}
   */
  public static BatchNorm batchNorm() {
    return new BatchNorm(1e-5, 0.1, true, Site.here());
  }

  /**
   * {@return normalisation of every position over its features, the last axis; with weight and
   * bias}
   */
  public static LayerNorm layerNorm() {
    return new LayerNorm(1e-5, false, true, Site.here());
  }

  /**
   * {@return normalisation of {@code [N, C, spatial…]} over so many groups of channels; with weight
   * and bias}
   */
  public static GroupNorm groupNorm(int groups) {
    Check.positive("groupNorm", "groups", groups);
    return new GroupNorm(groups, 1e-5, true, Site.here());
  }

  /** {@return instance normalisation, without weight and bias as in PyTorch} */
  public static GroupNorm instanceNorm() {
    return new GroupNorm(0, 1e-5, false, Site.here());
  }

  /** {@return division by the root mean square over the last axis, with a weight} */
  public static RmsNorm rmsNorm() {
    return new RmsNorm(1e-6, true, Site.here());
  }

  /** {@return global response normalisation of {@code [N, …, C]}} */
  public static Grn grn() {
    return new Grn(1e-6, true, Site.here());
  }

  /** {@return a learnt factor for each channel, axis 1, that starts at {@code initial}} */
  public static LayerScale layerScale(double initial) {
    return new LayerScale(initial, false, "gamma", Site.here());
  }

  // Regularisation.

  /**
   * {@return in training a share {@code rate} of the elements zeroed and the others divided by
   * {@code 1 - rate} (Srivastava et al. 2014); in inference nothing}
   */
  public static Dropout dropout(double rate) {
    return new Dropout(rate, false, Site.here());
  }

  /** {@return dropout of whole examples, for the branch of a residual} */
  public static Dropout dropPath(double rate) {
    return new Dropout(rate, true, Site.here());
  }

  /** {@return the layer with a share of its weights zero, now and in training} */
  public static Sparse sparse(Layer layer, double sparsity) {
    return new Sparse(layer, sparsity, Site.here());
  }

  // Activations.

  /** {@return the function of a name such as {@code relu} or {@code hard_swish}} */
  public static Activation activation(String name) {
    return new Activation(Activation.Function.named(name));
  }

  /** {@return {@code max(x, 0)}} */
  public static Activation relu() {
    return new Activation(Activation.Function.RELU);
  }

  /** {@return {@code x Φ(x)} with the normal distribution's Φ (Hendrycks and Gimpel 2016)} */
  public static Activation gelu() {
    return new Activation(Activation.Function.GELU);
  }

  /** {@return {@code x sigmoid(x)}, also called swish} */
  public static Activation silu() {
    return new Activation(Activation.Function.SILU);
  }

  /** {@return {@code x tanh(softplus(x))} (Misra 2019)} */
  public static Activation mish() {
    return new Activation(Activation.Function.MISH);
  }

  /** {@return {@code x} above 0, {@code exp(x) - 1} below (Clevert et al. 2016)} */
  public static Activation elu() {
    return new Activation(Activation.Function.ELU);
  }

  /** {@return {@code x} above 0, {@code 0.01 x} below} */
  public static Activation leakyRelu() {
    return new Activation(Activation.Function.LEAKY_RELU);
  }

  /** {@return {@code 1 / (1 + exp(-x))}} */
  public static Activation sigmoid() {
    return new Activation(Activation.Function.SIGMOID);
  }

  /** {@return the hyperbolic tangent} */
  public static Activation tanh() {
    return new Activation(Activation.Function.TANH);
  }

  /** {@return {@code log(1 + exp(x))}} */
  public static Activation softplus() {
    return new Activation(Activation.Function.SOFTPLUS);
  }

  /** {@return {@code x clamp(x + 3, 0, 6) / 6} (Howard et al. 2019)} */
  public static Activation hardSwish() {
    return new Activation(Activation.Function.HARD_SWISH);
  }

  /** {@return softmax over the last axis} */
  public static Softmax softmax() {
    return new Softmax(-1, Site.here());
  }

  // Pooling.

  /** {@return the largest element of every {@code kernel} x {@code kernel} window} */
  public static Pool maxPool(int kernel) {
    return Pool.of(2, true, kernel, Site.here());
  }

  /** {@return the average of every {@code kernel x kernel} window of {@code [N, C, H, W]}} */
  public static Pool avgPool(int kernel) {
    return Pool.of(2, false, kernel, Site.here());
  }

  /**
   * {@return the largest element of every window of {@code kernel} positions of {@code [N, C, L]}}
   */
  public static Pool maxPool1d(int kernel) {
    return Pool.of(1, true, kernel, Site.here());
  }

  /** {@return the average of every window of {@code kernel} positions of {@code [N, C, L]}} */
  public static Pool avgPool1d(int kernel) {
    return Pool.of(1, false, kernel, Site.here());
  }

  /** {@return the average over all positions, {@code [N, C]}} */
  public static GlobalPool globalAvgPool() {
    return new GlobalPool(false, Site.here());
  }

  /** {@return the largest element over all positions, {@code [N, C]}} */
  public static GlobalPool globalMaxPool() {
    return new GlobalPool(true, Site.here());
  }

  /** {@return averages over as many windows as the sizes say} */
  public static AdaptiveAvgPool adaptiveAvgPool(int... sizes) {
    return new AdaptiveAvgPool(AdaptiveAvgPool.list(sizes), Site.here());
  }

  // Shape.

  /** {@return every example as one vector, {@code [N, features]}} */
  public static Flatten flatten() {
    return new Flatten(Site.here());
  }

  /** {@return the positions of a picture as tokens, {@code [N, H * W, C]}} */
  public static Tokens tokens() {
    return new Tokens(Site.here());
  }

  /** {@return every example in the given shape} */
  public static Reshape reshape(long... sizes) {
    return new Reshape(Arrays.stream(sizes).boxed().toList(), Site.here());
  }

  /** {@return the axes, 0 the batch, in another order} */
  public static Permute permute(int... axes) {
    return new Permute(Arrays.stream(axes).boxed().toList(), Site.here());
  }

  // Blocks of published networks.

  /**
   * {@return a factor for each channel, made from the averages of all (Hu et al. 2018), with a
   * sixteenth of the channels inside}
   */
  public static SqueezeExcite squeezeExcite() {
    return new SqueezeExcite(16, Site.here());
  }

  /**
   * {@return a depthwise convolution with a large kernel and one of at most 5 beside it, of
   * RepLKNet}
   */
  public static ReparamLargeKernelConv reparamLargeKernelConv(int kernel) {
    return new ReparamLargeKernelConv(kernel, Math.min(5, kernel), 1, Site.here());
  }

  /**
   * {@return the block of RepLKNet with a {@code kernel x kernel} depthwise convolution, a kernel
   * of at most 5 beside it; keeps {@code [N, C, H, W]}}
   */
  public static RepLKBlock repLKBlock(int kernel) {
    return new RepLKBlock(kernel, Math.min(5, kernel), 1, 0, Site.here());
  }

  /**
   * {@return the feed-forward block of RepLKNet, 4 times as many channels inside; keeps {@code [N,
   * C, H, W]}}
   */
  public static ConvFfn convFfn() {
    return new ConvFfn(4, 0, Site.here());
  }

  /**
   * {@return a large depthwise convolution with dilated small ones beside it, of UniRepLKNet;
   * merged it is one convolution}
   */
  public static DilatedReparamBlock dilatedReparamBlock(int kernel) {
    return new DilatedReparamBlock(kernel, Site.here());
  }

  /**
   * {@return the block of UniRepLKNet with a large depthwise kernel, feed-forward part 4 times as
   * wide inside; keeps the shape}
   */
  public static UniRepLKBlock uniRepLKBlock(int kernel) {
    return new UniRepLKBlock(kernel, 4, 1e-6, 0, Site.here());
  }

  /**
   * {@return the block of RepVGG with {@code out} channels: 3x3, 1x1 and identity, merged one 3x3
   * convolution}
   */
  public static RepVggBlock repVggBlock(int out) {
    return new RepVggBlock(out, 1, 1, Site.here());
  }

  /**
   * {@return the block of ConvNeXt with a 7x7 depthwise convolution, layer scale from 1e-6; keeps
   * {@code [N, C, H, W]}}
   */
  public static ConvNeXtBlock convNeXtBlock() {
    return new ConvNeXtBlock(7, false, 1e-6, 0, Site.here());
  }

  /**
   * {@return the block of ConvNeXt V2, with global response normalisation in place of layer scale}
   */
  public static ConvNeXtBlock convNeXtV2Block() {
    return new ConvNeXtBlock(7, true, 0, 0, Site.here());
  }

  /**
   * {@return the block of InceptionNeXt: a 3x3 kernel and bands of 11, each on an eighth of the
   * channels; keeps {@code [N, C, H, W]}}
   */
  public static InceptionNeXtBlock inceptionNeXtBlock() {
    return new InceptionNeXtBlock(3, 11, 1 / 8.0, 4, 0, Site.here());
  }
}
