package org.nnd.opencl.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.opencl.jocl.Buffer;
import org.nnd.opencl.jocl.Device;
import org.nnd.opencl.jocl.Kernel;
import org.nnd.opencl.lower.KernelCall;
import org.nnd.opencl.lower.KernelPlan;

/** A plan for one batch size: an arena, and launches with all arguments set. */
final class Layout implements AutoCloseable {
  /** Variables are told apart by identity. */
  record Key(Variables variables, long batch) {}

  private final Key key;
  private final Frame frame;
  private final Buffer arena;
  private final List<Kernel> kernels = new ArrayList<>();

  /**
   * @param makeKernel a kernel object of its own for each call
   */
  Layout(
      Device device,
      KernelPlan plan,
      Function<KernelCall, Kernel> makeKernel,
      Map<Node, Buffer> constants,
      Key key) {
    this.key = key;
    Function<KernelCall, Kernel> kept =
        call -> {
          Kernel kernel = makeKernel.apply(call);
          kernels.add(kernel);
          return kernel;
        };
    this.frame = new Frame(plan, key.batch, true);
    this.arena = device.allocate(frame.size() + Transfers.SLACK);
    device.prepare(frame.prepare(new Frame.Surroundings(kept, constants, key.variables, arena), 0));
  }

  void write(Node input, Literal value) {
    Place place = frame.place(input);
    Transfers.write(place.buffer(), place.offset(), value);
  }

  void launch() {
    frame.run((call, launch) -> launch.enqueue());
    arena.device().flush();
  }

  /** Runs every kernel alone and times it. */
  void launchTimed(ProfileTimes times) {
    frame.run((call, launch) -> times.add(call, launch.timed()));
    times.runDone();
  }

  long batch() {
    return key.batch;
  }

  Literal read(Node output) {
    int[] shape = output.shape().at(key.batch);
    if (output.shape().count().at(key.batch) == 0) {
      return Literal.zeros(output.dtype(), shape);
    }
    Place place = frame.place(output);
    return Transfers.read(place.buffer(), place.offset(), output.dtype(), shape);
  }

  @Override
  public void close() {
    kernels.forEach(Kernel::close);
    arena.close();
  }
}
