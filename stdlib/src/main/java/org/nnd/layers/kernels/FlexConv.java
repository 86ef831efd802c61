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

/**
 * Convolution with a kernel of learnt size (Romero et al. 2022, FlexConv; Knigge et al. 2023, CCNN)
 * over 1, 2 or 3 axes, as many as the input has: a {@link Magnet} of the position times a Gaussian
 * mask of learnt mean and width along each axis. Variables: {@code Kernel...}, {@code bias}, {@code
 * mask_params [axes, 2]} (mean, sigma); where separable, {@code channel_mixer.weight} and {@code
 * .bias}.
 *
 * <p>Taps whose mask is below the threshold are cut off by {@link KernelCrop}, which reads the
 * masks of a trained network and gives one with kernels as large as these need.
 *
 * @param size taps along every axis; 0 for {@code 2 L - 1} of the longest axis (L if causal)
 * @param separable whether each channel has one kernel and a linear layer mixes channels
 * @param sigma of the mask at first, where 1 is half the kernel
 * @param dropped taps cut off at both ends of each axis (before the first kept one if causal)
 * @param showsPenalty whether there is an output {@code penalty}: the sum of squares of what the
 *     filters' frequencies exceed the sampling theorem's limit by, a loss against aliasing
 */
public record FlexConv(
    int out,
    int size,
    Magnet net,
    boolean separable,
    boolean causal,
    boolean bias,
    double sigma,
    double threshold,
    List<Integer> dropped,
    boolean showsPenalty,
    boolean showsKernel,
    LongConvolution.Method method,
    Site site)
    implements KernelLayer {
  public FlexConv {
    dropped = List.copyOf(dropped);
    Check.positive("flexConv", "the number of output channels", out);
    if (size != 0) {
      Check.odd("flexConv", "the kernel's size", size);
    }
    Check.positive("flexConv", "sigma", sigma);
    if (!(threshold > 0 && threshold < 1)) {
      throw Check.error("flexConv: threshold must lie between 0 and 1, got %s", threshold);
    }
  }

  static FlexConv of(int out, Site site) {
    return new FlexConv(
        out,
        0,
        new Magnet(32, 3, 25.6),
        false,
        false,
        true,
        0.075,
        0.1,
        List.of(),
        false,
        false,
        LongConvolution.Method.AUTO,
        site);
  }

  /** {@return this with a kernel of so many taps along every axis at most} */
  public FlexConv size(int taps) {
    return with(taps, net, separable, causal, sigma, threshold, dropped, showsPenalty);
  }

  /**
   * {@return this with so many units in each hidden layer of the kernel's network; 32 unless told}
   */
  public FlexConv hidden(int units) {
    Magnet other = new Magnet(units, net.layers(), net.inputScale());
    return with(size, other, separable, causal, sigma, threshold, dropped, showsPenalty);
  }

  /** {@return this with so many layers in the kernel's network; 3 unless told} */
  public FlexConv layers(int number) {
    Magnet other = new Magnet(net.hidden(), number, net.inputScale());
    return with(size, other, separable, causal, sigma, threshold, dropped, showsPenalty);
  }

  /** {@return this with other frequencies at first} */
  public FlexConv inputScale(double scale) {
    Magnet other = new Magnet(net.hidden(), net.layers(), scale);
    return with(size, other, separable, causal, sigma, threshold, dropped, showsPenalty);
  }

  /** {@return this with one kernel per channel, and a linear layer over channels after it} */
  public FlexConv separable(boolean wanted) {
    return with(size, net, wanted, causal, sigma, threshold, dropped, showsPenalty);
  }

  /** {@return this for sequences of which an output may only see the past} */
  public FlexConv causal(boolean wanted) {
    return with(size, net, separable, wanted, sigma, threshold, dropped, showsPenalty);
  }

  /** {@return this with masks of the given width at first} */
  public FlexConv sigma(double width) {
    return with(size, net, separable, causal, width, threshold, dropped, showsPenalty);
  }

  /** {@return this with kernels cropped where the mask is below {@code value}} */
  public FlexConv threshold(double value) {
    return with(size, net, separable, causal, sigma, value, dropped, showsPenalty);
  }

  /** {@return this with a second output {@code penalty}} */
  public FlexConv showPenalty() {
    return with(size, net, separable, causal, sigma, threshold, dropped, true);
  }

  /** {@return this with a bias added to the result, or without one} */
  public FlexConv bias(boolean wanted) {
    return new FlexConv(
        out,
        size,
        net,
        separable,
        causal,
        wanted,
        sigma,
        threshold,
        dropped,
        showsPenalty,
        showsKernel,
        method,
        site);
  }

  @Override
  public FlexConv showKernel() {
    return new FlexConv(
        out,
        size,
        net,
        separable,
        causal,
        bias,
        sigma,
        threshold,
        dropped,
        showsPenalty,
        true,
        method,
        site);
  }

  @Override
  public FlexConv method(LongConvolution.Method other) {
    return new FlexConv(
        out,
        size,
        net,
        separable,
        causal,
        bias,
        sigma,
        threshold,
        dropped,
        showsPenalty,
        showsKernel,
        other,
        site);
  }

  private FlexConv with(
      int taps,
      Magnet kernel,
      boolean alone,
      boolean past,
      double width,
      double limit,
      List<Integer> cut,
      boolean penalty) {
    return new FlexConv(
        out,
        taps,
        kernel,
        alone,
        past,
        bias,
        width,
        limit,
        cut,
        penalty,
        showsKernel,
        method,
        site);
  }

  /**
   * {@return this without the taps whose mask lies below the threshold}
   *
   * @param mask the trained {@code mask_params}
   * @param taps the kernel's whole size along every axis
   */
  FlexConv cropped(Literal mask, int taps) {
    List<Integer> cut = new ArrayList<>();
    for (int axis = 0; axis < mask.shape()[0]; axis++) {
      double mean = mask.get(2 * axis);
      double reach = Math.abs(mask.get(2 * axis + 1)) * Math.sqrt(-2 * Math.log(threshold));
      double first = causal ? mean - reach : -Math.max(Math.abs(mean - reach), mean + reach);
      double step = 2.0 / Math.max(1, taps - 1);
      int below = (int) Math.max(0, Math.ceil((first + 1) / step - 1e-9));
      cut.add(Math.min(below, causal ? taps - 1 : (taps - 1) / 2));
    }
    return with(taps, net, separable, causal, sigma, threshold, cut, showsPenalty);
  }

  /** {@return the whole kernel's size along every axis, for an input} */
  int taps(Tensor x) {
    int longest = LongConvolution.sizes(x, 2).stream().max(Integer::compare).orElse(1);
    return size != 0 ? size : causal ? longest : 2 * longest - 1;
  }

  @Override
  public Tensors lower(Lowering at, Tensors inputs) {
    Tensor x = inputs.one();
    int axes = Inputs.axes(at, "flexConv", x, 1, 3);
    if (causal && axes > 1) {
      throw at.error("flexConv: causal is for sequences [N, C, L], got %s", x.shape());
    }
    if (!dropped.isEmpty() && dropped.size() != axes) {
      throw at.error("flexConv: cropped along %d axes, got %s", dropped.size(), x.shape());
    }
    int channels = x.size(1);
    Grid grid = Grid.of(x, axes, taps(x), dropped, causal);
    int filters = separable ? channels : channels * out;
    Magnet.Result values =
        net.at(at, grid.positions, filters, Inputs.count(grid.sizes), Math.min(1, 1.667 * sigma));
    Tensor mask = mask(at, axes);
    Tensor masked = values.values().mul(gaussian(grid.positions, mask));
    long[] shape = new long[2 + axes];
    shape[0] = separable ? channels : out;
    shape[1] = separable ? 1 : channels;
    for (int axis = 0; axis < axes; axis++) {
      shape[2 + axis] = grid.sizes.get(axis);
    }
    Tensor kernel = masked.reshape(shape);
    int groups = separable ? channels : 1;
    LongConvolution convolution =
        causal ? LongConvolution.causal(kernel, groups) : LongConvolution.centred(kernel, groups);
    Tensor y = convolution.method(method).apply(x, kernel);
    if (bias) {
      y = y.add(Inputs.perChannel(at.parameter("bias", Initializer.zeros(), shape[0]), y.rank()));
    }
    if (separable) {
      y = mixed(at, y);
    }
    Tensors results = outputs(y, kernel, inputs);
    return showsPenalty ? results.with("penalty", penalty(values, mask, grid)) : results;
  }

  private Tensor mixed(Lowering at, Tensor y) {
    int in = y.size(1);
    Tensor weight =
        at.parameter(
                "channel_mixer.weight",
                Initializer.normal(0, Math.sqrt(2.0 / in)),
                Magnet.pointwise(out, in, y.rank() - 2))
            .reshape(out, in);
    Tensor mixed = Inputs.pointwise(weight, y);
    return bias
        ? mixed.add(
            Inputs.perChannel(
                at.parameter("channel_mixer.bias", Initializer.zeros(), out), y.rank()))
        : mixed;
  }

  private Tensor mask(Lowering at, int axes) {
    double[] start = new double[2 * axes];
    for (int axis = 0; axis < axes; axis++) {
      start[2 * axis] = causal ? 1 : 0;
      start[2 * axis + 1] = sigma;
    }
    Literal value = Literal.ofDoubles(DType.F32, start, axes, 2);
    return at.parameter("mask_params", Initializer.literal(value), axes, 2);
  }

  /** {@code exp(-((p - mean) / sigma)^2 / 2)} over all axes, {@code [1, P]}. */
  private static Tensor gaussian(Tensor positions, Tensor mask) {
    Tensor away = positions.sub(mask.slice(1, 0, 1)).div(mask.slice(1, 1, 2));
    return away.square().sum(0).mul(-0.5).exp().unsqueeze(0);
  }

  /** The limit is shared out among the filters, and so is the frequency of the mask. */
  private Tensor penalty(Magnet.Result values, Tensor mask, Grid grid) {
    int filters = values.frequencies().size();
    double nyquist = (grid.whole - 1) / 4.0 / filters;
    Tensor ofMask = mask.slice(1, 1, 2).abs().pow(-1).max().mul(1 / (2 * Math.PI) / filters);
    Tensor sum = null;
    for (Tensor frequency : values.frequencies()) {
      Tensor over = frequency.add(ofMask).sub(nyquist).relu().square();
      sum = sum == null ? over : sum.add(over);
    }
    return sum;
  }

  /**
   * Where the kept taps lie.
   *
   * @param positions {@code [axes, P]}
   * @param sizes kept taps along each axis
   * @param whole taps along an axis before any were dropped
   */
  private record Grid(Tensor positions, List<Integer> sizes, int whole) {
    static Grid of(Tensor x, int axes, int taps, List<Integer> dropped, boolean causal) {
      double[] line = Inputs.linspace(-1, 1, taps);
      List<Integer> sizes = new ArrayList<>();
      List<Integer> firsts = new ArrayList<>();
      for (int axis = 0; axis < axes; axis++) {
        int first = dropped.isEmpty() ? 0 : dropped.get(axis);
        firsts.add(first);
        sizes.add(taps - (causal ? 1 : 2) * first);
      }
      int count = Inputs.count(sizes);
      double[] places = new double[axes * count];
      for (int point = 0; point < count; point++) {
        int rest = point;
        for (int axis = axes - 1; axis >= 0; axis--) {
          places[axis * count + point] = line[firsts.get(axis) + rest % sizes.get(axis)];
          rest /= sizes.get(axis);
        }
      }
      return new Grid(Inputs.constant(x, places, axes, count), sizes, taps);
    }
  }

  @Override
  public String toString() {
    return "flexConv("
        + out
        + ")"
        + (size == 0 ? "" : ".size(" + size + ")")
        + (separable ? ".separable(true)" : "")
        + (causal ? ".causal(true)" : "")
        + (dropped.isEmpty() ? "" : " without " + dropped + " outer taps");
  }
}
