package org.nnd.layers.associative;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.nnd.layers.associative.Associative.concept;
import static org.nnd.layers.associative.Associative.conceptSubspaces;
import static org.nnd.layers.associative.Associative.nearness;
import static org.nnd.layers.associative.Associative.prototypes;
import static org.nnd.layers.associative.LayerCheck.normal;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nnd.dsl.Tensor;
import org.nnd.ir.Literal;

class PrototypesTest {
  private static final int WIDTH = 6;

  /** Prototypes around an offset, which take up the given axes only. */
  private static Literal along(long seed, int classes, int... axes) {
    double[] draws = normal(seed, classes, axes.length).toDoubles();
    double[] values = new double[classes * WIDTH];
    for (int i = 0; i < classes; i++) {
      for (int d = 0; d < WIDTH; d++) {
        values[i * WIDTH + d] = 0.5 * d - 1;
      }
      for (int a = 0; a < axes.length; a++) {
        values[i * WIDTH + axes[a]] += draws[i * axes.length + a];
      }
    }
    return Literal.of(values, classes, WIDTH);
  }

  private static double alignment(ConceptSubspaces layer, Literal first, Literal second) {
    Map<String, Literal> results =
        LayerCheck.of(layer)
            .input("x", normal(1, 3, WIDTH))
            .variable("first.prototypes", first)
            .variable("second.prototypes", second)
            .reference();
    double[] each = results.get("alignment").toDoubles();
    assertArrayEquals(new double[] {each[0], each[0], each[0]}, each);
    return each[0];
  }

  private static ConceptSubspaces concepts(int first, int second) {
    return conceptSubspaces(concept("first", first), concept("second", second));
  }

  @Test
  void logitsAreSquaredDistances() {
    Literal z = normal(1, 2, 3);
    Literal p = normal(2, 5, 3);
    double[] logits =
        LayerCheck.of(prototypes(5))
            .input("x", z)
            .variable("prototypes", p)
            .reference()
            .get("y")
            .toDoubles();
    for (int n = 0; n < 2; n++) {
      for (int c = 0; c < 5; c++) {
        double sum = 0;
        for (int d = 0; d < 3; d++) {
          sum += Math.pow(z.get(n * 3 + d) - p.get(c * 3 + d), 2);
        }
        assertEquals(-sum, logits[n * 5 + c], 1e-12);
      }
    }
  }

  @Test
  void orthogonalSubspacesHaveNoAlignment() {
    ConceptSubspaces layer = concepts(3, 4).orthogonal("first", "second", 2);
    assertEquals(0, alignment(layer, along(1, 3, 0, 2), along(2, 4, 1, 3, 5)), 1e-12);
    // Of the 2 dimensions of the first, one is within the second.
    assertEquals(1, alignment(layer, along(1, 3, 0, 2), along(2, 4, 2, 3, 5)), 1e-12);
    assertEquals(2, alignment(layer, along(1, 3, 0, 2), along(2, 4, 0, 2, 5)), 1e-12);
  }

  @Test
  void aConceptWithinAnotherIsParallelToIt() {
    ConceptSubspaces layer = concepts(2, 4).parallel("second", "first", 3);
    assertEquals(0, alignment(layer, along(1, 2, 3), along(2, 4, 1, 3, 5)), 1e-12);
    assertEquals(3, alignment(layer, along(1, 2, 0), along(2, 4, 1, 3, 5)), 1e-12);
  }

  @Test
  void whatIsOrthogonalToAConceptDoesNotChangeItsLogits() {
    Literal first = along(1, 3, 0, 2);
    Literal second = along(2, 4, 1, 3, 5);
    double[] moved = normal(5, 2, WIDTH).toDoubles();
    double[] before = moved.clone();
    for (int n = 0; n < 2; n++) {
      for (int d = 1; d < WIDTH; d += 2) {
        moved[n * WIDTH + d] += 10 + n; // along axes of the second concept
      }
    }
    LayerCheck at =
        LayerCheck.of(concepts(3, 4))
            .variable("first.prototypes", first)
            .variable("second.prototypes", second);
    double[] here =
        at.input("x", Literal.of(before, 2, WIDTH)).reference().get("first").toDoubles();
    Map<String, Literal> there = at.input("x", Literal.of(moved, 2, WIDTH)).reference();
    assertArrayEquals(here, there.get("first").toDoubles(), 1e-9);
  }

  @Test
  void inItsSubspaceAConceptIsClassifiedAsInTheWholeSpace() {
    LayerCheck projected = LayerCheck.of(concepts(3, 5)).input("x", normal(1, 7, WIDTH)).drawn(2);
    LayerCheck whole =
        LayerCheck.of(concepts(3, 5).projects(false)).input("x", normal(1, 7, WIDTH)).drawn(2);
    Tensor x = probabilities(projected);
    Tensor y = probabilities(whole);
    assertArrayEquals(y.toFloats(), x.toFloats(), 1e-5f);
  }

  private static Tensor probabilities(LayerCheck check) {
    Literal logits = check.reference().get("first");
    return Tensor.of(Literal.of(logits.toFloats(), logits.shape())).softmax(1);
  }

  @Test
  void moreClassesThanDimensionsSpanTheWholeSpace() {
    Map<String, Literal> results =
        LayerCheck.of(
                conceptSubspaces(concept("first", 5), concept("second", 4))
                    .orthogonal("first", "second", 1))
            .input("x", normal(1, 2, 2))
            .drawn(4)
            .reference();
    assertEquals(1, results.get("alignment").get(0), 1e-9);
  }

  @Test
  void prototypesDifferentiateAndRunOnTheDevice() {
    LayerCheck.of(prototypes(3)).input("x", normal(1, 2, 5)).drawn(1).differentiates();
    LayerCheck.of(prototypes(7)).input("x", normal(1, 11, 13)).drawn(1).onDevice();
    LayerCheck.of(prototypes(1)).input("x", normal(1, 1, 1)).drawn(1).onDevice();
    ConceptSubspaces layer =
        concepts(3, 4).orthogonal("first", "second", 0.7).parallel("first", "second", 0.2);
    LayerCheck.of(layer).input("x", normal(1, 2, 5)).drawn(3).differentiates();
    LayerCheck.of(layer.projects(false)).input("x", normal(1, 2, 5)).drawn(3).differentiates();
    LayerCheck.of(layer).input("x", normal(1, 5, 17)).drawn(3).onDevice();
  }

  @Test
  void nearnessIsTheMeanDistanceOfTheNearest() {
    Tensor logits = Tensor.of(new float[] {-1, -4, -9, -2, -3, -5}, 2, 3);
    // Prototypes: 1, 3, 5; examples: 1, 2.
    assertEquals(3 + 1.5, nearness(logits).item(), 1e-6);
  }
}
