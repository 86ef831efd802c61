package org.nnd.layers.nested;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.dsl.Combinators.named;
import static org.nnd.dsl.Combinators.sequential;
import static org.nnd.layers.Layers.dense;
import static org.nnd.layers.nested.Nested.matryoshka;
import static org.nnd.layers.nested.Nested.prefixes;
import static org.nnd.layers.nested.Reference.assertClose;
import static org.nnd.layers.nested.Reference.normal;
import static org.nnd.layers.nested.Reference.outputs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lower;
import org.nnd.dsl.Lowered;
import org.nnd.dsl.Mode;
import org.nnd.ir.Literal;

class MatryoshkaTest {
  private static Literal firstColumns(Literal x, int width) {
    int rows = x.shape()[0];
    double[] values = new double[rows * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = x.get(i / width * x.shape()[1] + i % width);
    }
    return Literal.of(values, rows, width);
  }

  @Test
  void truncatedInferenceEqualsTheHeadOfThatWidth() {
    Literal x = normal(1, 5, 13);
    for (Matryoshka head :
        List.of(matryoshka(3, 1, 4, 11), matryoshka(3, 1, 4, 11).efficient().bias(false))) {
      Map<String, Literal> values =
          Reference.variables(Reference.lower(head, x, Mode.INFERENCE), 2);
      Map<String, Literal> all = outputs(head, x, values);
      assertEquals(List.of("logits1", "logits4", "logits11"), List.copyOf(all.keySet()));
      for (int width : new int[] {1, 4, 11}) {
        Literal prefix = firstColumns(x, width);
        assertClose(
            all.get("logits" + width),
            outputs(head.only(width), prefix, values).get("y"),
            1e-12,
            head + " at " + width);
      }
    }
  }

  /** The loss of all widths has the sum of the widths' own gradients, in body and tied head. */
  @Test
  void prefixGradientsAccumulate() {
    Literal x = normal(1, 4, 6);
    for (Matryoshka head : List.of(matryoshka(3, 2, 5, 7), matryoshka(3, 2, 5, 7).efficient())) {
      Layer net = sequential(named("body", dense(7)), named("head", head));
      Lowered lowered = Reference.lower(net, x, Mode.TRAINING);
      Map<String, Literal> values = Reference.variables(lowered, 2);
      Map<String, Literal> together = Reference.gradients(net, x, values, Mode.TRAINING);
      Map<String, double[]> sums = new LinkedHashMap<>();
      long seed = 100;
      for (int width : head.widths()) {
        Layer one = sequential(named("body", dense(7)), named("head", head.only(width)));
        Map<String, Literal> own = Reference.gradients(one, x, values, Mode.TRAINING, seed++);
        own.forEach(
            (name, gradient) -> {
              double[] sum = sums.computeIfAbsent(name, n -> new double[gradient.count()]);
              for (int i = 0; i < sum.length; i++) {
                sum[i] += gradient.get(i);
              }
            });
      }
      assertEquals(together.keySet(), sums.keySet());
      together.forEach(
          (name, gradient) ->
              assertClose(Literal.of(sums.get(name), gradient.shape()), gradient, 1e-10, name));
      // Features that only the widest prefix sees get the gradient of that one alone.
      assertTrue(together.get("body.weight").get(6 * 6) != 0);
    }
  }

  @Test
  void gradientsAreThoseOfCentralDifferences() {
    Literal x = normal(1, 3, 2, 7);
    Reference.checkGradients(matryoshka(5, 1, 3, 7), x, Mode.TRAINING);
    Reference.checkGradients(matryoshka(5, 2, 3).efficient(), x, Mode.TRAINING);
    Reference.checkGradients(
        sequential(dense(5), prefixes(1, 4).normalised()), normal(2, 3, 7), Mode.TRAINING);
  }

  @Test
  void parametersAreThoseOfThePaper() {
    int[] widths = {8, 16, 32, 64, 128, 256, 512, 1024, 2048};
    InputSpec features = InputSpec.of(2048);
    assertEquals(4_097_000, count(matryoshka(1000, widths), features));
    assertEquals(2_049_000, count(matryoshka(1000, widths).efficient(), features));
  }

  private static long count(Layer layer, InputSpec input) {
    return Lower.lower(layer, List.of(input), Mode.TRAINING).parameterCount();
  }

  @Test
  void prefixesAreTheFirstFeatures() {
    Literal x = normal(1, 3, 5);
    Map<String, Literal> parts = outputs(prefixes(2, 5), x, Map.of());
    assertClose(firstColumns(x, 2), parts.get("z2"), 0, "z2");
    assertClose(x, parts.get("z5"), 0, "z5");
    Literal unit = outputs(prefixes(2).normalised(), x, Map.of()).get("z2");
    for (int row = 0; row < 3; row++) {
      assertEquals(1, Math.hypot(unit.get(2 * row), unit.get(2 * row + 1)), 1e-12);
    }
  }
}
