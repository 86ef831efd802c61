package org.nnd.data;

import java.nio.file.Path;
import org.nnd.ir.NndException;

/** Bytes of picture files to the columns of a data set. */
final class Bytes {
  private Bytes() {}

  /** Grey levels 0..255 to 0..1. */
  static float[] toUnit(byte[] bytes) {
    float[] out = new float[bytes.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (bytes[i] & 0xFF) / 255f;
    }
    return out;
  }

  /** Class numbers, checked; {@code file} is named where one is wrong. */
  static int[] toClasses(byte[] bytes, int classes, Path file) {
    int[] out = new int[bytes.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = bytes[i] & 0xFF;
      if (out[i] >= classes) {
        throw new NndException(
            "%s, row %d: label %d, expected 0..%d".formatted(file, i, out[i], classes - 1));
      }
    }
    return out;
  }
}
