package org.nnd.layers.kernels;

import java.util.List;
import org.nnd.dsl.Tensor;

/**
 * How a kernel trained at one rate is sampled at another (Romero et al. 2022, appendix D.2): a
 * record as long at a higher rate has more samples, whose sum weighs them less.
 *
 * @param ratio training rate to present rate: above 1 for a coarser signal
 * @param last the position of the last tap; 1 but for lengths that the ratio does not divide
 */
record Sampling(double ratio, double last) {
  /** Deviation, in samples, of the smoothing against frequencies that training has not seen. */
  private static final double SIGMA = 0.5;

  static Sampling of(int trained, int length) {
    if (trained == length || trained == 1) {
      return new Sampling(1, 1);
    }
    double step = 2.0 / (trained - 1);
    if (trained > length) {
      long ratio = Math.round(Math.rint((double) trained / length));
      return new Sampling(ratio, 1 - (trained - 1) % ratio * step);
    }
    long inverse = Math.round(Math.rint((double) length / trained));
    return new Sampling(1.0 / inverse, 1 + (length - 1) % inverse * step / inverse);
  }

  /** {@return the kernel {@code [out, in, L]} smoothed where it is finer, times the ratio} */
  Tensor adapted(Tensor kernel) {
    if (ratio == 1) {
      return kernel;
    }
    return (ratio < 1 ? smoothed(kernel) : kernel).mul(ratio);
  }

  private Tensor smoothed(Tensor kernel) {
    int half = (int) (1 / ratio);
    int length = kernel.size(2);
    if (length <= 2 * half) {
      return kernel;
    }
    Tensor sum = null;
    for (int offset = -half; offset <= half; offset++) {
      double weight =
          Math.exp(-offset * offset / (2 * SIGMA * SIGMA)) / (SIGMA * Math.sqrt(2 * Math.PI));
      Tensor term = kernel.slice(2, half + offset, length - half + offset).mul(weight);
      sum = sum == null ? term : sum.add(term);
    }
    return Tensor.concat(
        2, List.of(kernel.slice(2, 0, half), sum, kernel.slice(2, length - half, length)));
  }
}
