package org.nnd.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lower;
import org.nnd.dsl.Lowered;
import org.nnd.dsl.Mode;
import org.nnd.dsl.Variable;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.reference.ReferenceEvaluator;
import org.nnd.layers.Merge;
import org.nnd.layers.Merged;

/** One description of UniRepLKNet takes pictures, spectrograms and sequences. */
class ModalitiesTest {
  private static final Layer NET =
      Zoo.uniRepLKNet("a", 5)
          .depths(1, 1, 2, 1)
          .widths(8, 12, 16, 20)
          .kernels(List.of(List.of(3), List.of(7), List.of(9, 3), List.of(13)));

  static List<InputSpec> inputs() {
    return List.of(InputSpec.of(3, 32, 32), InputSpec.of(1, 16, 48), InputSpec.of(7, 96));
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void mergedEqualsUnmerged(InputSpec input) {
    Lowered before = Lower.lower(NET, List.of(input), Mode.INFERENCE);
    Random random = new Random(3);
    Map<String, Literal> weights = new LinkedHashMap<>();
    for (Variable variable : before.variables()) {
      double low = variable.path().endsWith("running_var") ? 0.5 : -0.5;
      weights.put(variable.path(), random(random, low, variable.type().shape().at(1)));
    }
    Merged merged = Merge.merge(NET, List.of(input), weights);
    Lowered after = Lower.lower(merged.layer(), List.of(input), Mode.INFERENCE);
    Map<String, Literal> x = Map.of("x", random(random, -0.5, input.type().shape().at(2)));
    double[] expected = run(before, x, weights);
    double[] got = run(after, x, merged.weights());
    assertEquals(2 * 5, expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], got[i], 1e-4 * Math.max(1, Math.abs(expected[i])));
    }
    assertTrue(after.layers().stream().noneMatch(layer -> layer.kind().equals("batchNorm")));
  }

  private static double[] run(Lowered net, Map<String, Literal> x, Map<String, Literal> weights) {
    return ReferenceEvaluator.evaluate(net.graph(), 2, x, weights).outputs().get("y").toDoubles();
  }

  private static Literal random(Random random, double low, int... shape) {
    int count = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    double[] values = random.doubles(count, low, low + 1).toArray();
    return Literal.of(values, shape);
  }

  @Test
  void volumesAreNot() {
    assertTrue(
        assertThrows(
                NndException.class,
                () -> Lower.lower(NET, List.of(InputSpec.of(1, 8, 8, 8)), Mode.INFERENCE))
            .getMessage()
            .startsWith("uniRepLKNet expects [N, C, H, W] or [N, C, L] (rank 4 or 3), got"));
  }
}
