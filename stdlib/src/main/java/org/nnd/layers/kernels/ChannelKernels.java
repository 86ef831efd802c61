package org.nnd.layers.kernels;

import java.util.List;
import org.nnd.dsl.Tensor;
import org.nnd.ir.Shape;

/**
 * Kernels {@code [channels, H, K]}, {@code channels} for each of the channels of {@code [N, H, L]}.
 */
final class ChannelKernels {
  private ChannelKernels() {}

  /**
   * {@return {@code [N, channels H, L]}: every channel with its kernels, tap 0 at the present}
   *
   * @param bidirectional whether the second half of the kernels meets later samples, tap 0 the next
   */
  static Tensor convolve(
      Tensor x, Tensor kernel, boolean bidirectional, LongConvolution.Method method) {
    int count = kernel.size(0);
    int taps = kernel.size(2);
    if (!bidirectional) {
      return apply(x, kernel.reverse(2), taps - 1, 0, method);
    }
    Tensor past = kernel.slice(0, 0, count / 2).reverse(2);
    Tensor future = kernel.slice(0, count / 2, count);
    return apply(x, past.concat(2, future), taps - 1, taps, method);
  }

  /** {@return the same for taps in the order of the samples that they meet} */
  static Tensor apply(Tensor x, Tensor kernel, int low, int high, LongConvolution.Method method) {
    int channels = kernel.size(0);
    int width = x.size(1);
    Tensor filters = kernel.transpose(0, 1).reshape((long) width * channels, 1, kernel.size(2));
    Tensor y = new LongConvolution(List.of(low), List.of(high), width, method).apply(x, filters);
    if (channels == 1) {
      return y;
    }
    Shape apart = Shape.of(x.dim(0)).concat(Shape.of(width, channels, y.size(2)));
    return y.reshape(apart)
        .transpose(1, 2)
        .reshape(Shape.of(x.dim(0)).concat(Shape.of((long) width * channels, y.size(2))));
  }

  /** {@return {@code y + skip x} for {@code skip [channels, H]}} */
  static Tensor plusSkip(Tensor y, Tensor x, Tensor skip) {
    int channels = skip.size(0);
    Tensor direct = x.unsqueeze(1).mul(skip.unsqueeze(-1)).reshape(y.shape());
    return channels == 1 ? y.add(x.mul(skip.reshape(x.size(1), 1))) : y.add(direct);
  }
}
