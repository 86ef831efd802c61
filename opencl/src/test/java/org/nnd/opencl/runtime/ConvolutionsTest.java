package org.nnd.opencl.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.ir.Operations.add;
import static org.nnd.ir.Operations.convolution;
import static org.nnd.ir.Operations.input;
import static org.nnd.ir.Operations.transpose;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nnd.ir.Dim;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;
import org.nnd.ir.Window;
import org.nnd.ir.reference.ReferenceEvaluator;
import org.nnd.opencl.jocl.Device;
import org.nnd.opencl.jocl.Devices;
import org.nnd.opencl.kernel.ClWriter;
import org.nnd.opencl.lower.Target;

/** Depthwise convolutions and the gradients of their kernels, on integers: equal to the bit. */
class ConvolutionsTest {
  private static Device device;

  @BeforeAll
  static void open() {
    device = Devices.open();
  }

  @AfterAll
  static void close() {
    device.close();
  }

  @TestFactory
  Stream<DynamicTest> depthwise() {
    return IntStream.range(0, Integer.getInteger("nnd.count", 40))
        .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> forward(new Random(seed))));
  }

  @TestFactory
  Stream<DynamicTest> depthwiseKernelGradient() {
    return IntStream.range(0, Integer.getInteger("nnd.count", 40))
        .mapToObj(
            seed -> DynamicTest.dynamicTest("seed " + seed, () -> gradient(new Random(seed))));
  }

  /** Long enough for filters along the rows, with every kind of padding and of remainders. */
  @TestFactory
  Stream<DynamicTest> longKernels() {
    return IntStream.range(0, Integer.getInteger("nnd.count", 20))
        .mapToObj(
            seed -> DynamicTest.dynamicTest("seed " + seed, () -> longKernel(new Random(seed))));
  }

  /** Transposed convolutions and gradients of strided ones, whose phases take turns in memory. */
  @TestFactory
  Stream<DynamicTest> transposed() {
    return IntStream.range(0, Integer.getInteger("nnd.count", 12))
        .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> dilated(new Random(seed))));
  }

  private static void dilated(Random random) {
    int groups = pick(random, 1, 1, 2);
    int size = pick(random, 1, 2, 3, 4, 7);
    int each = pick(random, 1, 3, 16, 20);
    int stride = pick(random, 2, 2, 3, 4);
    int columns = pick(random, 5, 8, 14, 16, 28);
    Node x = input("x", TensorType.f32(Shape.batchOf(3L * groups, pick(random, 1, 4, 7), columns)));
    Node k = input("k", TensorType.f32(Shape.of((long) each * groups, 3, size, size)));
    Window window =
        Window.of(List.of(size, size))
            .inputDilation(List.of(pick(random, 1, stride), stride))
            .padding(
                List.of(size - 1, pick(random, size / 2, size - 1)),
                List.of(size - 1, pick(random, size / 2, size - 1, size)));
    Node y = convolution(x, k, window, Dim.of(groups), Dim.ONE);
    check(random, List.of(x, k), random.nextBoolean() ? y : add(y, 1));
  }

  /** Dense gradients of kernels, with sums in blocks of every kind. */
  @TestFactory
  Stream<DynamicTest> denseKernelGradient() {
    return IntStream.range(0, Integer.getInteger("nnd.count", 8))
        .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> dense(new Random(seed))));
  }

  private static void dense(Random random) {
    int batch = pick(random, 1, 3);
    int in = pick(random, 3, 64, 70);
    int out = pick(random, 33, 64, 81);
    int rows = pick(random, 1, 7, 14, 28);
    int columns = pick(random, 7, 14, 28, 40);
    int taps = pick(random, 1, 1, 2, 3);
    int stride = pick(random, 1, 2);
    long inRows = (rows - 1L) * stride + taps;
    long inColumns = (columns - 1L) * stride + taps;
    Node x = input("x", TensorType.f32(Shape.of(batch, in, inRows, inColumns)));
    Node dy = input("dy", TensorType.f32(Shape.of(batch, out, rows, columns)));
    Window window = Window.of(List.of(rows, columns)).dilation(List.of(stride, stride));
    Node y =
        convolution(transpose(x, 1, 0, 2, 3), transpose(dy, 1, 0, 2, 3), window, Dim.ONE, Dim.ONE);
    check(random, List.of(x, dy), transpose(y, 1, 0, 2, 3));
  }

  /** Maps so small that lanes run along the features. */
  @TestFactory
  Stream<DynamicTest> smallMaps() {
    return IntStream.range(0, Integer.getInteger("nnd.count", 10))
        .mapToObj(
            seed -> DynamicTest.dynamicTest("seed " + seed, () -> smallMap(new Random(seed))));
  }

  private static void smallMap(Random random) {
    int channels = pick(random, 16, 17, 40);
    List<Integer> size = new ArrayList<>();
    List<Integer> stride = new ArrayList<>();
    List<Integer> low = new ArrayList<>();
    List<Integer> high = new ArrayList<>();
    List<Integer> inputDilation = new ArrayList<>();
    List<Long> in = new ArrayList<>(List.of((long) channels));
    for (int axis = 0; axis < 2; axis++) {
      int extent = pick(random, 4, 5, 7, 8);
      int taps = pick(random, 3, 7, 13, 13, 19);
      int step = pick(random, 1, 1, 2);
      in.add((long) extent);
      size.add(taps);
      stride.add(step);
      inputDilation.add(step == 1 && extent == 4 ? pick(random, 1, 2) : 1);
      low.add(pick(random, taps / 2, taps / 2, taps - 1, 0));
      int all = (extent - 1) * inputDilation.get(axis) + 1 + low.get(axis);
      int results = pick(random, 4, 5, 7, 8);
      high.add((results - 1) * step + taps - all);
    }
    Node x =
        input("x", TensorType.f32(Shape.batchOf(in.stream().mapToLong(Long::longValue).toArray())));
    Node k = input("k", TensorType.f32(Shape.of(channels, 1, size.get(0), size.get(1))));
    Window window = new Window(size, stride, low, high, inputDilation, List.of(1, 1));
    Node y = convolution(x, k, window, Dim.of(channels), Dim.ONE);
    check(random, List.of(x, k), random.nextBoolean() ? y : transpose(add(y, 1), 0, 2, 3, 1));
  }

  @Test
  void smallMapsHaveLanesAlongTheFeatures() {
    Node x = input("x", TensorType.f32(Shape.batchOf(64, 7, 7)));
    Node k = input("k", TensorType.f32(Shape.of(64, 1, 13, 13)));
    Window window = Window.of(List.of(13, 13)).padding(List.of(6, 6), List.of(6, 6));
    Graph graph =
        Graph.of(List.of(x, k), Map.of("y", convolution(x, k, window, Dim.of(64), Dim.ONE)));
    String comment =
        Executable.plan(graph, Target.cpu(16)).calls().get(0).kernel().comment().toString();
    assertTrue(comment.contains("along the features"), comment);
  }

  /** Signals that are folded into rows, with every kind of padding and of remainders. */
  @TestFactory
  Stream<DynamicTest> longSignals() {
    return IntStream.range(0, Integer.getInteger("nnd.count", 10))
        .mapToObj(
            seed -> DynamicTest.dynamicTest("seed " + seed, () -> longSignal(new Random(seed))));
  }

  private static void longSignal(Random random) {
    int channels = pick(random, 2, 9);
    int taps = pick(random, 64, 65, 97, 128, 500, 1000);
    int length = pick(random, 40, 64, 100, 511, 512, 1500);
    int low = pick(random, 0, 5, taps / 2, taps - 1, taps + 40);
    int high = Math.max(pick(random, 0, 3, taps / 2), taps - length - low + pick(random, 63, 90));
    Window window = Window.of(List.of(taps)).padding(List.of(low), List.of(high));
    Node x = input("x", TensorType.f32(Shape.batchOf(channels, length)));
    Node k = input("k", TensorType.f32(Shape.of(channels, 1, taps)));
    Node y = convolution(x, k, window, Dim.of(channels), Dim.ONE);
    check(random, List.of(x, k), random.nextBoolean() ? y : add(y, 1));
  }

  @Test
  void longSignalsAreFolded() {
    Node x = input("x", TensorType.f32(Shape.batchOf(64, 4096)));
    Node k = input("k", TensorType.f32(Shape.of(64, 1, 4096)));
    Window window = Window.of(List.of(4096)).padding(List.of(4095), List.of(0));
    Graph graph =
        Graph.of(List.of(x, k), Map.of("y", convolution(x, k, window, Dim.of(64), Dim.ONE)));
    String comment =
        Executable.plan(graph, Target.cpu(16)).calls().get(0).kernel().comment().toString();
    assertTrue(comment.contains("folded into rows of 32"), comment);
  }

  private static void longKernel(Random random) {
    int channels = pick(random, 1, 2, 3);
    int multiplier = pick(random, 1, 1, 2);
    int rows = pick(random, 7, 14, 19, 28, 33, 65, 91);
    int columns = pick(random, 5, 14, 28, 33, 65, 70);
    List<Integer> kernel = List.of(pick(random, 13, 14, 19, 31, 51), pick(random, 1, 3, 5, 13, 31));
    List<Integer> low = new ArrayList<>();
    List<Integer> high = new ArrayList<>();
    for (int k : kernel) {
      low.add(pick(random, k / 2, k / 2, k / 2, k - 1, -1));
      high.add(pick(random, k / 2, k / 2, k / 2 + 1, k));
    }
    List<Integer> stride = List.of(1, pick(random, 1, 1, 1, 2));
    List<Integer> inputDilation = List.of(pick(random, 1, 1, 1, 2), pick(random, 1, 1, 1, 2));
    Window window =
        new Window(kernel, stride, low, high, inputDilation, List.of(1, pick(random, 1, 1, 2)));
    Node x = input("x", TensorType.f32(Shape.batchOf(channels, rows, columns)));
    Node k =
        input(
            "k", TensorType.f32(Shape.of(channels * multiplier, 1, kernel.get(0), kernel.get(1))));
    check(random, List.of(x, k), convolution(x, k, window, Dim.of(channels), Dim.ONE));
  }

  @Test
  void longKernelsAreFilters() {
    Node x = input("x", TensorType.f32(Shape.batchOf(4, 56, 56)));
    Node k = input("k", TensorType.f32(Shape.of(4, 1, 31, 31)));
    Window window = Window.of(List.of(31, 31)).padding(List.of(15, 15), List.of(15, 15));
    Graph graph =
        Graph.of(List.of(x, k), Map.of("y", convolution(x, k, window, Dim.of(4), Dim.ONE)));
    String comment =
        Executable.plan(graph, Target.cpu(16)).calls().get(0).kernel().comment().toString();
    assertTrue(comment.contains("rows by 9 products of 8"), comment);
  }

  /** As in gradients of gradients, where batch and features change places. */
  @Test
  void featuresMayDependOnTheBatchSize() {
    Node x = input("x", TensorType.f32(Shape.of(5, 3, 6, 7)));
    Node k =
        input("k", TensorType.f32(Shape.of(Dim.BATCH.times(3), Dim.ONE, Dim.of(3), Dim.of(3))));
    Window window = Window.of(List.of(3, 3)).padding(List.of(1, 1), List.of(1, 1));
    Node y = convolution(x, k, window, Dim.of(3), Dim.ONE);
    check(new Random(1), List.of(x, k), y);
  }

  private static int pick(Random random, int... values) {
    return values[random.nextInt(values.length)];
  }

  private static Window window(Random random, List<Integer> kernel, boolean inputDilation) {
    List<Integer> stride = new ArrayList<>();
    List<Integer> low = new ArrayList<>();
    List<Integer> high = new ArrayList<>();
    List<Integer> lhs = new ArrayList<>();
    List<Integer> rhs = new ArrayList<>();
    for (int k : kernel) {
      stride.add(pick(random, 1, 1, 1, 2, 3));
      low.add(pick(random, 0, k / 2, k / 2, -1, k));
      high.add(pick(random, 0, k / 2, k / 2, -1, k));
      lhs.add(inputDilation ? pick(random, 1, 1, 1, 2) : 1);
      rhs.add(pick(random, 1, 1, 1, 2));
    }
    return new Window(kernel, stride, low, high, lhs, rhs);
  }

  private static void forward(Random random) {
    int channels = pick(random, 1, 2, 3, 5);
    int multiplier = pick(random, 1, 1, 1, 2);
    int rank = pick(random, 1, 2, 2, 2);
    List<Long> in = new ArrayList<>(List.of((long) channels));
    List<Integer> kernel = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      in.add((long) pick(random, 3, 7, 8, 14, 17, 28, 33, 65));
      kernel.add(pick(random, 1, 3, 4, 5, 7, 13));
    }
    Node x =
        input("x", TensorType.f32(Shape.batchOf(in.stream().mapToLong(Long::longValue).toArray())));
    Shape shape =
        Shape.of((long) channels * multiplier, 1)
            .concat(Shape.of(kernel.stream().mapToLong(Integer::longValue).toArray()));
    Node k = input("k", TensorType.f32(shape));
    Node y = convolution(x, k, window(random, kernel, true), Dim.of(channels), Dim.ONE);
    check(random, List.of(x, k), y);
  }

  private static void gradient(Random random) {
    int channels = pick(random, 2, 3, 5);
    int multiplier = pick(random, 1, 1, 2);
    List<Integer> size = List.of(pick(random, 3, 7, 14, 20), pick(random, 3, 7, 14, 20, 33));
    int rows = pick(random, 1, 3, 5, 7, 13, 17);
    int columns = pick(random, 1, 3, 5, 7, 13, 17, 31);
    int rowStep = pick(random, 1, 1, 2);
    int columnStep = pick(random, 1, 1, 2);
    int rowStride = pick(random, 1, 1, 2);
    int columnStride = pick(random, 1, 1, 2);
    int low = pick(random, 0, rows / 2);
    int lowColumn = pick(random, 0, columns / 2);
    long inRows = (rows - 1L) * rowStep + (size.get(0) - 1L) * rowStride + 1 - low;
    long inColumns =
        (columns - 1L) * columnStep + (size.get(1) - 1L) * columnStride + 1 - lowColumn;
    Node x =
        input(
            "x",
            TensorType.f32(Shape.batchOf(channels, Math.max(1, inRows), Math.max(1, inColumns))));
    Node dy =
        input(
            "dy",
            TensorType.f32(Shape.batchOf((long) channels * multiplier, size.get(0), size.get(1))));
    Window window =
        Window.of(size)
            .stride(List.of(rowStep, columnStep))
            .dilation(List.of(rowStride, columnStride))
            .padding(List.of(low, lowColumn), List.of(0, 0));
    Node y =
        convolution(
            transpose(x, 1, 0, 2, 3), transpose(dy, 1, 0, 2, 3), window, Dim.ONE, Dim.of(channels));
    check(random, List.of(x, dy), transpose(y, 1, 0, 2, 3));
  }

  private static void check(Random random, List<Node> inputs, Node y) {
    Graph graph = Graph.of(inputs, Map.of("y", y));
    long batch = pick(random, 1, 2, 3);
    Map<String, Literal> values = new java.util.LinkedHashMap<>();
    for (Node input : inputs) {
      int[] shape = input.shape().at(batch);
      int count = 1;
      for (int size : shape) {
        count *= size;
      }
      float[] data = new float[count];
      for (int i = 0; i < count; i++) {
        data[i] = random.nextInt(7) - 3;
      }
      values.put(((org.nnd.ir.Op.Input) input.op()).name(), Literal.of(data, shape));
    }
    Literal want = ReferenceEvaluator.evaluate(graph, batch, values, Map.of()).outputs().get("y");
    Variables none = new Variables(device);
    try (Executable executable = Executable.compile(device, graph)) {
      Literal got = executable.run(none, values, batch).get("y");
      assertArrayEquals(
          want.toDoubles(),
          got.toDoubles(),
          () -> graph + "\n" + ClWriter.print(executable.plan().calls().get(0).kernel()));
    }
  }
}
