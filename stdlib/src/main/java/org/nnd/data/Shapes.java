package org.nnd.data;

import java.util.Arrays;
import org.nnd.ir.NndException;

/** Arithmetic of shapes. */
final class Shapes {
  private Shapes() {}

  /** The number of elements; refuses negative sizes and more than a Java array can hold. */
  static long count(int[] shape) {
    long n = 1;
    for (int size : shape) {
      if (size < 0) {
        throw new NndException("negative size in shape " + Arrays.toString(shape));
      }
      n *= size;
      if (n > Integer.MAX_VALUE) {
        throw new NndException(
            "shape %s has more elements than one array can hold (2^31 - 1); use smaller batches"
                .formatted(Arrays.toString(shape)));
      }
    }
    return n;
  }

  /** {@code [rows, shape...]}. */
  static int[] batched(int rows, int[] shape) {
    int[] out = new int[shape.length + 1];
    out[0] = rows;
    System.arraycopy(shape, 0, out, 1, shape.length);
    return out;
  }
}
