package org.nnd.ir.gradient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.nnd.ir.testing.GradientCheck.distinct;
import static org.nnd.ir.testing.GradientCheck.positive;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.nnd.ir.BinaryOp;
import org.nnd.ir.Comparison;
import org.nnd.ir.CustomCode;
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
import org.nnd.ir.WorkSize;
import org.nnd.ir.testing.GradientCheck;

/** Every primitive against central differences. */
class GradientTest {
  /** Cases by operation; a name after a colon tells cases of one operation apart. */
  private final Map<String, Runnable> cases = new LinkedHashMap<>();

  private void on(
      Class<? extends Op> op, String name, Function<List<Node>, Node> f, Literal... point) {
    cases.put(
        op.getSimpleName() + ": " + name,
        () -> GradientCheck.check(f.andThen(List::of), List.of(point)));
  }

  @TestFactory
  Stream<DynamicTest> everyPrimitiveAgreesWithCentralDifferences() {
    leaves();
    elementwise();
    shapes();
    reductions();
    windows();
    contractions();
    convolutions();
    indexing();
    control();
    Set<String> covered = new HashSet<>();
    cases.keySet().forEach(name -> covered.add(name.substring(0, name.indexOf(':'))));
    Set<String> all = new HashSet<>();
    Arrays.stream(Op.class.getPermittedSubclasses()).forEach(c -> all.add(c.getSimpleName()));
    assertEquals(all, covered, "operations with a case here");
    return cases.entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), e.getValue()::run));
  }

  private void leaves() {
    on(Op.Parameter.class, "itself", x -> x.get(0), distinct(1, 3));
    on(Op.Input.class, "another does not matter", x -> x.get(0), distinct(1, 3), distinct(2, 2));
    on(Op.Constant.class, "product with", x -> Operations.multiply(x.get(0), 3), distinct(1, 3));
    on(
        Op.Iota.class,
        "product with",
        x -> Operations.multiply(x.get(0), Operations.iota(DType.F64, x.get(0).shape(), 0)),
        distinct(1, 3, 2));
    on(
        Op.Size.class,
        "product with",
        x -> Operations.multiply(x.get(0), Operations.size(DType.F64, Dim.BATCH)),
        distinct(1));
  }

  private void elementwise() {
    for (UnaryOp function : UnaryOp.values()) {
      if (function == UnaryOp.NOT) {
        continue; // not of floats
      }
      Literal point =
          switch (function) {
            case LOG, LOG1P, SQRT, RSQRT -> positive(3, 5);
            case TAN -> Literal.of(new double[] {-1.2, -0.3, 0, 0.7, 1.1}, 5);
            default -> distinct(3, 5);
          };
      on(Op.Unary.class, function.toString(), x -> Operations.unary(function, x.get(0)), point);
    }
    for (BinaryOp function : BinaryOp.values()) {
      switch (function) {
        case ADD, SUBTRACT, MULTIPLY, DIVIDE, MAXIMUM, MINIMUM, ATAN2 ->
            on(
                Op.Binary.class,
                function.toString(),
                x -> Operations.binary(function, x.get(0), x.get(1)),
                distinct(4, 2, 3),
                positive(5, 2, 3));
        case POWER ->
            on(
                Op.Binary.class,
                "power",
                x -> Operations.binary(function, x.get(0), x.get(1)),
                positive(4, 2, 3),
                distinct(5, 2, 3));
        case REMAINDER ->
            on(
                Op.Binary.class,
                "remainder",
                x -> Operations.binary(function, x.get(0), x.get(1)),
                Literal.of(new double[] {5.3, -5.3, 0.4, -2.7}, 4),
                Literal.of(new double[] {2, 1.9, -0.7, -1.3}, 4));
        case AND, OR, XOR, SHIFT_LEFT, SHIFT_RIGHT_LOGICAL -> {}
      }
    }
    on(
        Op.Compare.class,
        "as a mask",
        x ->
            Operations.multiply(
                x.get(0),
                Operations.convert(Operations.compare(Comparison.GT, x.get(0), 0), DType.F64)),
        distinct(6, 7));
    on(
        Op.Select.class,
        "of both",
        x ->
            Operations.select(Operations.compare(Comparison.GT, x.get(0), 0.2), x.get(1), x.get(2)),
        distinct(6, 7),
        distinct(7, 7),
        distinct(8, 7));
    on(
        Op.Convert.class,
        "to itself through integers is a step",
        x -> Operations.convert(Operations.convert(x.get(0), DType.I32), DType.F64),
        distinct(6, 7));
    on(
        Op.Convert.class,
        "through f32",
        x -> Operations.convert(Operations.convert(x.get(0), DType.F32), DType.F64),
        distinct(6, 7));
    on(
        Op.Bitcast.class,
        "to a sign bit is a step",
        x -> {
          Node bits = Operations.bitcast(x.get(0), DType.I64);
          Node sign =
              Operations.binary(
                  BinaryOp.SHIFT_RIGHT_LOGICAL, bits, Operations.full(bits.type(), 63));
          return Operations.multiply(x.get(0), Operations.convert(sign, DType.F64));
        },
        distinct(6, 5));
  }

  private void shapes() {
    on(
        Op.Reshape.class,
        "",
        x -> Operations.reshape(x.get(0), Shape.of(3, 1, 4)),
        distinct(1, 2, 6));
    on(
        Op.Reshape.class,
        "of nothing",
        x -> Operations.reshape(x.get(0), Shape.of(0, 5)),
        distinct(1, 2, 0));
    on(Op.Transpose.class, "", x -> Operations.transpose(x.get(0), 2, 0, 1), distinct(1, 2, 3, 4));
    on(
        Op.Broadcast.class,
        "new and stretched axes",
        x -> Operations.broadcast(x.get(0), Shape.of(2, 3, 5, 4), List.of(1, 2)),
        distinct(1, 3, 1));
    on(
        Op.Broadcast.class,
        "to the batch",
        x -> Operations.broadcast(x.get(0), Shape.of(Dim.BATCH, Dim.of(2)), List.of(0, 1)),
        distinct(1, 1, 2));
    on(
        Op.Slice.class,
        "with strides and remainders",
        x ->
            Operations.slice(
                x.get(0),
                List.of(Dim.of(1), Dim.of(2), Dim.of(3)),
                List.of(Dim.of(6), Dim.of(5), Dim.of(3)),
                List.of(2, 1, 2)),
        distinct(1, 7, 5, 4));
    on(
        Op.Slice.class,
        "with strides",
        x ->
            Operations.slice(
                x.get(0),
                List.of(Dim.of(1), Dim.ZERO),
                List.of(Dim.of(7), Dim.of(5)),
                List.of(3, 2)),
        distinct(1, 8, 5));
    on(
        Op.Pad.class,
        "around, between and cropping",
        x ->
            Operations.pad(
                x.get(0),
                List.of(Dim.of(1), Dim.of(-1), Dim.of(-2)),
                List.of(Dim.of(-1), Dim.of(2), Dim.of(-1)),
                List.of(0, 2, 1),
                1.5),
        distinct(1, 3, 2, 4));
    on(
        Op.Pad.class,
        "of nothing",
        x -> Operations.pad(x.get(0), List.of(Dim.of(1)), List.of(Dim.of(2)), List.of(1), 1.5),
        distinct(1, 0));
    on(
        Op.Pad.class,
        "of the batch",
        x ->
            Operations.pad(
                Operations.multiply(
                    Operations.broadcast(x.get(0), Shape.batchOf(2), List.of(1)),
                    Operations.iota(DType.F64, Shape.batchOf(2), 0)),
                List.of(Dim.of(2), Dim.ZERO),
                List.of(Dim.of(1), Dim.ZERO),
                List.of(1, 0),
                1.5),
        distinct(1, 2));
    on(
        Op.Concatenate.class,
        "",
        x -> Operations.concatenate(List.of(x.get(0), x.get(1), x.get(0)), 1),
        distinct(1, 2, 3),
        distinct(2, 2, 1));
    on(
        Op.Reverse.class,
        "",
        x -> Operations.reverse(x.get(0), List.of(0, 2)),
        distinct(1, 2, 3, 2));
  }

  private void reductions() {
    for (Reduction reduction : Reduction.values()) {
      on(
          Op.Reduce.class,
          reduction + " over two axes",
          x -> Operations.reduce(reduction, x.get(0), List.of(0, 2)),
          distinct(1, 2, 3, 4));
      on(
          Op.Reduce.class,
          reduction + " of one element",
          x -> Operations.reduce(reduction, x.get(0), List.of(1)),
          distinct(1, 3, 1));
      on(
          Op.Cumulative.class,
          reduction.toString(),
          x -> Operations.cumulative(reduction, x.get(0), 1, false),
          distinct(1, 2, 5, 2));
      on(
          Op.Cumulative.class,
          reduction + " in reverse",
          x -> Operations.cumulative(reduction, x.get(0), 0, true),
          distinct(1, 6));
    }
    on(
        Op.Reduce.class,
        "sum of nothing",
        x -> Operations.sum(x.get(0), List.of(1)),
        distinct(1, 2, 0));
    on(
        Op.Reduce.class,
        "product with zeros",
        x -> Operations.reduce(Reduction.PRODUCT, x.get(0), List.of(1)),
        Literal.of(new double[] {0, 2, 3, 0, 0.5, 0}, 2, 3));
    on(
        Op.Cumulative.class,
        "product with zeros",
        x -> Operations.cumulative(Reduction.PRODUCT, x.get(0), 0, false),
        Literal.of(new double[] {2, 0, 3, 0, 0.5}, 5));
    on(
        Op.ArgReduce.class,
        "is a step",
        x ->
            Operations.multiply(
                Operations.convert(Operations.argReduce(Reduction.MAX, x.get(0), 0), DType.F64),
                x.get(1)),
        distinct(1, 4),
        distinct(2));
  }

  private static Window window(
      List<Integer> size,
      List<Integer> stride,
      List<Integer> low,
      List<Integer> high,
      List<Integer> inputDilation,
      List<Integer> dilation) {
    return new Window(size, stride, low, high, inputDilation, dilation);
  }

  private static Window window(int size, int stride, int low, int high, int input, int dilation) {
    return window(
        List.of(size),
        List.of(stride),
        List.of(low),
        List.of(high),
        List.of(input),
        List.of(dilation));
  }

  private void windows() {
    for (Reduction reduction : Reduction.values()) {
      Window plain =
          window(
              List.of(1, 3, 2),
              List.of(1, 2, 1),
              List.of(0, 1, 0),
              List.of(0, 1, 0),
              List.of(1, 1, 1),
              List.of(1, 1, 1));
      on(
          Op.ReduceWindow.class,
          reduction + " over two axes",
          x -> Operations.reduceWindow(reduction, x.get(0), plain),
          distinct(1, 2, 6, 3));
      Window overBatch = Window.of(List.of(1, 2)).stride(List.of(1, 2));
      on(
          Op.ReduceWindow.class,
          reduction + " over a batch",
          x -> Operations.reduceWindow(reduction, GradientCheck.batched(x.get(0)), overBatch),
          distinct(1, 3, 4));
    }
    for (Reduction reduction : List.of(Reduction.SUM, Reduction.PRODUCT)) {
      for (Window odd :
          List.of(
              window(2, 3, 1, 2, 2, 2),
              window(3, 1, -1, -2, 1, 2),
              window(1, 4, 0, 0, 3, 1),
              window(9, 1, 1, 0, 1, 1),
              window(2, 2, 3, 1, 1, 1))) {
        on(
            Op.ReduceWindow.class,
            reduction + " " + odd,
            x -> Operations.reduceWindow(reduction, x.get(0), odd),
            distinct(1, 7));
      }
    }
    on(
        Op.ReduceWindow.class,
        "max with negative padding and dilation",
        x -> Operations.reduceWindow(Reduction.MAX, x.get(0), window(2, 2, -1, 0, 1, 2)),
        distinct(1, 8));
  }

  private void contractions() {
    on(
        Op.Dot.class,
        "matrices",
        x -> Operations.matmul(x.get(0), x.get(1)),
        distinct(1, 2, 3),
        distinct(2, 3, 4));
    on(
        Op.Dot.class,
        "batch and contracting axes in any order",
        x ->
            Operations.dot(
                x.get(0), x.get(1), List.of(3, 1), List.of(0, 2), List.of(0, 4), List.of(3, 1)),
        distinct(1, 2, 3, 1, 2, 3),
        distinct(2, 2, 3, 3, 2, 2));
    on(
        Op.Dot.class,
        "outer product",
        x -> Operations.dot(x.get(0), x.get(1), List.of(), List.of(), List.of(), List.of()),
        distinct(1, 2),
        distinct(2, 3));
    on(
        Op.Dot.class,
        "over nothing",
        x -> Operations.matmul(x.get(0), x.get(1)),
        distinct(1, 2, 0),
        distinct(2, 0, 3));
    on(Op.Dot.class, "with itself", x -> Operations.matmul(x.get(0), x.get(0)), distinct(1, 3, 3));
  }

  private void convolutions() {
    List<Window> windows =
        List.of(
            window(3, 1, 0, 0, 1, 1),
            window(3, 2, 1, 1, 1, 1),
            window(2, 3, 0, 0, 1, 1),
            window(3, 3, 2, 0, 1, 1),
            window(2, 1, 1, 2, 1, 3),
            window(3, 1, 0, 1, 2, 1),
            window(2, 3, 3, 1, 2, 2),
            window(3, 2, -1, -2, 1, 1),
            window(1, 4, 0, 0, 1, 1),
            window(3, 1, -2, 3, 3, 1),
            window(9, 1, 0, 0, 1, 1));
    for (Window window : windows) {
      int size = window.size().get(0);
      convolution("plain " + window, window, 1, 1, new int[] {2, 3, 7}, new int[] {2, 3, size});
    }
    for (int stride = 1; stride <= 3; stride++) {
      Window window = window(3, stride, 1, 0, 1, 1);
      convolution(
          "feature groups, stride " + stride,
          window,
          2,
          1,
          new int[] {2, 4, 6},
          new int[] {6, 2, 3});
      convolution(
          "depthwise, stride " + stride, window, 3, 1, new int[] {2, 3, 6}, new int[] {3, 1, 3});
      convolution(
          "batch groups, stride " + stride, window, 1, 2, new int[] {4, 3, 6}, new int[] {4, 3, 3});
    }
    Window wide = window(2, 2, 1, 1, 2, 2);
    convolution(
        "feature groups, all dilations", wide, 2, 1, new int[] {1, 4, 5}, new int[] {2, 2, 2});
    convolution(
        "batch groups, all dilations", wide, 1, 2, new int[] {2, 1, 5}, new int[] {6, 1, 2});
    Window plane =
        window(
            List.of(3, 2),
            List.of(2, 1),
            List.of(1, 0),
            List.of(1, 1),
            List.of(1, 1),
            List.of(1, 2));
    convolution("plane", plane, 1, 1, new int[] {2, 2, 5, 4}, new int[] {3, 2, 3, 2});
    convolution("no spatial axes", Window.of(List.of()), 1, 1, new int[] {2, 3}, new int[] {4, 3});
    convolution(
        "empty batch", window(3, 1, 1, 1, 1, 1), 1, 1, new int[] {0, 2, 4}, new int[] {2, 2, 3});
    convolution(
        "no place for the window",
        window(9, 1, 0, 0, 1, 1),
        1,
        1,
        new int[] {1, 2, 4},
        new int[] {2, 2, 9});
    on(
        Op.Convolution.class,
        "of the batch",
        x ->
            Operations.convolution(
                GradientCheck.batched(x.get(0)),
                x.get(1),
                window(3, 1, 1, 1, 1, 1),
                Dim.ONE,
                Dim.ONE),
        distinct(1, 3, 2, 4),
        distinct(2, 2, 2, 3));
  }

  private void convolution(
      String name, Window window, int featureGroups, int batchGroups, int[] input, int[] kernel) {
    on(
        Op.Convolution.class,
        name,
        x ->
            Operations.convolution(
                x.get(0), x.get(1), window, Dim.of(featureGroups), Dim.of(batchGroups)),
        distinct(1, input),
        distinct(2, kernel));
  }

  /** The sine of a vector and three times the vector, added up. */
  private static Node custom(List<Node> x, Optional<Graph> gradient) {
    TensorType type = x.get(0).type();
    Graph reference =
        Operations.trace(
            List.of(type),
            a ->
                List.of(Operations.unary(UnaryOp.SIN, a.get(0)), Operations.multiply(a.get(0), 3)));
    CustomCode code =
        new CustomCode(
            "sine",
            "__kernel void sine(…) {}",
            List.of(new CustomCode.Argument("x", type)),
            List.of(new CustomCode.Argument("s", type), new CustomCode.Argument("t", type)),
            Map.of(),
            List.of(WorkSize.exactly(Dim.ONE)),
            List.of(1),
            Dim.ZERO);
    Node node = Node.of(new Op.Custom(code, gradient, Optional.of(reference)), x);
    List<Node> results = Operations.results(node);
    return Operations.add(results.get(0), Operations.square(results.get(1)));
  }

  /** From x, s, t, d_s and d_t to d_x. */
  private static Graph cosine() {
    TensorType type = new TensorType(DType.F64, Shape.of(3));
    List<Node> x =
        Stream.of("x", "s", "t", "d_s", "d_t").map(name -> Operations.input(name, type)).toList();
    Node g = Operations.multiply(Operations.unary(UnaryOp.COS, x.get(0)), x.get(3));
    return Graph.of(x, Map.of("d_x", Operations.add(g, Operations.multiply(x.get(4), 3))));
  }

  private static Node indices(int... indices) {
    return Operations.constant(Literal.of(indices, indices.length));
  }

  private void indexing() {
    on(
        Op.Gather.class,
        "repeated and outside",
        x -> Operations.gather(x.get(0), indices(2, 0, 2, -1, 3), 1),
        distinct(1, 2, 3, 2));
    on(
        Op.ScatterAdd.class,
        "repeated and outside",
        x -> Operations.scatterAdd(x.get(0), indices(2, 0, 2, -1, 3), x.get(1), 1),
        distinct(1, 2, 3, 2),
        distinct(2, 2, 5, 2));
    on(
        Op.ArgSort.class,
        "sorting by its indices",
        x -> Operations.takeAlong(x.get(0), Operations.argSort(x.get(0), 1, true), 1),
        distinct(1, 2, 5));
    on(
        Op.TopK.class,
        "taking the largest",
        x -> Operations.takeAlong(x.get(0), Operations.topK(x.get(0), 2), 1),
        distinct(1, 2, 5));
    on(Op.Fft.class, "forward", x -> Operations.fft(x.get(0), false), distinct(1, 2, 5, 2));
    on(
        Op.Fft.class,
        "spectrum",
        x -> {
          Node f = Operations.fft(x.get(0), true);
          return Operations.multiply(f, f);
        },
        distinct(1, 4, 2));
    on(
        Op.RandomBits.class,
        "as a factor",
        x -> {
          Node zero = Operations.scalar(DType.I32, 0);
          Node bits = Operations.randomBits(zero, zero, Shape.of(3), 1, 0);
          return Operations.multiply(
              x.get(0), Operations.multiply(Operations.convert(bits, DType.F64), 0x1p-31));
        },
        distinct(1, 3));
  }

  private void control() {
    for (boolean reverse : new boolean[] {false, true}) {
      on(
          Op.Scan.class,
          reverse ? "recurrence in reverse" : "recurrence",
          x -> recurrence(x, 4, reverse),
          distinct(1, 2),
          distinct(2, 4, 2),
          distinct(3, 2, 2));
    }
    on(
        Op.Scan.class,
        "of length zero",
        x -> recurrence(x, 0, false),
        distinct(1, 2),
        distinct(2, 0, 2),
        distinct(3, 2, 2));
    on(
        Op.GetResult.class,
        "of a scan with an integer carry and two results",
        x -> {
          TensorType scalar = TensorType.scalar(DType.F64);
          Graph body =
              Operations.trace(
                  List.of(TensorType.scalar(DType.I32), scalar, scalar),
                  s -> {
                    Node count = Operations.add(s.get(0), 1);
                    Node c = Operations.multiply(s.get(1), s.get(2));
                    Node weighted = Operations.multiply(c, Operations.convert(count, DType.F64));
                    return List.of(count, c, weighted);
                  });
          Node scan =
              Node.of(
                  new Op.Scan(body, 2, 1, 3, false),
                  Operations.scalar(DType.I32, 0),
                  x.get(0),
                  x.get(1));
          List<Node> results = Operations.results(scan);
          return Operations.add(results.get(1), Operations.sum(results.get(2), List.of(0)));
        },
        distinct(1),
        distinct(2, 3));
    for (double chosen : new double[] {0, 1}) {
      on(
          Op.Cond.class,
          chosen == 1 ? "true" : "false",
          x -> {
            List<TensorType> types = List.of(x.get(0).type(), x.get(1).type());
            Graph product =
                Operations.trace(
                    types, a -> List.of(Operations.multiply(a.get(0), a.get(1)), a.get(0)));
            Graph other = Operations.trace(types, a -> List.of(Operations.exp(a.get(1)), a.get(1)));
            Node cond =
                Node.of(
                    new Op.Cond(product, other),
                    Operations.scalar(DType.BOOL, chosen),
                    x.get(0),
                    x.get(1));
            List<Node> results = Operations.results(cond);
            return Operations.multiply(results.get(0), Operations.square(results.get(1)));
          },
          distinct(1, 3),
          distinct(2, 3));
    }
    on(
        Op.While.class,
        "behind a stop",
        x -> {
          List<TensorType> state = List.of(x.get(0).type());
          Graph below =
              Operations.trace(
                  state, s -> List.of(Operations.compare(Comparison.LT, s.get(0), 10)));
          Graph twice =
              Operations.trace(
                  state, s -> List.of(Operations.add(Operations.multiply(s.get(0), s.get(0)), 2)));
          Node start = Operations.stopGradient(Operations.scalar(DType.F64, 1));
          return Operations.multiply(x.get(0), Node.of(new Op.While(below, twice), start));
        },
        distinct(1));
    on(
        Op.StopGradient.class,
        "of a constant",
        x ->
            Operations.multiply(
                x.get(0), Operations.stopGradient(Operations.full(x.get(0).type(), 2))),
        distinct(1, 3));
    on(
        Op.Barrier.class,
        "",
        x -> Operations.exp(Operations.barrier(Operations.square(x.get(0)), 1)),
        distinct(1, 3));
    on(Op.Custom.class, "by its reference", x -> custom(x, Optional.empty()), distinct(1, 3));
    on(Op.Custom.class, "as given", x -> custom(x, Optional.of(cosine())), distinct(1, 3));
    for (String name : List.of("anything", "checkpoint")) {
      on(
          Op.Composite.class,
          name,
          x ->
              Operations.composite(
                  name,
                  Map.of(),
                  x,
                  a -> Operations.multiply(Operations.exp(a.get(0)), Operations.square(a.get(1)))),
          distinct(1, 3),
          distinct(2, 3));
    }
  }

  /** c' = tanh(W c + x), results tanh(W c + x) squared; the sum of the last carry is added. */
  private static Node recurrence(List<Node> x, int length, boolean reverse) {
    TensorType vector = x.get(0).type();
    Graph body =
        Operations.trace(
            List.of(vector, vector, x.get(2).type()),
            s -> {
              Node product =
                  Operations.dot(s.get(2), s.get(0), List.of(), List.of(), List.of(1), List.of(0));
              Node c = Operations.unary(UnaryOp.TANH, Operations.add(product, s.get(1)));
              return List.of(c, Operations.square(c));
            });
    Node scan = Node.of(new Op.Scan(body, 1, 1, length, reverse), x);
    List<Node> results = Operations.results(scan);
    Node row = Operations.sum(results.get(1), List.of(0));
    return Operations.add(results.get(0), row);
  }
}
