package org.nnd.layers.convnets;

import static org.nnd.dsl.Combinators.named;
import static org.nnd.dsl.Combinators.sequential;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nnd.dsl.Block;
import org.nnd.dsl.Check;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.layers.Conv;
import org.nnd.layers.Expect;
import org.nnd.layers.Layers;

/**
 * Selective kernel convolution (Li et al. 2019, SKNet, section 3.1): paths of different kernels,
 * each with batch norm and ReLU, weighted by a softmax over the paths that the average of their sum
 * decides, per channel. {@code [N, C, H, W]} to {@code [N, out, H / stride, W / stride]}. Parts as
 * in timm: {@code paths.I.conv}, {@code paths.I.bn}, {@code attn.fc_reduce}, {@code attn.bn},
 * {@code attn.fc_select}.
 *
 * @param out output channels; 0 for as many as there are inputs
 * @param kernels the kernel of each path
 * @param trueKernels whether kernels are as large as they say, or 3 with a dilation of that reach
 * @param split whether each path sees its own part of the channels, or all of them
 * @param reduced channels between the average and the weights; 0 for {@code out * reduction},
 *     rounded to a multiple of {@code divisor}
 */
public record SelectiveKernel(
    int out,
    List<Integer> kernels,
    int stride,
    int dilation,
    int groups,
    boolean trueKernels,
    boolean split,
    double reduction,
    int divisor,
    int reduced,
    Site site)
    implements Block {
  private static final String KIND = "selectiveKernel";

  public SelectiveKernel {
    kernels = List.copyOf(kernels);
    Check.notNegative(KIND, "the number of output channels", out);
    if (kernels.size() < 2 || kernels.stream().anyMatch(k -> k < 3 || k % 2 == 0)) {
      throw Check.error(
          "%s: expected two or more odd kernels of at least 3, got %s", KIND, kernels);
    }
    Check.positive(KIND, "the stride", stride);
    Check.positive(KIND, "the dilation", dilation);
    Check.positive(KIND, "groups", groups);
    Check.positive(KIND, "the reduction", reduction);
    Check.positive(KIND, "the divisor", divisor);
    Check.notNegative(KIND, "the number of reduced channels", reduced);
  }

  static SelectiveKernel of(int out, Site site) {
    return new SelectiveKernel(out, List.of(3, 5), 1, 1, 1, false, false, 1 / 16.0, 8, 0, site);
  }

  /** {@return this with another number of output channels, 0 for as many as there are inputs} */
  public SelectiveKernel out(int channels) {
    return new SelectiveKernel(
        channels,
        kernels,
        stride,
        dilation,
        groups,
        trueKernels,
        split,
        reduction,
        divisor,
        reduced,
        site);
  }

  /** {@return this with other kernels, one per path} */
  public SelectiveKernel kernels(int... sizes) {
    List<Integer> list = Arrays.stream(sizes).boxed().toList();
    return new SelectiveKernel(
        out, list, stride, dilation, groups, trueKernels, split, reduction, divisor, reduced, site);
  }

  /** {@return this with windows {@code size} positions apart; 1 unless told} */
  public SelectiveKernel stride(int size) {
    return new SelectiveKernel(
        out,
        kernels,
        size,
        dilation,
        groups,
        trueKernels,
        split,
        reduction,
        divisor,
        reduced,
        site);
  }

  /** {@return this with the taps of all paths {@code size} positions apart; 1 unless told} */
  public SelectiveKernel dilation(int size) {
    return new SelectiveKernel(
        out, kernels, stride, size, groups, trueKernels, split, reduction, divisor, reduced, site);
  }

  /** {@return this with convolutions in groups, at most as many as output channels} */
  public SelectiveKernel groups(int number) {
    return new SelectiveKernel(
        out,
        kernels,
        stride,
        dilation,
        number,
        trueKernels,
        split,
        reduction,
        divisor,
        reduced,
        site);
  }

  /** {@return this with kernels of their full size, or with dilated 3x3 ones} */
  public SelectiveKernel trueKernels(boolean wanted) {
    return new SelectiveKernel(
        out, kernels, stride, dilation, groups, wanted, split, reduction, divisor, reduced, site);
  }

  /** {@return this with the input channels divided among the paths, or all seen by each} */
  public SelectiveKernel split(boolean wanted) {
    return new SelectiveKernel(
        out,
        kernels,
        stride,
        dilation,
        groups,
        trueKernels,
        wanted,
        reduction,
        divisor,
        reduced,
        site);
  }

  /** {@return this with {@code ratio * out} reduced channels, a multiple of {@code multiple}} */
  public SelectiveKernel reduction(double ratio, int multiple) {
    return new SelectiveKernel(
        out, kernels, stride, dilation, groups, trueKernels, split, ratio, multiple, 0, site);
  }

  /** {@return this with a number of reduced channels} */
  public SelectiveKernel reduced(int channels) {
    return new SelectiveKernel(
        out,
        kernels,
        stride,
        dilation,
        groups,
        trueKernels,
        split,
        reduction,
        divisor,
        channels,
        site);
  }

  @Override
  public Tensors lower(Lowering at, Tensors inputs) {
    Tensor x = inputs.one();
    Expect.rank(at, KIND, x, 4, "[N, C, H, W]");
    int channels = Expect.fixed(at, KIND, x, 1, "channels");
    int outputs = out == 0 ? channels : out;
    int paths = kernels.size();
    if (split) {
      Expect.divides(at, KIND, paths, "paths", channels, "channels");
    }
    List<Tensor> results = new ArrayList<>();
    for (int i = 0; i < paths; i++) {
      int part = channels / paths;
      Tensor seen = split ? x.narrow(1, (long) i * part, part) : x;
      results.add(at.call("paths." + i, path(kernels.get(i), outputs), seen));
    }
    Tensor sum = results.stream().reduce(Tensor::add).orElseThrow();
    Tensor weights =
        at.call("attn", attention(outputs), sum.keepDims(Tensor::mean, 2, 3))
            .reshape(-1, paths, outputs, 1, 1)
            .softmax(1);
    Tensor y = weights.select(1, 0).mul(results.get(0));
    for (int i = 1; i < paths; i++) {
      y = y.add(weights.select(1, i).mul(results.get(i)));
    }
    return Tensors.of(y).with(inputs.masks());
  }

  private Layer path(int kernel, int outputs) {
    int size = trueKernels ? kernel : 3;
    int spread = trueKernels ? dilation : dilation * (kernel - 1) / 2;
    // As timm pads: half of what the window reaches beyond its stride.
    int padding = (stride - 1 + spread * (size - 1)) / 2;
    Conv conv =
        Layers.conv(outputs)
            .kernel(size)
            .stride(stride)
            .dilation(spread)
            .padding(padding)
            .groups(Math.min(groups, outputs))
            .bias(false);
    return sequential(
        named("conv", conv), named("bn", Layers.batchNorm()), named("act", Layers.relu()));
  }

  private Layer attention(int outputs) {
    int inside = reduced > 0 ? reduced : divisible(outputs * reduction, divisor);
    return sequential(
        named("fc_reduce", Layers.conv(inside).kernel(1).bias(false)),
        named("bn", Layers.batchNorm()),
        named("act", Layers.relu()),
        named("fc_select", Layers.conv(outputs * kernels.size()).kernel(1).bias(false)));
  }

  /** {@return the multiple of {@code divisor} nearest to a number, but no less than 90 % of it} */
  static int divisible(double number, int divisor) {
    int rounded = Math.max(divisor, (int) (number + divisor / 2.0) / divisor * divisor);
    return rounded < 0.9 * number ? rounded + divisor : rounded;
  }

  @Override
  public String toString() {
    return KIND
        + "("
        + (out == 0 ? "" : out)
        + ").kernels("
        + kernels.toString().replaceAll("[\\[\\]]", "")
        + ")"
        + (stride == 1 ? "" : ".stride(" + stride + ")")
        + (groups == 1 ? "" : ".groups(" + groups + ")")
        + (split ? ".split(true)" : "");
  }
}
