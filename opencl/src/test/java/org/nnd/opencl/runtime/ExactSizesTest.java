package org.nnd.opencl.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.nnd.ir.Operations.add;
import static org.nnd.ir.Operations.argReduce;
import static org.nnd.ir.Operations.broadcast;
import static org.nnd.ir.Operations.compare;
import static org.nnd.ir.Operations.concatenate;
import static org.nnd.ir.Operations.cumulative;
import static org.nnd.ir.Operations.dot;
import static org.nnd.ir.Operations.expand;
import static org.nnd.ir.Operations.input;
import static org.nnd.ir.Operations.matmul;
import static org.nnd.ir.Operations.multiply;
import static org.nnd.ir.Operations.parameter;
import static org.nnd.ir.Operations.reduce;
import static org.nnd.ir.Operations.reverse;
import static org.nnd.ir.Operations.select;
import static org.nnd.ir.Operations.slice;
import static org.nnd.ir.Operations.subtract;
import static org.nnd.ir.Operations.sum;
import static org.nnd.ir.Operations.transpose;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.nnd.ir.Comparison;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.Reduction;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;
import org.nnd.ir.Window;
import org.nnd.ir.gradient.Gradient;
import org.nnd.ir.reference.ReferenceEvaluator;
import org.nnd.opencl.jocl.Device;
import org.nnd.opencl.jocl.Devices;
import org.nnd.opencl.lower.Target;

/**
 * Sums, products and selections of integers at sizes around vectors and tiles, on fixed axes and on
 * the batch axis: equal to the bit, whatever the vector width and the kind of schedule.
 */
class ExactSizesTest {
  private static final int[] SIZES = {1, 2, 3, 5, 7, 8, 13, 15, 16, 17, 31, 33, 64, 65};
  private static final int[] BATCHES = {1, 7, 16, 17, 33, 65};
  private static final int[] FEW_BATCHES = {1, 3, 17};

  private static final Map<String, Target> TARGETS = new LinkedHashMap<>();

  static {
    TARGETS.put("4 lanes", Target.cpu(4));
    TARGETS.put("8 lanes", Target.cpu(8));
    TARGETS.put("16 lanes", Target.cpu(16));
    TARGETS.put("work-groups", Target.gpu());
  }

  private static Device device;

  @BeforeAll
  static void open() {
    device = Devices.open();
    Target own = Targets.of(device.info());
    if (own.streamingBytes() > 0) {
      TARGETS.put("past the caches", new Target(true, own.width(), own.computeUnits(), 1));
    }
  }

  @AfterAll
  static void close() {
    device.close();
  }

  /** Results by name over parameters with values; and over an input for the batch axis. */
  private static final class Cases {
    private final Random random = new Random(42);
    private final Map<String, Node> outputs = new LinkedHashMap<>();
    private final Map<String, Literal> values = new LinkedHashMap<>();
    private final List<Node> inputs = new ArrayList<>();

    Node tensor(long... shape) {
      String name = "p" + values.size();
      Node node = parameter(name, TensorType.f32(Shape.of(shape)));
      values.put(name, integers(random, node.shape().at(1)));
      return node;
    }

    Node batch(long... example) {
      Node node = input("x" + inputs.size(), TensorType.f32(Shape.batchOf(example)));
      inputs.add(node);
      return node;
    }

    void add(String name, Node result) {
      assertEquals(null, outputs.put(name, result), name);
    }

    int size(int i) {
      return SIZES[Math.floorMod(i, SIZES.length)];
    }
  }

  private static Literal integers(Random random, int... shape) {
    float[] data = (float[]) Literal.zeros(DType.F32, shape).array();
    for (int i = 0; i < data.length; i++) {
      data[i] = random.nextInt(9) - 4;
    }
    return Literal.of(data, shape);
  }

  @TestFactory
  Stream<DynamicTest> matrixProducts() {
    Cases cases = new Cases();
    for (int i = 0; i < SIZES.length; i++) {
      int m = cases.size(i);
      int k = cases.size(3 * i + 5);
      int n = cases.size(5 * i + 11);
      cases.add("%dx%dx%d".formatted(m, k, n), matmul(cases.tensor(m, k), cases.tensor(k, n)));
      cases.add(
          "%dx%dx%d, both transposed".formatted(n, m, k),
          dot(
              cases.tensor(m, n),
              cases.tensor(k, m),
              List.of(),
              List.of(),
              List.of(0),
              List.of(1)));
      cases.add(
          "3 of %dx%dx%d".formatted(k, n, m), matmul(cases.tensor(3, k, n), cases.tensor(3, n, m)));
    }
    return onEveryTarget(cases, 1);
  }

  @TestFactory
  Stream<DynamicTest> matrixProductsOverTheBatch() {
    Cases cases = new Cases();
    for (int size : new int[] {1, 7, 16, 17, 33, 65}) {
      Node x = cases.batch(size);
      Node y = cases.batch(13);
      cases.add("rows of " + size, matmul(x, cases.tensor(size, 17)));
      cases.add("columns of " + size, matmul(cases.tensor(5, size), transpose(x, 1, 0)));
      cases.add("over examples of " + size, matmul(transpose(x, 1, 0), y));
      cases.add(
          "each example of " + size,
          dot(x, cases.batch(size, 3), List.of(0), List.of(0), List.of(1), List.of(1)));
    }
    return onEveryTarget(cases, BATCHES);
  }

  @TestFactory
  Stream<DynamicTest> convolutionsAndTheirGradients() {
    Cases cases = new Cases();
    for (int i = 0; i < SIZES.length; i += 2) {
      int side = cases.size(i);
      int in = cases.size(2 * i + 3) % 18 + 1;
      int out = cases.size(3 * i + 1) % 34 + 1;
      int kernel = i % 3 == 0 ? 1 : 3;
      convolution(cases, in, out, 1, kernel, side, 1 + i % 2);
    }
    convolution(cases, 16, 32, 4, 3, 9, 1);
    convolution(cases, 6, 6, 3, 1, 17, 1);
    return onEveryTarget(cases, FEW_BATCHES);
  }

  @TestFactory
  Stream<DynamicTest> depthwiseConvolutionsAndTheirGradients() {
    Cases cases = new Cases();
    for (int i = 1; i < SIZES.length; i += 2) {
      int kernel = new int[] {1, 3, 5, 7, 13}[i % 5];
      convolution(cases, 2 + i % 2, 2 + i % 2, 2 + i % 2, kernel, cases.size(i), 1 + i % 4 / 3);
    }
    convolution(cases, 2, 2, 2, 31, 33, 1);
    return onEveryTarget(cases, FEW_BATCHES);
  }

  /** On {@code [N, in, 5, side]}: the result, and both gradients of a weighted sum of it. */
  private static void convolution(
      Cases cases, int in, int out, int groups, int kernel, int side, int stride) {
    Node x = cases.batch(in, 5, side);
    Node k = cases.tensor(out, in / groups, kernel, kernel);
    Window window =
        Window.of(List.of(kernel, kernel))
            .stride(List.of(stride, stride))
            .padding(List.of(kernel / 2, kernel / 2), List.of(kernel / 2, kernel / 2));
    Node y = Operations.convolution(x, k, window, Dim.of(groups), Dim.ONE);
    String name =
        "%d to %d channels of 5x%d, %d groups, kernel %d, stride %d"
            .formatted(in, out, side, groups, kernel, stride);
    cases.add(name, y);
    Node weights = cases.tensor(out, (5 - 1) / stride + 1, (side - 1) / stride + 1);
    Node loss =
        sum(multiply(y, broadcast(weights, y.shape(), List.of(1, 2, 3))), List.of(0, 1, 2, 3));
    List<Node> gradients = Gradient.of(loss, List.of(x, k));
    cases.add(name + ": gradient of the pictures", gradients.get(0));
    cases.add(name + ": gradient of the kernel", gradients.get(1));
  }

  @TestFactory
  Stream<DynamicTest> reductions() {
    Cases cases = new Cases();
    for (int i = 0; i < SIZES.length; i += 2) {
      int a = cases.size(i);
      int b = cases.size(3 * i + 5);
      Node x = cases.tensor(a, 3, b);
      Node n = cases.batch(a, 2);
      String of = " of [%d, 3, %d]".formatted(a, b);
      for (Reduction reduction : List.of(Reduction.SUM, Reduction.MAX)) {
        cases.add(reduction + " of the first axis" + of, reduce(reduction, x, List.of(0)));
        cases.add(reduction + " of the last axis" + of, reduce(reduction, x, List.of(2)));
        cases.add(reduction + " of both" + of, reduce(reduction, x, List.of(0, 2)));
        cases.add(reduction + " of examples of " + a, reduce(reduction, n, List.of(0)));
        cases.add(reduction + " within examples of " + a, reduce(reduction, n, List.of(1)));
      }
      cases.add("largest" + of, argReduce(Reduction.MAX, x, 2));
      cases.add("running sum" + of, cumulative(Reduction.SUM, x, 0, false));
      cases.add("running sum of examples of " + a, cumulative(Reduction.SUM, n, 0, true));
    }
    return onEveryTarget(cases, BATCHES);
  }

  /** Across many rows of memory, and over long rows that lie apart. */
  @TestFactory
  Stream<DynamicTest> largeReductions() {
    Cases cases = new Cases();
    for (int[] shape : new int[][] {{17, 129}, {24, 200}, {41, 67}, {300, 130}, {512, 4099}}) {
      Node x = cases.tensor(shape[0], shape[1]);
      String of = " of [%d, %d]".formatted(shape[0], shape[1]);
      for (Reduction reduction : List.of(Reduction.SUM, Reduction.MAX)) {
        cases.add(reduction + " across" + of, reduce(reduction, x, List.of(0)));
      }
      Node total = sum(multiply(x, x), List.of(0));
      cases.add("two across" + of, add(total, reduce(Reduction.MIN, x, List.of(0))));
    }
    Node pictures = cases.batch(3, 17, 19);
    for (Reduction reduction : List.of(Reduction.SUM, Reduction.MIN)) {
      cases.add(reduction + " of positions", reduce(reduction, pictures, List.of(0, 2, 3)));
    }
    return onEveryTarget(cases, FEW_BATCHES);
  }

  /** The skeleton of softmax and of norms: several passes over a row, in integers. */
  @TestFactory
  Stream<DynamicTest> rows() {
    Cases cases = new Cases();
    for (int i = 0; i < SIZES.length; i += 2) {
      int a = cases.size(i);
      Node x = cases.tensor(cases.size(3 * i + 5), a);
      Node n = cases.batch(a);
      Node c = cases.batch(a, 3);
      cases.add("rows of " + a + " times " + x.shape().dim(0), row(x, 1));
      cases.add("columns of " + x.shape().dim(0) + " times " + a, row(x, 0));
      cases.add("examples of " + a, row(n, 1));
      cases.add("over the batch, " + a, row(n, 0));
      cases.add("inner, " + a, row(c, 1));
    }
    return onEveryTarget(cases, BATCHES);
  }

  private static Node row(Node x, int axis) {
    Node largest = reduce(Reduction.MAX, x, List.of(axis));
    Node below = subtract(expand(largest, x.shape(), List.of(axis)), x);
    Node total = sum(below, List.of(axis));
    Node spread = multiply(below, expand(total, x.shape(), List.of(axis)));
    Node zero = multiply(x, 0);
    return select(compare(Comparison.GT, spread, add(zero, 50)), spread, subtract(zero, below));
  }

  @TestFactory
  Stream<DynamicTest> elementwise() {
    Cases cases = new Cases();
    for (int i = 0; i < SIZES.length; i += 2) {
      int a = cases.size(i);
      int b = cases.size(3 * i + 5);
      Node x = cases.tensor(a, b);
      Node y = cases.tensor(b);
      Node n = cases.batch(a, 3);
      String of = " of [%d, %d]".formatted(a, b);
      cases.add("sum with a row" + of, add(x, broadcast(y, x.shape(), List.of(1))));
      cases.add(
          "sum with a column" + of,
          add(transpose(x, 1, 0), broadcast(y, Shape.of(b, a), List.of(0))));
      cases.add("beside itself" + of, concatenate(List.of(x, reverse(x, List.of(1))), 1));
      cases.add("without the first row" + of, multiply(slice(x, 0, a > 1 ? 1 : 0, a), 3));
      cases.add("examples of [%d, 3]".formatted(a), multiply(n, n));
      cases.add("turned examples of [%d, 3]".formatted(a), add(transpose(n, 2, 0, 1), 1));
      Node pictures = cases.tensor(2, b, 5, a);
      cases.add("channels last" + of, transpose(pictures, 0, 2, 3, 1));
      cases.add("positions first" + of, add(transpose(pictures, 2, 3, 0, 1), 1));
    }
    return onEveryTarget(cases, BATCHES);
  }

  private static Stream<DynamicTest> onEveryTarget(Cases cases, int... batches) {
    Graph graph = Graph.of(cases.inputs, cases.outputs);
    List<Expected> expected =
        IntStream.of(batches).mapToObj(batch -> Expected.of(cases, graph, batch)).toList();
    return TARGETS.entrySet().stream()
        .map(
            target ->
                DynamicTest.dynamicTest(
                    target.getKey(), () -> check(cases, graph, target.getValue(), expected)));
  }

  private record Expected(int batch, Map<String, Literal> inputs, Map<String, Literal> outputs) {
    static Expected of(Cases cases, Graph graph, int batch) {
      Map<String, Literal> inputs = new LinkedHashMap<>();
      Random random = new Random(batch);
      for (Node node : graph.inputs()) {
        inputs.put(((Op.Input) node.op()).name(), integers(random, node.shape().at(batch)));
      }
      Map<String, Literal> outputs =
          ReferenceEvaluator.evaluate(graph, batch, inputs, cases.values).outputs();
      return new Expected(batch, inputs, outputs);
    }
  }

  private static void check(Cases cases, Graph graph, Target target, List<Expected> all) {
    List<String> wrong = new ArrayList<>();
    try (Variables variables = new Variables(device);
        Executable executable = Executable.compile(device, graph, target)) {
      cases.values.forEach(variables::put);
      for (Expected expected : all) {
        Results got = executable.run(variables, expected.inputs, expected.batch);
        expected.outputs.forEach(
            (name, want) ->
                compareValues(name + ", N = " + expected.batch, want, got.get(name), wrong));
      }
    }
    assertEquals(List.of(), wrong);
  }

  private static void compareValues(String name, Literal want, Literal got, List<String> wrong) {
    for (int i = 0; i < want.count(); i++) {
      if (want.get(i) != got.get(i)) {
        wrong.add("%s: [%d] is %s, expected %s".formatted(name, i, got.get(i), want.get(i)));
        return;
      }
    }
  }
}
