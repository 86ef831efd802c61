package org.nnd.opencl.lower;

import java.util.ArrayList;
import java.util.List;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;

/**
 * How a Fourier transform of a fixed length is computed: lengths with prime factors up to 7 by
 * stages of those radices (Stockham's self-sorting form), others as a circular convolution with a
 * chirp of a power of two length (Bluestein 1970).
 *
 * @param length of the transform
 * @param size of the staged transform: the length, or the power of two for Bluestein
 * @param radices of the stages
 * @param table pairs (cos, sin): for each stage {@code (radix - 1) * p} twiddles {@code exp(-2 pi i
 *     q k / (radix p))}, p being the product of the radices before; for Bluestein then the chirp
 *     and the transform of its inverse
 */
record FourierPlan(int length, int size, List<Integer> radices, double[] table) {

  boolean isChirp() {
    return size != length;
  }

  static FourierPlan of(int length, boolean inverse) {
    List<Integer> radices = radices(length);
    int size = length;
    if (radices.isEmpty() && length > 1) {
      size = Math.max(2, Integer.highestOneBit(2 * length - 2) * 2);
      radices = radices(size);
    }
    List<Double> table = new ArrayList<>();
    int p = 1;
    for (int radix : radices) {
      for (int q = 1; q < radix; q++) {
        for (int k = 0; k < p; k++) {
          double angle = -2 * Math.PI * q * k / ((double) radix * p);
          table.add(Math.cos(angle));
          table.add(Math.sin(angle));
        }
      }
      p *= radix;
    }
    if (size != length) {
      addChirp(table, length, size, inverse);
    }
    return new FourierPlan(
        length, size, radices, table.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** {@return where in the table the twiddles of a stage start} */
  int twiddles(int stage) {
    int start = 0;
    int p = 1;
    for (int s = 0; s < stage; s++) {
      start += (radices.get(s) - 1) * p;
      p *= radices.get(s);
    }
    return start;
  }

  int chirp() {
    return twiddles(radices.size());
  }

  int filter() {
    return chirp() + length;
  }

  Literal literal() {
    return Literal.ofDoubles(DType.F32, table, table.length / 2, 2);
  }

  /** The radices of a length, 4 first; none where it has a prime factor above 7. */
  private static List<Integer> radices(int length) {
    List<Integer> radices = new ArrayList<>();
    int rest = length;
    for (int radix : new int[] {4, 2, 3, 5, 7}) {
      while (rest % radix == 0) {
        radices.add(radix);
        rest /= radix;
      }
    }
    return rest == 1 ? radices : List.of();
  }

  private static void addChirp(List<Double> table, int length, int size, boolean inverse) {
    double[] cos = new double[length];
    double[] sin = new double[length];
    for (int n = 0; n < length; n++) {
      double angle = Math.PI * ((long) n * n % (2L * length)) / length;
      cos[n] = Math.cos(angle);
      sin[n] = inverse ? Math.sin(angle) : -Math.sin(angle);
      table.add(cos[n]);
      table.add(sin[n]);
    }
    double[] re = new double[size];
    double[] im = new double[size];
    for (int n = 0; n < length; n++) {
      re[n] = cos[n] / size;
      im[n] = -sin[n] / size;
      if (n > 0) {
        re[size - n] = re[n];
        im[size - n] = im[n];
      }
    }
    transform(re, im);
    for (int k = 0; k < size; k++) {
      table.add(re[k]);
      table.add(im[k]);
    }
  }

  /** The transform of a power of two length, in place, by halves. */
  private static void transform(double[] re, double[] im) {
    int n = re.length;
    if (n == 1) {
      return;
    }
    double[][] parts = new double[4][n / 2];
    for (int i = 0; i < n / 2; i++) {
      parts[0][i] = re[2 * i];
      parts[1][i] = im[2 * i];
      parts[2][i] = re[2 * i + 1];
      parts[3][i] = im[2 * i + 1];
    }
    transform(parts[0], parts[1]);
    transform(parts[2], parts[3]);
    for (int k = 0; k < n / 2; k++) {
      double c = Math.cos(-2 * Math.PI * k / n);
      double s = Math.sin(-2 * Math.PI * k / n);
      double a = parts[2][k] * c - parts[3][k] * s;
      double b = parts[2][k] * s + parts[3][k] * c;
      re[k] = parts[0][k] + a;
      im[k] = parts[1][k] + b;
      re[k + n / 2] = parts[0][k] - a;
      im[k + n / 2] = parts[1][k] - b;
    }
  }
}
