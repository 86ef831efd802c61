package org.nnd.layers.kernels;

import org.nnd.dsl.Check;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.dsl.Vocabulary;

/**
 * Long convolution with free taps (Fu et al. 2023): each channel of {@code [N, H, L]} with a kernel
 * {@code sign(k) max(|k| - lam, 0)} of {@code length} taps, plus {@code D} times the input, then
 * activation, linear layer and gate. Variables: {@code D [channels, H]}, {@code kernel.kernel
 * [channels, H, length]} (twice as many channels if bidirectional), {@code output_linear...}.
 *
 * <p>A causal kernel longer than the input has taps that meet no sample; the official code wraps
 * them around to later samples, here they are dropped.
 *
 * @param lam what the squash takes off every tap's size
 * @param butterfly the largest matrix of learnt transforms; 0 for none
 * @param causal whether a kernel has {@code length} taps for the past; otherwise twice as many, the
 *     second half for later samples, the last of them the next sample's
 */
public record LongConv(
    int length,
    double lam,
    int channels,
    boolean bidirectional,
    boolean causal,
    Smoothing smoothing,
    double kernelDropout,
    OutputMixing mixing,
    boolean transposed,
    boolean showsKernel,
    int butterfly,
    LongConvolution.Method method,
    Site site)
    implements KernelLayer {

  /** How neighbouring taps are averaged before the squash. */
  @Vocabulary
  public sealed interface Smoothing {
    record Off() implements Smoothing {}

    /** The mean of {@code window} taps. */
    record Average(int window) implements Smoothing {}
  }

  public LongConv {
    Check.positive("longConv", "the kernel's length", length);
    if (!(lam >= 0)) {
      throw Check.error("longConv: lam must not be negative, got %s", lam);
    }
    Check.positive("longConv", "channels", channels);
    Check.fraction("longConv", "kernelDropout", kernelDropout);
    if (smoothing instanceof Smoothing.Average average) {
      Check.odd("longConv", "the smoothing window", average.window());
    }
    if (bidirectional && !causal) {
      throw Check.error("longConv: a kernel is either bidirectional or not causal, not both");
    }
    mixing.checked("longConv");
  }

  static LongConv of(int length, Site site) {
    OutputMixing mixing = new OutputMixing("gelu", "glu", 0, false, false);
    return new LongConv(
        length,
        0.1,
        1,
        false,
        true,
        new Smoothing.Off(),
        0,
        mixing,
        true,
        false,
        0,
        LongConvolution.Method.AUTO,
        site);
  }

  /**
   * {@return this where the squash takes {@code threshold} off the size of every tap; 0.1 unless
   * told}
   */
  public LongConv lam(double threshold) {
    return new LongConv(
        length,
        threshold,
        channels,
        bidirectional,
        causal,
        smoothing,
        kernelDropout,
        mixing,
        transposed,
        showsKernel,
        butterfly,
        method,
        site);
  }

  /** {@return this with so many kernels for every input channel; 1 unless told} */
  public LongConv channels(int number) {
    return new LongConv(
        length,
        lam,
        number,
        bidirectional,
        causal,
        smoothing,
        kernelDropout,
        mixing,
        transposed,
        showsKernel,
        butterfly,
        method,
        site);
  }

  /**
   * {@return this with kernels for later samples as well, half of twice as many; without them
   * unless told}
   */
  public LongConv bidirectional(boolean wanted) {
    return new LongConv(
        length,
        lam,
        channels,
        wanted,
        causal,
        smoothing,
        kernelDropout,
        mixing,
        transposed,
        showsKernel,
        butterfly,
        method,
        site);
  }

  /**
   * {@return this whose kernel has {@code length} taps for the past (as it has unless told), or as
   * many for later samples besides}
   */
  public LongConv causal(boolean wanted) {
    return new LongConv(
        length,
        lam,
        channels,
        bidirectional,
        wanted,
        smoothing,
        kernelDropout,
        mixing,
        transposed,
        showsKernel,
        butterfly,
        method,
        site);
  }

  /** {@return this with kernels averaged over {@code window} taps} */
  public LongConv smoothing(int window) {
    return new LongConv(
        length,
        lam,
        channels,
        bidirectional,
        causal,
        new Smoothing.Average(window),
        kernelDropout,
        mixing,
        transposed,
        showsKernel,
        butterfly,
        method,
        site);
  }

  /** {@return this with a share {@code rate} of the taps zeroed in training} */
  public LongConv kernelDropout(double rate) {
    return new LongConv(
        length,
        lam,
        channels,
        bidirectional,
        causal,
        smoothing,
        rate,
        mixing,
        transposed,
        showsKernel,
        butterfly,
        method,
        site);
  }

  /** {@return this with another activation after the convolution} */
  public LongConv activation(String name) {
    return with(
        new OutputMixing(
            name, mixing.postact(), mixing.dropout(), mixing.tied(), mixing.weightNorm()));
  }

  /** {@return this with another activation after the linear layer; "none" for no linear layer} */
  public LongConv postact(String name) {
    return with(
        new OutputMixing(
            mixing.activation(), name, mixing.dropout(), mixing.tied(), mixing.weightNorm()));
  }

  /** {@return this with dropout before the linear layer, alike along the sequence if tied} */
  public LongConv dropout(double rate, boolean tied) {
    return with(
        new OutputMixing(mixing.activation(), mixing.postact(), rate, tied, mixing.weightNorm()));
  }

  /**
   * {@return this with the last linear layer's weights as direction times length, or as they are
   * (unless told)}
   */
  public LongConv weightNorm(boolean wanted) {
    return with(
        new OutputMixing(
            mixing.activation(), mixing.postact(), mixing.dropout(), mixing.tied(), wanted));
  }

  private LongConv with(OutputMixing other) {
    return new LongConv(
        length,
        lam,
        channels,
        bidirectional,
        causal,
        smoothing,
        kernelDropout,
        other,
        transposed,
        showsKernel,
        butterfly,
        method,
        site);
  }

  /** {@return this for {@code [N, H, L]}, or for {@code [N, L, H]}} */
  public LongConv transposed(boolean wanted) {
    return new LongConv(
        length,
        lam,
        channels,
        bidirectional,
        causal,
        smoothing,
        kernelDropout,
        mixing,
        wanted,
        showsKernel,
        butterfly,
        method,
        site);
  }

  /**
   * {@return this computed by learnt transforms of input and kernel, products with matrices of at
   * most {@code block} rows} They start as Fourier transforms; their matrices are variables {@code
   * block_fft_u.mat_n} and {@code block_fft_k.mat_n}.
   */
  public LongConv butterfly(int block) {
    Check.positive("longConv", "the largest block", new Butterfly(block).block());
    return new LongConv(
        length,
        lam,
        channels,
        bidirectional,
        causal,
        smoothing,
        kernelDropout,
        mixing,
        transposed,
        showsKernel,
        block,
        method,
        site);
  }

  @Override
  public LongConv showKernel() {
    return new LongConv(
        length,
        lam,
        channels,
        bidirectional,
        causal,
        smoothing,
        kernelDropout,
        mixing,
        transposed,
        true,
        butterfly,
        method,
        site);
  }

  @Override
  public LongConv method(LongConvolution.Method other) {
    return new LongConv(
        length,
        lam,
        channels,
        bidirectional,
        causal,
        smoothing,
        kernelDropout,
        mixing,
        transposed,
        showsKernel,
        butterfly,
        other,
        site);
  }

  @Override
  public Tensors lower(Lowering at, Tensors inputs) {
    Tensor given = inputs.one();
    Inputs.axes(at, "longConv", given, 1, 1);
    Tensor x = transposed ? given : given.transpose(1, 2);
    int width = x.size(1);
    Tensor skip = at.parameter("D", Initializer.normal(0, 1), channels, width);
    Tensor kernel = kernel(at, width);
    Tensor y =
        butterfly > 0
            ? learnt(at, x, kernel)
            : causal
                ? ChannelKernels.convolve(x, kernel, bidirectional, method)
                : around(x, kernel);
    y = mixing.activated(at, ChannelKernels.plusSkip(y, x, skip));
    if (!mixing.postact().equals(OutputMixing.NONE)) {
      y = mixing.mixed(at, y, width);
    }
    return outputs(transposed ? y : y.transpose(1, 2), kernel, inputs);
  }

  /** Products of the learnt transforms of input and kernel, transformed back exactly. */
  private Tensor learnt(Lowering at, Tensor x, Tensor kernel) {
    if (!causal || bidirectional) {
      throw at.error("longConv: butterfly transforms are for causal kernels");
    }
    int samples = x.size(2);
    Tensor taps = kernel.slice(2, 0, Math.min(kernel.size(2), samples));
    int n = Butterfly.length(samples + taps.size(2) - 1);
    Butterfly transform = new Butterfly(butterfly);
    Tensor bins = transform.transform(at, "block_fft_u", x, n);
    Tensor filters = transform.transform(at, "block_fft_k", taps, n);
    Tensor product = Spectra.product(bins.unsqueeze(1), filters.unsqueeze(0));
    Tensor y = Spectra.transform(product, true).select(-1, 0).mul(1.0 / n).slice(3, 0, samples);
    return y.reshape(
        org.nnd.ir.Shape.of(x.dim(0))
            .concat(org.nnd.ir.Shape.of((long) channels * x.size(1), samples)));
  }

  private Tensor kernel(Lowering at, int width) {
    int count = bidirectional ? 2 * channels : channels;
    int taps = causal ? length : 2 * length;
    Tensor free = at.parameter("kernel.kernel", Initializer.normal(0, 0.002), count, width, taps);
    Tensor smooth =
        switch (smoothing) {
          case Smoothing.Off off -> free;
          case Smoothing.Average average -> average(free, average.window());
        };
    Tensor squashed = smooth.sign().mul(smooth.abs().sub(lam).relu());
    return kernelDropout == 0
        ? squashed
        : at.call("kernel.drop", org.nnd.layers.Layers.dropout(kernelDropout), squashed);
  }

  /** The mean of a window, zeros outside counted. */
  private static Tensor average(Tensor kernel, int window) {
    int half = window / 2;
    int taps = kernel.size(2);
    Tensor padded = kernel.pad(2, half, half, 0);
    Tensor sum = null;
    for (int offset = 0; offset < window; offset++) {
      Tensor shifted = padded.slice(2, offset, offset + (long) taps);
      sum = sum == null ? shifted : sum.add(shifted);
    }
    return sum.div(window);
  }

  /**
   * The convolution on a circle of {@code min(L, length) + L} samples, as officially: a tap u of
   * the kernel, continued by zeros or cut, meets the sample u before and the one that lies {@code
   * circle - u} later.
   */
  private Tensor around(Tensor x, Tensor kernel) {
    int samples = x.size(2);
    int circle = Math.min(samples, length) + samples;
    int taps = Math.min(kernel.size(2), circle);
    Tensor whole = kernel.slice(2, 0, taps).pad(2, 0, circle - taps, 0);
    Tensor past = whole.slice(2, 0, samples).reverse(2);
    Tensor future = whole.slice(2, circle - samples + 1L, circle).reverse(2);
    return ChannelKernels.apply(x, past.concat(2, future), samples - 1, samples - 1, method);
  }

  @Override
  public String toString() {
    return "longConv(" + length + ")" + (lam == 0.1 ? "" : ".lam(" + lam + ")");
  }
}
