package org.nnd.train;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.nnd.data.Column;
import org.nnd.data.DataSet;
import org.nnd.data.Field;
import org.nnd.data.Kind;

/** Small data sets to learn from. */
final class Tasks {
  private Tasks() {}

  /** {@return points around three centres in five dimensions, with their classes} */
  static DataSet blobs(int n, long seed) {
    Random random = new Random(seed);
    float[][] points = new float[n][5];
    int[] labels = new int[n];
    for (int i = 0; i < n; i++) {
      labels[i] = random.nextInt(3);
      for (int j = 0; j < 5; j++) {
        points[i][j] = (float) (random.nextGaussian() + (j == labels[i] ? 2 : 0));
      }
    }
    Arrays.fill(labels, 0, 1, 2); // all classes occur
    return DataSet.of(points, labels);
  }

  /** {@return pictures [1, 8, 8] with a bright quarter, and which one it is} */
  static DataSet quarters(int n, long seed) {
    Random random = new Random(seed);
    float[] pixels = new float[n * 64];
    int[] labels = IntStream.range(0, n).map(i -> i % 4).toArray();
    for (int i = 0; i < pixels.length; i++) {
      int y = i % 64 / 32;
      int x = i % 8 / 4;
      boolean bright = labels[i / 64] == 2 * y + x;
      pixels[i] = (float) (random.nextGaussian() * 0.5 + (bright ? 1 : 0));
    }
    return DataSet.of(
        java.util.List.of(
            Field.input("x", Kind.F32, 1, 8, 8),
            Field.classes("label", java.util.List.of("a", "b", "c", "d"))),
        java.util.List.of(
            Column.of("x", new int[] {n, 1, 8, 8}, pixels),
            Column.of("label", new int[] {n}, labels)));
  }

  /** {@return numbers and a linear function of them with some noise} */
  static DataSet line(int n, long seed) {
    Random random = new Random(seed);
    float[][] x = new float[n][3];
    float[][] y = new float[n][1];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < 3; j++) {
        x[i][j] = (float) random.nextGaussian();
      }
      y[i][0] = (float) (2 * x[i][0] - x[i][1] + 0.5 + 0.1 * random.nextGaussian());
    }
    return DataSet.of(x, y);
  }
}
