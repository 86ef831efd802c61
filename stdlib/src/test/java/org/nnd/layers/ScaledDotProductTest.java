package org.nnd.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.layers.Layers.scaledDotProduct;
import static org.nnd.layers.linear.LinearAttentions.kernelProduct;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lower;
import org.nnd.dsl.Mode;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.ir.DType;
import org.nnd.ir.NndException;

/** Attention without projections, by softmax and by a kernel. */
class ScaledDotProductTest {
  private static final List<Layer> BOTH = List.of(scaledDotProduct(), kernelProduct(8));

  private static Tensor numbers(int first, int... shape) {
    int count = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) Math.sin(first + 0.9 * i);
    }
    return Tensor.of(values, shape);
  }

  private static float[] apply(Layer layer, Tensor q, Tensor k, Tensor v) {
    return layer.apply(q, k, v).toFloats();
  }

  @Test
  void answersAreMeansOfTheValues() {
    Tensor ones = Tensor.of(new float[] {1, 1, 1, 1, 1}, 1, 5, 1);
    for (Layer layer : BOTH) {
      float[] y = apply(layer, numbers(1, 1, 3, 4), numbers(2, 1, 5, 4), ones);
      assertArrayEquals(new float[] {1, 1, 1}, y, 1e-4f);
    }
  }

  @Test
  void oneTensorIsQueriesKeysAndValues() {
    Tensor x = numbers(1, 2, 3, 4);
    for (Layer layer : BOTH) {
      assertArrayEquals(apply(layer, x, x, x), layer.apply(x).toFloats(), 0);
    }
  }

  @Test
  void headsMayBeAnAxisOrNot() {
    UnaryOperator<Tensor> folded = x -> x.reshape(6, x.size(2), x.size(3));
    Tensor q = numbers(1, 2, 3, 4, 2);
    Tensor k = numbers(2, 2, 3, 5, 2);
    Tensor v = numbers(3, 2, 3, 5, 3);
    for (Layer layer : BOTH) {
      assertArrayEquals(
          apply(layer, q, k, v),
          apply(layer, folded.apply(q), folded.apply(k), folded.apply(v)),
          1e-6f);
    }
  }

  @Test
  void causalAnswersDoNotSeeWhatComesLater() {
    Tensor q = numbers(1, 1, 3, 2);
    Tensor k = numbers(2, 1, 3, 2);
    Tensor other = numbers(2, 1, 2, 2).concat(1, numbers(9, 1, 1, 2));
    for (Layer layer : List.of(scaledDotProduct().causal(), kernelProduct(8).causal())) {
      float[] y = apply(layer, q, k, k);
      float[] changed = apply(layer, q, other, other);
      assertArrayEquals(Arrays.copyOf(y, 4), Arrays.copyOf(changed, 4), 1e-6f);
      assertTrue(Math.abs(y[4] - changed[4]) > 1e-3);
    }
  }

  @Test
  void aQueryThatMayLookNowhereSeesZerosOrTheMean() {
    Tensor x = numbers(1, 1, 2, 2);
    Tensor none = Tensor.of(new float[] {0, 0}, 1, 2).gt(0);
    Tensors inputs = Tensors.of(x).with("mask", none);
    assertArrayEquals(new float[4], scaledDotProduct().apply(inputs).one().toFloats(), 0);
    float[] v = x.toFloats();
    float[] mean = {(v[0] + v[2]) / 2, (v[1] + v[3]) / 2, (v[0] + v[2]) / 2, (v[1] + v[3]) / 2};
    assertArrayEquals(mean, scaledDotProduct().fill(-1e4).apply(inputs).one().toFloats(), 1e-6f);
  }

  @Test
  void errorsSayWhatIsWanted() {
    fails(
        "scaledDotProduct expects queries, keys and values, or one tensor that is all three",
        scaledDotProduct(),
        new InputSpec("q", DType.F32, 3, 4),
        new InputSpec("k", DType.F32, 3, 4));
    fails(
        "kernelProduct: queries [..., L, D], keys [..., S, D] and values [..., S, V] do not fit: "
            + "[N, 3, 4], [N, 5, 4], [N, 3, 4]",
        kernelProduct(8),
        new InputSpec("q", DType.F32, 3, 4),
        new InputSpec("k", DType.F32, 5, 4),
        new InputSpec("v", DType.F32, 3, 4));
    fails(
        "scaledDotProduct: causal attention wants as many queries as keys, got [N, 3, 4] and"
            + " [N, 5, 4]",
        scaledDotProduct().causal(),
        new InputSpec("q", DType.F32, 3, 4),
        new InputSpec("k", DType.F32, 5, 4),
        new InputSpec("v", DType.F32, 5, 4));
    fails(
        "scaledDotProduct expects a mask of bool or f32, got i32[N, 3]",
        scaledDotProduct(),
        new InputSpec("x", DType.F32, 3, 4),
        new InputSpec("mask", DType.I32, 3));
    NndException e = assertThrows(NndException.class, () -> scaledDotProduct().causal().fill(-1e9));
    assertTrue(
        e.getMessage()
            .startsWith("scaledDotProduct: fill is for masks that are given, causal() has none"),
        e.getMessage());
  }

  private static void fails(String message, Layer layer, InputSpec... inputs) {
    NndException e =
        assertThrows(NndException.class, () -> Lower.lower(layer, List.of(inputs), Mode.INFERENCE));
    assertTrue(e.getMessage().startsWith(message), e.getMessage());
  }

  @Test
  void theyPrintAsTheyAreWritten() {
    assertEquals("scaledDotProduct()", scaledDotProduct().toString());
    assertEquals(
        "scaledDotProduct().scale(0.5).causal()",
        scaledDotProduct().causal().scale(0.5).toString());
    assertEquals("kernelProduct(8).causal()", kernelProduct(8).causal().toString());
  }
}
