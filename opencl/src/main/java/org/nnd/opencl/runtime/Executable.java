package org.nnd.opencl.runtime;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.nnd.ir.Dim;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Origin;
import org.nnd.ir.Shape;
import org.nnd.ir.pass.Passes;
import org.nnd.opencl.jocl.Buffer;
import org.nnd.opencl.jocl.Device;
import org.nnd.opencl.jocl.Kernel;
import org.nnd.opencl.jocl.Program;
import org.nnd.opencl.jocl.Source;
import org.nnd.opencl.jocl.WrittenText;
import org.nnd.opencl.kernel.Stmt;
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
  private final long piece;
  private final Map<NamedCode, Program> programs = new LinkedHashMap<>();
  private final Map<KernelCall, NamedCode> codes = new IdentityHashMap<>();
  private final Map<Node, Buffer> constants = new LinkedHashMap<>();
  private final Set<Op.Parameter> parameters = new LinkedHashSet<>();
  private final LinkedHashMap<Layout.Key, Layout> layouts = new LinkedHashMap<>(8, 0.75f, true);

  /** One for all layouts: runs follow each other, and nothing in it outlives a run. */
  private Optional<Arena> arena = Optional.empty();

  /** The outputs that lie in the arena. */
  private WeakReference<Results> latest = new WeakReference<>(null);

  private boolean closed;

  private Executable(Device device, KernelPlan plan, long piece) {
    this.device = device;
    this.plan = plan;
    this.piece = piece;
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
    return compile(device, plan(graph, target), Arena.largestPiece(device));
  }

  /**
   * {@return a plan, compiled}
   *
   * @param piece bytes of the largest buffer that the arena may be made of
   */
  static Executable compile(Device device, KernelPlan plan, long piece) {
    Executable executable = new Executable(device, plan, piece);
    try {
      executable.build();
      return executable;
    } catch (RuntimeException e) {
      executable.close();
      throw e;
    }
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
    Map<NamedCode, List<KernelCall>> calls = new LinkedHashMap<>();
    for (KernelCall call : plan.calls()) {
      NamedCode code = NamedCode.of(call.kernel());
      codes.put(call, code);
      calls.computeIfAbsent(code, c -> new ArrayList<>()).add(call);
    }
    List<Source> sources = new ArrayList<>();
    calls.forEach((code, same) -> sources.add(source(code, same)));
    List<Program> built = device.buildAll(sources);
    int next = 0;
    for (NamedCode code : calls.keySet()) {
      programs.put(code, built.get(next++));
    }
    allocateConstants(plan);
  }

  private static Source source(NamedCode code, List<KernelCall> same) {
    Source source = Source.of(code.name(), code.code(), KernelCall.describe(same));
    KernelCall first = same.get(0);
    String site = first.origins().stream().map(Origin::site).findFirst().orElse("");
    return first.kernel().body().stream()
        .filter(Stmt.Source.class::isInstance)
        .map(statement -> ((Stmt.Source) statement).function())
        .map(f -> source.writtenAs(new WrittenText(f.name(), f.source(), site)))
        .findFirst()
        .orElse(source);
  }

  /** Constants of the graph, of bodies, and tables that templates made; and which variables. */
  private void allocateConstants(KernelPlan part) {
    part.graph().parameters().forEach(node -> parameters.add((Op.Parameter) node.op()));
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
      try {
        Buffer buffer =
            device.allocate((long) value.count() * value.dtype().bytes() + Transfers.SLACK);
        constants.put(node, buffer);
        Transfers.write(buffer, 0, value);
      } catch (NndException e) {
        throw Shortage.constant(node, e);
      }
    }
  }

  private Kernel kernel(KernelCall call) {
    NamedCode code = codes.get(call);
    return programs.get(code).kernel(code.name(), call.describe());
  }

  public KernelPlan plan() {
    return plan;
  }

  /** {@return how many kernels the driver compiles: calls of the same one count once} */
  int distinctKernels() {
    return programs.size();
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
   * @throws NndException if an input or variable is missing or has another type or shape; if the
   *     device has no room; if the driver refuses a kernel. In the last case some variables may
   *     have been updated and some not; otherwise nothing has changed.
   */
  public synchronized Results run(Variables variables, Map<String, Literal> inputs) {
    return run(variables, inputs, batch(inputs));
  }

  /** As {@link #run(Variables, Map)}, for graphs whose inputs do not tell the batch size. */
  public synchronized Results run(Variables variables, Map<String, Literal> inputs, long batch) {
    Layout layout = start(variables, inputs, batch);
    layout.launch();
    Results results = new Results(this, layout);
    latest = new WeakReference<>(results);
    return results;
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
    long batch = batch(inputs);
    ProfileTimes times = new ProfileTimes();
    for (int run = 0; run < runs; run++) {
      start(variables, inputs, batch).launchTimed(times);
    }
    return times.profile(batch);
  }

  /** Everything of a run but its launches. */
  private Layout start(Variables variables, Map<String, Literal> inputs, long batch) {
    if (closed) {
      throw new IllegalStateException("the executable has been closed");
    }
    for (Node node : plan.graph().inputs()) {
      Op.Input input = (Op.Input) node.op();
      check(input, inputs.get(input.name()), batch);
    }
    Results last = latest.get();
    if (last != null) {
      last.setAside();
      latest.clear();
    }
    Layout layout = layout(variables, batch);
    for (Node node : plan.graph().inputs()) {
      layout.write(node, inputs.get(((Op.Input) node.op()).name()));
    }
    return layout;
  }

  /** {@return bytes that the values of a run take on the device, variables and constants apart} */
  public long arenaBytes(long batch) {
    return new Frame(plan, batch, piece, true).size();
  }

  /** For tests: fills the memory of the next run's values with what is no number. */
  synchronized void poison(Variables variables, long batch) {
    layout(variables, batch);
    arena.orElseThrow().poison();
  }

  private Layout layout(Variables variables, long batch) {
    Layout.Key key = new Layout.Key(variables, batch);
    Layout known = layouts.get(key);
    if (known != null) {
      return known;
    }
    if (variables.device() != device) {
      throw new NndException(
          "the variables are on %s, the graph was compiled for %s"
              .formatted(variables.device(), device));
    }
    parameters.forEach(p -> variables.check(p.name(), p.type(), batch));
    plan.graph().updates().forEach((name, node) -> variables.check(name, node.type(), batch));
    while (layouts.size() >= MOST_LAYOUTS) {
      remove(layouts.keySet().iterator().next());
    }
    Layout layout = new Layout(plan, key, piece);
    // A larger arena ends the other layouts, and with them what stood.
    Arena room = arena(layout);
    layout.prepare(this::kernel, constants, standing(layout, variables), room);
    layouts.put(key, layout);
    return layout;
  }

  private void remove(Layout.Key key) {
    Layout layout = layouts.remove(key);
    layout.close();
    if (layouts.values().stream().noneMatch(other -> other.standing() == layout.standing())) {
      layout.standing().close();
    }
  }

  /** What layouts for the same variables share. */
  private Standing standing(Layout layout, Variables variables) {
    return layouts.values().stream()
        .map(Layout::standing)
        .filter(known -> known.variables() == variables)
        .findFirst()
        .orElseGet(() -> new Standing(variables, layout.frame().invariants()));
  }

  /** The arena, made larger if need be. */
  private Arena arena(Layout layout) {
    long size = layout.frame().size();
    if (arena.isEmpty() || arena.get().size() < size) {
      freeArena();
      try {
        arena = Optional.of(new Arena(device, size, piece));
      } catch (NndException e) {
        throw Shortage.arena(layout.frame(), layout.batch(), e);
      }
    }
    return arena.get();
  }

  private void freeArena() {
    List.copyOf(layouts.keySet()).forEach(this::remove);
    arena.ifPresent(Arena::close);
    arena = Optional.empty();
  }

  private void check(Op.Input input, Literal value, long batch) {
    if (value == null) {
      throw new NndException(
          "the input '%s' is missing: a %s is expected".formatted(input.name(), input.type()));
    }
    boolean fits =
        value.dtype() == input.type().dtype()
            && Arrays.equals(value.shape(), input.type().shape().at(batch));
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
    closed = true;
    Results last = latest.get();
    if (last != null) {
      last.discard();
    }
    freeArena();
    programs.values().forEach(Program::close);
    constants.values().forEach(Buffer::close);
  }
}
