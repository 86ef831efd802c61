package org.nnd.opencl.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.opencl.jocl.Buffer;
import org.nnd.opencl.jocl.Kernel;
import org.nnd.opencl.jocl.Launch;
import org.nnd.opencl.lower.KernelCall;
import org.nnd.opencl.lower.KernelPlan;

/** A plan for one batch size: places in an arena, and launches with all arguments set. */
final class Layout implements AutoCloseable {
  /** Variables are told apart by identity. */
  record Key(Variables variables, long batch) {}

  private final Key key;
  private final Frame frame;
  private final List<Kernel> kernels = new ArrayList<>();
  private final boolean changesVariables;
  private Arena arena;
  private Standing standing;

  /**
   * @param piece bytes of the largest buffer
   */
  Layout(KernelPlan plan, Key key, long piece) {
    this.key = key;
    this.frame = new Frame(plan, key.batch, piece, true);
    this.changesVariables = !plan.inPlace().isEmpty() || !plan.copies().isEmpty();
  }

  Frame frame() {
    return frame;
  }

  Standing standing() {
    return standing;
  }

  long batch() {
    return key.batch;
  }

  /**
   * Sets all arguments; to be called once, before anything else.
   *
   * @param makeKernel a kernel object of its own for each call
   */
  void prepare(
      Function<KernelCall, Kernel> makeKernel,
      Map<Node, Buffer> constants,
      Standing newStanding,
      Arena newArena) {
    arena = newArena;
    standing = newStanding;
    Function<KernelCall, Kernel> kept =
        call -> {
          Kernel kernel = makeKernel.apply(call);
          kernels.add(kernel);
          return kernel;
        };
    try {
      List<Launch> launches =
          frame.prepare(
              new Frame.Surroundings(kept, constants, key.variables, standing.places(), arena), 0);
      arena.device().prepare(launches);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  void write(Node input, Literal value) {
    Place place = frame.place(input);
    Transfers.write(place.buffer(), place.offset(), value);
  }

  /**
   * Submits a run. It is one for others that use the variables: no command of theirs gets between.
   */
  void launch() {
    synchronized (key.variables) {
      run(new Frame.Launcher((call, launch) -> launch.enqueue()));
      arena.device().flush();
    }
  }

  /** Runs every kernel alone and times it. */
  void launchTimed(ProfileTimes times) {
    synchronized (key.variables) {
      run(new Frame.Launcher((call, launch) -> times.add(call, launch.timed())));
    }
    times.runDone();
  }

  private void run(Frame.Launcher launcher) {
    standing.refresh(
        () -> frame.prepareRuns(new Frame.Launcher((call, launch) -> launch.enqueue())));
    frame.run(launcher);
    if (changesVariables) {
      key.variables.changed();
    }
  }

  Literal read(Node output) {
    Place place = frame.place(output);
    return Transfers.read(
        place.buffer(), place.offset(), output.dtype(), output.shape().at(key.batch));
  }

  Place place(Node output) {
    return frame.place(output);
  }

  @Override
  public void close() {
    kernels.forEach(Kernel::close);
  }
}
