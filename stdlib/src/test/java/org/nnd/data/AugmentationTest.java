package org.nnd.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.data.Messages.assertRefused;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AugmentationTest {
  private static Picture picture(int h, int w) {
    float[] pixels = new float[2 * h * w];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = i + 1;
    }
    return new Picture(2, h, w, pixels);
  }

  private static DataSet pictures(int rows) {
    float[][] x = new float[rows][2 * 6 * 5];
    SplittableRandom random = new SplittableRandom(9);
    for (float[] row : x) {
      for (int i = 0; i < row.length; i++) {
        row[i] = (float) random.nextDouble();
      }
    }
    int[] y = new int[rows];
    for (int r = 0; r < rows; r++) {
      y[r] = r % 4;
    }
    return DataSet.of(new int[] {2, 6, 5}, x, y);
  }

  @Test
  void shiftMovesEveryPixelByTheSameDistance() {
    for (int seed = 0; seed < 50; seed++) {
      Picture p = picture(6, 5);
      SplittableRandom random = new SplittableRandom(seed);
      Picture q = Augmentation.shift(2).apply(p, new SplittableRandom(seed));
      int down = random.nextInt(-2, 3);
      int right = random.nextInt(-2, 3);
      for (int c = 0; c < 2; c++) {
        for (int y = 0; y < 6; y++) {
          for (int x = 0; x < 5; x++) {
            int fy = y + down;
            int fx = x + right;
            boolean inside = fy >= 0 && fy < 6 && fx >= 0 && fx < 5;
            float expected = inside ? p.pixels()[(c * 6 + fy) * 5 + fx] : 0;
            assertEquals(expected, q.pixels()[(c * 6 + y) * 5 + x]);
          }
        }
      }
    }
  }

  @Test
  void flipMirrorsOrKeepsAndDoesBoth() {
    int mirrored = 0;
    for (int seed = 0; seed < 100; seed++) {
      Picture q = Augmentation.flip().apply(picture(1, 3), new SplittableRandom(seed));
      if (q.pixels()[0] == 3) {
        assertArrayEquals(new float[] {3, 2, 1, 6, 5, 4}, q.pixels());
        mirrored++;
      } else {
        assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, q.pixels());
      }
    }
    assertTrue(mirrored > 30 && mirrored < 70, mirrored + " of 100 mirrored");
  }

  @Test
  void cutoutClearsOneSquareOfAllChannels() {
    for (int seed = 0; seed < 50; seed++) {
      Picture q = Augmentation.cutout(3).apply(picture(9, 9), new SplittableRandom(seed));
      int cleared = 0;
      for (int i = 0; i < 81; i++) {
        assertEquals(q.pixels()[i] == 0, q.pixels()[81 + i] == 0);
        cleared += q.pixels()[i] == 0 ? 1 : 0;
      }
      assertTrue(cleared >= 4 && cleared <= 9, cleared + " cleared");
    }
  }

  @Test
  void cropChangesTheShapeOfTheInput() {
    DataSet cropped = pictures(4).augment(1, Augmentation.crop(4, 3, 1));
    assertArrayEquals(new int[] {2, 4, 3}, cropped.inputShape());
    assertArrayEquals(new int[] {4, 2, 4, 3}, cropped.all().column("features").shape());
    assertRefused(
        "crop: 9x9 is larger than the picture of 6x5 with a border of 1",
        () -> pictures(4).augment(1, Augmentation.crop(9, 9, 1)));
    assertRefused(
        "augment works on pictures", () -> DataSetTest.numbered(3).augment(1, Augmentation.flip()));
  }

  @Test
  void whatIsDrawnDependsOnSeedEpochAndRowAlone() {
    DataSet data =
        pictures(20).augment(7, Augmentation.shift(2), Augmentation.flip(), Augmentation.cutout(2));
    Batch together = data.batch(new int[] {3, 11, 5}, 2);
    Batch alone = data.batch(new int[] {5}, 2);
    float[] all = together.column("features").floats();
    assertArrayEquals(
        java.util.Arrays.copyOfRange(all, 120, 180), alone.column("features").floats());
    // A view that reorders the rows sees the same pictures.
    assertEquals(together, data.select(new int[] {5, 11, 3}).batch(new int[] {2, 1, 0}, 2));
    assertNotEquals(together, data.batch(new int[] {3, 11, 5}, 3));
    DataSet other = pictures(20).augment(8, Augmentation.shift(2));
    assertNotEquals(
        other.batch(new int[] {3}, 2),
        pictures(20).augment(7, Augmentation.shift(2)).batch(new int[] {3}, 2));
    assertEquals(pictures(20).all(), pictures(20).augment(7).all());
  }

  @Test
  void mixupWeighsPicturesAndLabelsAlike() {
    // Each picture is the vector of its class, so that both columns must stay equal.
    int classes = 4;
    float[][] x = new float[40][classes];
    int[] y = new int[40];
    for (int r = 0; r < 40; r++) {
      y[r] = r % classes;
      x[r][y[r]] = 1;
    }
    DataSet data = DataSet.of(x, y).mixup(0.4, 5);
    Batch batch = data.all();
    float[] weights = batch.column("label").floats();
    assertArrayEquals(new int[] {40, classes}, batch.column("label").shape());
    assertArrayEquals(batch.column("features").floats(), weights, 1e-6f);
    int soft = 0;
    for (int r = 0; r < 40; r++) {
      float sum = 0;
      for (int c = 0; c < classes; c++) {
        sum += weights[r * classes + c];
      }
      assertEquals(1, sum, 1e-6f);
      soft += weights[r * classes + y[r]] < 0.99f ? 1 : 0;
    }
    assertTrue(soft > 5, soft + " mixed");
    assertEquals(batch, DataSet.of(x, y).mixup(0.4, 5).all());
    assertRefused("mixup: alpha must be above 0", () -> DataSet.of(x, y).mixup(0, 5));
  }

  @Test
  void betaHasItsMomentsAtSmallAndLargeAlpha() {
    for (double alpha : new double[] {0.05, 0.4, 1, 3}) {
      SplittableRandom random = new SplittableRandom(4);
      int n = 40_000;
      double sum = 0;
      double squares = 0;
      for (int i = 0; i < n; i++) {
        double x = Beta.symmetric(alpha, random);
        assertTrue(x >= 0 && x <= 1);
        sum += x;
        squares += (x - 0.5) * (x - 0.5);
      }
      // Beta(a, a): mean 1/2, variance 1 / (4 (2 a + 1)).
      assertEquals(0.5, sum / n, 0.01);
      assertEquals(1 / (4 * (2 * alpha + 1)), squares / n, 0.01 / (2 * alpha + 1));
    }
  }
}
