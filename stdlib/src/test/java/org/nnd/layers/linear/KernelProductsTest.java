package org.nnd.layers.linear;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Lower;
import org.nnd.dsl.Mode;
import org.nnd.dsl.Tensor;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;

/** Attention by kernels: orders of products, masks, and what feature maps stand for. */
class KernelProductsTest {
  private static final FeatureMap ELU = FeatureMap.elu();

  /** Variables drawn from a seed, as constants. */
  private static Variables drawn(long seed) {
    return new Variables() {
      @Override
      public Tensor parameter(String name, Initializer start, long... shape) {
        int[] sizes = Shape.of(shape).at(1);
        double[] values = start.sample(seed, name, sizes).toDoubles();
        return Tensor.of(Operations.constant(Literal.of(values, sizes)));
      }

      @Override
      public Tensor buffer(String name, Initializer start, long... shape) {
        return parameter(name, start, shape);
      }
    };
  }

  private static Literal[] point(int n, int heads, int length, int d, int values) {
    return new Literal[] {
      Sample.normal(1, n, heads, length, d),
      Sample.normal(2, n, heads, length, d),
      Sample.normal(3, n, heads, length, values)
    };
  }

  private static Tensor phi(Tensor x) {
    return ELU.apply(drawn(0), x);
  }

  @Test
  void linearOrderEqualsQuadraticOrderOfATrainableFeatureMap() {
    FeatureMap map = FeatureMap.feedforward(6).hidden(5);
    Variables variables = drawn(7);
    Sample.assertSame(
        x ->
            List.of(
                KernelProducts.quadratic(
                    map.apply(variables, x.get(0)),
                    map.apply(variables, x.get(1)),
                    x.get(2),
                    1e-6,
                    false)),
        x ->
            List.of(
                KernelProducts.linear(
                    map.apply(variables, x.get(0)),
                    map.apply(variables, x.get(1)),
                    x.get(2),
                    1e-6)),
        point(2, 3, 11, 4, 5));
  }

  @Test
  void causalChunksEqualTheQuadraticOrderWithAMask() {
    for (int chunk : new int[] {1, 3, 4, 11, 64}) {
      Sample.assertSame(
          x ->
              List.of(KernelProducts.quadratic(phi(x.get(0)), phi(x.get(1)), x.get(2), 1e-6, true)),
          x ->
              List.of(
                  KernelProducts.causal(
                          phi(x.get(0)),
                          phi(x.get(1)),
                          x.get(2),
                          Optional.of(1e-6),
                          chunk,
                          Optional.empty())
                      .y()),
          point(1, 2, 11, 4, 3));
    }
  }

  @Test
  void gradientsAgreeWithCentralDifferences() {
    Sample.checkGradient(
        x -> {
          Attended a =
              KernelProducts.causal(
                  phi(x.get(0)), phi(x.get(1)), x.get(2), Optional.of(1e-3), 3, Optional.empty());
          return List.of(a.y(), a.last().weights(), a.last().keySum().orElseThrow());
        },
        point(2, 1, 7, 3, 2));
    for (FeatureMap map :
        List.of(
            FeatureMap.dpfp(2),
            FeatureMap.favor(8).stabilize(),
            FeatureMap.fourier(8).smoothing(0.5),
            FeatureMap.performer(5),
            FeatureMap.mixture(2, 3),
            FeatureMap.mixture(2, 3).positive(),
            FeatureMap.fastFood(2),
            FeatureMap.feedforward(4).hidden(3, 5))) {
      Sample.checkGradient(
          x -> List.of(map.apply(drawn(3), x.get(0))), Sample.normal(4, 1, 2, 3, 5));
    }
  }

  @Test
  void aStreamGivesWhatTheWholeSequenceGives() {
    Sample.assertSame(
        x -> {
          Attended a =
              KernelProducts.causal(
                  phi(x.get(0)), phi(x.get(1)), x.get(2), Optional.of(1e-6), 4, Optional.empty());
          return List.of(a.y(), a.last().weights());
        },
        x -> {
          Attended first = part(x, 0, 5, Optional.empty());
          Attended second = part(x, 5, 9, first.state());
          return List.of(first.y().concat(2, second.y()), second.last().weights());
        },
        point(2, 2, 9, 3, 4));
  }

  private static Attended part(List<Tensor> x, int from, int to, Optional<AttentionState> state) {
    List<Tensor> p = x.stream().map(s -> s.slice(2, from, to)).toList();
    return KernelProducts.causal(
        phi(p.get(0)), phi(p.get(1)), p.get(2), Optional.of(1e-6), 4, state);
  }

  @Test
  void positiveRandomFeaturesTendToSoftmaxAttention() {
    Literal[] point = {
      Sample.scaled(Sample.normal(1, 1, 1, 7, 4), 0.6),
      Sample.scaled(Sample.normal(2, 1, 1, 7, 4), 0.6),
      Sample.normal(3, 1, 1, 7, 3)
    };
    Literal exact =
        Sample.one(
            x -> x.get(0).matmul(x.get(1).transpose()).mul(0.5).softmax(-1).matmul(x.get(2)),
            point);
    double[] errors = {0, 0};
    int[] features = {64, 4096};
    for (int i = 0; i < 2; i++) {
      FeatureMap map = FeatureMap.favor(features[i]);
      for (int seed = 0; seed < 4; seed++) {
        Variables variables = drawn(seed);
        Literal estimate =
            Sample.one(
                x ->
                    KernelProducts.linear(
                        map.apply(variables, x.get(0)),
                        map.apply(variables, x.get(1)),
                        x.get(2),
                        0),
                point);
        errors[i] += Sample.error(exact, estimate) / 4;
      }
    }
    // 64 times the features: an eighth of the error, by 1 / sqrt(m).
    assertTrue(errors[1] < 0.1, "error " + errors[1]);
    assertTrue(errors[1] < errors[0] / 4, errors[0] + " falls to " + errors[1]);
  }

  @Test
  void mixtureFeaturesTendToTheirExactKernel() {
    for (boolean positive : new boolean[] {false, true}) {
      double few = mixtureError(positive, 64);
      double many = mixtureError(positive, 4096);
      assertTrue(many < 0.06, "error " + many);
      assertTrue(many < few / 4, few + " falls to " + many);
    }
  }

  private static double mixtureError(boolean positive, int samples) {
    double error = 0;
    for (int seed = 0; seed < 4; seed++) {
      MixtureFeatures plain = FeatureMap.mixture(3, samples);
      MixtureFeatures map = positive ? plain.positive() : plain;
      Variables variables = drawn(seed);
      List<Literal> kernels =
          Sample.of(
              x ->
                  List.of(
                      map.kernel(variables, x.get(0), x.get(1)),
                      map.apply(variables, x.get(0))
                          .matmul(map.apply(variables, x.get(1)).transpose())),
              Sample.scaled(Sample.normal(1, 1, 1, 5, 4), 0.7),
              Sample.scaled(Sample.normal(2, 1, 1, 6, 4), 0.7));
      error += Sample.error(kernels.get(0), kernels.get(1)) / 4;
    }
    return error;
  }

  @Test
  void fastFoodFeaturesTendToTheGaussianKernel() {
    FeatureMap map = FeatureMap.fastFood(64);
    Variables variables = drawn(1);
    List<Literal> kernels =
        Sample.of(
            x ->
                List.of(
                    GaussianProducts.kernel(
                        x.get(0).mul(Math.pow(20, -0.25)), x.get(1).mul(Math.pow(20, -0.25))),
                    map.apply(variables, x.get(0))
                        .matmul(map.apply(variables, x.get(1)).transpose())),
            Sample.scaled(Sample.normal(1, 1, 1, 5, 20), 0.5),
            Sample.scaled(Sample.normal(2, 1, 1, 6, 20), 0.5));
    double error = Sample.error(kernels.get(0), kernels.get(1));
    assertTrue(error < 0.06, "error " + error);
  }

  @Test
  void spectralParametersHaveGradients() {
    for (FeatureMap map :
        List.of(
            FeatureMap.mixture(2, 4),
            FeatureMap.mixture(2, 4).positive(),
            FeatureMap.fastFood(1))) {
      Map<String, Literal> point = new LinkedHashMap<>();
      Sample.of(
          x -> {
            map.apply(recording(point), x.get(0));
            return x;
          },
          Sample.normal(1, 1, 1, 3, 4));
      List<String> names = List.copyOf(point.keySet());
      Literal[] values = point.values().toArray(Literal[]::new);
      Sample.checkGradient(
          x -> {
            Map<String, Tensor> given = new LinkedHashMap<>();
            names.forEach(name -> given.put(name, x.get(given.size())));
            Tensor data = Tensor.of(Operations.constant(Sample.normal(1, 1, 1, 3, 4)));
            return List.of(map.apply(Variables.given(given), data));
          },
          values);
    }
  }

  /** Draws variables and notes them. */
  private static Variables recording(Map<String, Literal> into) {
    return new Variables() {
      @Override
      public Tensor parameter(String name, Initializer start, long... shape) {
        int[] sizes = Shape.of(shape).at(1);
        Literal value = Literal.of(start.sample(2, name, sizes).toDoubles(), sizes);
        into.put(name, value);
        return Tensor.of(Operations.constant(value));
      }

      @Override
      public Tensor buffer(String name, Initializer start, long... shape) {
        return parameter(name, start, shape);
      }
    };
  }

  @Test
  void orthogonalProjectionsAreOrthogonalInGroups() {
    Literal omega = new OrthogonalColumns().sample(3, "omega", new int[] {4, 10});
    for (int a = 0; a < 10; a++) {
      for (int b = 0; b < a; b++) {
        double product = 0;
        for (int i = 0; i < 4; i++) {
          product += omega.get(i * 10 + a) * omega.get(i * 10 + b);
        }
        if (a / 4 == b / 4) {
          assertEquals(0, product, 1e-6, a + " and " + b);
        }
      }
    }
  }

  @Test
  void costIsLinearInTheLength() {
    Tensor small = Tensor.zeros(1, 1, 8, 64);
    Tensor large = Tensor.zeros(1, 1, 1000, 64);
    assertTrue(!KernelProducts.linearIsCheaper(small, small, small));
    assertTrue(KernelProducts.linearIsCheaper(large, large, large));
    // No tensor of the linear order has both lengths as axes.
    InputSpec tokens = new InputSpec("x", DType.F32, 997, 8);
    for (LinearAttention layer :
        List.of(
            LinearAttentions.feedforwardAttention(2, 8),
            LinearAttentions.linearAttention(2).causal())) {
      long largest =
          Lower.lower(layer, List.of(tokens), Mode.TRAINING).graph().nodes().stream()
              .flatMap(node -> node.types().stream())
              .mapToLong(type -> type.shape().count().at(1))
              .max()
              .orElseThrow();
      assertTrue(largest < 997 * 997 / 4, layer + " has a tensor of " + largest);
    }
  }

  @Test
  void aMaskedTokenIsAsGoodAsAbsent() {
    Literal x = Sample.normal(1, 2, 6, 8);
    boolean[] kept = {true, true, true, true, false, false};
    double[] mask = new double[12];
    for (int i = 0; i < 12; i++) {
      mask[i] = kept[i % 6] ? 1 : 0;
    }
    Map<String, Literal> masked = new LinkedHashMap<>();
    masked.put("x", x);
    masked.put("mask", Literal.ofDoubles(DType.BOOL, mask, 2, 6));
    LinearAttention layer = LinearAttentions.linearAttention(2);
    Literal all = Sample.run(layer, 3, masked).get("y");
    Literal fewer = Sample.run(layer, 3, Map.of("x", Sample.slice(x, 0, 4))).get("y");
    Sample.close(fewer, Sample.slice(all, 0, 4), 1e-10);
  }

  @Test
  void mistakesAreNamed() {
    assertMessage("features must be even", () -> FeatureMap.favor(7));
    assertMessage("smoothing is for fourier", () -> FeatureMap.favor(8).smoothing(1));
    assertMessage("nu must be at least 1, got 0", () -> FeatureMap.dpfp(0));
    assertMessage("add causal()", () -> LinearAttentions.linearAttention(2).streaming());
    assertMessage(
        "3 heads do not divide 8 features",
        () ->
            Lower.lower(
                LinearAttentions.linearAttention(3),
                List.of(new InputSpec("x", DType.F32, 5, 8)),
                Mode.TRAINING));
    assertMessage(
        "the mask must be [N, length] = [N, 5], got [N, 4]",
        () ->
            Lower.lower(
                LinearAttentions.linearAttention(2),
                List.of(new InputSpec("x", DType.F32, 5, 8), new InputSpec("mask", DType.BOOL, 4)),
                Mode.TRAINING));
    assertMessage(
        "'omega' must have the shape [4, 4], got [4, 3]",
        () ->
            FeatureMap.favor(8)
                .apply(
                    Variables.given(Map.of("omega", Tensor.zeros(4, 3))),
                    Tensor.zeros(1, 1, 2, 4)));
  }

  private static void assertMessage(String part, Runnable declaration) {
    NndException e = assertThrows(NndException.class, declaration::run);
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }
}
