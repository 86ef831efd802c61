package org.nnd.ir.composite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.nnd.ir.DType;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;
import org.nnd.ir.Window;
import org.nnd.ir.gradient.Gradient;
import org.nnd.ir.reference.ReferenceEvaluator;
import org.nnd.ir.testing.GradientCheck;

/** Values of composites against their definitions, and at the far ends of their ranges. */
class CompositeValueTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private static double[] evaluate(Node node) {
    return evaluateAll(List.of(node)).get(0).toDoubles();
  }

  private static List<Literal> evaluateAll(List<Node> nodes) {
    Map<String, Node> outputs = new LinkedHashMap<>();
    nodes.forEach(node -> outputs.put("y" + outputs.size(), node));
    return List.copyOf(
        ReferenceEvaluator.evaluate(Graph.of(List.of(), outputs), 3, Map.of(), Map.of())
            .outputs()
            .values());
  }

  private static Node f64(int[] shape, double... values) {
    return Operations.constant(Literal.of(values, shape));
  }

  private static Node vector(double... values) {
    return f64(new int[] {values.length}, values);
  }

  private static void assertValues(Node node, double... expected) {
    assertArrayEquals(expected, evaluate(node), 1e-12);
  }

  private static void assertFunction(UnaryOperator<Node> f, DoubleUnaryOperator expected) {
    double[] points = {-1000, -30, -5, -3, -1.1, -0.2, 0, 0.2, 1.1, 3, 5, 30, 1000};
    double[] actual = evaluate(f.apply(vector(points)));
    for (int i = 0; i < points.length; i++) {
      double want = expected.applyAsDouble(points[i]);
      assertEquals(want, actual[i], 1e-12 * Math.max(1, Math.abs(want)), "at " + points[i]);
    }
    assertEquals(Double.NaN, evaluate(f.apply(vector(Double.NaN)))[0]);
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double softplus(double x) {
    return x > 30 ? x : Math.log1p(Math.exp(x));
  }

  @Test
  void activationsAreTheirDefinitions() {
    assertFunction(Activations::relu, x -> Math.max(x, 0));
    assertFunction(Activations::relu6, x -> Math.min(Math.max(x, 0), 6));
    assertFunction(x -> Activations.leakyRelu(x, 0.1), x -> x > 0 ? x : 0.1 * x);
    assertFunction(Activations::sigmoid, CompositeValueTest::sigmoid);
    assertFunction(Activations::tanh, Math::tanh);
    assertFunction(Activations::silu, x -> x * sigmoid(x));
    assertFunction(x -> Activations.elu(x, 2), x -> x > 0 ? x : 2 * Math.expm1(x));
    assertFunction(
        Activations::selu,
        x -> 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * Math.expm1(x)));
    assertFunction(Activations::softplus, CompositeValueTest::softplus);
    assertFunction(Activations::mish, x -> x * Math.tanh(softplus(x)));
    assertFunction(Activations::hardSigmoid, x -> Math.min(Math.max(x + 3, 0), 6) / 6);
    assertFunction(Activations::hardSwish, x -> x * Math.min(Math.max(x + 3, 0), 6) / 6);
    // Φ(1) and Φ(2) of the normal distribution
    assertValues(
        Activations.gelu(vector(1, -1, 2)),
        0.8413447460685429,
        -0.15865525393145707,
        2 * 0.9772498680518208);
    assertFunction(
        Activations::geluTanh,
        x -> 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x))));
  }

  @Test
  void reluHasNoGradientAtZero() {
    Node x = Operations.parameter("x", new TensorType(DType.F64, Shape.SCALAR));
    Node gradient = Gradient.of(Activations.relu(x), List.of(x)).get(0);
    Graph graph = Graph.of(List.of(), Map.of("g", gradient));
    for (double value : new double[] {-1, 0, 1}) {
      double slope =
          ReferenceEvaluator.evaluate(
                  graph, 1, Map.of(), Map.of("x", Literal.of(new double[] {value})))
              .output()
              .get(0);
      assertEquals(value > 0 ? 1 : 0, slope);
    }
  }

  @Test
  void softmaxDoesNotOverflow() {
    assertValues(Probabilities.softmax(vector(1000, 1000, -1000), 0), 0.5, 0.5, 0);
    assertValues(Probabilities.logSoftmax(vector(1000, 999), 0), -softplus(-1), -1 - softplus(-1));
    assertValues(Probabilities.softmax(vector(-INFINITY, 0, 0), 0), 0, 0.5, 0.5);
    assertValues(Probabilities.logSumExp(vector(1000, 1000), List.of(0)), 1000 + Math.log(2));
    assertValues(Probabilities.logSumExp(vector(-INFINITY, -INFINITY), List.of(0)), -INFINITY);
    assertValues(Probabilities.logSumExp(vector(INFINITY, 0), List.of(0)), INFINITY);
  }

  @Test
  void crossEntropyPicksTheLabelAndSmooths() {
    Node logits = f64(new int[] {2, 3}, 1, 2, 3, 4, 4, 4);
    Node labels = Operations.constant(Literal.of(new int[] {2, 0}, 2));
    double z = Math.log(1 + Math.exp(-1) + Math.exp(-2));
    assertValues(Losses.crossEntropy(logits, labels, 0), z, Math.log(3));
    assertValues(Losses.crossEntropy(logits, labels, 0.3), 0.7 * z + 0.3 * (z + 1), Math.log(3));
    Node oneHot = f64(new int[] {2, 3}, 0, 0, 1, 1, 0, 0);
    assertArrayEquals(
        evaluate(Losses.crossEntropy(logits, labels, 0.3)),
        evaluate(Losses.softCrossEntropy(logits, oneHot, 0.3)),
        1e-12);
    NndException wrong =
        assertThrows(NndException.class, () -> Losses.crossEntropy(logits, vector(1, 2), 0));
    assertEquals(
        "cross-entropy of logits f64[2, 3] wants labels i32[2], got f64[2]", wrong.getMessage());
  }

  @Test
  void otherLossesAreTheirDefinitions() {
    Node x = vector(800, -800, 0.5);
    assertValues(
        Losses.binaryCrossEntropyWithLogits(x, vector(1, 1, 0.25)), 0, 800, softplus(0.5) - 0.125);
    Node y = vector(1, 2, 3);
    Node z = vector(1.5, 0, 10);
    assertValues(Losses.huber(y, z, 1), 0.125, 1.5, 6.5);
    assertValues(Losses.squaredError(y, z), 0.25, 4, 49);
    assertValues(Losses.mse(y, z), 53.25 / 3);
  }

  @Test
  void normalizationsStandardize() {
    Node x = Operations.constant(GradientCheck.distinct(1, 4, 6, 3));
    Node ones = Operations.full(new TensorType(DType.F64, Shape.of(6)), 1);
    Node zeros = Operations.full(ones.type(), 0);
    Normalizations.BatchStatistics batch = Normalizations.batchNorm(x, ones, zeros, 0);
    Map<Node, List<Integer>> standard = new LinkedHashMap<>();
    standard.put(batch.output(), List.of(0, 2));
    standard.put(Normalizations.layerNorm(x, ones, zeros, List.of(1), 0), List.of(1));
    standard.put(Normalizations.instanceNorm(x, ones, zeros, 0), List.of(2));
    standard.forEach(
        (node, axes) -> {
          for (double mean : evaluate(Operations.mean(node, axes))) {
            assertEquals(0, mean, 1e-12);
          }
          for (double square : evaluate(Operations.mean(Operations.square(node), axes))) {
            assertEquals(1, square, 1e-12);
          }
        });
    Node groups = Normalizations.groupNorm(x, ones, zeros, 2, 0);
    Node split = Operations.reshape(groups, Shape.of(4, 2, 9));
    double[] squares = evaluate(Operations.mean(Operations.square(split), List.of(2)));
    assertTrue(Arrays.stream(squares).allMatch(s -> Math.abs(s - 1) < 1e-12));
    Node rms = Normalizations.rmsNorm(vector(3, 4), vector(1, 2), List.of(0), 0);
    assertValues(rms, 3 / Math.sqrt(12.5), 8 / Math.sqrt(12.5));
    assertEquals(
        "group normalisation of 6 channels in 4 groups: the groups must divide the channels",
        assertThrows(NndException.class, () -> Normalizations.groupNorm(x, ones, zeros, 4, 0))
            .getMessage());
  }

  @Test
  void batchStatisticsAreMeanAndUnbiasedVariance() {
    Node x = f64(new int[] {4, 1}, 1, 2, 3, 6);
    Normalizations.BatchStatistics batch = Normalizations.batchNorm(x, vector(2), vector(1), 0.5);
    assertValues(batch.mean(), 3);
    assertValues(batch.unbiasedVariance(), 14.0 / 3);
    double scale = 2 / Math.sqrt(3.5 + 0.5);
    assertValues(batch.output(), 1 - 2 * scale, 1 - scale, 1, 1 + 3 * scale);
    assertValues(
        Normalizations.batchNormInference(x, vector(2), vector(1), vector(3), vector(3.5), 0.5),
        1 - 2 * scale,
        1 - scale,
        1,
        1 + 3 * scale);
    Node single = f64(new int[] {1, 1}, 5);
    assertValues(Normalizations.batchNorm(single, vector(2), vector(1), 1).unbiasedVariance(), 0);
  }

  @Test
  void attentionAveragesTheAllowedValues() {
    Node q = f64(new int[] {1, 2, 1}, 0, 0);
    Node k = f64(new int[] {1, 2, 1}, 3, 4);
    Node v = f64(new int[] {1, 2, 1}, 10, 20);
    assertValues(Attention.attention(q, k, v, Optional.empty(), 1, false), 15, 15);
    assertValues(Attention.attention(q, k, v, Optional.empty(), 1, true), 10, 15);
    Node none =
        Operations.constant(new Literal(DType.BOOL, new int[] {1, 2, 2}, new byte[] {0, 0, 0, 1}));
    assertValues(Attention.attention(q, k, v, Optional.of(none), 1, false), 0, 20);
    Node bias = f64(new int[] {1, 2, 2}, 0, Math.log(3), 0, 0);
    assertValues(Attention.attention(q, k, v, Optional.of(bias), 1, false), 17.5, 15);
  }

  @Test
  void poolingCountsPaddingOnlyIfAsked() {
    Node x = f64(new int[] {1, 1, 4}, 1, 2, 3, 4);
    Window window = Window.of(List.of(3)).stride(List.of(2)).padding(List.of(1), List.of(1));
    assertValues(Pooling.maxPool(x, window), 2, 4);
    assertValues(Pooling.avgPool(x, window, true), 1, 3);
    assertValues(Pooling.avgPool(x, window, false), 1.5, 3);
    assertValues(Pooling.adaptiveAvgPool(x, List.of(3)), 1.5, 2.5, 3.5);
    assertValues(Pooling.adaptiveMaxPool(x, List.of(2)), 2, 4);
    assertValues(Pooling.adaptiveMaxPool(x, List.of(7)), 1, 2, 2, 3, 3, 4, 4);
    assertValues(Pooling.globalAvgPool(x), 2.5);
    assertValues(Pooling.globalMaxPool(x), 4);
  }

  @Test
  void dropoutDropsTheRateAndScalesTheRest() {
    Node ones = Operations.full(TensorType.f32(Shape.of(100, 100)), 1);
    Node seed = Operations.scalar(DType.I32, 1);
    Node step = Operations.scalar(DType.I32, 2);
    double[] values = evaluate(Noise.dropout(ones, 0.3, seed, step, 3, 0));
    double kept = Arrays.stream(values).filter(v -> v != 0).count() / 1e4;
    assertEquals(0.7, kept, 0.02);
    assertTrue(Arrays.stream(values).allMatch(v -> v == 0 || Math.abs(v - 1 / 0.7) < 1e-6));
    double[] paths = evaluate(Noise.dropPath(ones, 0.5, seed, step, 3, 0));
    for (int i = 0; i < paths.length; i++) {
      assertEquals(paths[i / 100 * 100], paths[i]);
    }
    double[] uniform = evaluate(Noise.uniform(seed, step, Shape.of(10000), 3, 0));
    assertEquals(0.5, Arrays.stream(uniform).average().orElseThrow(), 0.01);
    assertTrue(Arrays.stream(uniform).allMatch(u -> u >= 0 && u < 1));
    assertEquals(
        "dropout: the rate must lie in [0, 1), got 1.0",
        assertThrows(NndException.class, () -> Noise.dropout(ones, 1, seed, step, 3, 0))
            .getMessage());
  }
}
