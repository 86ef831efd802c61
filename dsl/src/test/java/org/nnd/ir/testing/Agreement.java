package org.nnd.ir.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;

/** Compares results of graphs. */
public final class Agreement {
  private Agreement() {}

  /** Asserts that {@code changed} gives the sample's results, up to rounding errors of float64. */
  public static void assertSameResults(RandomGraph sample, Graph changed) {
    Map<String, Literal> expected = sample.evaluate().outputs();
    Map<String, Literal> actual = sample.evaluate(changed).outputs();
    assertEquals(expected.keySet(), actual.keySet());
    for (String name : expected.keySet()) {
      double tolerance = 1e-6 * sample.bounds().get(name);
      assertArrayEquals(expected.get(name).shape(), actual.get(name).shape());
      assertArrayEquals(
          expected.get(name).toDoubles(),
          actual.get(name).toDoubles(),
          expected.get(name).dtype().isFloat() ? tolerance : 0,
          () -> "seed " + sample.seed() + "\n" + sample.graph() + "\nbecame\n" + changed);
    }
  }
}
