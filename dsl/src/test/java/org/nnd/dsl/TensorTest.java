package org.nnd.dsl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.dsl.Combinators.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.NndException;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;

/** Operations on tensors as values, and as results that are not computed yet. */
class TensorTest {
  private static final Tensor X = tensor(new double[][] {{1, 2, 3}, {4, 5, 6}});

  private static void values(Tensor tensor, double... expected) {
    assertArrayEquals(expected, tensor.value().toDoubles(), 1e-6, tensor.toString());
  }

  private static Tensor batch(long... example) {
    return Tensor.of(Operations.input("x", TensorType.f32(Shape.batchOf(example))));
  }

  private static void refused(String message, Supplier<Tensor> body) {
    assertEquals(message, assertThrows(NndException.class, body::get).getMessage());
  }

  @Test
  void broadcastsLikeNumpy() {
    values(X.add(tensor(10, 20, 30)), 11, 22, 33, 14, 25, 36);
    values(X.add(tensor(10)), 11, 12, 13, 14, 15, 16);
    values(X.mul(tensor(new double[][] {{2}, {-1}})), 2, 4, 6, -4, -5, -6);
    values(X.sub(1).div(2), 0, 0.5, 1, 1.5, 2, 2.5);
    assertEquals(
        Shape.of(Dim.BATCH, Dim.of(4), Dim.of(5)), batch(4, 1).add(Tensor.zeros(5)).shape());
    refused(
        "add: the shapes [2, 3] and [2] do not broadcast, axis -1 has 3 and 2",
        () -> X.add(tensor(1, 2)));
  }

  @Test
  void reducesOverAxesFromEitherEnd() {
    values(X.sum(), 21);
    values(X.sum(0), 5, 7, 9);
    values(X.mean(-1), 2, 5);
    values(X.max(1), 3, 6);
    values(X.var(1), 2 / 3.0, 2 / 3.0);
    assertEquals(Shape.of(2, 1), X.keepDims(Tensor::mean, 1).shape());
    values(X.cumsum(1), 1, 3, 6, 4, 9, 15);
    values(X.argmax(1), 2, 2);
  }

  @Test
  void cutsJoinsAndRearranges() {
    values(X.slice(1, 1, 3), 2, 3, 5, 6);
    values(X.slice(1, -1, 3), 3, 6);
    values(X.select(0, -1), 4, 5, 6);
    values(X.stride(1, 2), 1, 3, 4, 6);
    values(X.transpose(), 1, 4, 2, 5, 3, 6);
    values(X.reverse(1), 3, 2, 1, 6, 5, 4);
    values(X.concat(1, X.select(1, 0).unsqueeze(1)), 1, 2, 3, 1, 4, 5, 6, 4);
    values(X.pad(1, 1, 0, 7), 7, 1, 2, 3, 7, 4, 5, 6);
    values(X.split(1, 1, 2).get(1), 2, 3, 5, 6);
    assertEquals(Shape.of(3, 2), X.reshape(-1, 2).shape());
  }

  @Test
  void workedOutSizesMayDependOnTheBatch() {
    Tensor x = batch(49, 32);
    assertEquals("[N, 1568]", x.flatten(1).shape().toString());
    assertEquals("[49N, 32]", x.reshape(-1, 32).shape().toString());
    assertEquals("[N, 7, 7, 32]", x.reshape(-1, 7, 7, 32).shape().toString());
    assertEquals("[N-1, 49, 32]", x.slice(0, 0, -1).shape().toString());
    refused(
        "reshape: the 1568N elements of [N, 49, 32] do not fill [-1, 5]", () -> x.reshape(-1, 5));
    refused(
        "reshape: the 1568N elements of [N, 49, 32] do not fill [-1, -1]", () -> x.reshape(-1, -1));
  }

  @Test
  void multipliesMatrices() {
    values(X.matmul(X.transpose()), 14, 32, 32, 77);
    Tensor stacked = Tensor.concat(0, List.of(X.unsqueeze(0), X.unsqueeze(0).mul(2)));
    assertEquals(Shape.of(2, 2, 2), stacked.matmul(X.transpose()).shape());
    values(stacked.matmul(stacked.transpose()).select(0, 1), 56, 128, 128, 308);
  }

  @Test
  void choosesAndLooksUp() {
    values(X.gt(3).where(X, 0), 0, 0, 0, 4, 5, 6);
    values(X.lt(2).or(X.ge(6)).not(), 0, 1, 1, 1, 1, 0);
    values(X.gather(tensor(new int[] {1, 1, 0}), 0), 4, 5, 6, 4, 5, 6, 1, 2, 3);
    values(X.takeAlong(tensor(new int[][] {{2}, {0}}), 1), 3, 4);
    values(tensor(new int[] {1, 0}).oneHot(3), 0, 1, 0, 1, 0, 0);
    values(tensor(new double[] {3, 9, 1, 7}).topK(2), 1, 3);
  }

  @Test
  void knowsTheUsualFunctions() {
    Tensor x = tensor(-1, 0, 2);
    values(x.relu(), 0, 0, 2);
    values(x.gelu(), -0.15865525, 0, 1.95449974);
    values(x.silu(), -0.26894142, 0, 1.76159416);
    values(x.softplus(), 0.31326169, 0.69314718, 2.12692801);
    values(x.softmax(0), 0.04201007, 0.11419519, 0.84379473);
    values(x.logSoftmax(0), -3.16984602, -2.16984602, -0.16984602);
    values(tensor(1000, 1001).softmax(-1), 0.26894142, 0.73105858);
  }

  @Test
  void numbersTakeTheElementType() {
    assertEquals(DType.I32, tensor(new int[] {1, 2}).add(1).dtype());
    refused(
        "add: 0.5 is not a number of type i32; cast the tensor first",
        () -> tensor(new int[] {1, 2}).add(0.5));
    refused(
        "mul: the element types of f32[2, 3] and i32[3] differ; cast one of them",
        () -> X.mul(tensor(new int[] {1, 2, 3})));
  }

  @Test
  void isComputedWhenLookedAtAndOnlyOnce() {
    Tensor y = X.exp().sum();
    assertSame(y.value(), y.value());
    assertEquals(Math.exp(1) + Math.exp(2), tensor(1, 2).exp().sum().item(), 1e-6);
  }

  @Test
  void forgetsWhatItWasComputedFrom() {
    Tensor y = X.exp();
    assertFalse(y.node().operands().isEmpty());
    y.value();
    assertTrue(y.node().operands().isEmpty());
    values(y.log(), 1, 2, 3, 4, 5, 6);
  }

  @Test
  void longChainsOfValuesAreComputed() {
    Tensor x = tensor(0);
    for (int i = 0; i < 20_000; i++) {
      x = x.add(1);
    }
    assertEquals(20_000, x.item());
  }

  @Test
  void withoutValueSaysWhatIsMissing() {
    NndException error = assertThrows(NndException.class, () -> batch(3).add(1).value());
    assertTrue(error.getMessage().contains("depends on 'x'"), error.getMessage());
    assertEquals("f32[N, 3]", batch(3).add(1).toString());
  }

  @Test
  void printsTypeStatisticsAndElements() {
    assertEquals(
        """
        f32[2, 3]  mean 3.5000, deviation 1.7078, from 1.0000 to 6.0000
        [[1.0000, 2.0000, 3.0000],
         [4.0000, 5.0000, 6.0000]]""",
        X.toString());
    String wide = Tensor.range(100).toString();
    assertTrue(wide.endsWith("[0, 1, 2, 3, 4, 5, …, 94, 95, 96, 97, 98, 99]"), wide);
    assertFalse(Tensor.range(12).toString().contains("…"));
  }

  @Test
  void normalNumbersAreThoseOfTheirSeed() {
    Tensor x = Tensor.normal(7, 40, 50);
    assertEquals(Shape.of(40, 50), x.shape());
    double[] values = x.value().toDoubles();
    double mean = Arrays.stream(values).average().orElseThrow();
    double square = Arrays.stream(values).map(v -> v * v).average().orElseThrow();
    assertEquals(0, mean, 4 / Math.sqrt(2000));
    assertEquals(1, square, 4 * Math.sqrt(2.0 / 2000));
    assertArrayEquals(values, Tensor.normal(7, 40, 50).value().toDoubles());
    assertNotEquals(values[0], Tensor.normal(8, 40, 50).value().get(0));
    assertEquals(1, Tensor.normal(1).value().count());
    refused("normal: an extent must not be negative, got -1", () -> Tensor.normal(1, 2, -1));
  }

  @Test
  void statisticsAreThoseOfTheFiniteElements() {
    assertEquals(
        "f32[4]  mean 2.0000, deviation 1.0000, from 1.0000 to 3.0000, 1 not a number, 1 infinite",
        Tensor.of(Float.NaN, 1, 3, Float.NEGATIVE_INFINITY).toString().lines().findFirst().get());
    assertEquals(
        "f32[2]  2 not a number",
        Tensor.of(Float.NaN, Float.NaN).toString().lines().findFirst().get());
  }

  @Test
  void saysWhatItCannotBeMadeOf() {
    for (Object value : List.of(List.of(1, 2), List.of(), new ArrayList<>(List.of(1, 2)))) {
      NndException list = assertThrows(NndException.class, () -> Tensor.of(value));
      assertEquals(
          "a tensor is made of numbers or booleans, got a List; put its numbers into an array, as in"
              + " new float[] {1, 2}",
          list.getMessage());
    }
    NndException map = assertThrows(NndException.class, () -> Tensor.of(Map.of(1, 2)));
    assertTrue(map.getMessage().contains("got a Map; "), map.getMessage());
  }

  @Test
  void refusesRaggedArrays() {
    refused(
        "the rows of an array must be equally long, got 2 and 1",
        () -> tensor(new double[][] {{1, 2}, {3}}));
  }

  @Test
  void refusesWhatIsNoNumber() {
    refused("a tensor is made of numbers or booleans, got String", () -> tensor("one"));
    refused(
        "a tensor is made of numbers or booleans, got String",
        () -> tensor(new String[][] {{"one"}}));
    refused("a tensor is made of numbers or booleans, got null", () -> tensor((Object) null));
    refused(
        "a tensor is made of numbers or booleans, got null",
        () -> tensor(new double[][] {null, {1}}));
    refused(
        "a tensor is made of numbers or booleans, got null",
        () -> tensor(new double[][] {{1}, null}));
  }
}
