package org.nnd.layers.nested;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.data.Messages.assertRefused;
import static org.nnd.dsl.Combinators.named;
import static org.nnd.dsl.Combinators.sequential;
import static org.nnd.layers.Layers.batchNorm;
import static org.nnd.layers.Layers.dense;
import static org.nnd.layers.nested.Nested.nestedProjector;
import static org.nnd.layers.nested.Nested.positionRemoval;
import static org.nnd.layers.nested.Nested.projectionHead;
import static org.nnd.layers.nested.Nested.selfDistillation;
import static org.nnd.layers.nested.Reference.assertClose;
import static org.nnd.layers.nested.Reference.normal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lowered;
import org.nnd.dsl.Mode;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.dsl.Variable;
import org.nnd.ir.Literal;
import org.nnd.ir.reference.Evaluation;
import org.nnd.model.Examples;
import org.nnd.train.Loss;

/** Franca's nested clustering. */
class SelfSupervisionTest {
  @Test
  void sinkhornBalancesBothMarginals() {
    int n = 24;
    int k = 6;
    Tensor scores = Tensor.of(Examples.normal(1, n, k));
    for (int iterations : new int[] {1, 3, 30}) {
      double[] q = Sinkhorn.assign(scores, 0.5, iterations).value().toDoubles();
      double worst = 0;
      for (int j = 0; j < k; j++) {
        double column = 0;
        for (int i = 0; i < n; i++) {
          column += q[i * k + j];
        }
        worst = Math.max(worst, Math.abs(column - (double) n / k));
      }
      for (int i = 0; i < n; i++) {
        double row = 0;
        for (int j = 0; j < k; j++) {
          row += q[i * k + j];
        }
        assertEquals(1, row, 1e-5, "each example is assigned once");
      }
      assertTrue(
          worst < (iterations == 30 ? 1e-3 : iterations == 3 ? 0.6 : 4),
          "each prototype has its share after %d iterations but for %s"
              .formatted(iterations, worst));
    }
    // Scores that would overflow exp in f32.
    double[] huge = Sinkhorn.assign(scores.mul(1e4), 0.01, 3).value().toDoubles();
    for (double v : huge) {
      assertTrue(v >= 0 && v <= 1 + 1e-5, "finite: " + v);
    }
  }

  @Test
  void sliceLossesMatchSeparateHeads() {
    Literal x = normal(1, 6, 8);
    NestedProjector heads = nestedProjector(5, 4, 12, 2, 4, 8);
    Map<String, Literal> values = Reference.variables(Reference.lower(heads, x, Mode.TRAINING), 2);
    Map<String, Literal> all = Reference.outputs(heads, x, values);
    int[] widths = {2, 4, 8};
    int[] prototypes = {3, 6, 12};
    double sum = 0;
    Map<String, Tensor> given = new LinkedHashMap<>();
    for (int i = 0; i < 3; i++) {
      Map<String, Literal> own = new LinkedHashMap<>();
      String under = "heads." + i + ".";
      values.forEach(
          (name, value) -> {
            if (name.startsWith(under)) {
              own.put(name.substring(under.length()), value);
            }
          });
      Literal prefix =
          Reference.outputs(Nested.prefixes(widths[i]), x, Map.of()).values().iterator().next();
      Literal alone = Reference.outputs(projectionHead(5, 4, prototypes[i]), prefix, own).get("y");
      String name = "scores" + widths[i];
      assertClose(alone, all.get(name), 1e-12, name);
      Tensor scores = single(alone);
      Tensors pair = Tensors.of("y", scores).with("teacher_y", scores.mul(2));
      sum += Loss.sinkhorn().of(pair, Tensors.of(Map.of())).value().get(0);
      given.put(name, single(all.get(name)));
      given.put("teacher_" + name, single(all.get(name)).mul(2));
    }
    double together = Loss.sinkhorn().of(Tensors.of(given), Tensors.of(Map.of())).value().get(0);
    assertEquals(sum, together, 1e-6 * sum);
  }

  private static Tensor single(Literal value) {
    return Tensor.of(value.toFloats(), value.shape());
  }

  @Test
  void gradientsAreThoseOfCentralDifferences() {
    Reference.checkGradients(nestedProjector(5, 4, 6, 2, 7), normal(1, 3, 7), Mode.TRAINING);
    Layer placed = sequential(dense(5), positionRemoval(2, 3));
    Map<String, Literal> values =
        Reference.variables(Reference.lower(placed, normal(1, 2, 6, 4), Mode.INFERENCE), 1);
    assertTrue(values.containsKey("1.covariance"));
    Reference.checkGradients(placed, normal(1, 2, 6, 4), Mode.INFERENCE);
  }

  @Test
  void theTeacherStartsAsTheStudentAndFollowsIt() {
    Layer net = sequential(named("fc", dense(3)), named("norm", batchNorm()));
    Layer both = selfDistillation(net, 0.75);
    Literal x = normal(1, 5, 4);
    Lowered lowered = Reference.lower(both, x, Mode.TRAINING);
    Map<String, Literal> values = new LinkedHashMap<>(lowered.initial(3));
    assertClose(values.get("fc.weight"), values.get("teacher.fc.weight"), 0, "initial value");
    assertEquals(
        Variable.Kind.BUFFER,
        lowered.variables().stream()
            .filter(v -> v.path().equals("teacher.fc.weight"))
            .findFirst()
            .orElseThrow()
            .kind());
    Literal student = normal(7, 3, 4);
    Literal before = values.get("teacher.fc.weight");
    values.put("fc.weight", student);
    Evaluation step = Reference.run(both, x, values, Mode.TRAINING);
    Literal after = step.updates().get("teacher.fc.weight");
    for (int i = 0; i < after.count(); i++) {
      assertEquals(0.75 * before.get(i) + 0.25 * student.get(i), after.get(i), 1e-12);
    }
    // The teacher computes with its own weights, and no gradient reaches the student through it.
    assertTrue(
        Math.abs(step.outputs().get("y").get(0) - step.outputs().get("teacher_y").get(0)) > 1e-3);
    assertEquals(List.of("y", "teacher_y"), List.copyOf(step.outputs().keySet()));
    Map<String, Literal> gradients = Reference.gradients(both, x, values, Mode.TRAINING);
    for (double g : gradients.get("teacher.fc.weight").toDoubles()) {
      assertEquals(0, g);
    }
  }

  /** What is left has no covariance with the position: no linear function tells it. */
  @Test
  void positionsCannotBeToldLinearlyAfterwards() {
    int rows = 3;
    int columns = 4;
    double[] tokens = normal(1, 2, 12, 5).toDoubles();
    for (int i = 0; i < 2 * 12; i++) {
      tokens[i * 5] += i % 12 / columns;
      tokens[i * 5 + 1] += 2.0 * (i % columns) - i % 12 / columns;
      tokens[i * 5 + 3] += i % columns;
    }
    Literal x = Literal.of(tokens, 2, 12, 5);
    Layer removal = positionRemoval(rows, columns);
    Literal y =
        Reference.run(
                removal, x, Reference.lower(removal, x, Mode.TRAINING).initial(0), Mode.TRAINING)
            .outputs()
            .get("y");
    assertTrue(largestCovariance(x) > 0.5, "there was something to remove");
    assertEquals(0, largestCovariance(y), 1e-12);
    double kept = 0;
    for (double v : y.toDoubles()) {
      kept += v * v;
    }
    assertTrue(kept > 10, "the rest is still there");
  }

  private static double largestCovariance(Literal x) {
    double largest = 0;
    for (int feature = 0; feature < 5; feature++) {
      double row = 0;
      double column = 0;
      for (int i = 0; i < 24; i++) {
        row += x.get(i * 5 + feature) * (i % 12 / 4 - 1.0);
        column += x.get(i * 5 + feature) * (i % 4 - 1.5);
      }
      largest = Math.max(largest, Math.max(Math.abs(row), Math.abs(column)) / 24);
    }
    return largest;
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Tensors alone = Tensors.of("scores8", Tensor.zeros(2, 3));
    assertRefused(
        "there is no output 'teacher_scores8' beside 'scores8'",
        () -> Loss.sinkhorn().of(alone, Tensors.of(Map.of())));
    assertRefused(
        "the temperatures must be positive, got 0.0", () -> Loss.sinkhorn().temperatures(0, 1));
    assertRefused("3 prototypes leave none for the width 2", () -> nestedProjector(5, 4, 3, 2, 8));
    assertRefused("at least 0 and below 1, got 1.0", () -> selfDistillation(dense(2), 1));
    assertRefused(
        "positionRemoval expects 2 * 3 tokens, got 5",
        () -> Reference.lower(positionRemoval(2, 3), normal(1, 2, 5, 4), Mode.TRAINING));
  }
}
