package org.nnd.layers.kernels;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.layers.kernels.LongConvolution.Method.DIRECT;
import static org.nnd.layers.kernels.LongConvolution.Method.FFT;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nnd.dsl.Tensor;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;
import org.nnd.ir.gradient.Gradient;
import org.nnd.ir.reference.ReferenceEvaluator;
import org.nnd.opencl.jocl.Device;
import org.nnd.opencl.jocl.Devices;
import org.nnd.opencl.runtime.Executable;
import org.nnd.opencl.runtime.Variables;

/** Both ways of computing a long convolution, against each other and with their gradients. */
class LongConvolutionTest {

  private record Case(String name, int batch, int groups, int[] x, int[] k, int[] low, int[] high) {
    Shape input() {
      return sizes(x).with(0, Dim.BATCH);
    }

    LongConvolution convolution(LongConvolution.Method method) {
      return new LongConvolution(list(low), list(high), groups, method);
    }
  }

  private static List<Integer> list(int[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  private static Shape sizes(int[] values) {
    return Shape.of(Arrays.stream(values).asLongStream().toArray());
  }

  private static Case of(String name, int groups, int[] x, int[] k, int[] low, int[] high) {
    return new Case(name, x[0], groups, x, k, low, high);
  }

  private static int[] i(int... values) {
    return values;
  }

  private static final List<Case> CASES =
      List.of(
          of("causal as long as the input", 1, i(2, 3, 24), i(4, 3, 24), i(23), i(0)),
          of("causal, prime lengths", 1, i(1, 2, 97), i(3, 2, 31), i(30), i(0)),
          of("causal, longer than the input", 3, i(5, 3, 17), i(3, 1, 40), i(39), i(0)),
          of("centred, odd, depthwise", 3, i(2, 3, 29), i(3, 1, 15), i(7), i(7)),
          of("centred, even, two per channel", 2, i(1, 2, 16), i(4, 1, 8), i(4), i(3)),
          of("groups that mix", 2, i(3, 4, 13), i(6, 2, 5), i(2), i(2)),
          of("valid only", 1, i(2, 2, 20), i(2, 2, 7), i(0), i(0)),
          of("more padding than taps", 1, i(2, 1, 6), i(2, 1, 3), i(5), i(4)),
          of("two-sided, twice the input", 1, i(2, 1, 11), i(1, 1, 21), i(10), i(10)),
          of("one sample", 1, i(2, 1, 1), i(1, 1, 1), i(0), i(0)),
          of("pictures, full context", 2, i(2, 2, 6, 5), i(2, 1, 11, 9), i(5, 4), i(5, 4)),
          of("pictures, dense, prime", 1, i(1, 2, 7, 11), i(3, 2, 5, 3), i(2, 1), i(2, 1)),
          of("volumes", 2, i(2, 2, 4, 3, 5), i(2, 1, 3, 3, 3), i(1, 1, 1), i(1, 1, 1)));

  private static final List<String> ON_DEVICE =
      List.of(
          "causal, prime lengths",
          "centred, even, two per channel",
          "groups that mix",
          "pictures, full context");

  @TestFactory
  Stream<DynamicTest> bothWaysAgreeInFloat64() {
    return CASES.stream()
        .map(
            c ->
                DynamicTest.dynamicTest(
                    c.name,
                    () -> {
                      Map<String, Literal> direct = reference(c, DIRECT, DType.F64);
                      Map<String, Literal> fft = reference(c, FFT, DType.F64);
                      for (String name : direct.keySet()) {
                        Fixture.close(direct.get(name), fft.get(name), 1e-12);
                      }
                    }));
  }

  @TestFactory
  Stream<DynamicTest> bothWaysAgreeOnTheDevice() {
    return CASES.stream()
        .filter(c -> ON_DEVICE.contains(c.name))
        .map(
            c ->
                DynamicTest.dynamicTest(
                    c.name,
                    () -> {
                      Map<String, Literal> expected = reference(c, DIRECT, DType.F64);
                      for (LongConvolution.Method method : List.of(DIRECT, FFT)) {
                        Map<String, Literal> got = onDevice(c, method);
                        for (String name : expected.keySet()) {
                          Fixture.close(expected.get(name), got.get(name), 1e-5);
                        }
                      }
                    }));
  }

  private static Map<String, Literal> data(Case c) {
    return Map.of("x", Fixture.random(1, c.x), "k", Fixture.random(2, c.k));
  }

  /** Output and gradients of a weighted sum of it. */
  private static Graph graph(Case c, LongConvolution.Method method, DType dtype) {
    Node x = Operations.input("x", new TensorType(dtype, c.input()));
    Node k = Operations.input("k", new TensorType(dtype, sizes(c.k)));
    Node y = c.convolution(method).apply(Tensor.of(x), Tensor.of(k)).node();
    Node loss = Operations.sum(Operations.square(y), Operations.axes(y.rank()));
    List<Node> gradients = Gradient.of(loss, List.of(x, k));
    Map<String, Node> outputs = new LinkedHashMap<>();
    outputs.put("y", y);
    outputs.put("dx", gradients.get(0));
    outputs.put("dk", gradients.get(1));
    return Graph.of(List.of(x, k), outputs);
  }

  private static Map<String, Literal> reference(
      Case c, LongConvolution.Method method, DType dtype) {
    return ReferenceEvaluator.evaluate(graph(c, method, dtype), c.batch, data(c), Map.of())
        .outputs();
  }

  private static Map<String, Literal> onDevice(Case c, LongConvolution.Method method) {
    Map<String, Literal> inputs = new LinkedHashMap<>();
    data(c).forEach((name, v) -> inputs.put(name, Literal.of(v.toFloats(), v.shape())));
    try (Device device = Devices.open();
        Variables variables = new Variables(device);
        Executable executable = Executable.compile(device, graph(c, method, DType.F32))) {
      return new LinkedHashMap<>(executable.run(variables, inputs, c.batch).all());
    }
  }

  @Test
  void aKernelForEveryExampleIsThatConvolutionOfEach() {
    for (LongConvolution.Method method : List.of(DIRECT, FFT)) {
      Literal x = Fixture.random(1, 3, 2, 7, 5);
      Literal k = Fixture.random(2, 3, 2, 7, 5);
      TensorType type =
          new TensorType(DType.F64, Shape.of(Dim.BATCH, Dim.of(2), Dim.of(7), Dim.of(5)));
      Node xs = Operations.input("x", type);
      Node ks = Operations.input("k", type);
      LongConvolution same = new LongConvolution(List.of(3, 2), List.of(3, 2), 1, method);
      Node y = same.perSample(Tensor.of(xs), Tensor.of(ks)).node();
      Literal all =
          ReferenceEvaluator.evaluate(
                  Graph.of(List.of(xs, ks), Map.of("y", y)), 3, Map.of("x", x, "k", k), Map.of())
              .outputs()
              .get("y");
      for (int n = 0; n < 3; n++) {
        Tensor one = constant(x, n).reshape(1, 2, 7, 5);
        Tensor filter = constant(k, n).reshape(2, 1, 7, 5);
        Node alone =
            new LongConvolution(List.of(3, 2), List.of(3, 2), 2, DIRECT).apply(one, filter).node();
        Literal expected =
            ReferenceEvaluator.evaluate(
                    Graph.of(List.of(), Map.of("y", alone)), 1, Map.of(), Map.of())
                .outputs()
                .get("y");
        double[] part = Arrays.copyOfRange(all.toDoubles(), n * 70, n * 70 + 70);
        Fixture.close(expected, Literal.of(part, 1, 2, 7, 5), 1e-12);
      }
    }
  }

  private static Tensor constant(Literal all, int n) {
    int size = all.count() / all.shape()[0];
    double[] part = Arrays.copyOfRange(all.toDoubles(), n * size, (n + 1) * size);
    return Tensor.of(Operations.constant(Literal.of(part, size)));
  }

  @Test
  void longOnesAreTransformedAndShortOnesAreNot() {
    assertTrue(usesTransforms(1, 4096, 4096), "4096 taps");
    assertFalse(usesTransforms(1, 4096, 7), "7 taps");
    assertFalse(usesTransforms(1, 8, 8), "8 samples");
  }

  private static boolean usesTransforms(int channels, int length, int taps) {
    Node x =
        Operations.input(
            "x", new TensorType(DType.F32, Shape.of(Dim.BATCH, Dim.of(channels), Dim.of(length))));
    Tensor k =
        Tensor.of(Operations.input("k", new TensorType(DType.F32, Shape.of(channels, 1, taps))));
    Node y = LongConvolution.causal(k, channels).apply(Tensor.of(x), k).node();
    return Graph.of(List.of(x, k.node()), Map.of("y", y)).nodes().stream()
        .anyMatch(node -> node.op() instanceof Op.Fft);
  }

  @Test
  void theGradientOfATransformedOneIsTransformedToo() {
    Case c = CASES.get(0);
    assertTrue(
        graph(c, FFT, DType.F32).nodes().stream()
            .noneMatch(node -> node.op() instanceof Op.Convolution));
  }

  @Test
  void wrongKernelsAreRefused() {
    Tensor x = Tensor.zeros(2, 4, 16);
    String message =
        assertThrows(
                NndException.class,
                () ->
                    LongConvolution.causal(Tensor.zeros(3, 4, 5), 3)
                        .apply(x, Tensor.zeros(3, 4, 5)))
            .getMessage();
    assertTrue(message.contains("in 3 groups"), message);
    String rank =
        assertThrows(
                NndException.class,
                () ->
                    LongConvolution.causal(Tensor.zeros(4, 1, 5), 4)
                        .apply(Tensor.zeros(2, 4, 8, 8), Tensor.zeros(4, 1, 5)))
            .getMessage();
    assertTrue(rank.contains("over 1 axes expects x [N, C, ...]"), rank);
  }
}
