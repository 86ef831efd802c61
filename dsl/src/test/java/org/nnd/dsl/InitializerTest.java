package org.nnd.dsl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;

/** The distributions of initial values, and that they depend on seed and path alone. */
class InitializerTest {
  private static double[] sample(Initializer initializer, int... shape) {
    return initializer.sample(7, "layer.weight", shape).toDoubles();
  }

  private static double deviation(double... values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    return Math.sqrt(
        Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().getAsDouble());
  }

  @Test
  void dependsOnSeedAndPathAlone() {
    Initializer normal = Initializer.normal(0, 1);
    assertEquals(normal.sample(1, "a", new int[] {9}), normal.sample(1, "a", new int[] {9}));
    assertNotEquals(normal.sample(1, "a", new int[] {9}), normal.sample(2, "a", new int[] {9}));
    assertNotEquals(normal.sample(1, "a", new int[] {9}), normal.sample(1, "b", new int[] {9}));
  }

  @Test
  void refusesWhatNoArrayCanHold() {
    NndException refused =
        assertThrows(
            NndException.class, () -> sample(Initializer.normal(0, 1), 1_000_000, 1_000_000));
    assertEquals(
        "a tensor of the shape [1000000, 1000000] would have 1,000,000,000,000 elements;"
            + " at most 2,147,483,647 are possible",
        refused.getMessage());
  }

  @Test
  void valuesAreThoseOfSplitMix64WrittenElsewhere() {
    assertEquals(
        Literal.of(new float[] {0.897054374f, 0.779212892f}, 2),
        Initializer.uniform(0, 1).sample(0, "w", new int[] {2}));
  }

  @Test
  void kaimingUniformHasTheBoundOfPyTorchsDefault() {
    // With a = sqrt 5, the bound is 1 / sqrt(fanIn); here fanIn = 16 * 5 * 5.
    double[] values = sample(Initializer.kaimingUniform(Math.sqrt(5)), 32, 16, 5, 5);
    double bound = 1 / Math.sqrt(16 * 25);
    assertTrue(Arrays.stream(values).allMatch(v -> Math.abs(v) <= bound));
    assertEquals(bound / Math.sqrt(3), deviation(values), 0.02 * bound);
  }

  @Test
  void xavierHasTheVarianceOfBothFans() {
    double[] values = sample(Initializer.xavier(), 60, 40);
    assertEquals(Math.sqrt(2.0 / 100), deviation(values), 0.005);
  }

  @Test
  void normalsHaveTheirMomentsAndLimits() {
    double[] values = sample(Initializer.normal(3, 0.5), 100, 100);
    assertEquals(3, Arrays.stream(values).average().orElseThrow(), 0.02);
    assertEquals(0.5, deviation(values), 0.02);
    double[] cut = sample(Initializer.truncatedNormal(2), 100, 100);
    assertTrue(Arrays.stream(cut).allMatch(v -> v >= -2 && v <= 2));
  }

  @Test
  void orthogonalRowsOrColumnsAreOrthonormal() {
    for (int[] shape : new int[][] {{5, 12}, {12, 5}, {6, 2, 3, 1}}) {
      int rows = shape[0];
      int columns = Arrays.stream(shape).skip(1).reduce(1, (a, b) -> a * b);
      double[] w = sample(Initializer.orthogonal(1), shape);
      int count = Math.min(rows, columns);
      for (int i = 0; i < count; i++) {
        for (int j = 0; j < count; j++) {
          double product = 0;
          for (int k = 0; k < Math.max(rows, columns); k++) {
            product +=
                rows <= columns
                    ? w[i * columns + k] * w[j * columns + k]
                    : w[k * columns + i] * w[k * columns + j];
          }
          assertEquals(i == j ? 1 : 0, product, 1e-6);
        }
      }
    }
  }

  @Test
  void badDistributionsAreRefused() {
    assertEquals(
        "a uniform initializer needs low <= high, got 1.0 and 0.0",
        assertThrows(NndException.class, () -> Initializer.uniform(1, 0)).getMessage());
    assertEquals(
        "layer.weight: the given initial value has the shape [2], the variable [3]",
        assertThrows(
                NndException.class,
                () -> sample(Initializer.literal(Literal.of(new float[2], 2)), 3))
            .getMessage());
  }
}
