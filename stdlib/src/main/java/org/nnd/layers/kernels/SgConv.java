package org.nnd.layers.kernels;

import java.util.ArrayList;
import java.util.List;
import org.nnd.dsl.Check;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;
import org.nnd.ir.Shape;

/**
 * Structured global convolution (Li et al. 2023) of {@code [N, H, L]}: each channel with a {@link
 * MultiscaleKernel} as long as the input, plus {@code D} times the input, then activation and a
 * linear layer over channels. The kernel is divided by its norm at the first training step.
 * Variables: {@code D [channels, H]}, {@code kernel_list.i [channels, H, kernelDim]}, {@code
 * output_linear...}, {@code norm.norm...}, {@code decay [H]} in learnable modes, buffers {@code
 * multiplier}, {@code kernel_norm}, {@code kernel_norm_initialized}.
 *
 * @param longest l_max: the length for which the number of scales is chosen
 * @param scales 0 to choose it
 * @param mode the official option's text: "cat" or "sum", "randn" or "cos", optionally "nearest",
 *     "learnable", "fixed"
 * @param channels kernels for each of the H channels
 * @param transposed whether the layout is {@code [N, H, L]}, otherwise {@code [N, L, H]}
 */
public record SgConv(
    int longest,
    int kernelDim,
    int scales,
    int initScale,
    String mode,
    int channels,
    boolean bidirectional,
    double decayMin,
    double decayMax,
    OutputMixing mixing,
    boolean layerNorm,
    boolean linear,
    boolean transposed,
    boolean showsKernel,
    LongConvolution.Method method,
    Site site)
    implements KernelLayer {
  public SgConv {
    Check.positive("sgConv", "the maximum length", longest);
    Check.positive("sgConv", "kernelDim", kernelDim);
    Check.notNegative("sgConv", "scales", scales);
    Check.notNegative("sgConv", "initScale", initScale);
    Check.positive("sgConv", "channels", channels);
    if (mode.contains("cat") == mode.contains("sum")
        || mode.contains("randn") == mode.contains("cos")) {
      throw Check.error(
          "sgConv: unknown mode '%s', expected cat or sum, then randn or cos, then any of nearest, learnable, fixed, joined by _",
          mode);
    }
    for (String part : mode.split("_", -1)) {
      Check.name(
          "sgConv",
          "part of the mode",
          part,
          List.of("cat", "sum", "randn", "cos", "nearest", "learnable", "fixed"));
    }
    mixing.checked("sgConv");
  }

  static SgConv of(int longest, Site site) {
    OutputMixing mixing = new OutputMixing("gelu", OutputMixing.NONE, 0, true, false);
    return new SgConv(
        longest,
        64,
        0,
        0,
        "cat_randn",
        1,
        false,
        2,
        2,
        mixing,
        false,
        false,
        true,
        false,
        LongConvolution.Method.AUTO,
        site);
  }

  /** {@return this with other parameters per scale} */
  public SgConv kernelDim(int parameters) {
    return new SgConv(
        longest,
        parameters,
        scales,
        initScale,
        mode,
        channels,
        bidirectional,
        decayMin,
        decayMax,
        mixing,
        layerNorm,
        linear,
        transposed,
        showsKernel,
        method,
        site);
  }

  /** {@return this with a given number of scales} */
  public SgConv scales(int number) {
    Check.positive("sgConv", "scales", number);
    return new SgConv(
        longest,
        kernelDim,
        number,
        initScale,
        mode,
        channels,
        bidirectional,
        decayMin,
        decayMax,
        mixing,
        layerNorm,
        linear,
        transposed,
        showsKernel,
        method,
        site);
  }

  /** {@return this with every piece stretched {@code 2^exponent} times more} */
  public SgConv initScale(int exponent) {
    return new SgConv(
        longest,
        kernelDim,
        scales,
        exponent,
        mode,
        channels,
        bidirectional,
        decayMin,
        decayMax,
        mixing,
        layerNorm,
        linear,
        transposed,
        showsKernel,
        method,
        site);
  }

  /**
   * {@return this with a kernel put together in another of the official ways: {@code "cat"} or
   * {@code "sum"} of the scales, {@code "randn"} or {@code "cos"} to start with, and optionally
   * {@code "nearest"}, {@code "learnable"} or {@code "fixed"}, in one text}
   */
  public SgConv mode(String name) {
    return new SgConv(
        longest,
        kernelDim,
        scales,
        initScale,
        name,
        channels,
        bidirectional,
        decayMin,
        decayMax,
        mixing,
        layerNorm,
        linear,
        transposed,
        showsKernel,
        method,
        site);
  }

  /** {@return this with so many kernels for every input channel} */
  public SgConv channels(int number) {
    return new SgConv(
        longest,
        kernelDim,
        scales,
        initScale,
        mode,
        number,
        bidirectional,
        decayMin,
        decayMax,
        mixing,
        layerNorm,
        linear,
        transposed,
        showsKernel,
        method,
        site);
  }

  /** {@return this with a second kernel for later samples} */
  public SgConv bidirectional(boolean wanted) {
    return new SgConv(
        longest,
        kernelDim,
        scales,
        initScale,
        mode,
        channels,
        wanted,
        decayMin,
        decayMax,
        mixing,
        layerNorm,
        linear,
        transposed,
        showsKernel,
        method,
        site);
  }

  /** {@return this with decays from {@code least} in the first channel to {@code most}} */
  public SgConv decay(double least, double most) {
    return new SgConv(
        longest,
        kernelDim,
        scales,
        initScale,
        mode,
        channels,
        bidirectional,
        least,
        most,
        mixing,
        layerNorm,
        linear,
        transposed,
        showsKernel,
        method,
        site);
  }

  /** {@return this with another activation after the convolution} */
  public SgConv activation(String name) {
    return with(
        new OutputMixing(
            name, mixing.postact(), mixing.dropout(), mixing.tied(), mixing.weightNorm()));
  }

  /** {@return this with an activation after the linear layer, such as glu; "none" for none} */
  public SgConv postact(String name) {
    return with(
        new OutputMixing(
            mixing.activation(), name, mixing.dropout(), mixing.tied(), mixing.weightNorm()));
  }

  /**
   * {@return this with a share {@code rate} of the features zeroed in training, before the last
   * linear layer}
   */
  public SgConv dropout(double rate) {
    return with(
        new OutputMixing(
            mixing.activation(), mixing.postact(), rate, mixing.tied(), mixing.weightNorm()));
  }

  /**
   * {@return this with the last linear layer's weights as direction times length, or as they are
   * (unless told)}
   */
  public SgConv weightNorm(boolean wanted) {
    return with(
        new OutputMixing(
            mixing.activation(), mixing.postact(), mixing.dropout(), mixing.tied(), wanted));
  }

  private SgConv with(OutputMixing other) {
    return new SgConv(
        longest,
        kernelDim,
        scales,
        initScale,
        mode,
        channels,
        bidirectional,
        decayMin,
        decayMax,
        other,
        layerNorm,
        linear,
        transposed,
        showsKernel,
        method,
        site);
  }

  /** {@return this with a layer norm before the linear layer} */
  public SgConv layerNorm(boolean wanted) {
    return new SgConv(
        longest,
        kernelDim,
        scales,
        initScale,
        mode,
        channels,
        bidirectional,
        decayMin,
        decayMax,
        mixing,
        wanted,
        linear,
        transposed,
        showsKernel,
        method,
        site);
  }

  /** {@return this as convolution alone, giving {@code channels H} channels} */
  public SgConv linear(boolean wanted) {
    return new SgConv(
        longest,
        kernelDim,
        scales,
        initScale,
        mode,
        channels,
        bidirectional,
        decayMin,
        decayMax,
        mixing,
        layerNorm,
        wanted,
        transposed,
        showsKernel,
        method,
        site);
  }

  /** {@return this for {@code [N, H, L]}, or for {@code [N, L, H]}} */
  public SgConv transposed(boolean wanted) {
    return new SgConv(
        longest,
        kernelDim,
        scales,
        initScale,
        mode,
        channels,
        bidirectional,
        decayMin,
        decayMax,
        mixing,
        layerNorm,
        linear,
        wanted,
        showsKernel,
        method,
        site);
  }

  @Override
  public SgConv showKernel() {
    return new SgConv(
        longest,
        kernelDim,
        scales,
        initScale,
        mode,
        channels,
        bidirectional,
        decayMin,
        decayMax,
        mixing,
        layerNorm,
        linear,
        transposed,
        true,
        method,
        site);
  }

  @Override
  public SgConv method(LongConvolution.Method other) {
    return new SgConv(
        longest,
        kernelDim,
        scales,
        initScale,
        mode,
        channels,
        bidirectional,
        decayMin,
        decayMax,
        mixing,
        layerNorm,
        linear,
        transposed,
        showsKernel,
        other,
        site);
  }

  /** {@return the number of pieces: it grows with the logarithm of the length} */
  public int scaleCount() {
    if (scales > 0) {
      return scales;
    }
    double doublings = Math.ceil(Math.log((double) longest / kernelDim) / Math.log(2) - 1e-9);
    return Math.max(1, 1 + (int) doublings - initScale);
  }

  @Override
  public Tensors lower(Lowering at, Tensors inputs) {
    Tensor given = inputs.one();
    Inputs.axes(at, "sgConv", given, 1, 1);
    Tensor x = transposed ? given : given.transpose(1, 2);
    int width = x.size(1);
    Initializer normal = Initializer.normal(0, 1);
    Tensor skip = at.parameter("D", normal, channels, width);
    Tensor kernel = kernel(at, x);
    Tensor y = ChannelKernels.convolve(x, kernel, bidirectional, method);
    y = ChannelKernels.plusSkip(y, x, skip);
    if (!linear) {
      y = normalised(at, mixing.activated(at, y));
      y = mixing.mixed(at, y, width);
    }
    return outputs(transposed ? y : y.transpose(1, 2), kernel, inputs);
  }

  /** {@return the kernels {@code [channels, H, L]}, twice as many if bidirectional} */
  private Tensor kernel(Lowering at, Tensor x) {
    int width = x.size(1);
    int length = x.size(2);
    int count = bidirectional ? 2 * channels : channels;
    MultiscaleKernel shape =
        new MultiscaleKernel(
            kernelDim, scaleCount(), initScale, mode.contains("nearest"), mode.contains("sum"));
    List<Tensor> pieces = new ArrayList<>();
    for (int i = 0; i < shape.scales(); i++) {
      pieces.add(at.parameter("kernel_list." + i, start(count, width), count, width, kernelDim));
    }
    boolean learnable = mode.contains("learnable");
    double[] decays = Inputs.linspace(decayMin, decayMax, width);
    Tensor multiplier =
        learnable
            ? at.buffer("multiplier", Initializer.ones(), Shape.SCALAR)
            : at.buffer(
                "multiplier",
                Initializer.literal(Literal.ofDoubles(DType.F32, decays, 1, width, 1)),
                1,
                width,
                1);
    Tensor whole = shape.of(pieces, multiplier);
    if (learnable) {
      whole = whole.mul(fading(at, whole));
    }
    Tensor normal = whole.div(norm(at, whole));
    int cut = Math.min(length, normal.size(2));
    return normal.slice(2, 0, cut).pad(2, 0, length - cut, 0);
  }

  private Initializer start(int count, int width) {
    if (mode.contains("randn")) {
      return Initializer.normal(0, 1);
    }
    double[] waves = new double[count * width * kernelDim];
    double[] line = Inputs.linspace(0, 1, kernelDim);
    for (int i = 0; i < waves.length; i++) {
      int channel = i / kernelDim % width;
      waves[i] = Math.cos(2 * Math.PI * channel * line[i % kernelDim]);
    }
    return Initializer.literal(Literal.ofDoubles(DType.F32, waves, count, width, kernelDim));
  }

  /** {@code (t + 1)^-decay} of every tap. */
  private Tensor fading(Lowering at, Tensor whole) {
    int width = whole.size(1);
    Initializer start = Initializer.uniform(decayMin, decayMax);
    Tensor decay =
        mode.contains("fixed")
            ? at.buffer("decay", start, width)
            : at.parameter("decay", start, width);
    double[] logs = new double[whole.size(2)];
    for (int t = 0; t < logs.length; t++) {
      logs[t] = Math.log(t + 1.0);
    }
    return decay.reshape(1, width, 1).mul(Inputs.constant(whole, logs, logs.length)).neg().exp();
  }

  /** The norm of each kernel; that of the first step of training from then on. */
  private Tensor norm(Lowering at, Tensor whole) {
    Tensor now = whole.square().keepDims(Tensor::sum, 2).sqrt().stopGradient();
    Tensor kept = at.buffer("kernel_norm", Initializer.ones(), now.shape());
    Tensor isKept =
        at.state("kernel_norm_initialized", Initializer.zeros(), DType.BOOL, Shape.SCALAR);
    Tensor norm = isKept.where(kept, now);
    if (at.training()) {
      at.update("kernel_norm", norm);
      at.update("kernel_norm_initialized", Tensor.full(DType.BOOL, Shape.SCALAR, 1));
    }
    return norm;
  }

  /** In {@code [N, H, L]} with one learnt scale and shift, as officially, otherwise per feature. */
  private Tensor normalised(Lowering at, Tensor x) {
    if (!layerNorm) {
      return x;
    }
    if (!transposed) {
      Tensor rows = x.transpose(1, 2);
      return at.call("norm.norm", org.nnd.layers.Layers.layerNorm(), rows).transpose(1, 2);
    }
    Tensor m = at.parameter("norm.norm.m", Initializer.zeros(), 1);
    Tensor s = at.parameter("norm.norm.s", Initializer.ones(), 1);
    Tensor mean = x.keepDims(Tensor::mean, 1);
    Tensor deviation = x.keepDims(Tensor::var, 1).sqrt();
    return s.div(deviation).mul(x.sub(mean).add(m));
  }

  @Override
  public String toString() {
    return "sgConv(%d).kernelDim(%d).mode(\"%s\")".formatted(longest, kernelDim, mode);
  }
}
