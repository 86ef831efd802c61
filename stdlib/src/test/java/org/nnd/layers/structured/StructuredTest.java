package org.nnd.layers.structured;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.layers.structured.Structured.blast;
import static org.nnd.layers.structured.Structured.btt;
import static org.nnd.layers.structured.Structured.gaudiMask;
import static org.nnd.layers.structured.Structured.monarch;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lower;
import org.nnd.dsl.Lowered;
import org.nnd.dsl.Mode;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.reference.ReferenceEvaluator;

/** What structured layers promise beyond the vectors of their official implementations. */
class StructuredTest {
  private static Literal random(int... shape) {
    Random random = new Random(7);
    Literal zeros = Literal.zeros(DType.F64, shape);
    return Literal.of(random.doubles(zeros.count(), -1, 1).toArray(), shape);
  }

  private static Literal apply(Layer layer, Literal x) {
    int[] shape = x.shape();
    long[] example = Arrays.stream(shape).skip(1).asLongStream().toArray();
    Lowered lowered =
        Lower.lower(layer, List.of(new InputSpec("x", DType.F64, example)), Mode.INFERENCE);
    return ReferenceEvaluator.evaluate(
            lowered.graph(), shape[0], Map.of("x", x), lowered.initial(3))
        .output();
  }

  /** Rows of the identity give the columns of the matrix; the layer is the product with it. */
  private static void assertLinear(Layer layer, int in, int out) {
    double[] identity = new double[in * in];
    for (int i = 0; i < in; i++) {
      identity[i * in + i] = 1;
    }
    double[] matrix = apply(layer, Literal.of(identity, in, in)).toDoubles();
    Literal x = random(5, in);
    double[] expected = new double[5 * out];
    for (int row = 0; row < 5; row++) {
      for (int i = 0; i < in; i++) {
        for (int o = 0; o < out; o++) {
          expected[row * out + o] += x.get(row * in + i) * matrix[i * out + o];
        }
      }
    }
    assertArrayEquals(expected, apply(layer, x).toDoubles(), 1e-12);
  }

  @Test
  void withoutABiasEachIsTheProductWithItsMatrix() {
    assertLinear(blast(9).blocks(3, 2).rank(5).bias(false), 14, 9);
    assertLinear(monarch(7).blocks(3).bias(false), 11, 7);
    assertLinear(monarch(13).blocks(1).bias(false), 5, 13);
    assertLinear(btt(21).input(5, 2).output(7, 3).rank(2), 10, 21);
    assertLinear(btt(13), 7, 13);
  }

  @Test
  void leadingAxesAreRows() {
    Literal flat = random(6, 10);
    Literal deep = Literal.of(flat.toDoubles(), 2, 3, 10);
    for (Layer layer : List.of(blast(8).blocks(2), monarch(9).blocks(4), btt(6).rank(3))) {
      assertArrayEquals(
          apply(layer, flat).toDoubles(), apply(layer, deep).toDoubles(), 0, layer.toString());
    }
  }

  @Test
  void aMaskWithoutSmoothingIsOneInsideItsWindowAndZeroOutside() {
    int n = 16;
    Literal width = Literal.of(new double[] {4.0 / n});
    Literal one = Literal.of(width.toDoubles(), 1);
    Literal loc = Literal.of(new double[] {0.25}, 1);
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    Lowered lowered =
        Lower.lower(
            gaudiMask().sigma(0), List.of(new InputSpec("x", DType.F64, 1, n)), Mode.INFERENCE);
    double[] mask =
        ReferenceEvaluator.evaluate(
                lowered.graph(),
                1,
                Map.of("x", Literal.of(ones, 1, 1, n)),
                Map.of("width", one, "loc", loc))
            .output()
            .toDoubles();
    for (int i = 0; i < n; i++) {
      assertEquals(i >= 4 && i < 8 ? 1 : 0, mask[i], 1e-9, "place " + i);
    }
  }

  @Test
  void wrongSizesAreToldWithWhatWouldFit() {
    assertError("3 block rows do not divide 8 output features", blast(8).blocks(3, 2), 10);
    assertError("4 block columns do not divide 10 input features", blast(8), 10);
    assertError("3 x 3 is not the number of input features 10", btt(8).input(3, 3), 10);
    assertDeclaration(
        "btt: 3 x 3 is not the number of output features 8", () -> btt(8).output(3, 3));
    assertDeclaration("blast: the rank must be at least 1, got 0", () -> blast(8).rank(0));
    assertDeclaration("monarch: the number of blocks must be", () -> monarch(8).blocks(0));
    assertDeclaration("sigma must not be negative", () -> gaudiMask().sigma(-1));
  }

  private static void assertError(String message, Layer layer, int in) {
    assertDeclaration(message, () -> apply(layer, random(2, in)));
  }

  private static void assertDeclaration(String message, Runnable declaration) {
    NndException e = assertThrows(NndException.class, declaration::run);
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }
}
