package org.nnd.opencl.lower;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.ir.Operations.convolution;
import static org.nnd.ir.Operations.input;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nnd.ir.Dim;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;
import org.nnd.ir.Window;
import org.nnd.ir.reference.ReferenceEvaluator;

/** Convolutions without zeros or gaps in their inputs: the same values, on integers. */
class DenseConvolutionsTest {
  @TestFactory
  Stream<DynamicTest> sameValues() {
    return IntStream.range(0, Integer.getInteger("nnd.count", 300))
        .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> check(new Random(seed))));
  }

  private static void check(Random random) {
    int rank = pick(random, 1, 2, 2, 3);
    int featureGroups = pick(random, 1, 1, 2, 3);
    int batchGroups = featureGroups == 1 ? pick(random, 1, 1, 1, 2) : 1;
    int each = pick(random, 1, 2, 17);
    int channels = pick(random, 1, 2);
    List<Integer> size = new ArrayList<>();
    List<Integer> stride = new ArrayList<>();
    List<Integer> low = new ArrayList<>();
    List<Integer> high = new ArrayList<>();
    List<Integer> inputDilation = new ArrayList<>();
    List<Integer> dilation = new ArrayList<>();
    Shape in = Shape.of(2L * batchGroups, (long) channels * featureGroups);
    Shape kernel = Shape.of((long) each * featureGroups * batchGroups, channels);
    for (int i = 0; i < rank; i++) {
      int k = pick(random, 1, 2, 3, 4, 5, 7, 11);
      size.add(k);
      in = in.concat(Shape.of(pick(random, 1, 2, 5, 6)));
      kernel = kernel.concat(Shape.of(k));
      low.add(pick(random, 0, k / 2, k - 1, k - 2, k + 1, -1, -2));
      high.add(pick(random, 0, k / 2, k - 1, k + 2, -1));
      inputDilation.add(pick(random, 1, 1, 2, 2, 3, 4));
      stride.add(pick(random, 1, 1, 1, 1, 2, 3));
      dilation.add(pick(random, 1, 1, 1, 1, 2, 3, 8));
    }
    Window window = new Window(size, stride, low, high, inputDilation, dilation);
    Node x = input("x", TensorType.f32(in));
    Node k = input("k", TensorType.f32(kernel));
    Node y = convolution(x, k, window, Dim.of(featureGroups), Dim.of(batchGroups));
    Graph graph = Graph.of(List.of(x, k), Map.of("y", y));
    Map<String, Literal> values = new LinkedHashMap<>();
    for (Node operand : List.of(x, k)) {
      int[] shape = operand.shape().at(1);
      double[] data = new double[IntStream.of(shape).reduce(1, (a, b) -> a * b)];
      for (int i = 0; i < data.length; i++) {
        data[i] = random.nextInt(9) - 4;
      }
      values.put(((Op.Input) operand.op()).name(), Literal.of(data, shape));
    }
    Graph dense = StridedReads.apply(DilatedInputs.apply(graph));
    assertArrayEquals(
        evaluate(graph, values), evaluate(dense, values), () -> window + "\n" + dense);
  }

  private static double[] evaluate(Graph graph, Map<String, Literal> values) {
    return ReferenceEvaluator.evaluate(graph, 1, values, Map.of()).outputs().get("y").toDoubles();
  }

  private static int pick(Random random, int... values) {
    return values[random.nextInt(values.length)];
  }

  @Test
  void aPhaseHasAConvolutionWhereOneForAllWouldMultiplyByZeros() {
    // The gradient of the input of a 3x3 convolution with stride 2: 1, 2, 2 and 4 taps.
    assertEquals(List.of(1, 2, 2, 4), taps(3, 1, 1, 32));
  }

  @Test
  void phasesAreChannelsWhereTheyHaveAlmostAsManyTapsOrThereAreFewChannels() {
    assertEquals(List.of(49), taps(13, 6, 6, 32));
    assertEquals(List.of(4), taps(3, 1, 1, 3));
  }

  /** The gradient of the kernel of a 2x2 convolution with stride 2: a batch of four products. */
  @Test
  void theGradientOfPatchesReadsWhatLiesSideBySide() {
    Node x = input("x", TensorType.f32(Shape.of(6, 3, 28, 28)));
    Node g = input("g", TensorType.f32(Shape.of(5, 3, 14, 14)));
    Window window = Window.of(List.of(14, 14)).dilation(List.of(2, 2));
    Graph graph = Graph.of(List.of(x, g), Map.of("y", convolution(x, g, window, Dim.ONE, Dim.ONE)));
    List<Node> convolutions =
        StridedReads.apply(graph).nodes().stream()
            .filter(node -> node.op() instanceof Op.Convolution)
            .toList();
    assertEquals(1, convolutions.size());
    assertEquals(Shape.of(24, 3, 14, 14), convolutions.get(0).operand(0).shape());
    assertEquals(Window.of(List.of(14, 14)), ((Op.Convolution) convolutions.get(0).op()).window());
  }

  private static List<Integer> taps(int size, int low, int high, int channels) {
    Node x = input("x", TensorType.f32(Shape.batchOf(8, 14, 14)));
    Node k = input("k", TensorType.f32(Shape.of(channels, 8, size, size)));
    Window window =
        Window.of(List.of(size, size))
            .padding(List.of(low, low), List.of(high, high))
            .inputDilation(List.of(2, 2));
    Graph graph = Graph.of(List.of(x, k), Map.of("y", convolution(x, k, window, Dim.ONE, Dim.ONE)));
    List<Op.Convolution> convolutions =
        DilatedInputs.apply(graph).nodes().stream()
            .map(Node::op)
            .filter(Op.Convolution.class::isInstance)
            .map(Op.Convolution.class::cast)
            .toList();
    assertTrue(
        convolutions.stream().allMatch(op -> op.window().inputDilation().equals(List.of(1, 1))));
    return convolutions.stream()
        .map(op -> op.window().size().get(0) * op.window().size().get(1))
        .sorted()
        .toList();
  }
}
