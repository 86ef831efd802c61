package org.nnd.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CoverageTest {
  @Test
  void aRectangleCoversItsShareOfEachPixel() {
    Coverage coverage = new Coverage(4);
    coverage.add(new double[] {0.5, 1.25, 3, 1.25, 3, 2.5, 0.5, 2.5});
    assertArrayEquals(
        new float[] {0, 0, 0, 0, 0.375f, 0.75f, 0.75f, 0, 0.25f, 0.5f, 0.5f, 0, 0, 0, 0, 0},
        coverage.picture());
  }

  @Test
  void aHoleIsLeftOpenWhicheverWayTheContoursTurn() {
    double[] outer = {0, 0, 4, 0, 4, 4, 0, 4};
    double[] hole = {1, 1, 1, 3, 3, 3, 3, 1};
    for (double[][] contours : new double[][][] {{outer, hole}, {hole, outer}}) {
      Coverage coverage = new Coverage(4);
      coverage.add(contours[0]);
      coverage.add(contours[1]);
      float[] ring = coverage.picture();
      assertEquals(12, sum(ring), 1e-5);
      assertEquals(0, ring[5]);
    }
  }

  @Test
  void theSumOfAllPixelsIsTheAreaOfAStarShapedPolygon() {
    for (int seed = 0; seed < 300; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      double[] polygon = star(random, 3 + random.nextInt(20), 9);
      Coverage coverage = new Coverage(20);
      coverage.add(polygon);
      double area = Math.abs(new Outline(List.of(polygon)).signedArea()) / 2;
      assertEquals(area, sum(coverage.picture()), 1e-4, "seed " + seed);
    }
  }

  @Test
  void everyPixelAgreesWithManySamples() {
    int samples = 40;
    for (int seed = 0; seed < 5; seed++) {
      double[] polygon = star(new SplittableRandom(seed), 9, 9);
      Coverage coverage = new Coverage(20);
      coverage.add(polygon);
      float[] exact = coverage.picture();
      for (int i = 0; i < exact.length; i++) {
        int inside = 0;
        for (int s = 0; s < samples * samples; s++) {
          double x = i % 20 + (s % samples + 0.5) / samples;
          double y = i / 20 + (s / samples + 0.5) / samples;
          inside += contains(polygon, x, y) ? 1 : 0;
        }
        assertEquals((double) inside / (samples * samples), exact[i], 0.03, "pixel " + i);
      }
    }
  }

  @Test
  void whatLiesBeyondTheEdgeDoesNotShow() {
    Coverage coverage = new Coverage(4);
    coverage.add(new double[] {-50, -50, 2, -50, 2, 50, -50, 50});
    coverage.add(new double[] {100, 0, 120, 0, 120, 4, 100, 4});
    float[] half = coverage.picture();
    for (int i = 0; i < half.length; i++) {
      assertEquals(i % 4 < 2 ? 1 : 0, half[i]);
    }
  }

  @Test
  void strokesGrowAndShrinkByTheirWeight() {
    double[] square = {0, 0, 2, 0, 2, 2, 0, 2};
    assertArrayEquals(
        new double[] {-0.5, -0.5, 2.5, -0.5, 2.5, 2.5, -0.5, 2.5}, Weight.offset(square, 0.5));
    assertArrayEquals(
        new double[] {0.5, 0.5, 1.5, 0.5, 1.5, 1.5, 0.5, 1.5}, Weight.offset(square, -0.5));
  }

  private static double[] star(SplittableRandom random, int corners, double radius) {
    double[] out = new double[2 * corners];
    for (int i = 0; i < corners; i++) {
      double angle = 2 * Math.PI * (i + 0.8 * random.nextDouble()) / corners;
      double r = radius * (0.2 + 0.8 * random.nextDouble());
      out[2 * i] = 10 + r * Math.cos(angle);
      out[2 * i + 1] = 10 + r * Math.sin(angle);
    }
    return out;
  }

  private static boolean contains(double[] p, double x, double y) {
    boolean inside = false;
    for (int i = 0, j = p.length - 2; i < p.length; j = i, i += 2) {
      if (p[i + 1] > y != p[j + 1] > y
          && x < (p[j] - p[i]) * (y - p[i + 1]) / (p[j + 1] - p[i + 1]) + p[i]) {
        inside = !inside;
      }
    }
    return inside;
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float v : values) {
      sum += v;
    }
    return sum;
  }
}
