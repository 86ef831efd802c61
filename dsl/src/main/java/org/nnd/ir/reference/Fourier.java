package org.nnd.ir.reference;

import org.nnd.ir.reference.Value.Reals;

/** The discrete Fourier transform by its definition, O(n²). */
final class Fourier {
  private Fourier() {}

  /** {@return the transform along the axis before the last, of pairs (real, imaginary)} */
  static Value transform(boolean inverse, Reals x) {
    int length = x.shape()[x.shape().length - 2];
    double[] cos = new double[length];
    double[] sin = new double[length];
    for (int j = 0; j < length; j++) {
      double angle = 2 * Math.PI * j / length;
      cos[j] = Math.cos(angle);
      sin[j] = inverse ? Math.sin(angle) : -Math.sin(angle);
    }
    double[] result = new double[x.count()];
    for (int base = 0; base < result.length; base += 2 * length) {
      for (int k = 0; k < length; k++) {
        double real = 0;
        double imaginary = 0;
        for (int n = 0; n < length; n++) {
          int turn = (int) ((long) k * n % length);
          double a = x.values()[base + 2 * n];
          double b = x.values()[base + 2 * n + 1];
          real += a * cos[turn] - b * sin[turn];
          imaginary += a * sin[turn] + b * cos[turn];
        }
        result[base + 2 * k] = real;
        result[base + 2 * k + 1] = imaginary;
      }
    }
    return new Reals(x.dtype(), x.shape(), result);
  }
}
