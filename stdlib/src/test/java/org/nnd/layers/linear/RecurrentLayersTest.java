package org.nnd.layers.linear;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.layers.linear.LinearAttentions.fastWeights;
import static org.nnd.layers.linear.LinearAttentions.linearAttention;
import static org.nnd.layers.linear.LinearAttentions.selfReferential;
import static org.nnd.layers.linear.LinearAttentions.sumFastWeights;

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
import org.nnd.ir.DType;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;

/** Layers with a state: in pieces as at once, and one sequence apart from another. */
class RecurrentLayersTest {
  private static final List<Layer> LAYERS =
      List.of(
          linearAttention(2).causal().chunk(3).streaming(),
          linearAttention(1).features(FeatureMap.dpfp(2)).causal().streaming(),
          fastWeights(2).chunk(3).streaming(),
          fastWeights(2).chunk(0).streaming(),
          fastWeights(3).headDim(5).features(FeatureMap.dpfp(3)).preNorm(true).streaming(),
          fastWeights(2).normalized(true).streaming(),
          fastWeights(2).normalizedKeys().streaming(),
          fastWeights(2).features(FeatureMap.favor(8)).streaming(),
          sumFastWeights(2).chunk(4).streaming(),
          sumFastWeights(2).sumNorm(true).normalized(false).streaming(),
          selfReferential(2).streaming(),
          selfReferential(3).inputSoftmax(true).layerNorm(false).streaming());

  @Test
  void aSequenceInPiecesGivesWhatItGivesAtOnce() {
    Literal x = Sample.normal(1, 5, 11, 6);
    for (Layer layer : LAYERS) {
      Map<String, Literal> whole = Sample.run(layer, 3, Map.of("x", x));
      Map<String, Literal> state = new LinkedHashMap<>();
      int[] ends = {4, 5, 11};
      int from = 0;
      for (int to : ends) {
        Map<String, Literal> inputs = new LinkedHashMap<>();
        inputs.put("x", Sample.slice(x, from, to));
        inputs.putAll(state);
        state = new LinkedHashMap<>(Sample.run(layer, 3, inputs));
        Literal y = state.remove("y");
        Sample.close(Sample.slice(whole.get("y"), from, to), y, 1e-9);
        from = to;
      }
      for (String name : state.keySet()) {
        Sample.close(whole.get(name), state.get(name), 1e-9);
      }
      assertTrue(state.containsKey("memory"), layer + " hands on its memory");
    }
  }

  @Test
  void sequencesOfABatchDoNotMeet() {
    Literal both = Sample.normal(1, 2, 7, 6);
    Literal first = Literal.of(Arrays.copyOf(both.toDoubles(), 42), 1, 7, 6);
    for (Layer layer : LAYERS) {
      double[] together = Sample.run(layer, 3, Map.of("x", both)).get("y").toDoubles();
      Literal alone = Sample.run(layer, 3, Map.of("x", first)).get("y");
      Sample.close(alone, Literal.of(Arrays.copyOf(together, 42), 1, 7, 6), 1e-10);
    }
  }

  @Test
  void nothingIsSeenBeforeItsTime() {
    double[] values = Sample.normal(1, 1, 7, 6).toDoubles();
    double[] changed = values.clone();
    changed[5 * 6 + 2] += 3;
    for (Layer layer : LAYERS) {
      Literal before = Sample.run(layer, 3, Map.of("x", Literal.of(values, 1, 7, 6))).get("y");
      Literal after = Sample.run(layer, 3, Map.of("x", Literal.of(changed, 1, 7, 6))).get("y");
      Sample.close(Sample.slice(before, 0, 5), Sample.slice(after, 0, 5), 1e-12);
      assertTrue(Sample.error(Sample.slice(before, 5, 7), Sample.slice(after, 5, 7)) > 1e-3);
    }
  }

  @Test
  void aMaskedTokenWritesNothing() {
    double[] values = Sample.normal(1, 1, 7, 6).toDoubles();
    double[] changed = values.clone();
    for (int i = 0; i < 6; i++) {
      changed[2 * 6 + i] = 9 - i;
    }
    Literal mask = Literal.ofDoubles(DType.BOOL, new double[] {1, 1, 0, 1, 1, 1, 1}, 1, 7);
    for (Layer layer : LAYERS) {
      Literal[] y = new Literal[2];
      for (int i = 0; i < 2; i++) {
        Map<String, Literal> inputs = new LinkedHashMap<>();
        inputs.put("x", Literal.of(i == 0 ? values : changed, 1, 7, 6));
        inputs.put("mask", mask);
        y[i] = Sample.run(layer, 3, inputs).get("y");
      }
      Sample.close(Sample.slice(y[0], 3, 7), Sample.slice(y[1], 3, 7), 1e-10);
    }
  }

  /** The step as the paper writes it, with all four parts of W in one matrix (eq. 5 to 8). */
  @Test
  void selfReferentialWeightsThroughEightSteps() {
    int d = 3;
    Literal x = Sample.normal(1, 2, 2, 8, d);
    Literal w = Sample.normal(2, 1, 2, d, 3 * d + 4);
    Sample.checkGradient(
        t -> {
          Attended a = SelfReferential.run(t.get(0), t.get(1), Optional.empty(), Optional.empty());
          return List.of(a.y(), a.last().weights());
        },
        x,
        w);
  }

  @Test
  void chunkedAndSequentialLayersAreOne() {
    Literal x = Sample.normal(1, 3, 13, 6);
    Literal one = Sample.run(fastWeights(2).chunk(0), 5, Map.of("x", x)).get("y");
    for (int chunk : new int[] {1, 4, 13, 100}) {
      Literal other = Sample.run(fastWeights(2).chunk(chunk), 5, Map.of("x", x)).get("y");
      Sample.close(one, other, 1e-10);
    }
  }

  @Test
  void mistakesAreNamed() {
    message("at least 1, got 0", () -> fastWeights(0));
    message("eps must be a positive number, got -1.0", () -> fastWeights(2).eps(-1));
    message("only the delta rule", () -> sumFastWeights(2).normalizedKeys());
    message("chunk must be at least 1", () -> sumFastWeights(2).chunk(0));
    message("dropout must be at least 0 and below 1, got 1.5", () -> fastWeights(2).dropout(1.5));
    message("4 heads do not divide 6 features", () -> lower(fastWeights(4), 5, 6));
    message("expects tokens [N, length, features] (rank 3)", () -> lower(fastWeights(2), 6));
    message("5 heads do not divide 6 features", () -> lower(selfReferential(5), 5, 6));
    NndException wrong =
        assertThrows(
            NndException.class,
            () ->
                Lower.lower(
                    fastWeights(2).streaming(),
                    List.of(
                        new InputSpec("x", DType.F32, 5, 6),
                        new InputSpec("memory", DType.F32, 2, 4, 4)),
                    Mode.TRAINING));
    assertTrue(
        wrong.getMessage().contains("[N, heads, keys, values] = [N, 2, 3, 3], got [N, 2, 4, 4]"),
        wrong.getMessage());
    assertEquals(1, wrong.getMessage().lines().count());
  }

  private static void lower(Layer layer, long... shape) {
    Lower.lower(layer, List.of(InputSpec.of(shape)), Mode.TRAINING);
  }

  private static void message(String part, Runnable declaration) {
    NndException e = assertThrows(NndException.class, declaration::run);
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }
}
