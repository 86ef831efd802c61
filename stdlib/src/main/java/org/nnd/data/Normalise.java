package org.nnd.data;

import java.util.function.UnaryOperator;
import org.nnd.ir.NndException;

/** {@code (x - mean[c]) / std[c]} over {@code [C, ...]}, in place of the row. */
final class Normalise {
  private Normalise() {}

  static UnaryOperator<float[]> of(Field field, float[] mean, float[] std) {
    int channels = field.shape().length == 0 ? 1 : field.shape()[0];
    if (mean.length != std.length || mean.length != 1 && mean.length != channels) {
      throw new NndException(
          "normalise: %d means and %d deviations for the %d channels of '%s'; give one or %d of each"
              .formatted(mean.length, std.length, channels, field.name(), channels));
    }
    for (float s : std) {
      if (!(s > 0)) {
        throw new NndException("normalise: a standard deviation must be above 0, got " + s);
      }
    }
    float[] m = mean.clone();
    float[] s = std.clone();
    return row -> {
      int plane = row.length / channels;
      for (int i = 0; i < row.length; i++) {
        int c = m.length == 1 ? 0 : i / plane;
        row[i] = (row[i] - m[c]) / s[c];
      }
      return row;
    };
  }
}
