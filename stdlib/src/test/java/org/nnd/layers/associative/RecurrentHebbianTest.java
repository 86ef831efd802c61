package org.nnd.layers.associative;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.dsl.Combinators.sequential;
import static org.nnd.layers.associative.Associative.binaryNoise;
import static org.nnd.layers.associative.Associative.recurrentHebbian;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Mode;
import org.nnd.dsl.Tensor;
import org.nnd.ir.Literal;
import org.nnd.model.Model;
import org.nnd.model.Models;

class RecurrentHebbianTest {
  private static final int NEURONS = 101;
  private static final int ACTIVE = 7;

  /** Different sparse patterns. */
  private static float[][] patterns(long seed, int count) {
    Random random = new Random(seed);
    float[][] patterns = new float[count][NEURONS];
    List<Integer> order = new ArrayList<>(IntStream.range(0, NEURONS).boxed().toList());
    for (float[] pattern : patterns) {
      Collections.shuffle(order, random);
      order.subList(0, ACTIVE).forEach(i -> pattern[i] = 1);
    }
    return patterns;
  }

  /** Two neurons are connected if and only if a pattern has both: its neurons are a clique. */
  private static float[] cliques(float[][] patterns) {
    float[] weight = new float[NEURONS * NEURONS];
    for (float[] p : patterns) {
      for (int i = 0; i < NEURONS; i++) {
        for (int j = 0; j < NEURONS; j++) {
          if (i != j && p[i] * p[j] == 1) {
            weight[i * NEURONS + j] = 1;
          }
        }
      }
    }
    return weight;
  }

  private static float[][] erased(float[][] patterns, int erasures) {
    float[][] result = new float[patterns.length][];
    for (int p = 0; p < patterns.length; p++) {
      result[p] = patterns[p].clone();
      int left = erasures;
      for (int i = p % 3; left > 0; i = (i + 1) % NEURONS) {
        left -= (int) result[p][i];
        result[p][i] = 0;
      }
    }
    return result;
  }

  private static float[] flat(float[][] rows) {
    return Tensor.of((Object) rows).toFloats();
  }

  @Test
  void whatIsShownOnceIsStoredAsCliquesAndRecalledAfterErasures() {
    float[][] patterns = patterns(1, 40);
    Model memory = Models.model(recurrentHebbian(ACTIVE), InputSpec.of(NEURONS));
    memory.observe(Tensor.of((Object) patterns));
    assertArrayEquals(cliques(patterns), memory.parameter("weight").toFloats());
    for (int erasures = 0; erasures <= 3; erasures++) {
      Tensor recalled = memory.predict((Object) erased(patterns, erasures));
      assertArrayEquals(flat(patterns), recalled.toFloats(), erasures + " erasures");
    }
  }

  @Test
  void underNoiseConsolidationFindsTheSameConnections() {
    float[][] patterns = patterns(2, 24);
    Model memory =
        Models.model(
            sequential(binaryNoise(0.01, 0.15), recurrentHebbian(ACTIVE).consolidation(20)),
            InputSpec.of(NEURONS));
    for (int presentation = 0; presentation < 60; presentation++) {
      memory.observe(Tensor.of((Object) patterns));
    }
    assertArrayEquals(cliques(patterns), memory.parameter("1.weight").toFloats());
    assertEquals(60, memory.parameter("rng.step").get(0), "the noise is another at every step");
    Tensor recalled = memory.predict((Object) erased(patterns, 2));
    assertArrayEquals(flat(patterns), recalled.toFloats());
  }

  @Test
  void energyLimitsTheActivity() {
    float[][] patterns = patterns(3, 10);
    Model memory = Models.model(recurrentHebbian(ACTIVE), InputSpec.of(NEURONS));
    memory.observe(Tensor.of((Object) patterns));
    float[][] crowded = new float[10][];
    Random random = new Random(4);
    for (int p = 0; p < 10; p++) {
      crowded[p] = patterns[p].clone();
      for (int i = 0; i < 5; i++) {
        crowded[p][random.nextInt(NEURONS)] = 1;
      }
    }
    assertArrayEquals(flat(patterns), memory.predict((Object) crowded).toFloats());
  }

  @Test
  void onTheDeviceItIsTheSame() {
    Literal x = Literal.of(toDoubles(flat(patterns(5, 3))), 3, NEURONS);
    LayerCheck.of(recurrentHebbian(ACTIVE).consolidation(2))
        .input("x", x)
        .variable("counts", Literal.of(toDoubles(cliques(patterns(5, 2))), NEURONS, NEURONS))
        .variable("weight", Literal.of(toDoubles(cliques(patterns(5, 2))), NEURONS, NEURONS))
        .onDevice();
    Literal updated =
        LayerCheck.of(recurrentHebbian(ACTIVE).consolidation(1))
            .input("x", x)
            .reference(Mode.TRAINING)
            .get("weight");
    assertArrayEquals(toDoubles(cliques(patterns(5, 3))), updated.toDoubles());
  }

  private static double[] toDoubles(float[] x) {
    return IntStream.range(0, x.length).mapToDouble(i -> x[i]).toArray();
  }

  @Test
  void noiseErasesAndInsertsAsOftenAsItSays() {
    int count = 40_000;
    float[][] half = new float[1][count];
    for (int i = 0; i < count / 2; i++) {
      half[0][i] = 1;
    }
    Literal x = Literal.of(toDoubles(half[0]), 1, count);
    LayerCheck check = LayerCheck.of(binaryNoise(0.05, 0.3)).input("x", x);
    double[] noisy = check.reference(Mode.TRAINING).get("y").toDoubles();
    double kept = IntStream.range(0, count / 2).mapToDouble(i -> noisy[i]).sum() / (count / 2);
    double inserted =
        IntStream.range(count / 2, count).mapToDouble(i -> noisy[i]).sum() / (count / 2);
    assertEquals(0.7, kept, 0.015); // 4 standard deviations
    assertEquals(0.05, inserted, 0.007);
    assertArrayEquals(x.toDoubles(), check.reference().get("y").toDoubles());
    assertTrue(IntStream.range(0, count).allMatch(i -> noisy[i] == 0 || noisy[i] == 1));
  }
}
