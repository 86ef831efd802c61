package org.nnd.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.nnd.data.Messages.assertRefused;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.Operations;
import org.nnd.ir.reference.ReferenceEvaluator;

/** Losses and metrics in the reference evaluator against their formulas in double precision. */
class LossTest {
  private static final double[][] LOGITS = {{1, -2, 0.5}, {0.25, 3, -1}};
  private static final int[] LABELS = {2, 1};

  private static Tensor constant(double[][] rows) {
    double[] flat =
        java.util.Arrays.stream(rows).flatMapToDouble(java.util.Arrays::stream).toArray();
    return Tensor.of(
        Operations.constant(
            Literal.ofDoubles(org.nnd.ir.DType.F32, flat, rows.length, rows[0].length)));
  }

  private static Tensor labels() {
    return Tensor.of(Operations.constant(Literal.of(LABELS, 2)));
  }

  private static double value(Tensor scalar) {
    Graph graph = Graph.of(List.of(), Map.of("y", scalar.node()));
    return ReferenceEvaluator.evaluate(graph, 1, Map.of(), Map.of()).output().get(0);
  }

  private static double loss(Loss loss, Tensor output, Tensor target) {
    return value(loss.of(Tensors.of("y", output), Tensors.of("t", target)));
  }

  private static double logSoftmax(double[] row, int i) {
    double sum = 0;
    for (double x : row) {
      sum += Math.exp(x);
    }
    return row[i] - Math.log(sum);
  }

  @Test
  void outputsMeetTheirTargetsByName() {
    Tensors outputs =
        Tensors.of("left", constant(new double[][] {{1}}))
            .with("right", constant(new double[][] {{5}}));
    Tensors swapped =
        Tensors.of("right", constant(new double[][] {{5}}))
            .with("left", constant(new double[][] {{1}}));
    assertEquals(0, value(Loss.mse().of(outputs, swapped)));
    Tensors others =
        Tensors.of("a", constant(new double[][] {{1}})).with("b", constant(new double[][] {{4}}));
    assertEquals(1, value(Loss.mse().of(outputs, others)));
  }

  @Test
  void crossEntropyOfNumbersAndOfWeights() {
    double expected = -(logSoftmax(LOGITS[0], 2) + logSoftmax(LOGITS[1], 1)) / 2;
    assertEquals(expected, loss(Loss.crossEntropy(), constant(LOGITS), labels()), 1e-7);
    Tensor soft = constant(new double[][] {{0.25, 0, 0.75}, {0, 1, 0}});
    double mixed =
        -(0.25 * logSoftmax(LOGITS[0], 0)
                + 0.75 * logSoftmax(LOGITS[0], 2)
                + logSoftmax(LOGITS[1], 1))
            / 2;
    assertEquals(mixed, loss(Loss.crossEntropy(), constant(LOGITS), soft), 1e-7);
  }

  @Test
  void smoothingSpreadsAShareOverAllClasses() {
    double smooth = 0;
    double sharp = 0;
    for (int r = 0; r < 2; r++) {
      sharp -= logSoftmax(LOGITS[r], LABELS[r]) / 2;
      for (int c = 0; c < 3; c++) {
        smooth -= logSoftmax(LOGITS[r], c) / 6;
      }
    }
    assertEquals(
        0.9 * sharp + 0.1 * smooth,
        loss(Loss.crossEntropy().smoothing(0.1), constant(LOGITS), labels()),
        1e-7);
  }

  @Test
  void logitsMayBeHuge() {
    Tensor huge = constant(new double[][] {{1e4, 0, -1e4}, {1e4, 0, -1e4}});
    assertEquals((2e4 + 1e4) / 2, loss(Loss.crossEntropy(), huge, labels()), 1e-3);
    Tensor ones = constant(new double[][] {{1, 1, 0}, {0, 1, 0}});
    assertEquals((1e4 + 2 * Math.log(2)) / 6, loss(Loss.bce(), huge, ones), 1e-3);
  }

  @Test
  void differences() {
    Tensor target = constant(new double[][] {{1, 0, 0}, {0, 0, -1}});
    // Differences 0, -2, 0.5, 0.25, 3, 0.
    assertEquals((4 + 0.25 + 0.0625 + 9) / 6, loss(Loss.mse(), constant(LOGITS), target), 1e-7);
    assertEquals(
        (1.5 + 0.125 + 0.03125 + 2.5) / 6, loss(Loss.huber(1), constant(LOGITS), target), 1e-7);
  }

  @Test
  void binaryCrossEntropy() {
    Tensor target = constant(new double[][] {{1, 0, 0.5}, {0, 1, 1}});
    double[] t = {1, 0, 0.5, 0, 1, 1};
    double expected = 0;
    for (int i = 0; i < 6; i++) {
      double p = 1 / (1 + Math.exp(-LOGITS[i / 3][i % 3]));
      expected -= (t[i] * Math.log(p) + (1 - t[i]) * Math.log(1 - p)) / 6;
    }
    assertEquals(expected, loss(Loss.bce(), constant(LOGITS), target), 1e-7);
  }

  @Test
  void severalOutputsAddUp() {
    Tensors two = Tensors.of("a", constant(LOGITS)).with("b", constant(LOGITS));
    double one = loss(Loss.crossEntropy(), constant(LOGITS), labels());
    assertEquals(2 * one, value(Loss.crossEntropy().of(two, Tensors.of("label", labels()))), 1e-6);
    assertRefused(
        "the network has the outputs [a, b], the data the targets [r, s, t]",
        () ->
            Loss.crossEntropy()
                .of(two, Tensors.of("r", labels()).with("s", labels()).with("t", labels())));
  }

  @Test
  void classesOfPositionsLieOnAxisOneOrLast() {
    Tensor tokens = constant(LOGITS).reshape(1, 2, 3);
    Tensor map = tokens.permute(0, 2, 1);
    double expected = loss(Loss.crossEntropy(), constant(LOGITS), labels());
    Tensor each = labels().reshape(1, 2);
    assertEquals(expected, loss(Loss.crossEntropy(), tokens, each), 1e-7);
    assertEquals(expected, loss(Loss.crossEntropy(), map, each), 1e-7);
  }

  @Test
  void metrics() {
    Tensor y = constant(LOGITS);
    assertEquals(1, value(Metric.accuracy().of(y, labels()).sum()));
    assertEquals(2, value(Metric.topK(2).of(y, labels()).sum()));
    Tensor soft = constant(new double[][] {{0.9, 0, 0.1}, {1, 0, 0}});
    assertEquals(1, value(Metric.accuracy().of(y, soft).sum()));
    Tensor zeros = constant(new double[2][3]);
    assertEquals((3.5 + 4.25) / 3, value(Metric.meanAbsoluteError().of(y, zeros).sum()), 1e-6);
    assertRefused("tells only 3 classes apart", () -> Metric.topK(4).of(y, labels()));
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertRefused(
        "mse: the network gives f32[2, 3], the target is f32[1, 3]",
        () -> loss(Loss.mse(), constant(LOGITS), constant(new double[][] {{1, 2, 3}})));
    assertRefused(
        "crossEntropy: the network gives f32[2, 3], the target is i32[3]",
        () ->
            loss(
                Loss.crossEntropy(),
                constant(LOGITS),
                Tensor.of(Operations.constant(Literal.of(new int[3], 3)))));
    assertRefused("smoothing must be at least 0", () -> Loss.crossEntropy().smoothing(1));
    assertRefused("delta must be above 0", () -> Loss.huber(0));
  }
}
