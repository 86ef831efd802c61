package org.nnd.ir.composite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.nnd.ir.testing.GradientCheck.distinct;
import static org.nnd.ir.testing.GradientCheck.positive;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.UnaryOp;
import org.nnd.ir.Window;
import org.nnd.ir.testing.GradientCheck;

/** Every composite's gradient against central differences. */
class CompositeGradientTest {
  private final Map<String, Runnable> cases = new LinkedHashMap<>();
  private final Set<String> names = new TreeSet<>();

  private void on(String name, Function<List<Node>, List<Node>> f, Literal... point) {
    cases.put(
        cases.size() + " " + name,
        () ->
            GradientCheck.check(
                x -> {
                  List<Node> results = f.apply(x);
                  assertEquals(name, name(results.get(0)));
                  return results;
                },
                List.of(point)));
    names.add(name);
  }

  private static String name(Node result) {
    Node node = result.op() instanceof Op.GetResult ? result.operand(0) : result;
    return ((Op.Composite) node.op()).name();
  }

  private void one(String name, Function<List<Node>, Node> f, Literal... point) {
    on(name, f.andThen(List::of), point);
  }

  private void activation(String name, UnaryOperator<Node> f) {
    one(name, x -> f.apply(x.get(0)), distinct(1, 17));
    Literal far = Literal.of(new double[] {-40, -8, -4.5, 4.5, 8, 40}, 6);
    one(name, x -> f.apply(x.get(0)), far);
  }

  @TestFactory
  Stream<DynamicTest> everyCompositeAgreesWithCentralDifferences() {
    activations();
    probabilities();
    losses();
    normalizations();
    attention();
    pooling();
    fixedPoints();
    neighbourhoods();
    noise();
    inverses();
    Set<String> all = new TreeSet<>();
    for (Class<?> family :
        List.of(
            Activations.class,
            Probabilities.class,
            Losses.class,
            Normalizations.class,
            Attention.class,
            Pooling.class,
            Neighbourhoods.class,
            Interpolation.class,
            FixedPoint.class,
            Noise.class,
            Inverses.class)) {
      Arrays.stream(family.getDeclaredMethods())
          .filter(m -> Modifier.isPublic(m.getModifiers()))
          .forEach(m -> all.add(m.getName()));
    }
    assertEquals(all, names, "composites with a case here");
    return cases.entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), e.getValue()::run));
  }

  private void activations() {
    activation("relu", Activations::relu);
    activation("relu6", Activations::relu6);
    activation("leakyRelu", x -> Activations.leakyRelu(x, 0.1));
    activation("sigmoid", Activations::sigmoid);
    activation("tanh", Activations::tanh);
    activation("gelu", Activations::gelu);
    activation("geluTanh", Activations::geluTanh);
    activation("silu", Activations::silu);
    activation("elu", x -> Activations.elu(x, 1.3));
    activation("selu", Activations::selu);
    activation("softplus", Activations::softplus);
    activation("mish", Activations::mish);
    activation("hardSigmoid", Activations::hardSigmoid);
    activation("hardSwish", Activations::hardSwish);
  }

  private void probabilities() {
    one("softmax", x -> Probabilities.softmax(x.get(0), 1), distinct(1, 2, 4, 2));
    one("softmax", x -> Probabilities.softmax(x.get(0), 0), distinct(1, 1, 3));
    one("softmax", x -> Probabilities.softmax(x.get(0), 1), distinct(1, 0, 3));
    one("logSoftmax", x -> Probabilities.logSoftmax(x.get(0), 1), distinct(1, 3, 4));
    one("logSumExp", x -> Probabilities.logSumExp(x.get(0), List.of(0, 2)), distinct(1, 3, 4, 2));
  }

  private static Node labels(int... labels) {
    return Operations.constant(Literal.of(labels, labels.length));
  }

  private void losses() {
    for (double smoothing : new double[] {0, 0.1}) {
      one(
          "crossEntropy",
          x -> Losses.crossEntropy(x.get(0), labels(2, 0, 3, 2), smoothing),
          distinct(1, 4, 5));
      one(
          "softCrossEntropy",
          x -> Losses.softCrossEntropy(x.get(0), x.get(1), smoothing),
          distinct(1, 4, 5),
          positive(2, 4, 5));
    }
    one(
        "crossEntropy",
        x ->
            Losses.crossEntropy(
                x.get(0), Operations.reshape(labels(1, 0, 2, 2), Shape.of(2, 2)), 0.2),
        distinct(1, 2, 2, 3));
    one(
        "binaryCrossEntropyWithLogits",
        x -> Losses.binaryCrossEntropyWithLogits(x.get(0), x.get(1)),
        distinct(1, 2, 3),
        positive(2, 2, 3));
    one(
        "squaredError",
        x -> Losses.squaredError(x.get(0), x.get(1)),
        distinct(1, 5),
        distinct(2, 5));
    one("mse", x -> Losses.mse(x.get(0), x.get(1)), distinct(1, 2, 5), distinct(2, 2, 5));
    one("huber", x -> Losses.huber(x.get(0), x.get(1), 0.77), distinct(1, 9), distinct(2, 9));
  }

  private void normalizations() {
    one(
        "layerNorm",
        x -> Normalizations.layerNorm(x.get(0), x.get(1), x.get(2), List.of(1), 1e-3),
        distinct(1, 3, 4),
        distinct(2, 4),
        distinct(3, 4));
    one(
        "layerNorm",
        x -> Normalizations.layerNorm(x.get(0), x.get(1), x.get(2), List.of(1, 2), 1e-3),
        distinct(1, 2, 2, 3),
        distinct(2, 2, 3),
        distinct(3, 2, 3));
    one(
        "rmsNorm",
        x -> Normalizations.rmsNorm(x.get(0), x.get(1), List.of(1), 1e-3),
        distinct(1, 3, 4),
        distinct(2, 4));
    on(
        "batchNorm",
        x -> {
          Normalizations.BatchStatistics result =
              Normalizations.batchNorm(x.get(0), x.get(1), x.get(2), 1e-3);
          return List.of(result.output(), result.mean(), result.unbiasedVariance());
        },
        distinct(1, 3, 2, 2),
        distinct(2, 2),
        distinct(3, 2));
    one(
        "batchNorm",
        x -> Normalizations.batchNorm(x.get(0), x.get(1), x.get(2), 1e-3).output(),
        distinct(1, 3, 2, 2),
        distinct(2, 2),
        distinct(3, 2));
    one(
        "batchNormInference",
        x ->
            Normalizations.batchNormInference(
                x.get(0), x.get(1), x.get(2), x.get(3), x.get(4), 1e-3),
        distinct(1, 3, 2, 2),
        distinct(2, 2),
        distinct(3, 2),
        distinct(4, 2),
        positive(5, 2));
    one(
        "groupNorm",
        x -> Normalizations.groupNorm(x.get(0), x.get(1), x.get(2), 2, 1e-3),
        distinct(1, 2, 4, 2),
        distinct(2, 4),
        distinct(3, 4));
    one(
        "instanceNorm",
        x -> Normalizations.instanceNorm(x.get(0), x.get(1), x.get(2), 1e-3),
        distinct(1, 2, 2, 3),
        distinct(2, 2),
        distinct(3, 2));
  }

  private void attention() {
    Literal q = distinct(1, 2, 3, 4);
    Literal k = distinct(2, 2, 3, 4);
    Literal v = distinct(3, 2, 3, 5);
    for (boolean causal : new boolean[] {false, true}) {
      one(
          "attention",
          x -> Attention.attention(x.get(0), x.get(1), x.get(2), Optional.empty(), 0.5, causal),
          q,
          k,
          v);
      one(
          "attention",
          x ->
              Attention.attention(x.get(0), x.get(1), x.get(2), Optional.of(x.get(3)), 0.5, causal),
          q,
          k,
          v,
          distinct(4, 2, 3, 3));
      byte[] open = {1, 0, 1, 0, 0, 0, 1, 1, 1, 0, 1, 0, 1, 0, 1, 1, 1, 0};
      Node mask = Operations.constant(new Literal(DType.BOOL, new int[] {2, 3, 3}, open));
      one(
          "attention",
          x -> Attention.attention(x.get(0), x.get(1), x.get(2), Optional.of(mask), 0.5, causal),
          q,
          k,
          v);
    }
  }

  private void pooling() {
    Window window =
        Window.of(List.of(3, 2)).stride(List.of(2, 2)).padding(List.of(1, 0), List.of(1, 1));
    Literal image = distinct(1, 2, 2, 5, 4);
    one("maxPool", x -> Pooling.maxPool(x.get(0), window), image);
    one("avgPool", x -> Pooling.avgPool(x.get(0), window, true), image);
    one("avgPool", x -> Pooling.avgPool(x.get(0), window, false), image);
    one(
        "avgPool",
        x -> Pooling.avgPool(GradientCheck.batched(x.get(0)), window, false),
        distinct(1, 3, 1, 4, 3));
    one("globalAvgPool", x -> Pooling.globalAvgPool(x.get(0)), image);
    one("globalMaxPool", x -> Pooling.globalMaxPool(x.get(0)), image);
    one("adaptiveAvgPool", x -> Pooling.adaptiveAvgPool(x.get(0), List.of(3, 2)), image);
    one("adaptiveMaxPool", x -> Pooling.adaptiveMaxPool(x.get(0), List.of(3, 2)), image);
  }

  private void inverses() {
    for (int n : new int[] {1, 2, 5}) {
      one("unitLowerInverse", x -> Inverses.unitLowerInverse(x.get(0)), distinct(n, 2, n, n));
    }
    // Converged, where the gradient in closed form is that of the iteration.
    Literal a = Literal.of(new double[] {2, 0.5, 0.1, 0.5, 1.5, 0.3, 0.1, 0.3, 1}, 3, 3);
    one("newtonInverse", x -> Inverses.newtonInverse(x.get(0), 20, 0), a);
    one("newtonInverse", x -> Inverses.newtonInverse(x.get(0), 20, 0.1), a);
  }

  private void neighbourhoods() {
    one(
        "aggregate",
        x -> Neighbourhoods.aggregate(x.get(0), x.get(1), 3),
        distinct(1, 1, 4, 3, 2),
        distinct(2, 1, 2, 9, 3, 2));
    one(
        "aggregate",
        x -> Neighbourhoods.aggregate(x.get(0), x.get(1), 5),
        distinct(1, 2, 1, 1, 3),
        distinct(2, 2, 1, 25, 1, 3));
    Literal image = distinct(1, 2, 2, 3, 5);
    one("interpolateLinear", x -> Interpolation.interpolateLinear(x.get(0), List.of(7, 4)), image);
    one("interpolateLinear", x -> Interpolation.interpolateLinear(x.get(0), List.of(1, 9)), image);
    one(
        "interpolateNearest",
        x -> Interpolation.interpolateNearest(x.get(0), List.of(5, 3)),
        image);
  }

  private void noise() {
    Node seed = Operations.scalar(DType.I32, 5);
    Node step = Operations.scalar(DType.I32, 6);
    one("dropout", x -> Noise.dropout(x.get(0), 0.4, seed, step, 9, 1), distinct(1, 3, 5));
    one("dropPath", x -> Noise.dropPath(x.get(0), 0.4, seed, step, 9, 1), distinct(1, 5, 2));
    one("uniform", x -> Noise.uniform(seed, step, x.get(0).shape(), 9, 1), distinct(1, 3));
  }

  /**
   * z = tanh(W z + a) ∘ b with a small W; the start, which does not matter, has a gradient of 0.
   */
  private void fixedPoints() {
    one(
        "fixedPoint",
        x ->
            FixedPoint.fixedPoint(
                    x.get(0),
                    x.subList(1, 4),
                    (z, o) ->
                        Operations.multiply(
                            Operations.unary(
                                UnaryOp.TANH,
                                Operations.add(
                                    Operations.matmul(z, Operations.multiply(o.get(0), 0.15)),
                                    o.get(1))),
                            o.get(2)),
                    1e-14,
                    500)
                .value(),
        distinct(1, 2, 3),
        distinct(2, 3, 3),
        distinct(3, 2, 3),
        distinct(4, 2, 3));
  }
}
