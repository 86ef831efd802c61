package org.nnd.layers.associative;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.layers.associative.Associative.boltzmannCompletion;
import static org.nnd.layers.associative.Associative.monotoneBoltzmann;
import static org.nnd.layers.associative.LayerCheck.normal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nnd.dsl.Tensor;
import org.nnd.ir.DType;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.gradient.Gradient;
import org.nnd.ir.reference.ReferenceEvaluator;

class MonotoneBoltzmannTest {
  private static final MeanField EXACT = new MeanField(0.1, 1e-14, 20_000);

  private static Map<String, Literal> evaluate(Map<String, Node> outputs) {
    return ReferenceEvaluator.evaluate(Graph.of(List.of(), outputs), 1, Map.of(), Map.of())
        .outputs();
  }

  private static double[] evaluate(Tensor x) {
    return evaluate(Map.of("y", x.node())).get("y").toDoubles();
  }

  private static Tensor constant(Literal value) {
    return Tensor.of(Operations.constant(value));
  }

  /** Whether a symmetric matrix is positive definite: it has a Cholesky factor. */
  private static boolean positive(double[][] m) {
    int n = m.length;
    double[][] l = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = m[i][j];
        for (int k = 0; k < j; k++) {
          sum -= l[i][k] * l[j][k];
        }
        if (i == j && sum <= 0) {
          return false;
        }
        l[i][j] = i == j ? Math.sqrt(sum) : sum / l[j][j];
      }
    }
    return true;
  }

  @Test
  void couplingsAreSymmetricHollowAndMonotone() {
    for (double size : new double[] {0.1, 1, 30}) {
      for (int[] shape : new int[][] {{1, 3, 2}, {5, 7, 3}, {4, 2, 5}, {7, 13, 2}}) {
        for (double margin : new double[] {0.01, 0.5, 1}) {
          Tensor a = constant(normal(3, shape)).mul(size);
          double[] phi = evaluate(new MeanField(margin, 1e-6, 9).couplings(a));
          int states = shape[2];
          int n = shape[0] * states;
          double[][] rest = new double[n][n];
          for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
              assertEquals(phi[i * n + j], phi[j * n + i], 1e-12);
              if (i / states == j / states) {
                assertEquals(0, phi[i * n + j]);
              }
              rest[i][j] = (i == j ? 1 - margin + 1e-9 : 0) - phi[i * n + j];
            }
          }
          assertTrue(positive(rest), "I - Φ is at least " + margin);
        }
      }
    }
  }

  @Test
  void theBoundOfTheNormIsAboveItAndClose() {
    double[] spectrum = {3, 2.9, 1, 0.2, 0.1};
    double[] matrix = new double[35];
    for (int i = 0; i < 5; i++) {
      matrix[i * 7 + i] = spectrum[i];
    }
    double[] bound = evaluate(MeanField.squaredNormBound(constant(Literal.of(matrix, 1, 5, 7))));
    assertTrue(bound[0] >= 9 && bound[0] < 9 * Math.pow(5, 1.0 / 64), "" + bound[0]);
  }

  @Test
  void theFixedPointIsTheSameFromAnyStart() {
    // Strong couplings: without the damping, the iteration would swing for ever.
    MeanField field = EXACT;
    Tensor couplings = field.couplings(constant(normal(1, 6, 4, 3)).mul(9));
    Tensor bias = constant(normal(2, 4, 6, 3));
    double[] expected =
        evaluate(field.solve(couplings, bias, MeanField.uniform(bias), Optional.empty()));
    for (int seed = 0; seed < 5; seed++) {
      Tensor start = constant(normal(seed, 4, 6, 3)).mul(1000 * seed).softmax(2);
      double[] actual = evaluate(field.solve(couplings, bias, start, Optional.empty()));
      assertArrayEquals(expected, actual, 1e-11);
    }
    // It is a mean field: every variable is the softmax of what the others send it.
    Tensor q = constant(Literal.of(expected, 4, 6, 3));
    Tensor sent = q.flatten(1).matmul(couplings).reshape(4, 6, 3).add(bias).softmax(2);
    assertArrayEquals(evaluate(sent), expected, 1e-11);
  }

  @Test
  void theImplicitGradientIsThatOfTheUnrolledIteration() {
    Node a = Operations.parameter("a", normal(1, 3, 4, 2).type());
    Node b = Operations.parameter("b", normal(2, 2, 3, 2).type());
    Tensor couplings = EXACT.couplings(Tensor.of(a));
    Tensor bias = Tensor.of(b);
    Tensor solved = EXACT.solve(couplings, bias, MeanField.uniform(bias), Optional.empty());
    Tensor alpha = constant(Literal.of(new double[] {0.5}, 1, 1, 1));
    Tensor unrolled = MeanField.uniform(bias);
    for (int i = 0; i < 200; i++) {
      unrolled = MeanField.step(unrolled, List.of(couplings.node(), b, alpha.node()));
    }
    Map<String, Node> outputs = new LinkedHashMap<>();
    for (Tensor q : List.of(solved, unrolled)) {
      Tensor loss = q.mul(constant(normal(3, 2, 3, 2))).sum();
      List<Node> gradients = Gradient.of(loss.node(), List.of(a, b));
      outputs.put("a" + outputs.size(), gradients.get(0));
      outputs.put("b" + outputs.size(), gradients.get(1));
    }
    List<Literal> values =
        List.copyOf(
            ReferenceEvaluator.evaluate(
                    Graph.of(List.of(), outputs),
                    1,
                    Map.of(),
                    Map.of("a", normal(1, 3, 4, 2), "b", normal(2, 2, 3, 2)))
                .outputs()
                .values());
    assertArrayEquals(values.get(2).toDoubles(), values.get(0).toDoubles(), 1e-10);
    assertArrayEquals(values.get(3).toDoubles(), values.get(1).toDoubles(), 1e-10);
  }

  @Test
  void theLayerDifferentiatesAndRunsOnTheDevice() {
    LayerCheck.of(monotoneBoltzmann(3, 2).tolerance(1e-14).steps(5000))
        .input("x", normal(1, 2, 5))
        .drawn(1)
        .differentiates();
    LayerCheck.of(monotoneBoltzmann(2, 3).rank(1).margin(0.3).tolerance(1e-14).steps(5000))
        .input("x", normal(2, 1, 1))
        .drawn(2)
        .differentiates();
    LayerCheck.of(monotoneBoltzmann(7, 3).rank(5)).input("x", normal(3, 5, 11)).drawn(3).onDevice();
    LayerCheck.of(monotoneBoltzmann(1, 2)).input("x", normal(4, 1, 3)).drawn(4).onDevice();
  }

  private static Literal mask(int rows, int columns) {
    byte[] known = new byte[rows * columns];
    for (int i = 0; i < known.length; i++) {
      known[i] = (byte) (i % 3 == 0 || i % 5 == 1 ? 1 : 0);
    }
    return new Literal(DType.BOOL, new int[] {rows, columns}, known);
  }

  @Test
  void completionKeepsWhatIsKnownAndDoesNotLookAtTheRest() {
    Literal visible = Literal.of(evaluate(constant(normal(1, 3, 5, 4)).softmax(2)), 3, 5, 4);
    Literal mask = mask(3, 5);
    double[] other = normal(9, 3, 5, 4).toDoubles();
    for (int i = 0; i < other.length; i++) {
      other[i] = mask.get(i / 4) == 1 ? visible.get(i) : other[i];
    }
    BoltzmannCompletion layer = boltzmannCompletion(3, 6).tolerance(1e-14).steps(5000);
    double[] completed =
        LayerCheck.of(layer)
            .input("x", visible)
            .input("mask", mask)
            .drawn(1)
            .reference()
            .get("y")
            .toDoubles();
    double[] again =
        LayerCheck.of(layer)
            .input("x", Literal.of(other, 3, 5, 4))
            .input("mask", mask)
            .drawn(1)
            .reference()
            .get("y")
            .toDoubles();
    assertArrayEquals(completed, again, 1e-12);
    for (int i = 0; i < completed.length; i++) {
      if (mask.get(i / 4) == 1) {
        assertEquals(visible.get(i), completed[i]);
      }
    }
    LayerCheck.of(boltzmannCompletion(2, 3).tolerance(1e-14).steps(5000))
        .input("x", Literal.of(evaluate(constant(normal(1, 2, 3, 2)).softmax(2)), 2, 3, 2))
        .input("mask", mask(2, 3))
        .drawn(5)
        .differentiates();
    LayerCheck.of(boltzmannCompletion(0, 3))
        .input("x", visible)
        .input("mask", mask)
        .drawn(6)
        .onDevice();
  }
}
