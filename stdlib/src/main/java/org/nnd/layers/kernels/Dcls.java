package org.nnd.layers.kernels;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.nnd.dsl.Check;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.dsl.Vocabulary;
import org.nnd.ir.Dim;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.Window;

/**
 * Dilated convolution with learnable spacings (Khalfaoui-Hassani, Pellegrini and Masquelier 2023)
 * over as many axes as {@code size} has: {@code count} weights of each filter lie at learnt places
 * of a kernel of the given size, spread over the taps around by {@link Version}. Variables as in
 * the official implementation: {@code weight [out, C / groups, count]}, {@code P [axes, out, C /
 * groups, count]} places relative to the middle, {@code SIG} of the same shape, {@code bias [out]};
 * {@code P[0]} is a place along the last axis, {@code P[1]} along the one before (but see {@link
 * Version#V0}).
 *
 * @param out channels of the result; 0 for as many as there are
 * @param groups of channels; 0 for one per channel
 * @param padding on both sides of each axis; empty for half the size
 */
public record Dcls(
    int out,
    int count,
    List<Integer> size,
    int groups,
    List<Integer> stride,
    List<Integer> padding,
    Edge edge,
    boolean bias,
    Version version,
    double sigmaOffset,
    boolean showsKernel,
    LongConvolution.Method method,
    Site site)
    implements KernelLayer {

  /** How a weight spreads over the taps around its place. */
  @Vocabulary
  public enum Version {
    /**
     * Bilinear, and what falls outside the kernel is lost; {@code P[0]} is along the first axis.
     */
    V0,
    /** Bilinear, the shares divided by their sum. */
    V1,
    /** Tents of a learnt half width {@code |SIG| + 1}, divided by their sum. */
    MAX,
    /** Gaussians of a learnt deviation {@code |SIG| + 0.27}, divided by their sum. */
    GAUSS
  }

  public Dcls {
    size = List.copyOf(size);
    stride = List.copyOf(stride);
    padding = List.copyOf(padding);
    Check.notNegative("dcls", "the number of output channels", out);
    Check.positive("dcls", "the number of weights", count);
    Check.notNegative("dcls", "groups", groups);
    if (groups > 0 && out % groups != 0) {
      throw Check.error("dcls: %d groups do not divide %d output channels", groups, out);
    }
  }

  static Dcls of(int out, int count, int groups, int[] size, Site site) {
    if (size.length < 1 || size.length > 3) {
      throw Check.error("dcls: expected 1 to 3 kernel sizes, one per axis, got %d", size.length);
    }
    Check.allPositive("dcls", "the kernel's size", size);
    List<Integer> ones = Collections.nCopies(size.length, 1);
    return new Dcls(
        out,
        count,
        IntStream.of(size).boxed().toList(),
        groups,
        ones,
        List.of(),
        Edge.ZEROS,
        true,
        Version.GAUSS,
        0.27,
        false,
        LongConvolution.Method.AUTO,
        site);
  }

  /** {@return this with version v0, v1, max or gauss} */
  public Dcls version(String name) {
    Check.name("dcls", "version", name, List.of("v0", "v1", "max", "gauss"));
    Version other = Version.valueOf(name.toUpperCase(Locale.ROOT));
    double offset = other == Version.MAX ? 1 : 0.27;
    return with(stride, padding, edge, bias, other, offset, showsKernel, method);
  }

  /** {@return this with what is added to {@code |SIG|}: 0.27 for gauss, 1 for max} */
  public Dcls sigmaOffset(double value) {
    Check.positive("dcls", "sigmaOffset", value);
    return with(stride, padding, edge, bias, version, value, showsKernel, method);
  }

  /** {@return this with input and output channels in so many groups that are convolved apart} */
  public Dcls groups(int number) {
    Check.positive("dcls", "groups", number);
    return new Dcls(
        out,
        count,
        size,
        number,
        stride,
        padding,
        edge,
        bias,
        version,
        sigmaOffset,
        showsKernel,
        method,
        site);
  }

  /**
   * {@return this with windows so many positions apart, along every axis or one number per axis; 1
   * unless told}
   */
  public Dcls stride(int... sizes) {
    Check.allPositive("dcls", "stride", sizes);
    return with(
        perAxis("stride", sizes), padding, edge, bias, version, sigmaOffset, showsKernel, method);
  }

  /**
   * {@return this with so many elements added on both sides, along every axis or one number per
   * axis}
   */
  public Dcls padding(int... sizes) {
    IntStream.of(sizes).forEach(p -> Check.notNegative("dcls", "padding", p));
    return with(
        stride, perAxis("padding", sizes), edge, bias, version, sigmaOffset, showsKernel, method);
  }

  /** {@return this with zeros, reflect, replicate or circular padding} */
  public Dcls paddingMode(String name) {
    Edge named = Edge.named("dcls", name);
    return with(stride, padding, named, bias, version, sigmaOffset, showsKernel, method);
  }

  /** {@return this with a bias added to the result, or without one} */
  public Dcls bias(boolean wanted) {
    return with(stride, padding, edge, wanted, version, sigmaOffset, showsKernel, method);
  }

  @Override
  public Dcls showKernel() {
    return with(stride, padding, edge, bias, version, sigmaOffset, true, method);
  }

  @Override
  public Dcls method(LongConvolution.Method other) {
    return with(stride, padding, edge, bias, version, sigmaOffset, showsKernel, other);
  }

  private Dcls with(
      List<Integer> strides,
      List<Integer> paddings,
      Edge border,
      boolean shift,
      Version kind,
      double offset,
      boolean shows,
      LongConvolution.Method how) {
    return new Dcls(
        out, count, size, groups, strides, paddings, border, shift, kind, offset, shows, how, site);
  }

  private List<Integer> perAxis(String option, int... sizes) {
    if (sizes.length != 1 && sizes.length != size.size()) {
      throw Check.error("dcls: %s wants 1 or %d sizes, got %d", option, size.size(), sizes.length);
    }
    return IntStream.range(0, size.size()).mapToObj(i -> sizes[sizes.length == 1 ? 0 : i]).toList();
  }

  @Override
  public Tensors lower(Lowering at, Tensors inputs) {
    Tensor x = inputs.one();
    Inputs.axes(at, "dcls", x, size.size(), size.size());
    int channels = x.size(1);
    int features = out == 0 ? channels : out;
    int parts = groups == 0 ? channels : groups;
    if (channels % parts != 0) {
      throw at.error("dcls: %d groups do not divide %d input channels", parts, channels);
    }
    if (features % parts != 0) {
      throw at.error("dcls: %d groups do not divide %d output channels", parts, features);
    }
    Tensor filters = kernel(at, features, channels / parts);
    List<Integer> around = padding.isEmpty() ? size.stream().map(k -> k / 2).toList() : padding;
    for (int axis = 0; axis < size.size(); axis++) {
      if (x.size(axis + 2) + 2 * around.get(axis) < size.get(axis)) {
        throw at.error(
            "dcls: the kernel %s is larger than the input %s with padding %s",
            size, x.shape(), around);
      }
    }
    Tensor y = convolve(at, x, filters, around, parts);
    if (bias) {
      long fanIn = (long) channels / parts * count;
      Tensor shift =
          at.parameter("bias", Initializer.kaimingUniform(Math.sqrt(5), fanIn), features);
      y = y.add(Inputs.perChannel(shift, y.rank()));
    }
    return outputs(y, filters, inputs);
  }

  private Tensor convolve(Lowering at, Tensor x, Tensor filters, List<Integer> around, int parts) {
    Tensor padded = edge.pad(at, "dcls", x, around);
    List<Integer> zeros = edge == Edge.ZEROS ? around : Collections.nCopies(size.size(), 0);
    if (stride.stream().allMatch(s -> s == 1)) {
      return new LongConvolution(zeros, zeros, parts, method).apply(padded, filters);
    }
    Window window = Window.of(size).stride(stride).padding(zeros, zeros);
    return Tensor.of(
        Operations.convolution(padded.node(), filters.node(), window, Dim.of(parts), Dim.ONE));
  }

  /** {@return the kernel {@code [out, in, size...]}} */
  private Tensor kernel(Lowering at, int features, int in) {
    int axes = size.size();
    Initializer placing = new Initializer.Normal(0, 0.5, -limit(), limit());
    Tensor weight =
        at.parameter("weight", Initializer.kaimingUniform(Math.sqrt(5)), features, in, count);
    Tensor place = at.parameter("P", placing, axes, features, in, count);
    Tensor shares = null;
    Tensor sigma = version == Version.V0 || version == Version.V1 ? null : sigma(at, features, in);
    for (int i = 0; i < axes; i++) {
      int axis = axisOf(i);
      // The official code adds half the i-th size, whichever axis P[i] goes along.
      Tensor centre = place.select(0, i).add(size.get(i) / 2);
      Tensor share = share(axis, centre, sigma == null ? null : sigma.select(0, i));
      shares = shares == null ? share : combine(shares, share);
    }
    if (version == Version.GAUSS) {
      shares = shares.mul(-0.5).exp();
    }
    if (version != Version.V0) {
      int[] spatial = IntStream.range(3, 3 + axes).toArray();
      shares = shares.div(shares.keepDims(Tensor::sum, spatial).add(1e-7));
    }
    Tensor scaled = shares.mul(spread(weight));
    return scaled.sum(2);
  }

  private Tensor sigma(Lowering at, int features, int in) {
    double start = version == Version.GAUSS ? 0.23 : 0;
    return at.parameter("SIG", Initializer.constant(start), size.size(), features, in, count)
        .abs()
        .add(sigmaOffset);
  }

  /** The axis that {@code P[i]} goes along. */
  private int axisOf(int i) {
    int axes = size.size();
    if (version != Version.V0) {
      return axes - 1 - i;
    }
    return axes == 3 && i > 0 ? 3 - i : i;
  }

  /** {@code [out, in, count, 1.., size of the axis, 1..]}: a factor, or a term for Gaussians. */
  private Tensor share(int axis, Tensor centre, Tensor sigma) {
    long[] shape = new long[3 + size.size()];
    Arrays.fill(shape, 1);
    shape[3 + axis] = size.get(axis);
    Tensor taps =
        Inputs.constant(
                centre,
                IntStream.range(0, size.get(axis)).asDoubleStream().toArray(),
                size.get(axis))
            .reshape(shape);
    Tensor distance = taps.sub(spread(centre));
    return switch (version) {
      case V0, V1 -> distance.abs().neg().add(1).relu();
      case MAX -> spread(sigma).sub(distance.abs()).relu();
      case GAUSS -> distance.div(spread(sigma)).square();
    };
  }

  private Tensor combine(Tensor x, Tensor y) {
    return version == Version.GAUSS ? x.add(y) : x.mul(y);
  }

  private Tensor spread(Tensor perWeight) {
    List<Dim> ones = new ArrayList<>(Collections.nCopies(size.size(), Dim.ONE));
    return perWeight.reshape(perWeight.shape().concat(new Shape(ones)));
  }

  private double limit() {
    return Math.max(0.5, size.stream().mapToInt(k -> k / 2).min().orElse(1));
  }

  @Override
  public String kind() {
    return "dcls" + size.size() + "d";
  }

  @Override
  public String toString() {
    return "dcls(%d weights in %s%s).version(\"%s\")"
        .formatted(
            count,
            size,
            out == 0 ? "" : ", " + out + " channels",
            version.toString().toLowerCase(Locale.ROOT));
  }
}
