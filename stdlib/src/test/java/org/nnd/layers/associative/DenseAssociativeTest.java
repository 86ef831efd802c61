package org.nnd.layers.associative;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.layers.associative.Associative.denseAssociative;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Tensor;
import org.nnd.ir.Literal;
import org.nnd.model.Model;
import org.nnd.model.Models;

class DenseAssociativeTest {
  private record Form(Interaction interaction, DoubleUnaryOperator function) {}

  private static final List<Form> FORMS =
      List.of(
          new Form(Interaction.power(2), x -> x * x),
          new Form(Interaction.power(3), x -> x * x * x),
          new Form(Interaction.power(6), x -> Math.pow(x, 6)),
          new Form(Interaction.rectified(3), x -> Math.pow(Math.max(x, 0), 3)),
          new Form(Interaction.exponential(), Math::exp));

  private static double[][] signs(long seed, int rows, int columns) {
    Random random = new Random(seed);
    double[][] signs = new double[rows][columns];
    for (double[] row : signs) {
      Arrays.setAll(row, i -> random.nextBoolean() ? 1 : -1);
    }
    return signs;
  }

  private static Literal literal(double[][] rows) {
    double[] flat = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    return Literal.of(flat, rows.length, rows[0].length);
  }

  /** Equation 4 as it stands: the sign of the difference of two energies. */
  private static double update(
      double[][] patterns, double[] state, int i, DoubleUnaryOperator function) {
    double sum = 0;
    for (double[] pattern : patterns) {
      double others = 0;
      for (int j = 0; j < state.length; j++) {
        others += j == i ? 0 : pattern[j] * state[j];
      }
      sum += function.applyAsDouble(pattern[i] + others);
      sum -= function.applyAsDouble(-pattern[i] + others);
    }
    return sum == 0 ? state[i] : Math.signum(sum);
  }

  @Test
  void allNeuronsAtOnceFollowTheEnergyDifference() {
    double[][] patterns = signs(1, 9, 17);
    double[][] states = signs(2, 5, 17);
    for (Form form : FORMS) {
      double[][] expected = new double[5][17];
      for (int n = 0; n < 5; n++) {
        for (int i = 0; i < 17; i++) {
          expected[n][i] = update(patterns, states[n], i, form.function());
        }
      }
      LayerCheck check =
          LayerCheck.of(denseAssociative(9, form.interaction()))
              .input("x", literal(states))
              .variable("patterns", literal(patterns));
      assertArrayEquals(
          literal(expected).toDoubles(),
          check.reference().get("y").toDoubles(),
          form.interaction().toString());
      check.onDevice();
    }
  }

  @Test
  void oneAfterTheOtherNeverRaisesTheEnergy() {
    double[][] patterns = signs(3, 6, 13);
    double[][] states = signs(4, 3, 13);
    for (Form form : FORMS) {
      double[][] expected = Arrays.stream(states).map(double[]::clone).toArray(double[][]::new);
      for (double[] state : expected) {
        for (int i = 0; i < 13; i++) {
          double before = energy(patterns, state, form.function());
          state[i] = update(patterns, state, i, form.function());
          double after = energy(patterns, state, form.function());
          assertTrue(after <= before + 1e-9 * Math.abs(before));
        }
      }
      DenseAssociative layer = denseAssociative(6, form.interaction()).asynchronous();
      LayerCheck check =
          LayerCheck.of(layer).input("x", literal(states)).variable("patterns", literal(patterns));
      assertArrayEquals(
          literal(expected).toDoubles(),
          check.reference().get("y").toDoubles(),
          form.interaction().toString());
      check.onDevice();
      assertEnergies(layer, form, patterns, states);
    }
  }

  private static double energy(double[][] patterns, double[] state, DoubleUnaryOperator function) {
    double sum = 0;
    for (double[] pattern : patterns) {
      double overlap = 0;
      for (int j = 0; j < state.length; j++) {
        overlap += pattern[j] * state[j];
      }
      sum -= function.applyAsDouble(overlap);
    }
    return sum;
  }

  private static void assertEnergies(
      DenseAssociative layer, Form form, double[][] patterns, double[][] states) {
    Tensor given =
        layer.energy(
            Tensor.of(literal(patterns).toFloats(), 6, 13),
            Tensor.of(literal(states).toFloats(), 3, 13));
    float[] energies = given.toFloats();
    double factor = energies[0] / energy(patterns, states[0], form.function());
    for (int n = 0; n < 3; n++) {
      double expected = factor * energy(patterns, states[n], form.function());
      assertTrue(Math.abs(energies[n] - expected) <= 1e-4 * Math.abs(expected) + 1e-12);
    }
  }

  @Test
  void ofOrderTwoItIsTheClassicalHopfieldNetwork() {
    double[][] patterns = signs(5, 4, 31);
    double[][] states = signs(6, 7, 31);
    double[][] expected = new double[7][31];
    for (int n = 0; n < 7; n++) {
      for (int i = 0; i < 31; i++) {
        double field = 0;
        for (double[] pattern : patterns) {
          for (int j = 0; j < 31; j++) {
            field += i == j ? 0 : pattern[i] * pattern[j] * states[n][j];
          }
        }
        expected[n][i] = field == 0 ? states[n][i] : Math.signum(field);
      }
    }
    double[] actual =
        LayerCheck.of(denseAssociative(4, Interaction.power(2)))
            .input("x", literal(states))
            .variable("patterns", literal(patterns))
            .reference()
            .get("y")
            .toDoubles();
    assertArrayEquals(literal(expected).toDoubles(), actual);
  }

  /** The share of patterns of 48 neurons, 4 of them turned, that come back whole. */
  private static double recalled(Interaction interaction, int count) {
    int neurons = 48;
    double[][] patterns = signs(7, count, neurons);
    double[][] turned = new double[count][];
    for (int p = 0; p < count; p++) {
      turned[p] = patterns[p].clone();
      for (int i = 0; i < 4; i++) {
        turned[p][(p + 11 * i) % neurons] *= -1;
      }
    }
    Model memory =
        Models.model(denseAssociative(count, interaction).steps(5), InputSpec.of(neurons));
    memory.setParameter("patterns", literal(patterns));
    float[] result =
        memory.predict(Tensor.of(literal(turned).toFloats(), count, neurons)).toFloats();
    int whole = 0;
    for (int p = 0; p < count; p++) {
      boolean same = true;
      for (int i = 0; i < neurons; i++) {
        same &= result[p * neurons + i] == patterns[p][i];
      }
      whole += same ? 1 : 0;
    }
    return (double) whole / count;
  }

  @Test
  void theCapacityGrowsWithTheOrder() {
    assertRecalls(Interaction.power(2), 4, 64);
    assertRecalls(Interaction.power(3), 64, 512);
    assertRecalls(Interaction.power(4), 512, 1024);
    assertTrue(recalled(Interaction.exponential(), 1024) >= 0.95);
  }

  private static void assertRecalls(Interaction interaction, int count, int tooMany) {
    double share = recalled(interaction, count);
    assertTrue(share >= 0.95, () -> share + " of " + count + " with " + interaction);
    double less = recalled(interaction, tooMany);
    assertTrue(less < 0.95, () -> less + " of " + tooMany + " with " + interaction);
  }
}
