package org.nnd.layers.kernels;

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
 * SMPConv (Kim and Park 2023): a depthwise convolution of {@code [N, C, H, W]} whose kernel is
 * spanned by points that move: {@code K(q) = sum over i of max(0, 1 - |q - p_i|_1 / r_i) w_i}.
 * Variables: {@code weight_coord [1, points, 2]}, {@code radius [1, points, 1, 1]}, {@code weights
 * [1, C, points]}, buffer {@code kernel_coord [1, 2, K, K]}; the kernel is turned as in the
 * official implementation, whose coordinates these are.
 *
 * @param points how many; 0 for a quarter of the kernel's taps
 * @param average whether to divide by the number of points within reach, as the paper's equation 3
 *     and unlike the released networks
 * @param showsKernel whether there is a second output {@code kernel [C, K, K]}
 */
public record SmpConv(
    int kernel,
    int points,
    boolean average,
    boolean showsKernel,
    LongConvolution.Method method,
    Site site)
    implements KernelLayer {
  public SmpConv {
    Check.positive("smpConv", "the kernel", kernel);
    Check.notNegative("smpConv", "points", points);
  }

  /** {@return this whose kernel is spanned by so many points; a quarter of its taps unless told} */
  public SmpConv points(int number) {
    Check.positive("smpConv", "points", number);
    return new SmpConv(kernel, number, average, showsKernel, method, site);
  }

  /**
   * {@return this where a tap is the mean of the points within reach, or their sum (as it is unless
   * told)}
   */
  public SmpConv average(boolean wanted) {
    return new SmpConv(kernel, points, wanted, showsKernel, method, site);
  }

  @Override
  public SmpConv showKernel() {
    return new SmpConv(kernel, points, average, true, method, site);
  }

  @Override
  public SmpConv method(LongConvolution.Method other) {
    return new SmpConv(kernel, points, average, showsKernel, other, site);
  }

  @Override
  public Tensors lower(Lowering at, Tensors inputs) {
    Tensor x = inputs.one();
    Inputs.axes(at, "smpConv", x, 2, 2);
    Tensor filters = kernel(at, x.size(1));
    LongConvolution same =
        new LongConvolution(
            List.of((kernel - 1) / 2, (kernel - 1) / 2),
            List.of(kernel / 2, kernel / 2),
            x.size(1),
            method);
    Tensor y = same.apply(x, filters.unsqueeze(1));
    return outputs(y, filters, inputs);
  }

  private Tensor kernel(Lowering at, int channels) {
    int count = points == 0 ? Math.max(1, kernel * kernel / 4) : points;
    Initializer within = new Initializer.Normal(0, 0.2, -1, 1);
    Tensor grid =
        at.buffer("kernel_coord", Initializer.literal(grid()), 1, 2, kernel, kernel)
            .reshape(1, 2, (long) kernel * kernel);
    Tensor place = at.parameter("weight_coord", within, 1, count, 2).reshape(count, 2, 1);
    Tensor radius =
        at.parameter("radius", Initializer.constant(4.0 / kernel), 1, count, 1, 1)
            .reshape(count, 1);
    Tensor weights =
        at.parameter("weights", Initializer.truncatedNormal(0.02), 1, channels, count)
            .reshape(channels, count);
    Tensor distance = place.sub(grid).abs().sum(1);
    Tensor tent = distance.div(radius).neg().add(1).relu();
    if (average) {
      Tensor within1 = tent.gt(0).cast(tent.dtype()).sum(0).maximum(1).unsqueeze(0);
      tent = tent.div(within1);
    }
    Tensor taps = weights.matmul(tent).reshape(channels, kernel, kernel);
    return taps.permute(0, 2, 1).reverse(1);
  }

  /** Coordinates from -1 to 1 of every tap, row first. */
  private Literal grid() {
    double[] line = Inputs.linspace(-1, 1, kernel);
    double[] values = new double[2 * kernel * kernel];
    for (int i = 0; i < kernel; i++) {
      for (int j = 0; j < kernel; j++) {
        values[i * kernel + j] = line[i];
        values[kernel * kernel + i * kernel + j] = line[j];
      }
    }
    return Literal.ofDoubles(DType.F32, values, 1, 2, kernel, kernel);
  }

  @Override
  public String toString() {
    return "smpConv("
        + kernel
        + ")"
        + (points == 0 ? "" : ".points(" + points + ")")
        + (average ? ".average(true)" : "");
  }
}
