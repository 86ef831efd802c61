package org.nnd.opencl.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.ir.Operations.broadcast;
import static org.nnd.ir.Operations.constant;
import static org.nnd.ir.Operations.exp;
import static org.nnd.ir.Operations.input;
import static org.nnd.ir.Operations.matmul;
import static org.nnd.ir.Operations.multiply;
import static org.nnd.ir.Operations.parameter;
import static org.nnd.ir.Operations.subtract;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnd.ir.DType;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Origin;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;
import org.nnd.opencl.jocl.Device;
import org.nnd.opencl.jocl.Devices;
import org.nnd.opencl.jocl.Faults;
import org.nnd.opencl.kernel.Kernel;
import org.nnd.opencl.kernel.Stmt;
import org.nnd.opencl.lower.KernelCall;
import org.nnd.opencl.lower.KernelPlan;
import org.nnd.opencl.lower.Lowering;
import org.nnd.opencl.lower.Step;
import org.nnd.opencl.lower.Target;

/** What a user reads when the driver refuses something, and that everything works afterwards. */
class FailureTest {
  private static final int OUT_OF_RESOURCES = -5;
  private static final int ALLOCATION_FAILURE = -4;

  @TempDir Path temporary;
  private final Device device = Devices.open();
  private final int buffers = device.liveBuffers();

  @BeforeEach
  void redirectTheCache() {
    System.setProperty("nnd.cache.dir", temporary.toString());
  }

  @AfterEach
  void nothingIsLeft() {
    System.clearProperty("nnd.cache.dir");
    assertEquals(buffers, device.liveBuffers());
    device.close();
  }

  /** {@code y = exp(x w s)}, {@code w} goes down by 1 per run. Three layers, three kernels. */
  private static Graph graph() {
    Node x = input("x", TensorType.f32(Shape.batchOf(6)));
    Node w = parameter("w", TensorType.f32(Shape.of(6, 4)));
    Node hidden = new Origin("stages.0.fc", "net.nnd:3").during(() -> matmul(x, w));
    Node scale = constant(Literal.of(new float[] {1, 2, 3, 4}, 4));
    Node y =
        new Origin("stages.1.act", "net.nnd:4")
            .during(() -> exp(matmul(hidden, broadcast(scale, Shape.of(4, 4), List.of(1)))));
    Node one = org.nnd.ir.Operations.full(w.type(), 1);
    return Graph.of(List.of(x), Map.of("y", y), Map.of("w", subtract(w, one)));
  }

  private static final Map<String, Literal> INPUTS =
      Map.of("x", Literal.of(new float[] {1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0}, 2, 6));

  private Variables variables() {
    Variables variables = new Variables(device);
    variables.put("w", Literal.of(new float[24], 6, 4));
    return variables;
  }

  private static KernelCall call(Executable executable, String layer) {
    return executable.plan().calls().stream()
        .filter(call -> call.describe().contains(layer))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatNoDeviceCanComputeIsToldBeforeAnythingIsBuilt() {
    Node large = parameter("w", TensorType.f32(Shape.of(70_000, 70_000)));
    assertEquals(
        "parameter: f32[70000, 70000] has more than 2^31 - 1 elements, the most a tensor may have.",
        refused(exp(large)));
    Node exact = parameter("w", new TensorType(DType.F64, Shape.of(2)));
    assertEquals(
        "parameter: the OpenCL backend computes in f32; f64 is for the reference evaluator."
            + " Convert to f32.",
        refused(exp(exact)));
  }

  private static String refused(Node node) {
    Graph graph = Graph.of(List.of(), Map.of("y", node));
    return assertThrows(NndException.class, () -> Executable.plan(graph, Target.cpu(8)))
        .getMessage();
  }

  @Test
  void aFailedLaunchNamesKernelAndLayerAndSavesTheSource() throws Exception {
    try (Variables variables = variables();
        Executable executable = Executable.compile(device, graph())) {
      KernelCall first = executable.plan().calls().get(0);
      String message =
          during(
              Faults.Operation.LAUNCH,
              1,
              OUT_OF_RESOURCES,
              () -> executable.run(variables, INPUTS));
      assertTrue(message.startsWith(first.describe() + " over ["), message);
      assertTrue(first.describe().contains(" of layer stages.0.fc (net.nnd:3)"), message);
      assertTrue(message.contains("could not be launched on "), message);
      assertTrue(message.contains("CL_OUT_OF_RESOURCES"), message);
      String source = Files.readString(saved(message));
      assertTrue(source.contains("stages.0.fc (net.nnd:3)"), source);
      assertTrue(source.contains("void " + first.kernel().name()), source);
      // It was the first kernel: nothing has happened to w, and the next run works.
      assertEquals(0, variables.get("w").get(0));
      executable.run(variables, INPUTS).all();
      assertEquals(Math.exp(-4), executable.run(variables, INPUTS).get("y").get(0), 1e-6);
    }
  }

  private static Path saved(String message) {
    String before = "The source was saved to ";
    return Path.of(message.substring(message.indexOf(before) + before.length()));
  }

  @Test
  void aKernelThatDoesNotBuildNamesItsLayerAndSavesTheSource() throws Exception {
    KernelPlan plan = Lowering.lower(graph(), Targets.of(device.info()));
    List<Step> steps = new ArrayList<>();
    for (Step step : plan.steps()) {
      KernelCall call = (KernelCall) step;
      steps.add(call.describe().contains("stages.1.act") ? broken(call) : call);
    }
    KernelPlan wrong = new KernelPlan(plan.graph(), steps, plan.inPlace(), plan.copies());
    NndException error =
        assertThrows(
            NndException.class,
            () -> Executable.compile(device, wrong, Arena.largestPiece(device)));
    String message = error.getMessage();
    String start = "the OpenCL driver of " + device.info().name() + " could not compile kernel ";
    assertTrue(message.startsWith(start), message);
    String about = message.substring(start.length(), message.indexOf(" (CL_"));
    assertTrue(about.endsWith(" of layer stages.1.act (net.nnd:4)"), message);
    assertTrue(message.contains("undeclared_thing"), message);
    assertTrue(Files.readString(saved(message)).contains("undeclared_thing"), message);
  }

  private static KernelCall broken(KernelCall call) {
    Kernel k = call.kernel();
    List<Stmt> body = new ArrayList<>(k.body());
    body.add(new Stmt.Comment("not commented out:\n undeclared_thing = 1;"));
    Kernel kernel =
        new Kernel(
            k.name(),
            k.comment(),
            k.arguments(),
            k.groups(),
            k.local(),
            body,
            k.flops(),
            k.bytes());
    return new KernelCall(kernel, call.arguments(), call.n(), call.origins());
  }

  @Test
  void anInjectedBuildFailureNamesTheLayer() {
    String message =
        during(
            Faults.Operation.BUILD, 1, OUT_OF_RESOURCES, () -> Executable.compile(device, graph()));
    assertTrue(message.contains(" of layer stages.0.fc (net.nnd:3) (CL_OUT_OF_"), message);
    try (Variables variables = variables();
        Executable executable = Executable.compile(device, graph())) {
      executable.run(variables, INPUTS).all();
    }
  }

  @Test
  void noRoomForTheArenaTellsWhatNeedsIt() {
    try (Variables variables = variables();
        Executable executable = Executable.compile(device, graph())) {
      String message =
          during(
              Faults.Operation.ALLOCATE,
              1,
              ALLOCATION_FAILURE,
              () -> executable.run(variables, INPUTS));
      assertTrue(
          message.startsWith("at batch size 2 this graph needs 512 bytes for its values, among"),
          message);
      assertTrue(message.contains(" 32 bytes for f32[2, 4] of layer stages.0.fc (net"), message);
      assertTrue(message.contains("out of device memory: a buffer of 576 bytes was"), message);
      executable.run(variables, INPUTS).all();
      assertEquals(Math.exp(-4), executable.run(variables, INPUTS).get("y").get(0), 1e-6);
    }
  }

  @Test
  void noRoomForALargerBatchLeavesTheSmallerOneWorking() {
    try (Variables variables = variables();
        Executable executable = Executable.compile(device, graph())) {
      Results kept = executable.run(variables, INPUTS);
      Map<String, Literal> many = Map.of("x", Literal.of(new float[6 * 1000], 1000, 6));
      // The first allocation keeps the earlier results, the second is the arena.
      String message =
          during(
              Faults.Operation.ALLOCATE,
              2,
              ALLOCATION_FAILURE,
              () -> executable.run(variables, many));
      assertTrue(message.startsWith("at batch size 1000 this graph needs"), message);
      assertEquals(1, kept.get("y").get(0));
      assertEquals(Math.exp(-4), executable.run(variables, INPUTS).get("y").get(0), 1e-6);
      executable.run(variables, many).all();
    }
  }

  @Test
  void noRoomForAVariableNamesIt() {
    try (Variables variables = variables()) {
      String message =
          during(
              Faults.Operation.ALLOCATE,
              1,
              ALLOCATION_FAILURE,
              () -> variables.put("stages.0.fc.bias", Literal.of(new float[9], 9)));
      assertTrue(message.startsWith("the variable 'stages.0.fc.bias': out of device "), message);
      assertTrue(!variables.contains("stages.0.fc.bias"), "it is not there half");
      during(
          Faults.Operation.TRANSFER,
          1,
          OUT_OF_RESOURCES,
          () -> variables.put("stages.0.fc.bias", Literal.of(new float[9], 9)));
      assertTrue(!variables.contains("stages.0.fc.bias"), "it is not there without its value");
      variables.put("stages.0.fc.bias", Literal.of(new float[9], 9));
    }
  }

  @Test
  void noRoomForAConstantNamesIt() {
    Node x = input("x", TensorType.f32(Shape.of(3)));
    Node table = constant(Literal.of(new float[] {1, 2, 3}, 3));
    Graph graph = Graph.of(List.of(x), Map.of("y", multiply(x, table)));
    String message =
        during(
            Faults.Operation.ALLOCATE,
            1,
            ALLOCATION_FAILURE,
            () -> Executable.compile(device, graph));
    assertTrue(message.startsWith("the constant f32[3]: out of device memory"), message);
  }

  @Test
  void aFailedTransferOfAnInputOrOutputCanBeTriedAgain() {
    try (Variables variables = variables();
        Executable executable = Executable.compile(device, graph())) {
      during(
          Faults.Operation.TRANSFER, 1, OUT_OF_RESOURCES, () -> executable.run(variables, INPUTS));
      assertEquals(0, variables.get("w").get(0), "nothing has run");
      Results results = executable.run(variables, INPUTS);
      during(Faults.Operation.TRANSFER, 1, OUT_OF_RESOURCES, () -> results.get("y"));
      assertEquals(1, results.get("y").get(0));
    }
  }

  @Test
  void everyLaunchOfARunMayFailAndNothingIsLost() {
    try (Variables variables = variables();
        Executable executable = Executable.compile(device, graph())) {
      int launches = executable.plan().calls().size();
      for (int nth = 1; nth <= launches; nth++) {
        String message =
            during(
                Faults.Operation.LAUNCH,
                nth,
                OUT_OF_RESOURCES,
                () -> executable.run(variables, INPUTS));
        assertTrue(message.startsWith(executable.plan().calls().get(nth - 1).describe()), message);
      }
      variables.put("w", Literal.of(new float[24], 6, 4));
      assertEquals(1, executable.run(variables, INPUTS).get("y").get(0));
    }
  }

  @Test
  void aKernelOfNoLayerIsKnownByItsVariables() {
    try (Executable executable = Executable.compile(device, graph())) {
      assertTrue(
          call(executable, "subtract").describe().endsWith(" of variable w"),
          call(executable, "subtract").describe());
    }
  }

  private static String during(Faults.Operation operation, int nth, int status, Runnable body) {
    String[] message = new String[1];
    Faults.during(
        operation,
        nth,
        status,
        () -> message[0] = assertThrows(NndException.class, body::run).getMessage());
    return message[0];
  }
}
