package org.nnd.layers.kernels;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.nnd.dsl.Tensor;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Literal;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;

/**
 * Fourier transforms of real signals. A spectrum is {@code [..., bins, 2]}: real and imaginary
 * parts of the bins 0 to n / 2 of a signal of even length n. A transform of length n is one of
 * complex numbers of length n / 2, whose real and imaginary parts are the even and the odd samples.
 */
public final class Spectra {
  private Spectra() {}

  /** {@return the smallest even length from {@code least} on whose half has factors up to 5} */
  public static int length(int least) {
    int half = Math.max(1, Math.ceilDiv(least, 2));
    while (!isSmooth(half)) {
      half++;
    }
    return 2 * half;
  }

  private static boolean isSmooth(int number) {
    int rest = number;
    for (int factor : new int[] {2, 3, 5}) {
      while (rest % factor == 0) {
        rest /= factor;
      }
    }
    return rest == 1;
  }

  /** {@return the spectrum of {@code x [..., L]}, continued by zeros up to the even length n} */
  public static Tensor real(Tensor x, int n) {
    int half = n / 2;
    Tensor padded = x.pad(-1, 0, n - x.size(-1), 0);
    List<Dim> dims = padded.shape().dims();
    Tensor pairs =
        padded.reshape(new Shape(dims.subList(0, dims.size() - 1)).concat(Shape.of(half, 2)));
    Tensor z = transform(pairs, false);
    Tensor forward = z.concat(-2, z.slice(-2, 0, 1));
    Parts x1 = Parts.of(forward);
    Parts x2 = Parts.of(forward.reverse(-2));
    Tensor cos = roots(x.dtype(), half + 1, n, Math::cos);
    Tensor sin = roots(x.dtype(), half + 1, n, Math::sin);
    // Even samples' bin (z[k] + conj z[-k]) / 2, odd samples' (z[k] - conj z[-k]) / 2i.
    Tensor difference = x1.re.sub(x2.re).mul(0.5);
    Tensor sum = x1.im.add(x2.im).mul(0.5);
    Tensor re = x1.re.add(x2.re).mul(0.5).add(cos.mul(sum)).sub(sin.mul(difference));
    Tensor im = x1.im.sub(x2.im).mul(0.5).sub(cos.mul(difference)).sub(sin.mul(sum));
    return new Parts(re, im).joined();
  }

  /** {@return the signal {@code [..., n]} of a spectrum {@code [..., n / 2 + 1, 2]}} */
  public static Tensor signal(Tensor spectrum, int n) {
    int half = n / 2;
    Parts x1 = Parts.of(spectrum.slice(-2, 0, half));
    Parts x2 = Parts.of(spectrum.reverse(-2).slice(-2, 0, half));
    Tensor cos = roots(spectrum.dtype(), half, n, Math::cos);
    Tensor sin = roots(spectrum.dtype(), half, n, Math::sin);
    Tensor difference = x1.re.sub(x2.re).mul(0.5);
    Tensor sum = x1.im.add(x2.im).mul(0.5);
    Tensor re = x1.re.add(x2.re).mul(0.5).sub(sin.mul(difference)).sub(cos.mul(sum));
    Tensor im = x1.im.sub(x2.im).mul(0.5).add(cos.mul(difference)).sub(sin.mul(sum));
    Tensor pairs = transform(new Parts(re, im).joined(), true).mul(1.0 / half);
    return pairs.flatten(pairs.rank() - 2);
  }

  /** {@return the complex transform, unnormalised, along an axis of {@code [..., 2]}} */
  public static Tensor along(Tensor x, int axis, boolean inverse) {
    return transform(x.transpose(axis, -2), inverse).transpose(axis, -2);
  }

  /** {@return the elementwise product of complex numbers {@code [..., 2]}, broadcast} */
  public static Tensor product(Tensor x, Tensor y) {
    Parts a = Parts.of(x);
    Parts b = Parts.of(y);
    return new Parts(a.re.mul(b.re).sub(a.im.mul(b.im)), a.re.mul(b.im).add(a.im.mul(b.re)))
        .joined();
  }

  /** Real and imaginary parts, without the last axis. */
  record Parts(Tensor re, Tensor im) {
    static Parts of(Tensor x) {
      return new Parts(x.select(-1, 0), x.select(-1, 1));
    }

    Tensor joined() {
      return re.unsqueeze(-1).concat(-1, im.unsqueeze(-1));
    }
  }

  static Tensor transform(Tensor pairs, boolean inverse) {
    return Tensor.of(Operations.fft(pairs.node(), inverse));
  }

  /** {@return f(2 pi k / n) for k below count} */
  private static Tensor roots(DType dtype, int count, int n, DoubleUnaryOperator f) {
    double[] values = new double[count];
    for (int k = 0; k < count; k++) {
      values[k] = f.applyAsDouble(2 * Math.PI * k / n);
    }
    return Tensor.of(Operations.constant(Literal.ofDoubles(dtype, values, count)));
  }
}
