package org.nnd.opencl.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
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
import org.nnd.ir.UnaryOp;
import org.nnd.ir.Window;
import org.nnd.ir.composite.Activations;
import org.nnd.ir.composite.Normalizations;
import org.nnd.ir.composite.Probabilities;
import org.nnd.ir.gradient.Gradient;
import org.nnd.ir.reference.ReferenceEvaluator;
import org.nnd.opencl.jocl.Device;
import org.nnd.opencl.jocl.Devices;
import org.nnd.opencl.lower.KernelPlan;
import org.nnd.opencl.lower.Target;

/**
 * The templates at sizes that random graphs do not reach: long axes, several blocks, the other
 * algorithms.
 */
class SpecialsTest {
  private static Device device;

  @BeforeAll
  static void open() {
    device = Devices.open();
  }

  @AfterAll
  static void close() {
    device.close();
  }

  private static final long BATCH = 3;

  /** A graph under test and the values of its inputs. */
  private static final class Case {
    private final Random random = new Random(1);
    private final Map<String, Literal> values = new LinkedHashMap<>();
    private final Map<String, Node> outputs = new LinkedHashMap<>();

    /** An input of integers from {@code -spread} to {@code spread}. */
    Node integers(DType dtype, int spread, Shape shape) {
      return input(dtype, shape, () -> random.nextInt(2 * spread + 1) - spread);
    }

    Node input(DType dtype, Shape shape, java.util.function.DoubleSupplier value) {
      String name = "x" + values.size();
      int[] sizes = shape.at(BATCH);
      double[] elements = new double[java.util.Arrays.stream(sizes).reduce(1, (a, b) -> a * b)];
      for (int i = 0; i < elements.length; i++) {
        elements[i] = value.getAsDouble();
      }
      values.put(name, Literal.ofDoubles(dtype, elements, sizes));
      return Operations.input(name, new TensorType(dtype, shape));
    }

    Case output(Node node) {
      outputs.put("y" + outputs.size(), node);
      return this;
    }

    void check(double tolerance) {
      Agreement.check(device, Graph.of(List.of(), outputs), BATCH, values, tolerance);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 96, 97, 300, 1025})
  void sortsAreStableAndPutNanLast(int length) {
    Case c = new Case();
    Node x =
        c.input(
            DType.F32,
            Shape.of(2, length),
            () -> c.random.nextInt(9) == 0 ? Double.NaN : c.random.nextInt(9) - 4);
    Node across = c.integers(DType.I8, 5, Shape.of(length, 3));
    c.output(Operations.argSort(x, 1, false))
        .output(Operations.argSort(x, 1, true))
        .output(Operations.argSort(across, 0, false))
        .output(Operations.topK(x, Math.min(length, 5)))
        .output(Operations.topK(x, Math.min(length, 40)))
        .output(Operations.argReduce(Reduction.MAX, x, 1))
        .output(Operations.argReduce(Reduction.MIN, across, 0))
        .check(0);
  }

  /** Ties, infinities and what is not a number, in rows with many and with hardly any numbers. */
  @ParameterizedTest
  @ValueSource(ints = {1, 5, 16, 33, 128})
  void theFirstFewStandInOrder(int kept) {
    double[] special = {
      Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, -0.0, 0, 3, -1e30
    };
    Case c = new Case();
    for (int length : new int[] {2 * kept, 5 * kept + 3}) {
      int[] drawn = {0};
      Node floats =
          c.input(
              DType.F32,
              Shape.of(8, length),
              () ->
                  switch (drawn[0]++ / length) {
                    case 0, 1 -> c.random.nextGaussian();
                    case 2, 3 -> c.random.nextInt(5);
                    case 4, 5 -> special[c.random.nextInt(special.length)];
                    default -> c.random.nextInt(length) < 2 ? 1 : Double.NaN;
                  });
      Node integers =
          c.input(
              DType.I32,
              Shape.of(3, length),
              () -> c.random.nextInt(9) < 8 ? Integer.MIN_VALUE : c.random.nextInt());
      c.output(Operations.topK(floats, kept)).output(Operations.topK(integers, kept));
    }
    c.check(0);
  }

  @Test
  void longChainsAreSeveralKernels() {
    Node x = Operations.input("x", TensorType.f32(Shape.of(5)));
    Node y = x;
    for (int i = 0; i < 5000; i++) {
      y = i % 2 == 0 ? Operations.subtract(x, y) : Operations.unary(UnaryOp.ABS, y);
    }
    Graph graph = Graph.of(List.of(x), Map.of("y", y));
    Map<String, Literal> values = Map.of("x", Literal.of(new float[] {1, -2, 3, -4, 5}, 5));
    Literal want = ReferenceEvaluator.evaluate(graph, 1, values, Map.of()).output();
    for (Target target : new Target[] {Targets.of(device.info()), Target.gpu()}) {
      KernelPlan plan = Executable.plan(graph, target);
      Literal got = HostRun.run(plan, 1, values, Map.of()).get("y");
      assertArrayEquals(want.toDoubles(), got.toDoubles());
      assertTrue(plan.calls().size() < 20, plan.calls().size() + " kernels");
    }
  }

  @Test
  void tanhReachesOneSoThatItsDerivativeVanishes() {
    Case c = new Case();
    Node x = c.integers(DType.F32, 3, Shape.of(Dim.BATCH, Dim.of(40)));
    Node large = Operations.multiply(x, 1000);
    Node gelu = Activations.geluTanh(large);
    c.output(Operations.unary(UnaryOp.TANH, large))
        .output(gelu)
        .output(Gradient.of(Operations.sum(gelu, List.of(0, 1)), List.of(x)).get(0))
        .check(1e-6);
  }

  @Test
  void sortsAlongTheBatch() {
    Case c = new Case();
    Node x = c.integers(DType.F32, 3, Shape.of(Dim.BATCH.times(50), Dim.of(2)));
    c.output(Operations.argSort(x, 0, true))
        .output(Operations.topK(Operations.transpose(x, 1, 0), 4))
        .output(Operations.argReduce(Reduction.MAX, x, 0))
        .output(Operations.cumulative(Reduction.SUM, x, 0, true))
        .check(0);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 32, 33, 500})
  void scatterAddsInOrderAndIgnoresIndicesOutside(int count) {
    Case c = new Case();
    Node indices = c.integers(DType.I32, 12, Shape.of(count));
    Node data = c.integers(DType.F32, 3, Shape.of(10, 19));
    Node updates = c.integers(DType.F32, 3, Shape.of(count, 19));
    Node batched = c.integers(DType.I32, 4, Shape.of(Dim.BATCH, Dim.of(40)));
    Node table = c.integers(DType.I32, 4, Shape.of(2, 5));
    Node rows = c.integers(DType.I32, 4, Shape.of(Dim.of(2), Dim.BATCH, Dim.of(40)));
    c.output(Operations.scatterAdd(data, indices, updates, 0))
        .output(Operations.gather(data, indices, 0))
        .output(Operations.scatterAdd(table, batched, rows, 1))
        .check(0);
  }

  @Test
  void scatterRoundsInTheOrderOfTheUpdates() {
    // 1e8 absorbs ones: the result tells the order in which they were added.
    Case c = new Case();
    Node indices = c.input(DType.I32, Shape.of(80), () -> 0);
    int[] next = {0};
    Node updates = c.input(DType.F32, Shape.of(80), () -> next[0]++ == 40 ? 1e8 : 1);
    Node zeros = c.input(DType.F32, Shape.of(1), () -> 0);
    float[] expected = {0};
    for (int i = 0; i < 80; i++) {
      expected[0] += i == 40 ? 1e8f : 1;
    }
    Node sum = Operations.scatterAdd(zeros, indices, updates, 0);
    Node sorted = Operations.subtract(sum, Operations.constant(Literal.of(expected, 1)));
    for (var target : List.of(Targets.of(device.info()), org.nnd.opencl.lower.Target.gpu())) {
      try (Variables variables = new Variables(device);
          Executable executable =
              Executable.compile(device, Graph.of(List.of(), Map.of("y", sorted)), target)) {
        Literal y = executable.run(variables, c.values, BATCH).get("y");
        org.junit.jupiter.api.Assertions.assertEquals(0.0, y.get(0));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 8, 11, 22, 30, 49, 64, 97, 128, 210, 243, 509, 1000})
  void transformsAnyLength(int length) {
    Case c = new Case();
    Node x = c.input(DType.F32, Shape.of(5, length, 2), () -> c.random.nextDouble() - 0.5);
    Node many =
        c.input(
            DType.F32,
            Shape.of(Dim.BATCH, Dim.of(7), Dim.of(length), Dim.of(2)),
            () -> c.random.nextDouble() - 0.5);
    c.output(Operations.fft(x, false)).output(Operations.fft(many, true)).check(2e-6);
  }

  @ParameterizedTest
  @ValueSource(ints = {4096, 2053})
  void transformsTooLongForFastMemory(int length) {
    Case c = new Case();
    Node x = c.input(DType.F32, Shape.of(17, length, 2), () -> c.random.nextDouble() - 0.5);
    Node first = Operations.slice(Operations.fft(x, false), 0, 15, 17);
    c.output(first).check(4e-6);
  }

  @Test
  void transformsAlongTheBatch() {
    Case c = new Case();
    Node x = c.input(DType.F32, Shape.of(Dim.BATCH.times(5), Dim.of(2)), c.random::nextDouble);
    c.output(Operations.fft(x, false)).output(Operations.fft(x, true)).check(2e-6);
  }

  /** Rows long enough to be reduced side by side, in full groups of rows and not. */
  @ParameterizedTest
  @ValueSource(ints = {1024, 1031, 2053, 4096})
  void longRows(int length) {
    for (int rows : new int[] {1, 4, 7, 24}) {
      Case c = new Case();
      Node x = c.integers(DType.F32, 9, Shape.of(rows, length));
      Node y = c.integers(DType.F32, 9, Shape.of(rows, length));
      c.output(Operations.sum(x, List.of(1)))
          .output(Operations.reduce(Reduction.MAX, Operations.subtract(x, y), List.of(1)))
          .output(Operations.sum(Operations.multiply(x, y), List.of(1)))
          .check(0);
    }
  }

  /** Whole vectors are loaded, and lanes of any type taken from them. */
  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"F64"},
      mode = EnumSource.Mode.EXCLUDE)
  void picksEveryOtherElement(DType dtype) {
    Case c = new Case();
    for (int stride = 2; stride <= 5; stride++) {
      Node x = c.integers(dtype, 1, Shape.of(3, 35 * stride - 1));
      List<Dim> from = List.of(Dim.ZERO, Dim.of(stride - 2L));
      c.output(Operations.slice(x, from, x.shape().dims(), List.of(1, stride)));
    }
    c.check(0);
  }

  /** What the epilogue reads lies apart in memory, and each work-item has several panels. */
  @Test
  void convolutionsAddCrops() {
    Case c = new Case();
    Node x = c.integers(DType.F32, 3, Shape.of(2, 8, 14, 14));
    Node kernel = c.integers(DType.F32, 3, Shape.of(16, 8, 1, 1));
    Node y = c.integers(DType.F32, 9, Shape.of(2, 16, 16, 17));
    Node crop = Operations.slice(Operations.slice(y, 2, 1, 15), 3, 2, 16);
    Window window = Window.of(List.of(1, 1));
    Node sum = Operations.add(Operations.convolution(x, kernel, window, Dim.ONE, Dim.ONE), crop);
    c.output(sum).check(0);
  }

  /** The streaming schedule, which later passes of a row fetch ahead for. */
  @Test
  void normalizesMoreThanTheCachesHold() {
    Case c = new Case();
    Node x = c.input(DType.F32, Shape.of(4099, 1037), c.random::nextGaussian);
    Node scale = c.input(DType.F32, Shape.of(1037), c.random::nextDouble);
    Node shift = c.input(DType.F32, Shape.of(1037), c.random::nextDouble);
    c.output(Normalizations.layerNorm(x, scale, shift, List.of(1), 1e-5)).check(1e-5);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-20, 1e-3, 0.3, 1, 4, 100})
  void tanhOfAnySize(double size) {
    Case c = new Case();
    Node x = c.input(DType.F32, Shape.of(999), () -> (float) (size * c.random.nextGaussian()));
    Node tanh = Operations.unary(UnaryOp.TANH, x);
    c.output(Operations.multiply(tanh, Operations.full(x.type(), 1 / Math.min(1, size))))
        .check(1.5e-6);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-3, 1, 10, 1e4, 9.9e4, 1e9})
  void sineAndCosineOfAnyAngle(double size) {
    Case c = new Case();
    Node x = c.input(DType.F32, Shape.of(999), () -> (float) (size * c.random.nextGaussian()));
    c.output(Operations.unary(UnaryOp.SIN, x))
        .output(Operations.unary(UnaryOp.COS, x))
        .check(2.5e-7);
  }

  /** A large angle must not spoil the small ones beside it. */
  @Test
  void sineOfAnglesOfEverySize() {
    Case c = new Case();
    float[] sizes = {1e-5f, 3e9f, 0.5f, 1e30f, -2e-3f};
    int[] next = {0};
    Node x = c.input(DType.F32, Shape.of(64), () -> sizes[next[0]++ % sizes.length]);
    Node expected = Operations.constant(sines(sizes, 64));
    c.output(Operations.divide(Operations.unary(UnaryOp.SIN, x), expected)).check(1e-6);
  }

  private static Literal sines(float[] sizes, int count) {
    float[] sines = new float[count];
    for (int i = 0; i < count; i++) {
      sines[i] = (float) Math.sin(sizes[i % sizes.length]);
    }
    return Literal.of(sines, count);
  }

  @ParameterizedTest
  @ValueSource(ints = {15, 16, 17, 35, 272})
  void turnsSquaresOfAnySize(int length) {
    Case c = new Case();
    Node x = c.integers(DType.F32, 9, Shape.of(Dim.BATCH, Dim.of(length), Dim.of(6), Dim.of(17)));
    Node bytes = c.integers(DType.U8, 9, Shape.of(length, 40));
    Node row = c.integers(DType.F32, 9, Shape.of(length));
    Node last = Operations.transpose(x, 0, 2, 3, 1);
    c.output(Operations.add(last, Operations.broadcast(row, last.shape(), List.of(3))))
        .output(Operations.transpose(x, 0, 3, 1, 2))
        .output(Operations.add(Operations.transpose(x, 0, 1, 3, 2), 1))
        .output(Operations.transpose(x, 3, 2, 1, 0))
        .output(Operations.transpose(bytes, 1, 0))
        .check(0);
  }

  /** Sums that are shifted afterwards, merged because they read the same tensor. */
  @Test
  void shiftedSumsAreNotReadInTheirOwnRow() {
    Case c = new Case();
    Node x = c.integers(DType.F32, 9, Shape.of(3, 16));
    Node even = c.integers(DType.F32, 9, Shape.of(2));
    Node odd = c.integers(DType.F32, 9, Shape.of(2));
    for (int from : new int[] {0, 8}) {
      Node half = Operations.slice(x, 1, from, from + 8);
      Node pairs = Operations.reshape(half, Shape.of(3, 4, 2));
      c.output(Operations.add(weighted(pairs, odd), shifted(weighted(pairs, even))));
    }
    c.check(0);
  }

  private static Node weighted(Node pairs, Node weights) {
    Node all = Operations.broadcast(weights, pairs.shape(), List.of(2));
    return Operations.sum(Operations.multiply(pairs, all), List.of(2));
  }

  private static Node shifted(Node x) {
    Node head = Operations.slice(x, 1, 0, 3);
    return Operations.pad(
        head, List.of(Dim.ZERO, Dim.ONE), List.of(Dim.ZERO, Dim.ZERO), List.of(0, 0), 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 64, 129, 1024})
  void rowsThatAreKeptAndFetchedAhead(int length) {
    Case c = new Case();
    Node x = c.input(DType.F32, Shape.of(7, length), () -> 4 * c.random.nextGaussian());
    Node scale = c.input(DType.F32, Shape.of(length), c.random::nextDouble);
    c.output(Probabilities.softmax(x, 1))
        .output(Normalizations.layerNorm(x, scale, scale, List.of(1), 1e-5))
        .check(2e-6);
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 17, 129, 700})
  void reducesRowsOfAnyLength(int length) {
    Case c = new Case();
    Node x = c.integers(DType.F32, 3, Shape.of(Dim.BATCH, Dim.of(4), Dim.of(length)));
    Node sum = Operations.sum(x, List.of(2));
    Node centred = Operations.subtract(x, Operations.expand(sum, x.shape(), List.of(2)));
    Node again = Operations.reduce(Reduction.MAX, centred, List.of(2));
    c.output(sum)
        .output(centred)
        .output(again)
        .output(Operations.sum(x, List.of(0, 2)))
        .output(Operations.reduce(Reduction.MIN, x, List.of(1)))
        .output(Operations.cumulative(Reduction.MAX, x, 2, false))
        .output(Operations.cumulative(Reduction.SUM, x, 1, true))
        .check(0);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 16, 33, 130})
  void multipliesMatricesOfSeveralTiles(int rows) {
    Case c = new Case();
    Node x = c.integers(DType.F32, 3, Shape.of(2, rows, 37));
    Node y = c.integers(DType.F32, 3, Shape.of(2, 37, 70));
    Node long_ = c.integers(DType.F32, 2, Shape.of(Dim.BATCH.times(7), Dim.of(rows)));
    Node bias = c.integers(DType.F32, 3, Shape.of(70));
    Node product = Operations.matmul(x, y);
    Node biased =
        Operations.maximum(
            Operations.add(product, Operations.broadcastTrailing(bias, product.shape())), 0);
    c.output(biased)
        .output(Operations.dot(long_, long_, List.of(), List.of(), List.of(0), List.of(0)))
        .check(0);
  }

  @Test
  void windowsOfEveryKind() {
    Case c = new Case();
    Node x = c.integers(DType.F32, 3, Shape.of(Dim.BATCH, Dim.of(3), Dim.of(13), Dim.of(17)));
    Window pooling =
        Window.of(List.of(1, 1, 3, 3))
            .stride(List.of(1, 1, 2, 2))
            .padding(List.of(0, 0, 1, 1), List.of(0, 0, 1, 1));
    Window dilated =
        Window.of(List.of(1, 1, 2, 3))
            .dilation(List.of(1, 1, 3, 2))
            .inputDilation(List.of(1, 1, 2, 1))
            .padding(List.of(0, 0, 0, 2), List.of(0, 0, 3, -1));
    Window across =
        Window.of(List.of(1, 2, 1, 1)).padding(List.of(0, 1, 0, 0), List.of(0, 0, 0, 0));
    for (Reduction reduction : Reduction.values()) {
      c.output(Operations.reduceWindow(reduction, x, pooling))
          .output(Operations.reduceWindow(reduction, x, dilated))
          .output(Operations.reduceWindow(reduction, x, across));
    }
    c.check(0);
  }

  /** The graph of a loop body. */
  private static Graph body(List<TensorType> types, Function<List<Node>, List<Node>> function) {
    return Operations.trace(types, function);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void scansInsideScansExchangeCarries(boolean reverse) {
    Case c = new Case();
    TensorType row = new TensorType(DType.F32, Shape.of(Dim.BATCH, Dim.of(5)));
    Node sequence = c.integers(DType.F32, 2, Shape.of(Dim.of(4), Dim.BATCH, Dim.of(5)));
    Node a = c.integers(DType.F32, 2, row.shape());
    Node b = c.integers(DType.F32, 2, row.shape());
    Graph inner =
        body(
            List.of(row, row, row),
            x -> List.of(Operations.add(x.get(0), x.get(2)), x.get(0), x.get(1), x.get(2)));
    Graph outer =
        body(
            List.of(row, row, row, sequence.type()),
            x -> {
              Node step =
                  Node.of(new Op.Scan(inner, 2, 1, 4, !reverse), x.get(1), x.get(0), x.get(3));
              List<Node> results = new ArrayList<>(Operations.results(step));
              // Carries exchanged, an element of the sequence passed on, an inner sequence.
              return List.of(
                  results.get(1),
                  x.get(0),
                  x.get(2),
                  results.get(2),
                  Operations.subtract(results.get(0), x.get(2)));
            });
    Node scan = Node.of(new Op.Scan(outer, 2, 1, 4, reverse), a, b, sequence, sequence);
    Operations.results(scan).forEach(c::output);
    c.check(0);
  }

  @Test
  void whilesAndBranches() {
    Case c = new Case();
    TensorType state = TensorType.f32(Shape.of(3));
    TensorType count = TensorType.scalar(DType.I32);
    Graph condition =
        body(
            List.of(count, state, state),
            x -> List.of(Operations.compare(org.nnd.ir.Comparison.LT, x.get(0), 5)));
    Graph step =
        body(
            List.of(count, state, state),
            x -> {
              Node next = Operations.add(x.get(0), 1);
              Node two = Operations.scalar(DType.I32, 2);
              Node odd =
                  Operations.compare(
                      org.nnd.ir.Comparison.EQ,
                      Operations.binary(org.nnd.ir.BinaryOp.REMAINDER, x.get(0), two),
                      1);
              Graph then =
                  body(
                      List.of(state, state),
                      y -> List.of(Operations.add(y.get(0), y.get(1)), y.get(0)));
              Graph otherwise = body(List.of(state, state), y -> List.of(y.get(1), y.get(0)));
              List<Node> chosen =
                  Operations.results(
                      Node.of(new Op.Cond(then, otherwise), odd, x.get(1), x.get(2)));
              return List.of(next, chosen.get(0), chosen.get(1));
            });
    Node start = c.input(count.dtype(), count.shape(), () -> 0);
    Node a = c.integers(DType.F32, 3, state.shape());
    Node b = c.integers(DType.F32, 3, state.shape());
    Operations.results(Node.of(new Op.While(condition, step), start, a, b)).forEach(c::output);
    c.check(0);
  }

  /** A conversion to 16 bits rounds, whatever is computed from it in the same kernel. */
  @ParameterizedTest
  @ValueSource(strings = {"F16", "BF16"})
  void conversionsRound(DType narrow) {
    Node x = Operations.input("x", new TensorType(DType.F32, Shape.of(5)));
    Node there = Operations.convert(Operations.add(x, 1), narrow);
    Node back = Operations.add(Operations.convert(there, DType.F32), 1);
    Graph graph = Graph.of(List.of(x), Map.of("y", back));
    Literal values = Literal.of(new float[] {-0.59066f, 0.57125f, 1.0001f, 3.3333f, 1e-4f}, 5);
    Literal expected =
        ReferenceEvaluator.evaluate(graph, 1, Map.of("x", values), Map.of()).output();
    try (Executable executable = Executable.compile(device, graph);
        Variables variables = new Variables(device);
        Results results = executable.run(variables, Map.of("x", values), 1)) {
      assertArrayEquals(expected.toDoubles(), results.all().get("y").toDoubles(), 1e-6);
    }
  }
}
