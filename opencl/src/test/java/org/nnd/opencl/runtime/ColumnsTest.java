package org.nnd.opencl.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Reduction;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;
import org.nnd.ir.UnaryOp;
import org.nnd.ir.composite.Activations;
import org.nnd.ir.composite.Normalizations;
import org.nnd.ir.composite.Probabilities;
import org.nnd.ir.gradient.Gradient;
import org.nnd.ir.pass.Passes;
import org.nnd.opencl.jocl.Device;
import org.nnd.opencl.jocl.Devices;
import org.nnd.opencl.lower.Lowering;

/** Several passes over columns that lie across memory, against the reference evaluator. */
class ColumnsTest {
  private static final double TOLERANCE = 2e-5;

  private static Device device;

  @BeforeAll
  static void open() {
    device = Devices.open();
  }

  @AfterAll
  static void close() {
    device.close();
  }

  private static Node input(String name, long... dims) {
    return Operations.input(name, TensorType.f32(Shape.of(dims)));
  }

  private static Literal noise(int seed, int... dims) {
    Random random = new Random(seed);
    int count = 1;
    for (int dim : dims) {
      count *= dim;
    }
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Literal.of(values, dims);
  }

  private static Literal integers(int... dims) {
    Literal noise = noise(1, dims);
    float[] values = new float[noise.toDoubles().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.round(4 * noise.get(i));
    }
    return Literal.of(values, dims);
  }

  private static void check(Node y, Map<String, Literal> inputs, double tolerance) {
    Agreement.check(device, Graph.of(List.of(), Map.of("y", y)), 1, inputs, tolerance);
  }

  @ParameterizedTest
  @CsvSource({"1, 512", "2, 531", "37, 577", "300, 640", "1025, 513", "4096, 520", "4097, 512"})
  void softmaxOverColumns(int depth, int columns) {
    Node x = input("x", depth, columns);
    check(Probabilities.softmax(x, 0), Map.of("x", noise(depth, depth, columns)), TOLERANCE);
  }

  @Test
  void memoryIsReadOnce() {
    Graph graph = Graph.of(List.of(), Map.of("y", Probabilities.softmax(input("x", 96, 2048), 0)));
    assertEquals(
        1, Lowering.lower(Passes.optimize(graph), Targets.of(device.info())).calls().size());
  }

  /** Sums of integers are exact, so every element of every pass must be the right one. */
  @ParameterizedTest
  @CsvSource({"3, 5, 7, 11", "2, 33, 16, 17", "1, 64, 24, 24", "4, 6, 1, 1", "1, 9, 1, 700"})
  void sumsAndProductsOfSeveralPasses(int n, int c, int h, int w) {
    Node x = input("x", n, c, h, w);
    Node z = input("z", n, c, h, w);
    Node both = Operations.add(x, z);
    Node most = Operations.reduce(Reduction.MAX, both, List.of(1));
    Node below = Operations.subtract(Operations.expand(most, x.shape(), List.of(1)), both);
    Node sum = Operations.sum(Operations.multiply(below, x), List.of(1));
    Node y =
        Operations.subtract(
            Operations.multiply(Operations.expand(sum, x.shape(), List.of(1)), z), below);
    check(y, Map.of("x", integers(n, c, h, w), "z", integers(n, c, h, w)), 0);
  }

  @ParameterizedTest
  @CsvSource({"3, 5, 7, 11", "2, 33, 16, 17", "1, 200, 24, 24", "4, 6, 1, 1"})
  void normsOverChannelsAndTheirGradients(int n, int c, int h, int w) {
    Node x = input("x", n, c, h, w);
    Node z = input("z", n, c, h, w);
    Node scale = input("scale", c);
    Node shift = input("shift", c);
    Node sum = Operations.add(x, z);
    Node y = Activations.gelu(Normalizations.layerNorm(sum, scale, shift, List.of(1), 1e-6));
    Map<String, Literal> inputs =
        Map.of(
            "x", noise(1, n, c, h, w),
            "z", noise(2, n, c, h, w),
            "scale", noise(3, c),
            "shift", noise(4, c));
    check(Operations.add(y, x), inputs, TOLERANCE);
    Node loss = Operations.sum(Operations.unary(UnaryOp.SIN, y), List.of(0, 1, 2, 3));
    check(Gradient.of(loss, List.of(x)).get(0), inputs, 2e-4);
  }
}
