package org.nnd.layers.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.data.Messages.assertRefused;
import static org.nnd.layers.memory.Memories.hopfield;
import static org.nnd.layers.memory.Memories.hopfieldEnergy;
import static org.nnd.layers.memory.Memories.hopfieldLayer;
import static org.nnd.layers.memory.Memories.hopfieldPooling;
import static org.nnd.layers.memory.Memories.hopfieldTrajectory;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lower;
import org.nnd.dsl.Mode;
import org.nnd.dsl.Tensor;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;
import org.nnd.ir.composite.Attention;

/** The checks that the paper makes (Ramsauer et al. 2021), and what wrong options say. */
class HopfieldTest {
  private static Map<String, Literal> patterns(Literal stored, Literal state) {
    Map<String, Literal> inputs = new LinkedHashMap<>();
    inputs.put("stored", stored);
    inputs.put("state", state);
    return inputs;
  }

  @Test
  void oneStepIsAttention() {
    Literal stored = Run.normal(1, 3, 5, 7);
    Literal state = Run.normal(2, 3, 2, 7);
    double[] attention =
        Run.compute(
            x ->
                Tensor.of(
                    Attention.attention(
                        x.get(1).node(),
                        x.get(0).node(),
                        x.get(0).node(),
                        Optional.empty(),
                        1 / Math.sqrt(7),
                        false)),
            stored,
            state);
    double[] hopfield =
        Run.of(hopfield().plain().beta(1 / Math.sqrt(7)), patterns(stored, state)).y();
    assertArrayEquals(attention, hopfield, 1e-12);
  }

  /** Patterns of length √D, far apart, so that the error after an update is exponentially small. */
  private static Literal sphere(long seed, int count, int size) {
    double[] values = Run.normal(seed, count, size).toDoubles();
    for (int i = 0; i < count; i++) {
      double norm = 0;
      for (int j = 0; j < size; j++) {
        norm += values[i * size + j] * values[i * size + j];
      }
      for (int j = 0; j < size; j++) {
        values[i * size + j] *= Math.sqrt(size / norm);
      }
    }
    return Literal.of(values, 1, count, size);
  }

  @Test
  void aStoredPatternIsRetrievedFromADisturbedOne() {
    int size = 64;
    Literal stored = sphere(3, 50, size);
    double[] disturbed = stored.toDoubles();
    double[] noise = Run.normal(4, disturbed.length).toDoubles();
    Arrays.setAll(disturbed, i -> disturbed[i] + 0.5 * noise[i]);
    Literal state = Literal.of(disturbed, 1, 50, size);
    for (Hopfield layer :
        List.of(hopfield().plain().beta(1), hopfield().plain().beta(1).untilStable())) {
      assertArrayEquals(
          stored.toDoubles(), Run.of(layer, patterns(stored, state)).y(), 1e-3, layer.toString());
    }
  }

  @Test
  void theEnergyNeverRisesAndIsNeverNegative() {
    for (double beta : new double[] {0.1, 1, 4}) {
      Literal stored = Run.normal(5, 2, 6, 4);
      Literal state = Run.normal(6, 2, 3, 4);
      double[] before = null;
      for (int steps = 0; steps <= 8; steps++) {
        int n = steps;
        double[] energy =
            Run.compute(
                x ->
                    hopfieldEnergy(
                        x.get(0), hopfieldTrajectory(x.get(0), x.get(1), beta, n).get(n), beta),
                stored,
                state);
        for (int i = 0; i < energy.length; i++) {
          assertTrue(energy[i] >= 0, "energy " + energy[i]);
          if (before != null) {
            assertTrue(
                energy[i] <= before[i] + 1e-12,
                "step %d at beta %s: %s to %s".formatted(steps, beta, before[i], energy[i]));
          }
        }
        before = energy;
      }
    }
  }

  @Test
  void updatesEndWhereTheStateIsStable() {
    Map<String, Literal> inputs = patterns(Run.normal(7, 2, 6, 4), Run.normal(8, 2, 3, 4));
    double[] stable = Run.of(hopfield().plain().beta(0.3).untilStable().eps(1e-12), inputs).y();
    double[] many = Run.of(hopfield().plain().beta(0.3).steps(80).eps(1e-15), inputs).y();
    double[] few = Run.of(hopfield().plain().beta(0.3).steps(1), inputs).y();
    assertArrayEquals(many, stable, 1e-9);
    assertTrue(Math.abs(few[0] - stable[0]) > 1e-3, "one update is not enough here");
    double[] loose = Run.of(hopfield().plain().beta(0.3).steps(80).eps(100), inputs).y();
    assertArrayEquals(
        few, loose, 1e-12, "with a large eps every head stops after the first update");
  }

  @Test
  void updatesWrittenOutAndUpdatesInALoopAreTheSame() {
    // The second head of the second layer stops after 3 updates: the same computation in a loop.
    Map<String, Literal> inputs = patterns(Run.normal(9, 2, 5, 6), Run.normal(10, 2, 3, 6));
    Run unrolled = Run.of(hopfield().heads(2).steps(3, 3).beta(0.7, 1.3), inputs);
    Run loop = Run.of(hopfield().heads(2).steps(9, 9).eps(1e-15).beta(0.7, 1.3), inputs);
    Run same = Run.of(hopfield().heads(2).steps(3, 9).eps(1e-15, 100).beta(0.7, 1.3), inputs);
    Run mixed = Run.of(hopfield().heads(2).steps(3, 1).beta(0.7, 1.3), inputs);
    assertArrayEquals(mixed.y(), same.y(), 1e-12);
    assertTrue(Math.abs(unrolled.y()[0] - loop.y()[0]) > 1e-9);
    loop.checkGradients();
    unrolled.checkGradients();
  }

  @Test
  void maskedPatternsAreAsIfTheyWereNotThere() {
    Literal stored = Run.normal(11, 1, 5, 4);
    double[] longer = Arrays.copyOf(stored.toDoubles(), 28);
    Arrays.fill(longer, 20, 28, 9);
    Map<String, Literal> inputs = new LinkedHashMap<>();
    inputs.put("x", Literal.of(longer, 1, 7, 4));
    double[] present = {1, 1, 1, 1, 1, 0, 0};
    inputs.put("mask", Literal.ofDoubles(DType.BOOL, present, 1, 7));
    Layer pool = hopfieldPooling().heads(2).quantity(3).steps(2);
    assertArrayEquals(Run.of(pool, stored).y(), Run.of(pool, inputs).y(), 1e-12);
    Map<String, Literal> official = new LinkedHashMap<>();
    official.put("x", inputs.get("x"));
    double[] padding = {0, 0, 0, 0, 0, 1, 1};
    official.put("stored_pattern_padding_mask", Literal.ofDoubles(DType.BOOL, padding, 1, 7));
    assertArrayEquals(Run.of(pool, stored).y(), Run.of(pool, official).y(), 1e-12);
  }

  @Test
  void gradientsAgreeWithDifferences() {
    Literal x = Run.normal(12, 3, 5, 6);
    PatternNorm affine = PatternNorm.AFFINE;
    for (Layer layer :
        List.of(
            hopfield().heads(3).steps(1).spaceNorm(affine),
            hopfield().heads(2).hidden(5).connected().zeroPattern().biasPattern(),
            hopfield().hidden(3).pattern(2).out(4).bias(false).activation("tanh"),
            hopfieldPooling().heads(2).quantity(2).steps(2).beta(0.5),
            hopfieldLayer(4).separatedTargets().targetSize(3).heads(2).steps(6))) {
      Run.of(layer, x).checkGradients();
    }
  }

  private static void refused(String part, Layer layer, long... shape) {
    assertRefused(part, () -> Lower.lower(layer, List.of(InputSpec.of(shape)), Mode.TRAINING));
  }

  @Test
  void wrongOptionsSayWhatWouldBeValid() {
    refused(
        "6 features of the state patterns are not a multiple of 4 heads",
        hopfield().heads(4),
        5,
        6);
    refused("expects patterns [N, length, features] (rank 3)", hopfield(), 6);
    refused("pattern size equal to the hidden size", hopfield().pattern(2).connected(), 5, 6);
    refused(
        "set hidden(6) or project them", hopfield().hidden(4).statics(true, false, false), 5, 6);
    refused("not static ones", hopfield().statics(true, true, false).biasPattern(), 5, 6);
    refused("they need separatedTargets()", hopfieldLayer(3).targetSize(4), 5, 6);
    assertRefused("one for each of the 2 heads, got 3", () -> hopfield().heads(2).beta(1, 2, 3));
    assertRefused("beta must be a positive number, got -1.0", () -> hopfield().beta(-1));
    assertRefused("untilStable() has no limit", () -> hopfield().steps(-2));
    assertRefused("eps of the updates must be a positive", () -> hopfield().eps(0));
    assertRefused("quantity must be at least 1", () -> hopfieldPooling().quantity(0));
    assertRefused("below 1, got 1.0", () -> hopfield().dropout(1));
    assertRefused("need the norm", () -> new PatternNorm(false, true, 1e-5));
  }

  @Test
  void masksThatDoNotFitAreRefused() {
    List<InputSpec> inputs = List.of(InputSpec.of(5, 6), new InputSpec("mask", DType.BOOL, 4));
    assertRefused(
        "the mask [N, 4] does not fit the stored patterns [N, 5]",
        () -> Lower.lower(hopfield(), inputs, Mode.TRAINING));
    List<InputSpec> association =
        List.of(InputSpec.of(5, 6), new InputSpec("association_mask", DType.BOOL, 5, 3));
    assertRefused(
        "the association mask [N, 5, 3] does not fit",
        () -> Lower.lower(hopfield(), association, Mode.TRAINING));
  }

  @Test
  void itSaysWhatItIs() {
    assertEquals(
        "hopfieldPooling().quantity(2).heads(4).beta(0.25)",
        hopfieldPooling().heads(4).beta(0.25).quantity(2).toString());
  }
}
