package org.nnd.opencl.runtime;

import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnd.ir.Dim;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Shape;
import org.nnd.ir.pass.Passes;
import org.nnd.opencl.jocl.Buffer;
import org.nnd.opencl.jocl.Device;
import org.nnd.opencl.jocl.Kernel;
import org.nnd.opencl.jocl.Program;
import org.nnd.opencl.jocl.Source;
import org.nnd.opencl.kernel.ClWriter;
import org.nnd.opencl.lower.KernelCall;
import org.nnd.opencl.lower.KernelPlan;
import org.nnd.opencl.lower.Lowering;
import org.nnd.opencl.lower.Step;
import org.nnd.opencl.lower.Target;

/**
 * A graph compiled for a device. {@link #run} may be called from several threads; calls are
 * submitted one after the other.
 */
public final class Executable implements AutoCloseable {
  /** Layouts kept for further batch sizes: the usual one, an epoch's last, and a spare. */
  private static final int MOST_LAYOUTS = 4;

  private final Device device;
  private final KernelPlan plan;
  private final Map<String, Program> programs = new LinkedHashMap<>();
  private final Map<KernelCall, String> codes = new IdentityHashMap<>();
  private final Map<Node, Buffer> constants = new LinkedHashMap<>();
  private final LinkedHashMap<Layout.Key, Layout> layouts = new LinkedHashMap<>(8, 0.75f, true);

  private Executable(Device device, KernelPlan plan) {
    this.device = device;
    this.plan = plan;
  }

  /**
   * {@return the graph, compiled}
   *
   * @throws NndException if the backend cannot compute an operation, or a kernel does not compile
   */
  public static Executable compile(Device device, Graph graph) {
    return compile(device, graph, Targets.of(device.info()));
  }

  /** As {@link #compile(Device, Graph)}, with the schedules of a given target. */
  public static Executable compile(Device device, Graph graph, Target target) {
    Executable executable = new Executable(device, plan(graph, target));
    executable.build();
    return executable;
  }

  /**
   * {@return what would be done to compute a graph; needs no device}
   *
   * @throws NndException if the backend cannot compute an operation
   */
  public static KernelPlan plan(Graph graph, Target target) {
    return Lowering.lower(Passes.optimize(graph), target);
  }

  private void build() {
    Map<String, Source> sources = new LinkedHashMap<>();
    for (KernelCall call : plan.calls()) {
      String code = KernelNames.unique(call.kernel().name(), ClWriter.code(call.kernel()));
      codes.put(call, code);
      sources.putIfAbsent(code, Source.of(KernelNames.of(code), code));
    }
    List<Program> built = device.buildAll(List.copyOf(sources.values()));
    int next = 0;
    for (String code : sources.keySet()) {
      programs.put(code, built.get(next++));
    }
    allocateConstants(plan);
  }

  /** Constants of the graph, of bodies, and tables that templates made. */
  private void allocateConstants(KernelPlan part) {
    part.graph().nodes().forEach(this::allocateConstant);
    for (Step step : part.steps()) {
      switch (step) {
        case KernelCall call -> {
          for (KernelCall.Slot slot : call.arguments()) {
            if (slot instanceof KernelCall.ValueOf(Node node)) {
              allocateConstant(node);
            }
          }
        }
        case Step.Control control -> control.plans().forEach(this::allocateConstants);
      }
    }
  }

  private void allocateConstant(Node node) {
    if (node.op() instanceof Op.Constant constant
        && node.rank() > 0
        && !constants.containsKey(node)) {
      Literal value = constant.value();
      Buffer buffer =
          device.allocate((long) value.count() * value.dtype().bytes() + Transfers.SLACK);
      Transfers.write(buffer, 0, value);
      constants.put(node, buffer);
    }
  }

  private Kernel kernel(KernelCall call) {
    String code = codes.get(call);
    return programs.get(code).kernel(KernelNames.of(code));
  }

  public KernelPlan plan() {
    return plan;
  }

  public Graph graph() {
    return plan.graph();
  }

  public Device device() {
    return device;
  }

  /**
   * Runs the graph: reads {@code inputs}, updates {@code variables} in place. Returns when
   * everything is submitted; the results wait.
   *
   * @param inputs values by input name, with the shapes of the graph's inputs; the axes {@code N}
   *     may have any extent, the same in all
   * @throws NndException if an input or variable is missing or has another type or shape
   */
  public synchronized Results run(Variables variables, Map<String, Literal> inputs) {
    return run(variables, inputs, batch(inputs));
  }

  /** As {@link #run(Variables, Map)}, for graphs whose inputs do not tell the batch size. */
  public synchronized Results run(Variables variables, Map<String, Literal> inputs, long batch) {
    Layout layout = layout(variables, batch);
    write(layout, inputs);
    layout.launch();
    return new Results(this, layout);
  }

  /**
   * Runs the graph {@code runs} times, every kernel alone and timed by the device's clock;
   * variables are updated each time. What the driver still compiles at a kernel's first launch may
   * count in the first run only: give two runs or more for figures to compare.
   *
   * @return for every kernel the least time of the runs
   * @throws NndException as {@link #run} does
   */
  public synchronized Profile profile(Variables variables, Map<String, Literal> inputs, int runs) {
    if (runs < 1) {
      throw new IllegalArgumentException(runs + " runs");
    }
    Layout layout = layout(variables, batch(inputs));
    ProfileTimes times = new ProfileTimes();
    for (int run = 0; run < runs; run++) {
      write(layout, inputs);
      layout.launchTimed(times);
    }
    return times.profile(layout.batch());
  }

  private void write(Layout layout, Map<String, Literal> inputs) {
    for (Node node : plan.graph().inputs()) {
      Op.Input input = (Op.Input) node.op();
      Literal value = inputs.get(input.name());
      check(input, value, layout.batch());
      layout.write(node, value);
    }
  }

  private Layout layout(Variables variables, long batch) {
    Layout.Key key = new Layout.Key(variables, batch);
    Layout layout = layouts.get(key);
    if (layout == null) {
      while (layouts.size() >= MOST_LAYOUTS) {
        Layout.Key oldest = layouts.keySet().iterator().next();
        layouts.remove(oldest).close();
      }
      layout = new Layout(device, plan, this::kernel, constants, key);
      layouts.put(key, layout);
    }
    return layout;
  }

  private void check(Op.Input input, Literal value, long batch) {
    if (value == null) {
      throw new NndException(
          "the input '%s' is missing: a %s is expected".formatted(input.name(), input.type()));
    }
    boolean fits =
        value.dtype() == input.type().dtype()
            && java.util.Arrays.equals(value.shape(), input.type().shape().at(batch));
    if (!fits) {
      throw new NndException(
          "the input '%s' is %s, expected %s%s"
              .formatted(
                  input.name(),
                  value.type(),
                  input.type(),
                  input.type().shape().isFixed() ? "" : " with N = " + batch));
    }
  }

  /** The batch size that the inputs have. */
  private long batch(Map<String, Literal> inputs) {
    for (Node node : plan.graph().inputs()) {
      Op.Input input = (Op.Input) node.op();
      Literal value = inputs.get(input.name());
      Shape shape = input.type().shape();
      if (value == null || value.shape().length != shape.rank()) {
        continue;
      }
      for (int axis = 0; axis < shape.rank(); axis++) {
        Dim dim = shape.dim(axis);
        if (dim.equals(Dim.BATCH)) {
          return value.shape()[axis];
        }
      }
    }
    return 1;
  }

  @Override
  public synchronized void close() {
    layouts.values().forEach(Layout::close);
    layouts.clear();
    programs.values().forEach(Program::close);
    constants.values().forEach(Buffer::close);
  }
}
