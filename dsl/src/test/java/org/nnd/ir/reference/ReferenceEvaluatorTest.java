package org.nnd.ir.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nnd.ir.BinaryOp;
import org.nnd.ir.Comparison;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.Reduction;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;
import org.nnd.ir.UnaryOp;
import org.nnd.ir.Window;

class ReferenceEvaluatorTest {
  private static Literal evaluate(Node node) {
    Graph graph = Graph.of(List.of(), Map.of("y", node));
    return ReferenceEvaluator.evaluate(graph, 3, Map.of(), Map.of()).output();
  }

  private static void assertValues(Node node, double... expected) {
    assertArrayEquals(expected, evaluate(node).toDoubles(), 1e-12);
  }

  private static Node f32(int[] shape, double... values) {
    return Operations.constant(Literal.ofDoubles(DType.F32, values, shape));
  }

  private static Node ints(DType dtype, double... values) {
    return Operations.constant(Literal.ofDoubles(dtype, values, values.length));
  }

  private static Node vector(double... values) {
    return f32(new int[] {values.length}, values);
  }

  /** The published known answers of Random123, tests/kat_vectors. */
  @Test
  void philoxGivesItsKnownAnswers() {
    assertArrayEquals(
        new int[] {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}, Philox.block(0, 0, 0, 0, 0, 0));
    assertArrayEquals(
        new int[] {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd},
        Philox.block(-1, -1, -1, -1, -1, -1));
    assertArrayEquals(
        new int[] {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1},
        Philox.block(0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0));
  }

  @Test
  void randomBitsFollowTheirLayout() {
    long stream = 0x03707344_299f31d0L;
    Node seed = Operations.scalar(DType.I32, 0xa4093822);
    Node step = Operations.scalar(DType.I32, 0x85a308d3);
    Node bits = Operations.randomBits(seed, step, Shape.batchOf(3), stream, 0x13198a2e);
    int[] expected = new int[9];
    for (int i = 0; i < 9; i++) {
      expected[i] =
          Philox.block(i / 4, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0)[i % 4];
    }
    assertArrayEquals(expected, (int[]) evaluate(bits).array());
  }

  /** Values from Abramowitz and Stegun's definition, computed to 20 digits. */
  @Test
  void errorFunctionIsRightToFifteenDigits() {
    double[][] known = {
      {0.1, 0.11246291601828489220},
      {0.5, 0.52049987781304653768},
      {1, 0.84270079294971486934},
      {2, 0.99532226501895273416},
      {3, 0.99997790950300141456},
      {5, 0.99999999999846254021},
      {7, 1},
    };
    for (double[] pair : known) {
      assertEquals(pair[1], ErrorFunction.erf(pair[0]), 2e-15);
      assertEquals(-ErrorFunction.erf(pair[0]), ErrorFunction.erf(-pair[0]));
    }
    assertEquals(ErrorFunction.erf(2 - 1e-13), ErrorFunction.erf(2 + 1e-13), 2e-14);
    assertEquals(Double.NaN, ErrorFunction.erf(Double.NaN));
  }

  @Test
  void integersWrapAndDivisionByZeroIsZero() {
    Node x = ints(DType.I32, Integer.MAX_VALUE, -7, 5, Integer.MIN_VALUE);
    Node y = ints(DType.I32, 1, 2, 0, -1);
    assertValues(Operations.add(x, y), Integer.MIN_VALUE, -5, 5, Integer.MAX_VALUE);
    assertValues(Operations.divide(x, y), Integer.MAX_VALUE, -3, 0, Integer.MIN_VALUE);
    assertValues(Operations.binary(BinaryOp.REMAINDER, x, y), 0, -1, 0, 0);
    assertValues(
        Operations.binary(BinaryOp.SHIFT_RIGHT_LOGICAL, x, ints(DType.I32, 0, 1, 33, 31)),
        Integer.MAX_VALUE,
        0x7ffffffc,
        2,
        1);
    assertValues(
        Operations.binary(
            BinaryOp.POWER, ints(DType.I32, 3, -1, 2, 0), ints(DType.I32, 4, -3, -1, 0)),
        81,
        -1,
        0,
        1);
    assertValues(Operations.add(ints(DType.U8, 200, 3), ints(DType.U8, 100, 4)), 44, 7);
    assertValues(Operations.unary(UnaryOp.NOT, ints(DType.U8, 1)), 254);
    assertValues(Operations.not(ints(DType.BOOL, 0, 1)), 1, 0);
  }

  @Test
  void conversionsRoundAndSaturate() {
    assertValues(
        Operations.convert(vector(1e10, -2.9, Double.NaN), DType.I32), Integer.MAX_VALUE, -2, 0);
    assertValues(Operations.convert(vector(300, -1, 2.9), DType.U8), 255, 0, 2);
    assertValues(Operations.convert(ints(DType.I32, 300, -1), DType.I8), 44, -1);
    assertValues(
        Operations.convert(vector(1.0004883, 65520), DType.F16), 1, Double.POSITIVE_INFINITY);
    assertValues(Operations.convert(vector(1.00390625), DType.BF16), 1);
    assertValues(Operations.convert(ints(DType.I32, 256, 0), DType.BOOL), 1, 0);
    assertValues(Operations.bitcast(vector(1), DType.I32), 0x3f800000);
    assertValues(Operations.bitcast(ints(DType.I32, 0x40490fdb), DType.F32), (float) Math.PI);
  }

  @Test
  void valuesOfHalfPrecisionAreRoundedAfterEachOperation() {
    Node x = Operations.convert(vector(2048), DType.F16);
    assertValues(Operations.add(x, 1), 2048);
    assertValues(Operations.add(Operations.convert(x, DType.F32), 1), 2049);
  }

  @Test
  void floatingPointFollowsIeee() {
    double nan = Double.NaN;
    double inf = Double.POSITIVE_INFINITY;
    assertValues(Operations.maximum(vector(nan, 1), vector(1, nan)), nan, nan);
    assertValues(
        Operations.binary(BinaryOp.POWER, vector(1, -1, 0, -2), vector(nan, inf, 0, 3)),
        1,
        1,
        1,
        -8);
    assertValues(
        Operations.binary(BinaryOp.REMAINDER, vector(-5.5, 5.5), vector(2, -2)), -1.5, 1.5);
    assertValues(Operations.unary(UnaryOp.ROUND, vector(0.5, 1.5, -2.5)), 0, 2, -2);
    assertValues(Operations.compare(Comparison.NE, vector(nan, 1), vector(nan, 1)), 1, 0);
    assertEquals(
        1, evaluate(Operations.unary(UnaryOp.LOGISTIC, vector(-800))).get(0) * 1e300 + 1, 0);
  }

  @Test
  void sortingIsStableWithNanLast() {
    Node x = vector(2, Double.NaN, 1, 2, 0);
    assertValues(Operations.argSort(x, 0, false), 4, 2, 0, 3, 1);
    assertValues(Operations.argSort(x, 0, true), 0, 3, 2, 4, 1);
    assertValues(Operations.topK(x, 3), 0, 3, 2);
    assertValues(Operations.argReduce(Reduction.MAX, x, 0), 1);
    assertValues(Operations.argReduce(Reduction.MIN, vector(3, 1, 1), 0), 1);
    Node matrix = f32(new int[] {2, 2}, 1, 5, 3, 4);
    assertValues(Operations.argSort(matrix, 0, true), 1, 0, 0, 1);
    assertValues(Operations.argReduce(Reduction.MAX, matrix, 0), 1, 0);
  }

  @Test
  void runningReductionsRunBothWays() {
    Node x = vector(1, 2, 3);
    assertValues(Operations.cumulative(Reduction.SUM, x, 0, false), 1, 3, 6);
    assertValues(Operations.cumulative(Reduction.SUM, x, 0, true), 6, 5, 3);
    assertValues(Operations.cumulative(Reduction.MIN, x, 0, true), 1, 2, 3);
  }

  @Test
  void indicesOutsideReadZeroAndWriteNothing() {
    Node data = f32(new int[] {2, 3}, 1, 2, 3, 4, 5, 6);
    Node indices = ints(DType.I32, 2, -1, 0, 3);
    assertValues(Operations.gather(data, indices, 1), 3, 0, 1, 0, 6, 0, 4, 0);
    Node updates = f32(new int[] {2, 4}, 10, 20, 30, 40, 50, 60, 70, 80);
    assertValues(Operations.scatterAdd(data, indices, updates, 1), 31, 2, 13, 74, 5, 56);
    Node repeated = ints(DType.I32, 1, 1);
    assertValues(Operations.scatterAdd(vector(0, 0), repeated, vector(1, 2), 0), 0, 3);
    Node along = Operations.constant(Literal.of(new int[] {2, 7, 0, 1}, 2, 2));
    assertValues(Operations.takeAlong(data, along, 1), 3, 0, 4, 5);
  }

  @Test
  void paddingGoesAroundAndBetweenAndCrops() {
    Node pad =
        Operations.pad(vector(1, 2, 3), List.of(Dim.of(1)), List.of(Dim.of(-1)), List.of(1), 9);
    assertValues(pad, 9, 1, 9, 2, 9);
    assertValues(
        Operations.pad(vector(1, 2, 3), List.of(Dim.of(-2)), List.of(Dim.BATCH), List.of(0), 0),
        3,
        0,
        0,
        0);
    assertValues(Operations.reverse(f32(new int[] {2, 2}, 1, 2, 3, 4), List.of(1)), 2, 1, 4, 3);
  }

  @Test
  void convolutionFollowsItsDefinition() {
    Node x = f32(new int[] {1, 1, 4}, 1, 2, 3, 4);
    Node kernel = f32(new int[] {1, 1, 2}, 1, 10);
    Window window = Window.of(List.of(2));
    Dim one = Dim.ONE;
    assertValues(Operations.convolution(x, kernel, window, one, one), 21, 32, 43);
    assertValues(
        Operations.convolution(
            x, kernel, window.padding(List.of(1), List.of(-1)).stride(List.of(2)), one, one),
        10,
        32);
    assertValues(Operations.convolution(x, kernel, window.dilation(List.of(3)), one, one), 41);
    assertValues(
        Operations.convolution(x, kernel, window.inputDilation(List.of(2)), one, one),
        1,
        20,
        2,
        30,
        3,
        40);
  }

  @Test
  void convolutionGroupsSplitFeaturesOrBatch() {
    Node x = f32(new int[] {2, 2, 1}, 1, 2, 3, 4);
    Window window = Window.of(List.of(1));
    Node depthwise = f32(new int[] {4, 1, 1}, 1, 10, 100, 1000);
    assertValues(
        Operations.convolution(x, depthwise, window, Dim.of(2), Dim.ONE),
        1,
        10,
        200,
        2000,
        3,
        30,
        400,
        4000);
    Node kernel = f32(new int[] {2, 2, 1}, 1, 10, 100, 1000);
    assertValues(Operations.convolution(x, kernel, window, Dim.ONE, Dim.of(2)), 21, 4300);
  }

  @Test
  void windowsReducePaddingAsIdentity() {
    Node x = vector(-1, -2, -3);
    Window window = Window.of(List.of(2)).padding(List.of(1), List.of(1));
    assertValues(Operations.reduceWindow(Reduction.MAX, x, window), -1, -1, -2, -3);
    assertValues(Operations.reduceWindow(Reduction.SUM, x, window), -1, -3, -5, -3);
  }

  @Test
  void dotContractsAnyAxes() {
    Node x = f32(new int[] {2, 3}, 1, 2, 3, 4, 5, 6);
    Node y = f32(new int[] {3, 2}, 1, 2, 3, 4, 5, 6);
    assertValues(Operations.matmul(x, y), 22, 28, 49, 64);
    assertValues(Operations.dot(x, y, List.of(0), List.of(1), List.of(1), List.of(0)), 22, 64);
    assertValues(Operations.dot(x, y, List.of(), List.of(), List.of(0, 1), List.of(1, 0)), 86);
    Node large = Operations.constant(Literal.of(new long[] {1L << 62, 3}, 1, 2));
    Node ones = Operations.constant(Literal.of(new long[] {1, 1}, 2, 1));
    assertArrayEquals(
        new long[] {(1L << 62) + 3}, (long[]) evaluate(Operations.matmul(large, ones)).array());
  }

  @Test
  void fourierTransformAndBackIsLengthTimesIdentity() {
    Node x = f32(new int[] {5, 2}, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0);
    Node there = Operations.fft(x, false);
    assertValues(Operations.slice(there, 0, 0, 1), 25, 20);
    assertValues(Operations.fft(there, true), 5, 10, 15, 20, 25, 30, 35, 40, 45, 0);
    Node impulse = f32(new int[] {4, 2}, 0, 0, 1, 0, 0, 0, 0, 0);
    assertValues(Operations.fft(impulse, false), 1, 0, 0, -1, -1, 0, 0, 1);
  }

  @Test
  void scanCarriesAndCollects() {
    TensorType scalar = TensorType.scalar(DType.F32);
    Graph body =
        Operations.trace(
            List.of(scalar, scalar, scalar),
            x -> {
              Node carry = Operations.add(Operations.multiply(x.get(0), x.get(2)), x.get(1));
              return List.of(carry, Operations.negate(carry));
            });
    Node start = Operations.scalar(DType.F32, 1);
    Node factor = Operations.scalar(DType.F32, 2);
    for (boolean reverse : new boolean[] {false, true}) {
      Node scan = Node.of(new Op.Scan(body, 1, 1, 3, reverse), start, vector(1, 2, 3), factor);
      List<Node> results = Operations.results(scan);
      assertValues(results.get(0), reverse ? 25 : 19);
      assertValues(
          results.get(1), reverse ? new double[] {-25, -12, -5} : new double[] {-3, -8, -19});
    }
    Node none = Node.of(new Op.Scan(body, 1, 1, 0, false), start, vector(), factor);
    assertValues(Operations.results(none).get(0), 1);
    assertEquals(0, evaluate(Operations.results(none).get(1)).count());
  }

  @Test
  void loopsAndBranches() {
    TensorType scalar = TensorType.scalar(DType.I32);
    Graph below =
        Operations.trace(
            List.of(scalar), x -> List.of(Operations.compare(Comparison.LT, x.get(0), 100)));
    Graph twice =
        Operations.trace(List.of(scalar), x -> List.of(Operations.add(x.get(0), x.get(0))));
    Node start = Operations.scalar(DType.I32, 3);
    assertValues(Node.of(new Op.While(below, twice), start), 192);
    Graph same = Operations.trace(List.of(scalar), x -> x);
    for (double condition : new double[] {0, 1}) {
      Node cond =
          Node.of(new Op.Cond(twice, same), Operations.scalar(DType.BOOL, condition), start);
      assertValues(cond, condition == 1 ? 6 : 3);
    }
  }

  @Test
  void batchSizeIsFreeAndMayBeZero() {
    Node x = Operations.input("x", TensorType.f32(Shape.batchOf(2)));
    Node mean = Operations.mean(x, List.of(0));
    Node size = Operations.size(DType.I32, Dim.BATCH.times(2));
    Graph graph = Graph.of(List.of(x), Map.of("mean", mean, "size", size));
    Map<String, Literal> inputs = Map.of("x", Literal.of(new float[] {1, 2, 3, 4}, 2, 2));
    Evaluation two = ReferenceEvaluator.evaluate(graph, 2, inputs, Map.of());
    assertArrayEquals(new double[] {2, 3}, two.outputs().get("mean").toDoubles());
    assertEquals(4, two.outputs().get("size").get(0));
    Map<String, Literal> empty = Map.of("x", Literal.of(new float[0], 0, 2));
    Evaluation zero = ReferenceEvaluator.evaluate(graph, 0, empty, Map.of());
    assertArrayEquals(
        new double[] {Double.NaN, Double.NaN}, zero.outputs().get("mean").toDoubles());
  }

  @Test
  void updatesAreResultsToo() {
    Node count = Operations.parameter("count", TensorType.scalar(DType.I32));
    Graph graph = Graph.of(List.of(), Map.of(), Map.of("count", Operations.add(count, 1)));
    Evaluation result =
        ReferenceEvaluator.evaluate(
            graph, 1, Map.of(), Map.of("count", Literal.of(new int[] {41})));
    assertEquals(Literal.of(new int[] {42}), result.updates().get("count"));
  }

  @Test
  void wrongArgumentsAreNamed() {
    Node x = Operations.input("x", TensorType.f32(Shape.batchOf(2)));
    Node w = Operations.parameter("0.weight", TensorType.f32(Shape.of(2)));
    Graph graph =
        Graph.of(
            List.of(x),
            Map.of("y", Operations.multiply(x, Operations.broadcastTrailing(w, x.shape()))));
    Literal good = Literal.of(new float[6], 3, 2);
    Literal weight = Literal.of(new float[2], 2);
    assertMessage(
        "the input 'x' (f32[N, 2] with N = 3) is missing; given are [z]",
        () -> ReferenceEvaluator.evaluate(graph, 3, Map.of("z", good), Map.of("0.weight", weight)));
    assertMessage(
        "the input 'x' must be f32[N, 2] with N = 4, but is f32[3, 2]",
        () -> ReferenceEvaluator.evaluate(graph, 4, Map.of("x", good), Map.of("0.weight", weight)));
    assertMessage(
        "the parameter '0.weight' (f32[2]) is missing; given are []",
        () -> ReferenceEvaluator.evaluate(graph, 3, Map.of("x", good), Map.of()));
    assertMessage(
        "the parameter '0.weight' must be f32[2], but is i32[2]",
        () ->
            ReferenceEvaluator.evaluate(
                graph, 3, Map.of("x", good), Map.of("0.weight", Literal.of(new int[2], 2))));
  }

  private static void assertMessage(
      String message, org.junit.jupiter.api.function.Executable executable) {
    assertEquals(message, assertThrows(NndException.class, executable).getMessage());
  }
}
