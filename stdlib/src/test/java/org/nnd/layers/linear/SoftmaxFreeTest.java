package org.nnd.layers.linear;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.layers.linear.LinearAttentions.globalLambdaLayer;
import static org.nnd.layers.linear.LinearAttentions.lambdaLayer;
import static org.nnd.layers.linear.LinearAttentions.softmaxFreeAttention;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lower;
import org.nnd.dsl.Mode;
import org.nnd.dsl.Tensor;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.composite.Inverses;

/** Softmax-free attention and lambda layers. */
class SoftmaxFreeTest {
  @Test
  void withAllTokensAsLandmarksItIsExact() {
    Literal q = Sample.scaled(Sample.normal(1, 2, 3, 9, 4), 1.5);
    Literal v = Sample.normal(2, 2, 3, 9, 5);
    List<Literal> results =
        Sample.of(
            x ->
                List.of(
                    GaussianProducts.exact(x.get(0), x.get(0), x.get(1)),
                    GaussianProducts.nystrom(x.get(0), x.get(0), x.get(1), 60, 0, false)),
            q,
            v);
    Sample.close(results.get(0), results.get(1), 1e-8);
  }

  @Test
  void residualOfNewtonsIterationShrinks() {
    Literal q = Sample.normal(1, 1, 1, 12, 3);
    double before = Double.POSITIVE_INFINITY;
    for (int iterations : new int[] {1, 4, 8, 16, 24, 32}) {
      Literal residual =
          Sample.one(
              x -> {
                Tensor kernel = GaussianProducts.kernel(x.get(0), x.get(0));
                Tensor y = Tensor.of(Inverses.newtonInverse(kernel.node(), iterations, 0));
                return kernel.sub(kernel.matmul(y).matmul(kernel)).square().sum();
              },
              q);
      assertTrue(residual.get(0) < before, iterations + ": " + residual.get(0));
      before = residual.get(0);
    }
    assertTrue(before < 1e-10, "at last " + before);
  }

  @Test
  void moreLandmarksApproximateBetter() {
    Literal q = Sample.normal(1, 1, 1, 64, 4);
    Literal v = Sample.normal(2, 1, 1, 64, 3);
    double before = Double.POSITIVE_INFINITY;
    for (int count : new int[] {4, 16, 48}) {
      List<Literal> results =
          Sample.of(
              x -> {
                Tensor landmarks = x.get(0).slice(2, 0, count);
                return List.of(
                    GaussianProducts.exact(x.get(0), x.get(0), x.get(1)),
                    GaussianProducts.nystrom(x.get(0), landmarks, x.get(1), 40, 1e-6, false));
              },
              q,
              v);
      double error = Sample.error(results.get(0), results.get(1));
      assertTrue(error < before, count + " landmarks: " + error);
      before = error;
    }
    assertTrue(before < 0.15, "at last " + before);
  }

  @Test
  void gradientInClosedFormAgreesWithCentralDifferences() {
    for (boolean normalized : new boolean[] {false, true}) {
      Sample.checkGradient(
          x ->
              List.of(GaussianProducts.nystrom(x.get(0), x.get(1), x.get(2), 30, 0.05, normalized)),
          Sample.normal(1, 2, 1, 7, 3),
          Sample.normal(2, 2, 1, 3, 3),
          Sample.normal(3, 2, 1, 7, 2));
    }
  }

  @Test
  void aLambdaLayerMovesWithItsPicture() {
    // One pixel, far from the border; the content part is the same anywhere by symmetry of its sum.
    double[] here = new double[64 * 2];
    here[3 * 8 + 3] = 1;
    double[] there = new double[64 * 2];
    there[4 * 8 + 4] = 1;
    Layer layer = lambdaLayer(3, 3).heads(2);
    Literal a = Sample.run(layer, 2, Map.of("x", Literal.of(here, 1, 2, 8, 8))).get("y");
    Literal b = Sample.run(layer, 2, Map.of("x", Literal.of(there, 1, 2, 8, 8))).get("y");
    for (int c = 0; c < 2; c++) {
      for (int i = 1; i < 6; i++) {
        for (int j = 1; j < 6; j++) {
          assertEquals(
              a.get(c * 64 + i * 8 + j), b.get(c * 64 + (i + 1) * 8 + j + 1), 1e-9, i + ", " + j);
        }
      }
    }
  }

  @Test
  void mistakesAreNamed() {
    message("must be odd, got 4", () -> lambdaLayer(4, 4));
    message(
        "3 heads do not divide 16 output channels",
        () -> lower(lambdaLayer(4, 5).heads(3), 16, 6, 6));
    message(
        "global context is 6x6, got a picture of 6x5",
        () -> lower(globalLambdaLayer(4, 6), 16, 6, 5));
    message("expects [N, C, H, W] (rank 4)", () -> lower(lambdaLayer(4, 5), 16, 6));
    message("5 rows do not divide 12 tokens", () -> lower(softmaxFreeAttention(2, 5, 2), 12, 8));
    message(
        "a landmark for every 4x4 tokens needs as many, got 3x4",
        () -> lower(softmaxFreeAttention(2, 3, 4), 12, 8));
    message("the ridge must not be negative", () -> softmaxFreeAttention(2, 3, 4).ridge(-1));
    message("must be odd, got 2", () -> softmaxFreeAttention(2, 3, 4).conv(2));
  }

  private static void lower(Layer layer, long... shape) {
    Lower.lower(layer, List.of(InputSpec.of(shape)), Mode.TRAINING);
  }

  private static void message(String part, Runnable declaration) {
    NndException e = assertThrows(NndException.class, declaration::run);
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }
}
