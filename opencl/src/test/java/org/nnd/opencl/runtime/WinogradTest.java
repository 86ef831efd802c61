package org.nnd.opencl.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;
import org.nnd.ir.Window;
import org.nnd.ir.reference.ReferenceEvaluator;
import org.nnd.opencl.jocl.Device;
import org.nnd.opencl.jocl.Devices;
import org.nnd.opencl.lower.KernelPlan;
import org.nnd.opencl.lower.Target;

class WinogradTest {
  private static Device device;

  @BeforeAll
  static void open() {
    device = Devices.open();
  }

  @AfterAll
  static void close() {
    device.close();
  }

  private static Literal normal(Random random, int... shape) {
    Literal literal = Literal.zeros(DType.F32, shape);
    float[] values = (float[]) literal.array();
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return literal;
  }

  private static Node convolution(Node x, Node kernel, int top, int left, int bottom, int right) {
    Window window = Window.of(List.of(3, 3)).padding(List.of(top, left), List.of(bottom, right));
    return Operations.convolution(x, kernel, window, Dim.ONE, Dim.ONE);
  }

  private static boolean isWinograd(Graph graph, Target target) {
    KernelPlan plan = Executable.plan(graph, target);
    return plan.calls().stream().anyMatch(c -> c.kernel().name().startsWith("winograd_products"));
  }

  /** Whole and partial tiles, vectors and panels; followed by a bias, a residual and a relu. */
  @ParameterizedTest
  @CsvSource({
    "1, 128, 96, 14, 14, 1, 1, 1, 1",
    "3, 256, 256, 7, 7, 1, 1, 1, 1",
    "2, 40, 64, 13, 29, 0, 0, 0, 0",
    "1, 65, 64, 28, 28, 1, 1, 1, 1",
    "1, 64, 56, 19, 70, 0, 1, 2, 0",
    "2, 48, 64, 5, 66, 2, 2, 2, 2",
  })
  void likeTheDirectWay(
      int batch, int in, int out, int height, int width, int top, int left, int bottom, int right) {
    Random random = new Random(in + out + height);
    Node x = Operations.input("x", TensorType.f32(Shape.batchOf(in, height, width)));
    Node kernel = Operations.constant(normal(random, out, in, 3, 3));
    Node bias = Operations.constant(normal(random, out));
    Node y = convolution(x, kernel, top, left, bottom, right);
    Node residual = Operations.input("r", new TensorType(y.dtype(), y.shape()));
    Node biased = Operations.add(y, Operations.broadcast(bias, y.shape(), List.of(1)));
    Node all = Operations.maximum(Operations.add(biased, residual), 0);
    Graph graph = Graph.of(List.of(x, residual), Map.of("y", all));
    assertTrue(isWinograd(graph, Target.cpu(16)));
    int[] result = y.shape().at(batch);
    Map<String, Literal> inputs =
        Map.of("x", normal(random, batch, in, height, width), "r", normal(random, result));
    try (Variables variables = new Variables(device);
        Executable executable = Executable.compile(device, graph)) {
      double[] got = executable.run(variables, inputs).get("y").toDoubles();
      Literal want = ReferenceEvaluator.evaluate(graph, batch, inputs, Map.of()).output();
      assertClose(want.toDoubles(), got);
    }
  }

  /** Nothing is read that was not written, for either width of vectors. */
  @ParameterizedTest
  @CsvSource({"64, 12, 16, 16", "64, 12, 13, 8"})
  void staysWithinItsMemory(int channels, int height, int width, int lanes) {
    Random random = new Random(3);
    Node x = Operations.input("x", TensorType.f32(Shape.batchOf(channels, height, width)));
    Node kernel = Operations.constant(normal(random, channels, channels, 3, 3));
    Graph graph = Graph.of(List.of(x), Map.of("y", convolution(x, kernel, 1, 1, 1, 1)));
    assertTrue(isWinograd(graph, Target.cpu(lanes)));
    Map<String, Literal> inputs = Map.of("x", normal(random, 1, channels, height, width));
    Literal want = ReferenceEvaluator.evaluate(graph, 1, inputs, Map.of()).output();
    KernelPlan plan = Executable.plan(graph, Target.cpu(lanes));
    Literal got = HostRun.run(plan, 1, inputs, Map.of()).get("y");
    assertClose(want.toDoubles(), got.toDoubles());
  }

  /** Relative to the Frobenius norm: the transforms of large tiles cost a digit. */
  private static void assertClose(double[] want, double[] got) {
    double apart = 0;
    double norm = 0;
    for (int i = 0; i < want.length; i++) {
      apart += (want[i] - got[i]) * (want[i] - got[i]);
      norm += want[i] * want[i];
    }
    assertEquals(0, Math.sqrt(apart / norm), 2e-5);
  }

  /** Their weights would be transformed in every step. */
  @Test
  void notForWeightsThatTheGraphChanges() {
    Node x = Operations.input("x", TensorType.f32(Shape.batchOf(64, 28, 28)));
    Node kernel = Operations.parameter("w", TensorType.f32(Shape.of(64, 64, 3, 3)));
    Node y = convolution(x, kernel, 1, 1, 1, 1);
    Target target = Targets.of(device.info());
    assertTrue(isWinograd(Graph.of(List.of(x), Map.of("y", y)), target));
    Map<String, Node> changes = Map.of("w", Operations.multiply(kernel, 0.5));
    Graph trains = Graph.of(List.of(x), Map.of("y", y), changes);
    assertEquals(false, isWinograd(trains, target));
  }
}
