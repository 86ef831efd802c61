package org.nnd.opencl.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.TensorType;
import org.nnd.opencl.jocl.Buffer;
import org.nnd.opencl.jocl.Device;
import org.nnd.opencl.jocl.Kernel;
import org.nnd.opencl.jocl.Program;
import org.nnd.opencl.kernel.Array;
import org.nnd.opencl.lower.KernelCall;
import org.nnd.opencl.lower.KernelPlan;

/** A plan for one batch size: an arena, and launches with all arguments set. */
final class Layout implements AutoCloseable {
  /** Variables are told apart by identity. */
  record Key(Variables variables, long batch) {}

  private record Place(Buffer buffer, long offset) {}

  private record Launch(Kernel kernel, long[] global, long[] local) {}

  private record Copy(Place from, Place to, long bytes) {}

  private final Key key;
  private final KernelPlan plan;
  private final Map<Node, Buffer> constants;
  private final Buffer arena;
  private final MemoryPlan memory;
  private final List<Launch> launches = new ArrayList<>();
  private final List<Copy> copies = new ArrayList<>();

  Layout(
      Device device,
      KernelPlan plan,
      List<String> codes,
      Map<String, Program> programs,
      Map<Node, Buffer> constants,
      Key key) {
    this.key = key;
    this.plan = plan;
    this.constants = constants;
    this.memory = MemoryPlan.of(intervals());
    this.arena = device.allocate(memory.size() + Transfers.SLACK);
    for (int i = 0; i < plan.calls().size(); i++) {
      prepare(plan.calls().get(i), programs.get(codes.get(i)), KernelNames.of(codes.get(i)));
    }
    plan.copies()
        .forEach(
            (name, node) ->
                copies.add(
                    new Copy(
                        place(new KernelCall.ValueOf(node)),
                        new Place(key.variables.buffer(name), 0),
                        bytes(new KernelCall.ValueOf(node)))));
  }

  private static boolean isVariable(Node node) {
    return node.op() instanceof Op.Parameter;
  }

  /** What lives in the arena, and from which launch to which. */
  private List<MemoryPlan.Interval> intervals() {
    Map<KernelCall.Slot, int[]> lives = new HashMap<>();
    int end = plan.calls().size();
    for (Node input : plan.graph().inputs()) {
      lives.put(new KernelCall.ValueOf(input), new int[] {0, 0});
    }
    for (int i = 0; i < end; i++) {
      for (KernelCall.Slot slot : plan.calls().get(i).arguments()) {
        int launch = i;
        lives.computeIfAbsent(slot, s -> new int[] {launch, launch})[1] = i;
      }
    }
    List<Node> results = new ArrayList<>(plan.graph().outputs().values());
    results.addAll(plan.copies().values());
    for (Node node : results) {
      int[] life = lives.get(new KernelCall.ValueOf(node));
      if (life != null) {
        life[1] = end;
      }
    }
    List<MemoryPlan.Interval> intervals = new ArrayList<>();
    lives.forEach(
        (slot, life) -> {
          boolean elsewhere =
              slot instanceof KernelCall.ValueOf(Node node)
                  && (isVariable(node) || constants.containsKey(node));
          if (!elsewhere) {
            intervals.add(new MemoryPlan.Interval(slot, bytes(slot), life[0], life[1]));
          }
        });
    return intervals;
  }

  private long bytes(KernelCall.Slot slot) {
    return switch (slot) {
      case KernelCall.ValueOf value -> {
        TensorType type = value.node().type();
        yield type.shape().count().at(key.batch) * type.dtype().bytes();
      }
      case KernelCall.Scratch scratch -> scratch.elements().at(key.batch) * scratch.dtype().bytes();
    };
  }

  private Place place(KernelCall.Slot slot) {
    if (slot instanceof KernelCall.ValueOf(Node node)) {
      if (node.op() instanceof Op.Parameter parameter) {
        return new Place(key.variables.buffer(parameter.name()), 0);
      }
      Buffer constant = constants.get(node);
      if (constant != null) {
        return new Place(constant, 0);
      }
      Node variable = plan.inPlace().get(node);
      if (variable != null) {
        return place(new KernelCall.ValueOf(variable));
      }
    }
    return new Place(arena, memory.offset(slot));
  }

  private void prepare(KernelCall call, Program program, String name) {
    int dimensions = call.kernel().groups().size();
    long n = call.n().at(key.batch);
    long[] global = new long[dimensions];
    long[] local = new long[dimensions];
    for (int i = 0; i < dimensions; i++) {
      local[i] = call.kernel().local().get(i);
      global[i] = call.kernel().groups().get(i).at(n) * local[i];
      if (global[i] == 0) {
        return; // Nothing to compute.
      }
    }
    Kernel kernel = program.kernel(name);
    int next = 0;
    for (int i = 0; i < call.arguments().size(); i++) {
      Array array = call.kernel().arguments().get(i);
      Place place = place(call.arguments().get(i));
      kernel.arg(next++, place.buffer);
      kernel.arg(next++, place.offset / stored(array.dtype()));
    }
    kernel.arg(next, n);
    launches.add(new Launch(kernel, global, local));
  }

  private static int stored(DType dtype) {
    return dtype.bytes();
  }

  void write(Node input, Literal value) {
    Transfers.write(arena, memory.offset(new KernelCall.ValueOf(input)), value);
  }

  void launch() {
    for (Launch launch : launches) {
      launch.kernel.launch(launch.global, launch.local);
    }
    for (Copy copy : copies) {
      copy.from.buffer.copyTo(copy.to.buffer, copy.from.offset, copy.to.offset, copy.bytes);
    }
    arena.device().flush();
  }

  Literal read(Node output) {
    int[] shape = output.shape().at(key.batch);
    if (output.shape().count().at(key.batch) == 0) {
      return Literal.zeros(output.dtype(), shape);
    }
    Place place = place(new KernelCall.ValueOf(output));
    return Transfers.read(place.buffer, place.offset, output.dtype(), output.shape().at(key.batch));
  }

  @Override
  public void close() {
    launches.forEach(launch -> launch.kernel.close());
    arena.close();
  }
}
