package org.nnd.layers.kernels;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Vocabulary;
import org.nnd.ir.Dim;
import org.nnd.ir.NndException;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.Window;

/**
 * Convolutions with long kernels over one, two or three axes, at stride 1: {@code y[o, t] = sum
 * over c, u of kernel[o, c, u] x[c, t - low + u]}, samples outside {@code x} being zero. They are
 * computed tap by tap or by Fourier transforms, whose cost and whose gradients' cost grow as {@code
 * n log n}; {@link Method#AUTO} takes what {@link ConvolutionCost} finds cheaper. The result is the
 * same.
 *
 * @param low zeros before each axis
 * @param high zeros after each axis; an axis of extent L becomes {@code L + low + high - K + 1}
 * @param groups of channels, as in any convolution
 */
public record LongConvolution(List<Integer> low, List<Integer> high, int groups, Method method) {

  /** How a long convolution is computed. */
  @Vocabulary
  public enum Method {
    AUTO,
    FFT,
    DIRECT
  }

  public LongConvolution {
    low = List.copyOf(low);
    high = List.copyOf(high);
  }

  /** {@return one whose last tap meets the present: an output sees no later input} */
  public static LongConvolution causal(Tensor kernel, int groups) {
    List<Integer> before = sizes(kernel, 2).stream().map(k -> k - 1).toList();
    return new LongConvolution(before, Collections.nCopies(before.size(), 0), groups, Method.AUTO);
  }

  /** {@return one that keeps sizes, with the kernel's middle at the output's place} */
  public static LongConvolution centred(Tensor kernel, int groups) {
    List<Integer> before = sizes(kernel, 2).stream().map(k -> k / 2).toList();
    List<Integer> after = sizes(kernel, 2).stream().map(k -> (k - 1) / 2).toList();
    return new LongConvolution(before, after, groups, Method.AUTO);
  }

  /** {@return this computed in another way; the result is the same} */
  public LongConvolution method(Method other) {
    return new LongConvolution(low, high, groups, other);
  }

  /**
   * {@return the convolution of {@code x [N, C, spatial...]} with {@code kernel [O, C / groups,
   * spatial...]}}
   */
  public Tensor apply(Tensor x, Tensor kernel) {
    check(x, kernel);
    Cropped cropped = Cropped.of(this, sizes(x, 2), kernel);
    LongConvolution inner = cropped.convolution;
    return inner.byTransform(x, cropped.kernel)
        ? new FourierConvolution(inner).apply(x, cropped.kernel)
        : inner.direct(x, cropped.kernel);
  }

  /**
   * {@return the convolution of every channel of every example with a kernel of its own}
   *
   * @param x {@code [N, C, spatial...]}
   * @param kernel {@code [N, C, spatial...]}
   */
  public Tensor perSample(Tensor x, Tensor kernel) {
    // Examples become channels of a single one, so that each has its own filter.
    Dim lines = x.dim(0).times(x.dim(1));
    Shape in = x.shape().slice(2, x.rank());
    Shape taps = kernel.shape().slice(2, kernel.rank());
    Tensor flat = x.reshape(Shape.of(Dim.ONE, lines).concat(in));
    Tensor filters = kernel.reshape(Shape.of(lines, Dim.ONE).concat(taps));
    Cropped cropped = Cropped.of(this, sizes(x, 2), filters);
    LongConvolution inner = cropped.convolution;
    Tensor y =
        inner.byTransform(flat, cropped.kernel)
            ? new FourierConvolution(inner).depthwise(flat, cropped.kernel)
            : inner.direct(flat, cropped.kernel, lines);
    return y.reshape(x.shape().slice(0, 2).concat(y.shape().slice(2, y.rank())));
  }

  private boolean byTransform(Tensor x, Tensor kernel) {
    return switch (method) {
      case FFT -> true;
      case DIRECT -> false;
      case AUTO -> ConvolutionCost.of(this, x, kernel).transformIsCheaper();
    };
  }

  private Tensor direct(Tensor x, Tensor kernel) {
    return direct(x, kernel, Dim.of(groups));
  }

  private Tensor direct(Tensor x, Tensor kernel, Dim featureGroups) {
    Window window = Window.of(sizes(kernel, 2)).padding(low, high);
    return Tensor.of(
        Operations.convolution(x.node(), kernel.node(), window, featureGroups, Dim.ONE));
  }

  /** {@return the extents of the spatial axes of a result} */
  List<Integer> outputs(List<Integer> in, List<Integer> taps) {
    List<Integer> out = new ArrayList<>();
    for (int axis = 0; axis < in.size(); axis++) {
      out.add(in.get(axis) + low.get(axis) + high.get(axis) - taps.get(axis) + 1);
    }
    return out;
  }

  private void check(Tensor x, Tensor kernel) {
    if (x.rank() != low.size() + 2 || kernel.rank() != x.rank()) {
      throw new NndException(
          "a long convolution over %d axes expects x [N, C, ...] and a kernel [O, C / groups, ...] of rank %d, got %s and %s"
              .formatted(low.size(), low.size() + 2, x.shape(), kernel.shape()));
    }
    int channels = x.size(1);
    if (channels % groups != 0
        || kernel.size(0) % groups != 0
        || kernel.size(1) != channels / groups) {
      throw new NndException(
          "a long convolution in %d groups of %s expects a kernel [O, %s, ...], got %s"
              .formatted(
                  groups,
                  x.shape(),
                  channels % groups == 0 ? channels / groups : channels + "/" + groups,
                  kernel.shape()));
    }
    if (outputs(sizes(x, 2), sizes(kernel, 2)).stream().anyMatch(n -> n < 1)) {
      throw new NndException(
          "a long convolution of %s with the kernel %s has no outputs with padding %s and %s"
              .formatted(x.shape(), kernel.shape(), low, high));
    }
  }

  static List<Integer> sizes(Tensor x, int from) {
    List<Integer> sizes = new ArrayList<>();
    for (int axis = from; axis < x.rank(); axis++) {
      sizes.add(x.size(axis));
    }
    return sizes;
  }

  /** A convolution without the taps that never meet the input. */
  private record Cropped(LongConvolution convolution, Tensor kernel) {
    static Cropped of(LongConvolution whole, List<Integer> in, Tensor kernel) {
      List<Integer> taps = sizes(kernel, 2);
      List<Integer> out = whole.outputs(in, taps);
      List<Integer> low = new ArrayList<>();
      List<Integer> high = new ArrayList<>();
      Tensor rest = kernel;
      for (int axis = 0; axis < in.size(); axis++) {
        int before = whole.low.get(axis);
        int first = Math.min(Math.max(0, before - out.get(axis) + 1), taps.get(axis) - 1);
        int end = Math.max(first + 1, Math.min(taps.get(axis), in.get(axis) + before));
        rest = rest.slice(axis + 2, first, end);
        low.add(before - first);
        high.add(whole.high.get(axis) - (taps.get(axis) - end));
      }
      return new Cropped(new LongConvolution(low, high, whole.groups, whole.method), rest);
    }
  }
}
