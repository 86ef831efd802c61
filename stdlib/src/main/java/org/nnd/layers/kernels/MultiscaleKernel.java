package org.nnd.layers.kernels;

import java.util.List;
import org.nnd.dsl.Tensor;

/**
 * The kernels of SGConv (Li et al. 2023): few parameters, stretched more the older a tap is. The
 * i-th of {@code scales} pieces of {@code dim} parameters is interpolated to {@code 2^e} times its
 * length.
 *
 * @param nearest whether parameters repeat instead of being interpolated linearly
 * @param summed whether the pieces, stretched by {@code 2^i}, lie over each other; otherwise one
 *     after the other, stretched by {@code 2^max(0, i - 1)}
 */
record MultiscaleKernel(int dim, int scales, int firstScale, boolean nearest, boolean summed) {

  /** {@return the length of the whole kernel} */
  int length() {
    return Math.multiplyExact(dim, 1 << (scales - 1 + firstScale));
  }

  /**
   * {@return the kernel {@code [channels, H, length]}}
   *
   * @param pieces {@code [channels, H, dim]} each
   * @param decay {@code [1, H, 1]} or a scalar: piece i is multiplied by its power {@code scales -
   *     1 - i}
   */
  Tensor of(List<Tensor> pieces, Tensor decay) {
    Tensor sum = null;
    List<Tensor> stretched = new java.util.ArrayList<>();
    for (int i = 0; i < scales; i++) {
      Tensor scaled = pieces.get(i);
      for (int power = 0; power < scales - 1 - i; power++) {
        scaled = scaled.mul(decay);
      }
      int factor = 1 << ((summed ? i : Math.max(0, i - 1)) + firstScale);
      Tensor piece = nearest ? repeated(scaled, factor) : interpolated(scaled, factor);
      stretched.add(piece);
      if (summed) {
        Tensor padded = piece.pad(-1, 0, length() - piece.size(-1), 0);
        sum = sum == null ? padded : sum.add(padded);
      }
    }
    return summed ? sum : Tensor.concat(-1, stretched);
  }

  private static Tensor repeated(Tensor x, int factor) {
    return x.unsqueeze(-1)
        .broadcastTo(x.shape().concat(org.nnd.ir.Shape.of(factor)))
        .flatten(x.rank() - 1);
  }

  /**
   * Linear interpolation between the middles of the old samples, constant beyond the first and
   * last: new sample {@code p} of old sample {@code i} lies at {@code i + (p + 1/2) / factor -
   * 1/2}.
   */
  private static Tensor interpolated(Tensor x, int factor) {
    if (factor == 1) {
      return x;
    }
    double[] before = new double[factor];
    double[] here = new double[factor];
    double[] after = new double[factor];
    for (int p = 0; p < factor; p++) {
      double offset = (p + 0.5) / factor - 0.5;
      before[p] = Math.max(0, -offset);
      after[p] = Math.max(0, offset);
      here[p] = 1 - Math.abs(offset);
    }
    int n = x.size(-1);
    Tensor left = x.slice(-1, 0, 1).concat(-1, x.slice(-1, 0, n - 1));
    Tensor right = x.slice(-1, 1, n).concat(-1, x.slice(-1, n - 1, n));
    return x.unsqueeze(-1)
        .mul(Inputs.constant(x, here, factor))
        .add(left.unsqueeze(-1).mul(Inputs.constant(x, before, factor)))
        .add(right.unsqueeze(-1).mul(Inputs.constant(x, after, factor)))
        .flatten(x.rank() - 1);
  }
}
