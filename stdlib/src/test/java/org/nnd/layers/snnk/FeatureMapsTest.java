package org.nnd.layers.snnk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.nnd.layers.snnk.Snnk.randomFeatures;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nnd.dsl.RandomStream;
import org.nnd.dsl.Tensor;
import org.nnd.ir.DType;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.Operations;
import org.nnd.ir.reference.ReferenceEvaluator;

/** Every feature map against the function that it estimates, in float64. */
class FeatureMapsTest {
  private static final int D = 5;

  /** What is estimated of two vectors and a bias. */
  private interface Kernel {
    double of(double[] x, double[] w, double b);
  }

  private record Points(double[][] x, double[][] w, double[] b) {
    /** Vectors of length 0.7, biases within 0.5. */
    static Points of(int seed) {
      Random random = new Random(seed);
      double[][][] sets = new double[2][6][D];
      for (double[][] set : sets) {
        for (double[] v : set) {
          Arrays.setAll(v, i -> random.nextGaussian());
          double norm = Math.sqrt(dot(v, v));
          Arrays.setAll(v, i -> 0.7 * v[i] / norm);
        }
      }
      return new Points(sets[0], sets[1], random.doubles(6, -0.5, 0.5).toArray());
    }
  }

  private record Case(String name, RandomFeatures features, Kernel kernel) {}

  private static Kernel ofProduct(DoubleUnaryOperator f) {
    return (x, w, b) -> f.applyAsDouble(dot(x, w) + b);
  }

  /** Cho and Saul 2009, equations 3 to 6, halved: the mean of what two vectors both let through. */
  private static Kernel arcCosine(int order) {
    return (x, w, b) -> {
      double[] z = Arrays.copyOf(x, D + 1);
      z[D] = 1;
      double[] v = Arrays.copyOf(w, D + 1);
      v[D] = b;
      double size = Math.sqrt(dot(z, z) * dot(v, v));
      double angle = Math.acos(dot(z, v) / size);
      double rest = Math.PI - angle;
      double c = Math.cos(angle);
      double s = Math.sin(angle);
      double j =
          switch (order) {
            case 0 -> rest;
            case 1 -> s + rest * c;
            default -> 3 * s * c + rest * (1 + 2 * c * c);
          };
      return Math.pow(size, order) * j / (2 * Math.PI);
    };
  }

  private static List<Case> cases() {
    RandomFeatures base = randomFeatures(1).bias(true);
    List<Case> all = new ArrayList<>();
    all.add(new Case("relu", base, arcCosine(1)));
    all.add(new Case("relu orthogonal", base.orthogonal(), arcCosine(1)));
    all.add(new Case("step", base.activation("step"), arcCosine(0)));
    all.add(new Case("relu squared", base.activation("relu_squared"), arcCosine(2)));
    all.add(new Case("cos", base.activation("cos"), ofProduct(Math::cos)));
    all.add(new Case("sin", base.activation("sin"), ofProduct(Math::sin)));
    RandomFeatures cos = base.activation("cos");
    all.add(new Case("cos, M = 0.1", cos.renormalise(0.1), ofProduct(Math::cos)));
    all.add(new Case("cos, simplex", cos.simplex(), ofProduct(Math::cos)));
    Kernel gaussian = ofProduct(z -> Math.exp(-z * z / 2));
    all.add(new Case("gaussian", base.activation("gaussian"), gaussian));
    all.add(new Case("sinc", base.activation("sinc"), ofProduct(z -> Math.sin(z) / z)));
    all.add(new Case("exp", base.activation("exp"), ofProduct(Math::exp)));
    RandomFeatures exp = base.activation("exp");
    all.add(new Case("exp, M = 0.1", exp.renormalise(0.1), ofProduct(Math::exp)));
    all.add(new Case("cosh", base.activation("cosh"), ofProduct(Math::cosh)));
    all.add(new Case("sinh", base.activation("sinh"), ofProduct(Math::sinh)));
    all.add(
        new Case(
            "rbf",
            base.bias(false).activation("rbf"),
            (x, w, b) -> Math.exp(dot(x, w) - dot(x, x) / 2 - dot(w, w) / 2)));
    all.add(
        new Case(
            "cubic",
            base.features(4).map(new Polynomial(List.of(0.5, -1.0, 0.0, 2.0))),
            ofProduct(z -> 0.5 - z + 2 * z * z * z)));
    all.add(
        new Case(
            "square", base.map(new Polynomial(List.of(0.0, 0.0, 1.0))), ofProduct(z -> z * z)));
    return all;
  }

  @TestFactory
  Stream<DynamicTest> theErrorFallsWithTheRootOfTheNumberOfFeatures() {
    return cases().stream().map(c -> dynamicTest(c.name(), () -> falls(c)));
  }

  private static void falls(Case c) {
    double few = error(c, 64);
    double many = error(c, 1024);
    // 16 times the features: a quarter of the error; 100 draws of 36 pairs leave some noise.
    double ratio = few / many;
    assertTrue(ratio > 3 && ratio < 5.5, c.name() + ": " + few + " to " + many);
    assertTrue(many < 0.15, c.name() + ": " + many + " is left with 1024 features");
  }

  private static double error(Case c, int m) {
    double sum = 0;
    int count = 0;
    for (int seed = 0; seed < 100; seed++) {
      Points points = Points.of(seed % 4);
      double[] got = estimate(c.features().features(m), seed, points);
      for (int i = 0; i < got.length; i++) {
        double exact = c.kernel().of(points.x()[i / 6], points.w()[i % 6], points.b()[i % 6]);
        sum += (got[i] - exact) * (got[i] - exact);
        count++;
      }
    }
    return Math.sqrt(sum / count);
  }

  /** {@code Phi(x) Psi(w, b)^T}, {@code [6, 6]}. */
  private static double[] estimate(RandomFeatures phi, long seed, Points points) {
    Features features =
        phi.map()
            .draw(
                Source.initial(seed, "layer", phi.projection()), D, phi.projections(), phi.bias());
    Optional<Tensor> b =
        phi.bias() ? Optional.of(constant(Literal.of(points.b(), 6))) : Optional.empty();
    Tensor psi = features.psi(matrix(points.w()), b);
    Tensor y = features.phi(matrix(points.x())).matmul(psi.transpose());
    Graph graph = Graph.of(List.of(), Map.of("y", y.node()));
    return ReferenceEvaluator.evaluate(graph, 1, Map.of(), Map.of()).outputs().get("y").toDoubles();
  }

  private static Tensor matrix(double[][] rows) {
    double[] flat = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    return constant(Literal.of(flat, rows.length, rows[0].length));
  }

  private static Tensor constant(Literal value) {
    return Tensor.of(Operations.constant(value));
  }

  private static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }

  /** Mean square error and mean error, in standard errors, over seeds. */
  private record Quality(double mse, double bias) {}

  private static Quality quality(RandomFeatures phi, Kernel kernel) {
    Points points = Points.of(9);
    int draws = 2000;
    double[] mean = new double[36];
    double[] square = new double[36];
    for (int seed = 0; seed < draws; seed++) {
      double[] got = estimate(phi, seed, points);
      for (int i = 0; i < 36; i++) {
        double e = got[i] - kernel.of(points.x()[i / 6], points.w()[i % 6], 0);
        mean[i] += e / draws;
        square[i] += e * e / draws;
      }
    }
    double worst = 0;
    for (int i = 0; i < 36; i++) {
      worst = Math.max(worst, Math.abs(mean[i]) / Math.sqrt(square[i] / draws));
    }
    return new Quality(Arrays.stream(square).average().orElseThrow(), worst);
  }

  /** Reid et al. 2023, theorem 3.2: of positive random features of as many directions as inputs. */
  @Test
  void simplexIsBetterThanOrthogonalAndThatThanIndependentAndAllAreUnbiased() {
    Map<String, Kernel> kernels =
        Map.of(
            "exp",
            ofProduct(Math::exp),
            "rbf",
            (x, w, b) -> Math.exp(dot(x, w) - dot(x, x) / 2 - dot(w, w) / 2));
    kernels.forEach(
        (name, kernel) -> {
          RandomFeatures phi = randomFeatures(D).activation(name);
          Quality independent = quality(phi, kernel);
          Quality orthogonal = quality(phi.orthogonal(), kernel);
          Quality simplex = quality(phi.simplex(), kernel);
          assertTrue(simplex.mse() < orthogonal.mse(), name + simplex + orthogonal);
          assertTrue(orthogonal.mse() < independent.mse(), name + orthogonal + independent);
          for (Quality quality : List.of(independent, orthogonal, simplex)) {
            assertTrue(quality.bias() < 4.5, name + quality);
          }
        });
  }

  @Test
  void blocksOfDirectionsHaveTheAnglesOfTheirCoupling() {
    for (int d : new int[] {1, 2, 7}) {
      double[][] orthogonal = Directions.of(Coupling.ORTHOGONAL, 2 * d + 1, d, stream());
      double[][] simplex = Directions.of(Coupling.SIMPLEX, 2 * d + 1, d, stream());
      for (int block = 0; block < 2; block++) {
        for (int i = 0; i < d; i++) {
          for (int j = 0; j < i; j++) {
            assertEquals(0, cosine(orthogonal[block * d + i], orthogonal[block * d + j]), 1e-12);
            double apart = cosine(simplex[block * d + i], simplex[block * d + j]);
            assertEquals(-1.0 / (d - 1), apart, 1e-12);
          }
        }
      }
    }
  }

  private static RandomStream stream() {
    return new RandomStream(3, "directions");
  }

  private static double cosine(double[] x, double[] y) {
    return dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
  }

  /** Each direction alone is standard normal: so are its first number and its squared length. */
  @Test
  void everyDirectionIsStandardNormal() {
    for (Coupling coupling : Coupling.values()) {
      double[][] rows = Directions.of(coupling, 40_000, 4, stream());
      double mean = Arrays.stream(rows).mapToDouble(r -> r[2]).average().orElseThrow();
      double second = Arrays.stream(rows).mapToDouble(r -> r[2] * r[2]).average().orElseThrow();
      double fourth =
          Arrays.stream(rows).mapToDouble(r -> Math.pow(r[2], 4)).average().orElseThrow();
      double length = Arrays.stream(rows).mapToDouble(r -> dot(r, r)).average().orElseThrow();
      assertEquals(0, mean, 0.03, coupling + " mean");
      assertEquals(1, second, 0.04, coupling + " variance");
      assertEquals(3, fourth, 0.25, coupling + " fourth moment");
      assertEquals(4, length, 0.08, coupling + " squared length");
    }
  }

  @Test
  void seedsGiveTheSameDirectionsEverywhere() {
    Projection drawn = new Projection.Drawn(Coupling.SIMPLEX, Optional.empty());
    int[] shape = {7, 3};
    Literal first = drawn.sample(1, "a", "projection_matrix", shape);
    assertEquals(first, drawn.sample(1, "a", "projection_matrix", shape));
    assertTrue(!first.equals(drawn.sample(2, "a", "projection_matrix", shape)));
    assertTrue(!first.equals(drawn.sample(1, "b", "projection_matrix", shape)));
    Projection own = new Projection.Drawn(Coupling.SIMPLEX, Optional.of(5L));
    Literal fixed = own.sample(1, "a", "projection_matrix", shape);
    assertEquals(fixed, own.sample(2, "b", "projection_matrix", shape));
    assertEquals(DType.F64, fixed.dtype());
  }
}
