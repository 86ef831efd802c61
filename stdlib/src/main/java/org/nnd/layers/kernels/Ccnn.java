package org.nnd.layers.kernels;

import static org.nnd.layers.Layers.batchNorm;
import static org.nnd.layers.Layers.dense;

import java.util.stream.IntStream;
import org.nnd.dsl.Block;
import org.nnd.dsl.Check;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.layers.Layers;

/**
 * CCNN (Knigge et al. 2023): one description for sequences {@code [N, C, L]}, pictures {@code [N,
 * C, H, W]} and volumes, since every convolution is a separable {@link FlexConv} as large as its
 * input. A convolution, {@code blocks} residual blocks {@code x +
 * gelu(linear(dropout(gelu(conv(norm(x))))))}, a norm, the mean over positions and a linear layer.
 * Variables as officially: {@code conv1}, {@code norm1}, {@code blocks.i}, {@code out_norm}, {@code
 * out_layer}.
 *
 * @param conv the convolution of every block, of which the number of channels is {@code width}
 * @param showsPenalty whether there is an output {@code penalty}, the sum of the convolutions'
 */
public record Ccnn(
    int classes,
    int blocks,
    int width,
    FlexConv conv,
    double dropout,
    boolean showsPenalty,
    Site site)
    implements Block {
  public Ccnn {
    Check.positive("ccnn", "the number of classes", classes);
    Check.positive("ccnn", "blocks", blocks);
    Check.positive("ccnn", "width", width);
    Check.fraction("ccnn", "dropout", dropout);
  }

  static Ccnn of(int classes, int blocks, int width, Site site) {
    Check.positive("ccnn", "width", width);
    return new Ccnn(
        classes, blocks, width, FlexConv.of(width, site).separable(true), 0, false, site);
  }

  /** {@return this with kernels of so many taps along every axis at most} */
  public Ccnn size(int taps) {
    return with(conv.size(taps));
  }

  /** {@return this with so many units in the kernels' networks} */
  public Ccnn hidden(int units) {
    return with(conv.hidden(units));
  }

  /** {@return this with kernels of the given width at first, where 1 is half the kernel} */
  public Ccnn sigma(double widthOfMask) {
    return with(conv.sigma(widthOfMask));
  }

  /** {@return this with its convolutions computed in the given way} */
  public Ccnn method(LongConvolution.Method method) {
    return with(conv.method(method));
  }

  private Ccnn with(FlexConv other) {
    return new Ccnn(classes, blocks, width, other, dropout, showsPenalty, site);
  }

  /**
   * {@return this with a share {@code rate} of the features zeroed in training, within each block}
   */
  public Ccnn dropout(double rate) {
    return new Ccnn(classes, blocks, width, conv, rate, showsPenalty, site);
  }

  /** {@return this with a second output, the loss against aliasing} */
  public Ccnn showPenalty() {
    return new Ccnn(classes, blocks, width, conv.showPenalty(), dropout, true, site);
  }

  @Override
  public Tensors lower(Lowering at, Tensors inputs) {
    Tensor given = inputs.one();
    Inputs.axes(at, "ccnn", given, 1, 3);
    Tensors first = at.call("conv1", conv, Tensors.of(given));
    Tensor penalty = showsPenalty ? first.get("penalty") : null;
    Tensor x = at.call("norm1", batchNorm(), first.get("y")).gelu();
    for (int block = 0; block < blocks; block++) {
      String name = "blocks." + block + ".";
      Tensor normal = at.call(name + "norm1", batchNorm(), x);
      Tensors convolved = at.call(name + "conv1", conv, Tensors.of(normal));
      penalty = showsPenalty ? penalty.add(convolved.get("penalty")) : null;
      Tensor act = at.call(name + "dp", Layers.dropout(dropout), convolved.get("y").gelu());
      Tensor weight =
          at.parameter(
                  name + "linear1.weight",
                  Initializer.normal(0, Math.sqrt(2.0 / width)),
                  Magnet.pointwise(width, width, x.rank() - 2))
              .reshape(width, width);
      Tensor bias = at.parameter(name + "linear1.bias", Initializer.zeros(), width);
      x = Inputs.pointwise(weight, act).add(Inputs.perChannel(bias, x.rank())).gelu().add(x);
    }
    Tensor out = at.call("out_norm", batchNorm(), x);
    Tensor mean = out.mean(IntStream.range(2, out.rank()).toArray());
    Tensor y = at.call("out_layer", dense(classes), mean);
    return showsPenalty ? Tensors.of("y", y).with("penalty", penalty) : Tensors.of(y);
  }

  @Override
  public String toString() {
    return "ccnn(" + classes + ", " + blocks + " blocks, " + width + " channels)";
  }
}
