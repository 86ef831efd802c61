package org.nnd.opencl.runtime;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.nnd.ir.Graph;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.TensorType;
import org.nnd.opencl.jocl.Buffer;
import org.nnd.opencl.jocl.DeviceInfo;
import org.nnd.opencl.jocl.Kernel;
import org.nnd.opencl.jocl.Launch;
import org.nnd.opencl.kernel.Array;
import org.nnd.opencl.lower.KernelCall;
import org.nnd.opencl.lower.KernelCall.Slot;
import org.nnd.opencl.lower.KernelPlan;
import org.nnd.opencl.lower.Step;

/**
 * A plan for one batch size, or the plan of a body inside it: where in the arena its values lie,
 * and the actions that compute them. Frames of bodies lie in the frame around them, for the time of
 * their control operation.
 */
final class Frame {
  /** A copy of a carry, for bodies that exchange carries. */
  private record Exchange(Node node, int index) {}

  /** A copy of what a variable held before this run, for results that are that. */
  private record Before(Node variable) {}

  /** One run. */
  static final class Launcher {
    private final BiConsumer<KernelCall, Launch> start;
    private int turns;

    /**
     * @param start how kernels are started: as fast as can be, or each timed
     */
    Launcher(BiConsumer<KernelCall, Launch> start) {
      this.start = start;
    }

    void launch(KernelCall call, Launch launch) {
      start.accept(call, launch);
    }

    /** Counts a turn of a loop that may be endless. */
    void turn(Node loop) {
      if (turns++ == Op.While.MOST_TURNS) {
        throw Op.While.endless(loop);
      }
    }
  }

  /** Something done in a run. */
  @FunctionalInterface
  private interface Action {
    void run(Launcher launcher);
  }

  private final KernelPlan plan;
  private final boolean outermost;
  private final long batch;
  private final Map<KernelPlan, Frame> bodies = new IdentityHashMap<>();
  private final MemoryPlan memory;
  private final Map<Slot, Place> bound = new HashMap<>();
  private final Invariants invariants;
  private final List<Action> actions = new ArrayList<>();

  /** The invariant calls. */
  private final List<Action> preparations = new ArrayList<>();

  private final List<Launch> launches = new ArrayList<>();
  private Surroundings around;
  private long base;

  /** What all frames of a layout share. */
  record Surroundings(
      Function<KernelCall, Kernel> kernels,
      Map<Node, Buffer> constants,
      Variables variables,
      Map<Slot, Place> standing,
      Arena arena) {}

  /**
   * @param piece bytes of the largest buffer that the arena may be made of
   */
  Frame(KernelPlan plan, long batch, long piece, boolean outermost) {
    this.plan = plan;
    this.outermost = outermost;
    this.batch = batch;
    this.invariants = outermost ? Invariants.of(plan) : new Invariants(Set.of(), Map.of());
    for (Step step : plan.steps()) {
      if (step instanceof Step.Control control) {
        control.plans().forEach(body -> bodies.put(body, new Frame(body, batch, piece, false)));
      }
    }
    List<MemoryPlan.Interval> intervals = intervals();
    Shortage.check(intervals, batch, piece);
    this.memory = MemoryPlan.of(intervals, piece);
  }

  /** {@return where values lie, and when} */
  MemoryPlan memory() {
    return memory;
  }

  /** {@return bytes of arena that the frame takes} */
  long size() {
    return memory.size();
  }

  Invariants invariants() {
    return invariants;
  }

  /** {@return what takes the memory when most is taken, the largest value first} */
  List<MemoryPlan.Interval> fullest() {
    return memory.fullest();
  }

  /** {@return bytes of what lies in the frame, each value counted for itself} */
  long demand() {
    return memory.demand();
  }

  /** What lives in the arena, and from which step to which. */
  private List<MemoryPlan.Interval> intervals() {
    Map<Object, int[]> lives = new LinkedHashMap<>();
    Map<Object, Long> sizes = new HashMap<>();
    int end = plan.steps().size();
    if (outermost) {
      plan.graph().inputs().forEach(input -> live(lives, sizes, KernelCall.slot(input), 0));
    }
    for (int i = 0; i < end; i++) {
      switch (plan.steps().get(i)) {
        case KernelCall call -> {
          for (Slot slot : call.arguments()) {
            live(lives, sizes, slot, i);
          }
        }
        case Step.Control control -> {
          Node node = control.node();
          for (Node operand : node.operands()) {
            live(lives, sizes, KernelCall.slot(operand), i);
          }
          for (int r = 0; r < node.types().size(); r++) {
            live(lives, sizes, new KernelCall.ResultOf(node, r), i);
          }
          for (int carry : exchanged(control)) {
            Object exchange = new Exchange(node, carry);
            lives.put(exchange, new int[] {i, i});
            sizes.put(exchange, bytes(node.types().get(carry)));
          }
          for (KernelPlan body : control.plans()) {
            Frame frame = bodies.get(body);
            lives.put(frame, new int[] {i, i});
            sizes.put(frame, frame.size());
          }
        }
      }
    }
    List<Node> results = new ArrayList<>(plan.graph().outputs().values());
    results.addAll(plan.copies().values());
    for (Node node : results) {
      live(lives, sizes, KernelCall.slot(node), end);
    }
    for (Node variable : keptVariables()) {
      lives.put(new Before(variable), new int[] {end, end});
      sizes.put(new Before(variable), bytes(variable.type()));
    }
    List<MemoryPlan.Interval> intervals = new ArrayList<>();
    lives.forEach(
        (value, life) -> {
          boolean elsewhere = value instanceof KernelCall.ValueOf(Node node) && isElsewhere(node);
          if (!elsewhere
              && !(value instanceof Slot slot && invariants.results().containsKey(slot))) {
            intervals.add(new MemoryPlan.Interval(value, sizes.get(value), life[0], life[1]));
          }
        });
    return intervals;
  }

  /**
   * The variables whose values before this run are results: outputs, and new values of other
   * variables. (None of them is updated in place.)
   */
  private Set<Node> keptVariables() {
    Set<Node> kept = new LinkedHashSet<>();
    if (outermost) {
      kept.addAll(plan.graph().outputs().values());
      plan.copies()
          .forEach((name, node) -> kept.addAll(isChange(name, node) ? Set.of(node) : Set.of()));
      kept.removeIf(node -> !(node.op() instanceof Op.Parameter));
    }
    return kept;
  }

  private static boolean isChange(String name, Node value) {
    return !(value.op() instanceof Op.Parameter parameter && parameter.name().equals(name));
  }

  /** The carries whose next value is the present one of another carry. */
  private static List<Integer> exchanged(Step.Control control) {
    int carries =
        switch (control) {
          case Step.ScanLoop loop -> ((Op.Scan) loop.node().op()).carries();
          case Step.WhileLoop loop -> loop.node().types().size();
          case Step.Branch branch -> 0;
        };
    Graph body = control.plans().get(control.plans().size() - 1).graph();
    List<Node> outputs = List.copyOf(body.outputs().values());
    return IntStream.range(0, carries)
        .filter(i -> outputs.get(i) != body.inputs().get(i))
        .filter(i -> body.inputs().subList(0, carries).contains(outputs.get(i)))
        .boxed()
        .toList();
  }

  private void live(Map<Object, int[]> lives, Map<Object, Long> sizes, Slot slot, int at) {
    lives.computeIfAbsent(slot, s -> new int[] {at, at})[1] = at;
    sizes.computeIfAbsent(slot, s -> slot.bytes().at(batch));
  }

  /** Whether a value lies in a variable, in a constant or in the frame around. */
  private boolean isElsewhere(Node node) {
    return node.op() instanceof Op.Parameter
        || (node.op() instanceof Op.Constant && node.rank() > 0)
        || plan.inPlace().containsKey(node)
        || (node.op() instanceof Op.Input && !outermost);
  }

  private long bytes(TensorType type) {
    return type.shape().count().at(batch) * type.dtype().bytes();
  }

  /** {@return where a node's value lies} */
  Place place(Node node) {
    return place(KernelCall.slot(node));
  }

  private Place place(Slot slot) {
    Place given = bound.get(slot);
    if (given != null) {
      return given;
    }
    if (slot instanceof KernelCall.ValueOf(Node node)) {
      if (node.op() instanceof Op.Parameter parameter) {
        return new Place(around.variables.buffer(parameter.name()), 0);
      }
      Buffer constant = around.constants.get(node);
      if (constant != null) {
        return new Place(constant, 0);
      }
      Node variable = plan.inPlace().get(node);
      if (variable != null) {
        return place(variable);
      }
    }
    return inArena(slot);
  }

  private Place inArena(Object value) {
    return around.arena.at(base + memory.offset(value));
  }

  /**
   * Makes the actions.
   *
   * @param newBase where this frame starts in the arena
   * @return the launches among the actions, those of bodies included
   */
  List<Launch> prepare(Surroundings newAround, long newBase) {
    around = newAround;
    base = newBase;
    if (outermost) {
      bound.putAll(around.standing);
    }
    for (Step step : plan.steps()) {
      switch (step) {
        case KernelCall call ->
            prepare(call, invariants.calls().contains(call) ? preparations : actions);
        case Step.ScanLoop loop -> prepare(loop);
        case Step.WhileLoop loop -> prepare(loop);
        case Step.Branch branch -> prepare(branch);
      }
    }
    for (Node variable : keptVariables()) {
      Place kept = inArena(new Before(variable));
      copy(actions, place(variable), kept, bytes(variable.type()));
      bound.put(KernelCall.slot(variable), kept);
    }
    plan.copies()
        .forEach(
            (name, node) -> {
              if (isChange(name, node)) {
                Place variable = new Place(around.variables.buffer(name), 0);
                copy(actions, place(node), variable, bytes(node.type()));
              }
            });
    return launches;
  }

  /** Runs the invariant calls. */
  void prepareRuns(Launcher launcher) {
    run(preparations, launcher);
  }

  void run(Launcher launcher) {
    run(actions, launcher);
  }

  private static void run(List<Action> actions, Launcher launcher) {
    for (Action action : actions) {
      action.run(launcher);
    }
  }

  private void prepare(KernelCall call, List<Action> among) {
    int dimensions = call.kernel().groups().size();
    long n = call.n().at(batch);
    long[] global = new long[dimensions];
    long[] local = new long[dimensions];
    for (int i = 0; i < dimensions; i++) {
      local[i] = call.kernel().local().get(i);
      global[i] = call.kernel().groups().get(i).at(n) * local[i];
      if (global[i] == 0) {
        return; // Nothing to compute.
      }
    }
    checkGroup(call, local);
    Kernel kernel = around.kernels.apply(call);
    List<Action> moving = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < call.arguments().size(); i++) {
      Array array = call.kernel().arguments().get(i);
      Place place = place(call.arguments().get(i));
      kernel.arg(next++, place.buffer());
      int index = next++;
      int size = array.dtype().bytes();
      kernel.arg(index, place.offset() / size);
      if (!place.isFixed()) {
        moving.add(launcher -> kernel.arg(index, place.offset() / size));
      }
    }
    kernel.arg(next, n);
    Launch launch = new Launch(kernel, global, local);
    launches.add(launch);
    among.addAll(moving);
    among.add(launcher -> launcher.launch(call, launch));
  }

  /** Templates keep to what devices can do; kernels written by hand may not. */
  private void checkGroup(KernelCall call, long[] local) {
    long items = Arrays.stream(local).reduce(1, Math::multiplyExact);
    DeviceInfo device = around.arena.device().info();
    if (items > device.maxWorkGroup()) {
      throw new NndException(
          "%s: work-groups of %s = %d items; %s allows at most %d"
              .formatted(
                  call.describe(),
                  Arrays.stream(local).mapToObj(String::valueOf).collect(joining(" x ")),
                  items,
                  device.name(),
                  device.maxWorkGroup()));
    }
  }

  private void prepare(Step.ScanLoop loop) {
    Node node = loop.node();
    Op.Scan scan = (Op.Scan) node.op();
    Frame body = bodies.get(loop.body());
    Place.Counter counter = new Place.Counter();
    List<Node> inputs = loop.body().graph().inputs();
    startCarries(node, scan.carries());
    for (int i = 0; i < inputs.size(); i++) {
      Place operand = place(node.operand(i));
      boolean sequence = i >= scan.carries() && i < scan.carries() + scan.sequences();
      Place there =
          i < scan.carries()
              ? result(node, i)
              : sequence ? operand.element(counter, bytes(inputs.get(i).type())) : operand;
      body.bound.put(KernelCall.slot(inputs.get(i)), there);
    }
    List<Node> outputs = List.copyOf(loop.body().graph().outputs().values());
    List<Place> targets = new ArrayList<>();
    for (int r = 0; r < outputs.size(); r++) {
      Place there = result(node, r);
      targets.add(
          r < scan.carries() ? there : there.element(counter, bytes(outputs.get(r).type())));
    }
    List<Integer> sequences = IntStream.range(scan.carries(), outputs.size()).boxed().toList();
    List<Integer> rest = body.bindResults(outputs, targets, sequences);
    launches.addAll(body.prepare(around, base + memory.offset(body)));
    List<Action> after = new ArrayList<>();
    for (int r : rest) {
      copy(after, body.place(outputs.get(r)), targets.get(r), bytes(outputs.get(r).type()));
    }
    nextCarries(after, node, body, inputs, outputs.subList(0, scan.carries()));
    actions.add(
        launcher -> {
          for (int step = 0; step < scan.length(); step++) {
            counter.set(scan.reverse() ? scan.length() - 1L - step : step);
            body.run(launcher);
            run(after, launcher);
          }
        });
  }

  private void prepare(Step.WhileLoop loop) {
    Node node = loop.node();
    Frame condition = bodies.get(loop.condition());
    Frame body = bodies.get(loop.body());
    List<Node> inputs = loop.body().graph().inputs();
    startCarries(node, node.types().size());
    for (int i = 0; i < inputs.size(); i++) {
      Place state = result(node, i);
      body.bound.put(KernelCall.slot(inputs.get(i)), state);
      condition.bound.put(KernelCall.slot(loop.condition().graph().inputs().get(i)), state);
    }
    launches.addAll(condition.prepare(around, base + memory.offset(condition)));
    launches.addAll(body.prepare(around, base + memory.offset(body)));
    List<Action> after = new ArrayList<>();
    nextCarries(after, node, body, inputs, List.copyOf(loop.body().graph().outputs().values()));
    Place predicate = condition.place(loop.condition().graph().output());
    actions.add(
        launcher -> {
          condition.run(launcher);
          while (holds(predicate)) {
            launcher.turn(node);
            body.run(launcher);
            run(after, launcher);
            condition.run(launcher);
          }
        });
  }

  private void prepare(Step.Branch branch) {
    Node node = branch.node();
    Action then = branch(node, branch.then());
    Action otherwise = branch(node, branch.otherwise());
    Place predicate = place(node.operand(0));
    actions.add(launcher -> (holds(predicate) ? then : otherwise).run(launcher));
  }

  private Action branch(Node node, KernelPlan plan) {
    Frame body = bodies.get(plan);
    List<Node> inputs = plan.graph().inputs();
    for (int i = 0; i < inputs.size(); i++) {
      body.bound.put(KernelCall.slot(inputs.get(i)), place(node.operand(i + 1)));
    }
    List<Node> outputs = List.copyOf(plan.graph().outputs().values());
    List<Place> targets = new ArrayList<>();
    for (int r = 0; r < outputs.size(); r++) {
      targets.add(result(node, r));
    }
    List<Integer> all = IntStream.range(0, outputs.size()).boxed().toList();
    List<Integer> rest = body.bindResults(outputs, targets, all);
    launches.addAll(body.prepare(around, base + memory.offset(body)));
    List<Action> after = new ArrayList<>();
    for (int r : rest) {
      copy(after, body.place(outputs.get(r)), targets.get(r), bytes(outputs.get(r).type()));
    }
    return launcher -> {
      body.run(launcher);
      run(after, launcher);
    };
  }

  private Place result(Node node, int result) {
    return place(new KernelCall.ResultOf(node, result));
  }

  /** Copies the initial values of the carries, which live in the places of the results. */
  private void startCarries(Node node, int carries) {
    for (int i = 0; i < carries; i++) {
      copy(actions, place(node.operand(i)), result(node, i), bytes(node.types().get(i)));
    }
  }

  /**
   * Has results of this body written where they are wanted, as far as a kernel of the body writes
   * them and only once.
   *
   * @return the results that must be copied after the body has run
   */
  private List<Integer> bindResults(List<Node> outputs, List<Place> targets, List<Integer> wanted) {
    List<Integer> rest = new ArrayList<>();
    for (int r : wanted) {
      Slot slot = KernelCall.slot(outputs.get(r));
      boolean elsewhere = slot instanceof KernelCall.ValueOf(Node node) && isElsewhere(node);
      if (elsewhere || bound.putIfAbsent(slot, targets.get(r)) != null) {
        rest.add(r);
      }
    }
    return rest;
  }

  /** Copies the body's results to the carries; a result that is another carry goes by a detour. */
  private void nextCarries(
      List<Action> after, Node node, Frame body, List<Node> inputs, List<Node> outputs) {
    List<Action> second = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      Node output = outputs.get(i);
      long bytes = bytes(output.type());
      Place carry = result(node, i);
      if (output == inputs.get(i)) {
        continue;
      }
      Place from = body.place(output);
      if (inputs.subList(0, outputs.size()).contains(output)) {
        Place detour = inArena(new Exchange(node, i));
        copy(after, from, detour, bytes);
        from = detour;
      }
      copy(second, from, carry, bytes);
    }
    after.addAll(second);
  }

  private static void copy(List<Action> actions, Place from, Place to, long bytes) {
    if (bytes > 0) {
      actions.add(launcher -> from.copyTo(to, bytes));
    }
  }

  private static boolean holds(Place predicate) {
    byte[] value = new byte[1];
    predicate.buffer().read(predicate.offset(), value);
    return value[0] != 0;
  }
}
