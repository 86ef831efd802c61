package org.nnd.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.data.Messages.assertRefused;
import static org.nnd.dsl.Combinators.kernel;
import static org.nnd.dsl.Combinators.layer;
import static org.nnd.dsl.Combinators.sequential;
import static org.nnd.dsl.Combinators.tensor;
import static org.nnd.layers.Layers.conv;
import static org.nnd.layers.Layers.dense;
import static org.nnd.layers.Layers.globalAvgPool;
import static org.nnd.model.Models.model;
import static org.nnd.train.Optimizer.sgd;
import static org.nnd.train.Training.train;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnd.data.DataSet;
import org.nnd.dsl.CustomKernel;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lower;
import org.nnd.dsl.Mode;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.explain.Explain;
import org.nnd.ir.DType;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;
import org.nnd.ir.gradient.Gradient;
import org.nnd.onnx.OnnxExport;
import org.nnd.opencl.jocl.Faults;
import org.nnd.opencl.lower.Target;
import org.nnd.opencl.runtime.Profile;

/** Kernels written by hand, on a device. */
class CustomKernelTest {
  @TempDir private Path folder;

  private static CustomKernel plainSwish() {
    return kernel(
            "swish",
            """
            float sigmoid(float x) { return 1 / (1 + exp(-x)); }

            __kernel void swish(__global const float* x, __global float* y) {
              const int i = get_global_id(0);
              y[i] = x[i] * sigmoid(x[i]);
            }
            """)
        .in("x", "f32[...]")
        .out("y", "f32[...]")
        .flops("4 * count(x)");
  }

  /** A helper of the same name, and a macro, must not meet those of another kernel. */
  private static CustomKernel swishGradient() {
    return kernel(
            "swish_gradient",
            """
            #define N 3
            float sigmoid(float x) { return 1 / (1 + exp(-x)); }

            __kernel void swish_gradient(
                __global const float* x, __global const float* d_y, __global float* d_x) {
              const int i = get_global_id(0);
              const float s = sigmoid(x[i]);
              d_x[i] = d_y[i] * (s + x[i] * s * (1 - s));
            }
            """)
        .in("x", "f32[...]")
        .in("d_y", "f32[...]")
        .out("d_x", "f32[...]");
  }

  private static Tensor swish(Tensor x) {
    return x.mul(x.sigmoid());
  }

  /** Sums rows, a work-group each, in local memory. */
  private static CustomKernel rowSum() {
    return kernel(
            "row_sum",
            """
            __kernel void row_sum(__global const float* x, __global float* y, const int C) {
              __local float part[16];
              const int i = get_local_id(0);
              const int row = get_global_id(1);
              float sum = 0;
              for (int c = i; c < C; c += 16) {
                sum += x[row * C + c];
              }
              part[i] = sum;
              barrier(CLK_LOCAL_MEM_FENCE);
              for (int step = 8; step > 0; step /= 2) {
                if (i < step) {
                  part[i] += part[i + step];
                }
                barrier(CLK_LOCAL_MEM_FENCE);
              }
              if (i == 0) {
                y[row] = part[0];
              }
            }
            """)
        .in("x", "f32[N, C]")
        .out("y", "f32[N]")
        .global("16", "N")
        .local(16);
  }

  private static Tensor random(long seed, int... shape) {
    return Tensor.of(Examples.normal(seed, shape));
  }

  private static void assertClose(Tensor expected, Tensor actual) {
    assertEquals(expected.type(), actual.type());
    assertArrayEquals(expected.toFloats(), actual.toFloats(), 1e-5f);
  }

  // Values.

  @Test
  void valuesOfAnySizeAreComputed() {
    for (int[] shape : new int[][] {{1}, {7}, {0}, {64}, {3, 5}, {2, 0, 3}, {129}, {4, 1, 31}}) {
      Tensor x = random(shape.length, shape);
      assertClose(swish(x), plainSwish().apply(x));
    }
    assertClose(swish(tensor(0.5)), plainSwish().apply(tensor(0.5)));
    for (int columns : new int[] {1, 15, 16, 17, 100}) {
      Tensor x = random(columns, 5, columns);
      assertClose(x.sum(1), rowSum().apply(x));
    }
    assertEquals(0, rowSum().apply(random(1, 0, 3)).value().count());
  }

  @Test
  void operandsThatOnlyMoveDataAreLaidOutBeforehand() {
    Tensor x = random(1, 6, 5);
    assertClose(x.transpose().sum(1), rowSum().apply(x.transpose()));
    assertClose(x.slice(1, 1, 4).sum(1), rowSum().apply(x.slice(1, 1, 4)));
    assertClose(x.reshape(3, 10).sum(1), rowSum().apply(x.reshape(3, 10)));
    assertClose(x.add(1).sum(1).mul(2), rowSum().apply(x.add(1)).mul(2));
    assertClose(swish(Tensor.zeros(3, 4)), plainSwish().apply(Tensor.zeros(3, 4)));
  }

  @Test
  void severalResultsAndNumbers() {
    CustomKernel largest =
        kernel(
                "largest",
                """
                __kernel void largest(
                    __global const float* x, __global float* y, __global int* at,
                    const int C, float scale, long shift) {
                  const int n = get_global_id(0);
                  float row[C];
                  int best = 0;
                  for (int c = 0; c < C; c++) {
                    row[c] = scale * x[n * C + c];
                    best = row[c] > row[best] ? c : best;
                  }
                  y[n] = row[best];
                  at[n] = best + (int) shift;
                }
                """)
            .in("x", "f32[N, C]")
            .out("y", "f32[N]")
            .out("at", "i32[N]")
            .value("scale", 0.5)
            .value("shift", "10 * C");
    Tensor x = random(2, 9, 7);
    Tensors both = largest.apply(Tensors.of(x));
    assertEquals(List.of("y", "at"), both.names());
    assertClose(x.max(1).mul(0.5), both.get("y"));
    assertArrayEquals(x.argmax(1).add(70).value().toDoubles(), both.get("at").value().toDoubles());
  }

  @Test
  void outputsMayStartWithANumber() {
    CustomKernel histogram =
        kernel(
                "histogram",
                """
                __kernel void histogram(
                    __global const int* x, __global int* count, __global float* seen,
                    const int K) {
                  const int k = x[get_global_id(0)];
                  if (k >= 0 && k < K) {
                    atomic_inc(count + k);
                    seen[k] = 1;
                  }
                }
                """)
            .in("x", "i32[N]")
            .out("count", "i32[K]", 0)
            .out("seen", "f32[K]", -2.5)
            .value("K", 5)
            .global("N");
    for (int run = 0; run < 2; run++) {
      Tensors y = histogram.apply(Tensors.of(Tensor.of(new int[] {1, 3, 3, 9, 1, 3})));
      assertArrayEquals(new double[] {0, 2, 0, 3, 0}, y.get("count").value().toDoubles());
      assertArrayEquals(new float[] {-2.5f, 1, -2.5f, 1, -2.5f}, y.get("seen").toFloats());
    }
    Tensors none = histogram.apply(Tensors.of(Tensor.of(Literal.zeros(DType.I32, 0))));
    assertArrayEquals(new double[5], none.get("count").value().toDoubles());
  }

  @Test
  void aScanCallsItOnPartsOfATensor() {
    Tensor x = random(3, 7, 5); // rows at multiples of 20 bytes
    Graph body =
        Operations.trace(
            List.of(x.select(0, 0).type()),
            row -> List.of(kernelOn(plainSwish(), row.get(0)).node()));
    Node scan = Node.of(new Op.Scan(body, 0, 1, 7, false), List.of(x.node()));
    assertClose(swish(x), Tensor.of(scan));
  }

  // In networks.

  private static Layer network(Layer activation) {
    return sequential(conv(6).kernel(3), activation, globalAvgPool(), dense(4));
  }

  @Test
  void anotherBatchSizeCompilesNothing() {
    Model m = model(network(plainSwish()), InputSpec.of(1, 8, 8));
    Model expected = m.with(network(layer("swish", (Tensor x) -> swish(x))), m.weights());
    m.predict(random(1, 2, 1, 8, 8));
    for (int batch : new int[] {1, 7, 33}) {
      Tensor x = random(batch, batch, 1, 8, 8);
      Tensor wanted = expected.predict(x);
      Faults.during(Faults.Operation.BUILD, 1, -11, () -> assertClose(wanted, m.predict(x)));
    }
  }

  private static DataSet data() {
    Random random = new Random(1);
    float[][] x = new float[50][64];
    int[] labels = new int[50];
    for (int i = 0; i < 50; i++) {
      labels[i] = i % 4;
      for (int j = 0; j < 64; j++) {
        x[i][j] = (float) (random.nextGaussian() + (j % 4 == labels[i] ? 1 : 0));
      }
    }
    return DataSet.of(x, labels);
  }

  private static Model trained(Layer activation) {
    Layer net = sequential(dense(8), activation, dense(4));
    Model m = model(net, data().input());
    train(m, data()).optimizer(sgd(0.2)).epochs(3).batchSize(16).quiet().run();
    return m;
  }

  @Test
  void trainingGoesByTheGradientThatIsGiven() {
    Map<String, Literal> expected = trained(layer("swish", (Tensor x) -> swish(x))).weights();
    CustomKernel plain = plainSwish();
    for (CustomKernel kernel :
        List.of(
            plain.gradient(swishGradient()),
            plain.gradient(
                (x, dy) -> {
                  Tensor s = x.sigmoid();
                  return dy.mul(s.add(x.mul(s).mul(s.neg().add(1))));
                }),
            plain.reference(CustomKernelTest::swish))) {
      Map<String, Literal> weights = trained(kernel).weights();
      weights.forEach(
          (path, value) -> assertTrue(Examples.distance(expected.get(path), value) < 1e-4, path));
    }
    assertRefused("1 (CustomKernelTest.java:", () -> trained(plain));
    assertRefused("the kernel 'swish' has no gradient", () -> trained(plain));
  }

  @Test
  void theGradientKernelAgreesWithCentralDifferences() {
    CustomKernel kernel = plainSwish().gradient(swishGradient());
    float[] x = Examples.normal(5, 12).toFloats();
    float[] weights = Examples.normal(6, 12).toFloats();
    Node input = Operations.input("x", kernelType(12));
    Tensor sum = kernelOn(kernel, input).mul(Tensor.of(constant(weights))).sum();
    Graph graph =
        Graph.of(
            List.of(input),
            Map.of("loss", sum.node(), "gradient", Gradient.of(sum.node(), List.of(input)).get(0)));
    Model host = model(dense(1), InputSpec.of(1));
    Literal gradient = host.run(graph, Map.of("x", Literal.of(x, 12)), 1).get("gradient");
    float step = 1e-2f;
    for (int i = 0; i < 12; i++) {
      double slope = 0;
      for (int sign : new int[] {1, -1}) {
        float[] moved = x.clone();
        moved[i] += sign * step;
        slope += sign * host.run(graph, Map.of("x", Literal.of(moved, 12)), 1).get("loss").get(0);
      }
      assertEquals(slope / (2 * step), gradient.get(i), 1e-3, "element " + i);
    }
  }

  private static TensorType kernelType(int size) {
    return TensorType.f32(Shape.of(size));
  }

  private static Node constant(float[] values) {
    return Operations.constant(Literal.of(values, values.length));
  }

  private static Tensor kernelOn(CustomKernel kernel, Node input) {
    Graph graph = Lower.lower(kernel, Map.of("x", input.type()), Mode.TRAINING).graph();
    return Tensor.of(graph.apply(List.of(input)).get(0));
  }

  // All levels, profiles and files.

  @Test
  void everyLevelShowsIt() {
    Model m = model(network(plainSwish()), InputSpec.of(1, 8, 8));
    String text = Explain.explain("net", m, List.of(), Target.cpu(8)).withKernels().toString();
    for (String part :
        List.of(
            "kernel(\"swish\")", // the description
            "custom \"swish\"(", // the tensor graph
            "OpenCL C, written by hand", // the kernel program
            "#line 1 \"swish\"", // OpenCL C
            "written by hand")) {
      assertTrue(text.contains(part), () -> part + " in\n" + text);
    }
  }

  @Test
  void profilesTimeIt() {
    Model m = model(network(plainSwish()), InputSpec.of(1, 8, 8));
    Tensor x = random(1, 4, 1, 8, 8);
    Profile profile =
        m.executable(m.lowered(Mode.INFERENCE).graph())
            .profile(m.variables(), Map.of("x", x.value()), 2);
    Profile.Timing timing =
        profile.timings().stream()
            .filter(t -> t.kernel().equals("swish"))
            .findFirst()
            .orElseThrow();
    long elements = 4 * 6 * 64;
    assertEquals(4 * elements, timing.flops());
    assertEquals(2 * 4 * elements, timing.bytes());
    assertTrue(timing.nanos() > 0);
  }

  @Test
  void onnxGetsTheReferenceOrNothing() throws Exception {
    InputSpec input = InputSpec.of(1, 8, 8);
    Path file = folder.resolve("swish.onnx");
    Model without = model(network(plainSwish()), input);
    assertRefused(
        "ONNX has no operator for the kernel 'swish', which is OpenCL C",
        () -> OnnxExport.exportOnnx(without, file));
    assertFalse(Files.exists(file));
    Model with = model(network(plainSwish().reference(CustomKernelTest::swish)), input);
    OnnxExport.exportOnnx(with, file);
    assertTrue(Files.size(file) > 0);
  }

  @Test
  void weightsAreSavedAndTheKernelIsNot() {
    Layer net = network(plainSwish());
    Model m = Examples.scrambled(model(net, InputSpec.of(1, 8, 8)), 3);
    Path file = folder.resolve("net.safetensors");
    assertRefused("kernel(\"swish\", …); declared at CustomKernelTest.java:", () -> m.save(file));
    m.saveWeights(file);
    Model back = model(net, InputSpec.of(1, 8, 8));
    back.load(file);
    Tensor x = random(1, 2, 1, 8, 8);
    assertArrayEquals(m.predict(x).toFloats(), back.predict(x).toFloats());
  }

  // What goes wrong.

  @Test
  void mistakesInTheSourceAreShown() {
    CustomKernel wrong =
        kernel(
                "wrong",
                """
                __kernel void wrong(__global const float* x,
                                    __global float* y) {
                  int i = get_global_id(0);
                	y[i] = x[j];
                }
                """)
            .in("x", "f32[N]")
            .out("y", "f32[N]");
    NndException error = assertThrows(NndException.class, () -> wrong.apply(tensor(1, 2)).value());
    String message = error.getMessage();
    assertTrue(
        message.startsWith("kernel 'wrong' does not compile: use of undeclared identifier 'j'\n"),
        message);
    assertTrue(
        message.contains("line 4 of its source (declared at CustomKernelTest.java:"), message);
    assertTrue(message.endsWith("\n    \ty[i] = x[j];\n    \t         ^"), message);
    assertClose(swish(tensor(1, 2)), plainSwish().apply(tensor(1, 2)));
  }

  @Test
  void aGroupTooLargeIsRefusedAndNothingElseSuffers() {
    CustomKernel large = plainSwish().global("1 * count(x)").local(1 << 20);
    Tensor x = Tensor.zeros(1 << 20);
    assertRefused("kernel swish", () -> large.apply(x).value());
    assertRefused("work-groups of 1048576 = 1048576 items", () -> large.apply(x).value());
    assertClose(swish(tensor(1, 2)), plainSwish().apply(tensor(1, 2)));
  }

  @Test
  void aLaunchThatFailsNamesItAndLeavesTheRestUsable() {
    CustomKernel kernel = plainSwish();
    Tensor x = random(8, 11);
    kernel.apply(x).value();
    Tensor again = kernel.apply(random(9, 11));
    Faults.during(
        Faults.Operation.LAUNCH,
        1,
        -5,
        () -> assertRefused("kernel swish (written by hand: swish)", again::value));
    assertClose(swish(x), kernel.apply(x));
    assertClose(swish(random(9, 11)), again);
  }

  /** Some seconds of work, as a kernel that does not end would be too long for a test. */
  private static CustomKernel slow() {
    return kernel(
            "slow",
            """
            __kernel void slow(__global const float* x, __global float* y, const long turns) {
              float sum = x[0];
              for (long i = 0; i < turns; i++) {
                sum = sin(sum);
              }
              y[0] = sum;
            }
            """)
        .in("x", "f32[1]")
        .out("y", "f32[1]")
        .value("turns", 200_000_000);
  }

  @Test
  void anInterruptEndsTheWaitForAKernel() throws InterruptedException {
    Tensor y = slow().apply(random(1, 1));
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread waiting = new Thread(() -> y.value());
    waiting.setUncaughtExceptionHandler((thread, error) -> thrown.set(error));
    waiting.start();
    // Compiling blocks; what sleeps is the wait for the kernel.
    while (waiting.isAlive() && waiting.getState() != Thread.State.TIMED_WAITING) {
      Thread.sleep(1);
    }
    waiting.interrupt();
    waiting.join();
    String message = thrown.get().getMessage();
    assertTrue(message.startsWith("interrupted while "), message);
    assertTrue(message.contains(" is busy with kernel slow (written by hand: slow)"), message);
    assertClose(swish(tensor(1, 2)), plainSwish().apply(tensor(1, 2)));
  }
}
