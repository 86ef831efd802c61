package org.nnd.layers.kernels;

import org.nnd.dsl.Check;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Tensor;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;

/**
 * A Fourier transform as products with small dense matrices (Fu et al. 2023, FlashButterfly): a
 * line of n m samples becomes a matrix, whose columns are transformed by an m x m matrix,
 * multiplied by twiddles, and whose rows by an n x n matrix, split again where n is larger than
 * {@code block}. The matrices, one for each power of two up to {@code block}, are variables {@code
 * mat_2, mat_4, ... [1, n, n, 2]} that start as Fourier matrices; trained, the transform becomes
 * another butterfly.
 *
 * @param block the largest matrix, a power of two
 */
record Butterfly(int block) {
  Butterfly {
    if (block < 2 || Integer.bitCount(block) != 1) {
      throw Check.error("butterfly: the largest block must be a power of two, got %d", block);
    }
  }

  /** {@return the least length of a transform that holds so many samples} */
  static int length(int samples) {
    return samples <= 2 ? 2 : 2 * Integer.highestOneBit(samples - 1);
  }

  /**
   * {@return the transform {@code [..., n, 2]} of real lines {@code [..., L]}, continued by zeros}
   *
   * @param name under which the matrices lie
   */
  Tensor transform(Lowering at, String name, Tensor x, int n) {
    Tensor padded = x.pad(-1, 0, n - x.size(-1), 0);
    Matrices matrices = new Matrices(at, name, x.dtype());
    return apply(matrices, new Spectra.Parts(padded, padded.mul(0)), n).joined();
  }

  /** {@code parts} are {@code [..., n]}. */
  private Spectra.Parts apply(Matrices matrices, Spectra.Parts parts, int n) {
    if (n <= block) {
      return product(parts, matrices.of(n));
    }
    int m = block;
    int rest = n / m;
    // Sample j rest + i is entry (i, j): columns of the official layout lie last.
    Spectra.Parts columns =
        new Spectra.Parts(folded(parts.re(), m, rest), folded(parts.im(), m, rest));
    Spectra.Parts first = product(columns, matrices.of(m));
    Spectra.Parts turned = twiddled(first, rest, m);
    Spectra.Parts rows =
        new Spectra.Parts(turned.re().transpose(-1, -2), turned.im().transpose(-1, -2));
    Spectra.Parts second = apply(matrices, rows, rest);
    // Entry (o, q) is bin q m + o.
    return new Spectra.Parts(unfolded(second.re()), unfolded(second.im()));
  }

  private static Tensor folded(Tensor x, int m, int rest) {
    return x.reshape(x.shape().slice(0, x.rank() - 1).concat(org.nnd.ir.Shape.of(m, rest)))
        .transpose(-1, -2);
  }

  private static Tensor unfolded(Tensor x) {
    return x.transpose(-1, -2).flatten(x.rank() - 2);
  }

  private static Spectra.Parts twiddled(Spectra.Parts x, int rest, int m) {
    double[] cos = new double[rest * m];
    double[] sin = new double[rest * m];
    for (int i = 0; i < rest; i++) {
      for (int o = 0; o < m; o++) {
        double angle = -2 * Math.PI * i * o / ((double) rest * m);
        cos[i * m + o] = Math.cos(angle);
        sin[i * m + o] = Math.sin(angle);
      }
    }
    Tensor c = Inputs.constant(x.re(), cos, rest, m);
    Tensor s = Inputs.constant(x.re(), sin, rest, m);
    return new Spectra.Parts(x.re().mul(c).sub(x.im().mul(s)), x.re().mul(s).add(x.im().mul(c)));
  }

  /** {@return lines {@code [..., m]} times the matrix turned, {@code [..., o]}} */
  private static Spectra.Parts product(Spectra.Parts x, Spectra.Parts matrix) {
    Tensor re = matrix.re().transpose();
    Tensor im = matrix.im().transpose();
    return new Spectra.Parts(
        x.re().matmul(re).sub(x.im().matmul(im)), x.re().matmul(im).add(x.im().matmul(re)));
  }

  /** The matrices of one transform, declared where they are first needed. */
  private static final class Matrices {
    private final Lowering at;
    private final String name;
    private final DType dtype;
    private final java.util.Map<Integer, Spectra.Parts> known = new java.util.HashMap<>();

    Matrices(Lowering at, String name, DType dtype) {
      this.at = at;
      this.name = name;
      this.dtype = dtype;
    }

    Spectra.Parts of(int n) {
      return known.computeIfAbsent(
          n,
          size -> {
            Initializer start = Initializer.literal(fourier(size));
            Tensor matrix = at.parameter(name + ".mat_" + size, start, 1, size, size, 2);
            return Spectra.Parts.of(matrix.squeeze(0).cast(dtype));
          });
    }

    private static Literal fourier(int n) {
      double[] values = new double[2 * n * n];
      for (int i = 0; i < n * n; i++) {
        double angle = -2 * Math.PI * (i / n) * (i % n) / n;
        values[2 * i] = Math.cos(angle);
        values[2 * i + 1] = Math.sin(angle);
      }
      return Literal.ofDoubles(DType.F32, values, 1, n, n, 2);
    }
  }
}
