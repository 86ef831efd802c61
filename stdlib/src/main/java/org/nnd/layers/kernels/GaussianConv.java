package org.nnd.layers.kernels;

import java.util.List;
import java.util.Locale;
import org.nnd.dsl.Check;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.dsl.Vocabulary;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Literal;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.Window;

/**
 * A convolution of {@code [N, C, H, W]} by a free-form filter composed with a Gaussian of learnt
 * covariance (Shelhamer, Wang and Darrell 2019): the covariance sets the size and shape of the
 * receptive field, the filter what is done in it. {@code Sigma = L L^T} is learnt through the
 * logarithms of L's diagonal and its lower entry. Variables: {@code weight [out, C, K, K]}, {@code
 * bias [out]}, {@code sigma} (1, 2 or 3 numbers by {@link Covariance}); dynamic: {@code
 * covariance.weight} and {@code covariance.bias} of the 3x3 convolution that gives these numbers at
 * every pixel, whose Gaussian then blurs the input there.
 *
 * @param reach of the Gaussian: it is sampled on {@code 2 reach + 1} squared taps and divided by
 *     its sum
 */
public record GaussianConv(
    int out,
    int kernel,
    int reach,
    Covariance covariance,
    double sigma,
    boolean perPixel,
    boolean bias,
    boolean showsKernel,
    LongConvolution.Method method,
    Site site)
    implements KernelLayer {

  /** Which covariances there are. */
  @Vocabulary
  public enum Covariance {
    /** A circle: one deviation. */
    SPHERICAL,
    /** An ellipse along the axes: deviations along height and width. */
    DIAGONAL,
    /** Any ellipse: also the entry {@code L[1, 0]}. */
    FULL;

    int numbers() {
      return ordinal() + 1;
    }
  }

  public GaussianConv {
    Check.positive("gaussianConv", "the number of output channels", out);
    Check.odd("gaussianConv", "the kernel", kernel);
    Check.positive("gaussianConv", "reach", reach);
    Check.positive("gaussianConv", "sigma", sigma);
    if (perPixel && reach > 5) {
      throw Check.error("gaussianConv: a dynamic Gaussian reaches at most 5 pixels, got %d", reach);
    }
  }

  static GaussianConv of(int out, int kernel, Site site) {
    return new GaussianConv(
        out, kernel, 4, Covariance.FULL, 1, false, true, false, LongConvolution.Method.AUTO, site);
  }

  /** {@return this with the Gaussian cut off so many pixels from its middle} */
  public GaussianConv reach(int pixels) {
    return with(pixels, covariance, sigma, perPixel, bias, showsKernel, method);
  }

  /** {@return this with a spherical, diagonal or full covariance} */
  public GaussianConv covariance(String name) {
    Check.name("gaussianConv", "covariance", name, List.of("spherical", "diagonal", "full"));
    Covariance other = Covariance.valueOf(name.toUpperCase(Locale.ROOT));
    return with(reach, other, sigma, perPixel, bias, showsKernel, method);
  }

  /** {@return this with Gaussians of the given deviation, in pixels, at first} */
  public GaussianConv sigma(double deviation) {
    return with(reach, covariance, deviation, perPixel, bias, showsKernel, method);
  }

  /** {@return this with a covariance at every pixel that follows from the input} */
  public GaussianConv dynamic() {
    return with(Math.min(reach, 3), covariance, sigma, true, bias, showsKernel, method);
  }

  /** {@return this with a bias added to the result, or without one} */
  public GaussianConv bias(boolean wanted) {
    return with(reach, covariance, sigma, perPixel, wanted, showsKernel, method);
  }

  @Override
  public GaussianConv showKernel() {
    return with(reach, covariance, sigma, perPixel, bias, true, method);
  }

  @Override
  public GaussianConv method(LongConvolution.Method other) {
    return with(reach, covariance, sigma, perPixel, bias, showsKernel, other);
  }

  private GaussianConv with(
      int pixels,
      Covariance form,
      double deviation,
      boolean everywhere,
      boolean shift,
      boolean shows,
      LongConvolution.Method how) {
    return new GaussianConv(
        out, kernel, pixels, form, deviation, everywhere, shift, shows, how, site);
  }

  @Override
  public Tensors lower(Lowering at, Tensors inputs) {
    Tensor x = inputs.one();
    Inputs.axes(at, "gaussianConv", x, 2, 2);
    int channels = x.size(1);
    Initializer start = Initializer.kaimingUniform(Math.sqrt(5));
    Tensor weight = at.parameter("weight", start, out, channels, kernel, kernel);
    Tensor filter = perPixel ? weight : composed(at, weight);
    Tensor y =
        LongConvolution.centred(filter, 1)
            .method(method)
            .apply(perPixel ? blurred(at, x) : x, filter);
    if (bias) {
      long fanIn = (long) channels * kernel * kernel;
      Initializer shift = Initializer.kaimingUniform(Math.sqrt(5), fanIn);
      y = y.add(Inputs.perChannel(at.parameter("bias", shift, out), 4));
    }
    return outputs(y, filter, inputs);
  }

  /** The free-form filter convolved with the Gaussian, {@code 2 reach} wider. */
  private Tensor composed(Lowering at, Tensor weight) {
    int count = covariance.numbers();
    Tensor numbers = at.parameter("sigma", Initializer.literal(initial()), count);
    int width = 2 * reach + 1;
    Tensor[] factors = new Tensor[count];
    for (int i = 0; i < count; i++) {
      factors[i] = numbers.slice(0, i, i + 1).reshape(1, 1);
    }
    double[] rows = new double[width * width];
    double[] columns = new double[width * width];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = i / width - reach;
      columns[i] = i % width - reach;
    }
    Tensor gaussian =
        density(
            factors,
            Inputs.constant(weight, rows, width, width),
            Inputs.constant(weight, columns, width, width));
    Tensor normal = gaussian.div(gaussian.sum()).reshape(1, 1, width, width);
    Tensor single = weight.reshape((long) out * weight.size(1), 1, kernel, kernel);
    List<Integer> around = List.of(2 * reach, 2 * reach);
    Window window = Window.of(List.of(width, width)).padding(around, around);
    Tensor wide =
        Tensor.of(Operations.convolution(single.node(), normal.node(), window, Dim.ONE, Dim.ONE));
    int size = kernel + 2 * reach;
    return wide.reshape(out, weight.size(1), size, size);
  }

  private Literal initial() {
    double[] start = new double[covariance.numbers()];
    for (int i = 0; i < Math.min(2, start.length); i++) {
      start[i] = Math.log(sigma);
    }
    return Literal.ofDoubles(DType.F32, start, start.length);
  }

  /** {@code exp(-|L^-1 u|^2 / 2)} at offsets u = (row, column). */
  private Tensor density(Tensor[] numbers, Tensor row, Tensor column) {
    Tensor z = row.mul(numbers[0].neg().exp());
    Tensor rest = covariance == Covariance.FULL ? column.sub(numbers[2].mul(z)) : column;
    Tensor w = rest.mul(numbers[covariance == Covariance.SPHERICAL ? 0 : 1].neg().exp());
    return z.square().add(w.square()).mul(-0.5).exp();
  }

  /** Each pixel replaced by the Gaussian mean around it. */
  private Tensor blurred(Lowering at, Tensor x) {
    int count = covariance.numbers();
    int channels = x.size(1);
    Tensor weight = at.parameter("covariance.weight", Initializer.zeros(), count, channels, 3, 3);
    Tensor shift = at.parameter("covariance.bias", Initializer.literal(initial()), count);
    Tensor numbers =
        LongConvolution.centred(weight, 1)
            .method(LongConvolution.Method.DIRECT)
            .apply(x, weight)
            .add(Inputs.perChannel(shift, 4));
    Tensor[] factors = new Tensor[count];
    for (int i = 0; i < count; i++) {
      factors[i] = numbers.slice(1, i, i + 1);
    }
    int height = x.size(2);
    int width = x.size(3);
    Tensor padded = x.pad(2, reach, reach, 0).pad(3, reach, reach, 0);
    Tensor sum = null;
    Tensor total = null;
    for (int i = -reach; i <= reach; i++) {
      for (int j = -reach; j <= reach; j++) {
        Tensor share =
            density(
                factors,
                Tensor.full(x.dtype(), Shape.SCALAR, i),
                Tensor.full(x.dtype(), Shape.SCALAR, j));
        Tensor shifted =
            padded
                .slice(2, reach + i, reach + i + (long) height)
                .slice(3, reach + j, reach + j + (long) width);
        Tensor term = shifted.mul(share);
        sum = sum == null ? term : sum.add(term);
        total = total == null ? share : total.add(share);
      }
    }
    return sum.div(total);
  }

  @Override
  public String toString() {
    return "gaussianConv(%d, %d).covariance(\"%s\")%s"
        .formatted(
            out,
            kernel,
            covariance.toString().toLowerCase(Locale.ROOT),
            perPixel ? ".dynamic()" : "");
  }
}
