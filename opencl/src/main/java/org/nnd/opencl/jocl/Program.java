package org.nnd.opencl.jocl;

import java.lang.ref.Cleaner;
import java.util.Optional;
import org.jocl.CL;
import org.jocl.CLException;
import org.jocl.cl_program;
import org.nnd.ir.NndException;

/** A compiled program. Its kernels live on after it has been closed. */
public final class Program implements AutoCloseable {
  private final Device device;
  private final Source source;
  private final Handle handle;
  private final Cleaner.Cleanable cleanable;

  private static final class Handle implements Runnable {
    private final cl_program program;
    private volatile boolean freed;

    Handle(cl_program program) {
      this.program = program;
    }

    @Override
    public void run() {
      freed = true;
      CL.clReleaseProgram(program);
    }
  }

  /** Takes over one reference to the program. */
  Program(Device device, Source source, cl_program program) {
    this.device = device;
    this.source = source;
    this.handle = new Handle(program);
    this.cleanable = Device.CLEANER.register(this, handle);
  }

  /** The name it was built under. */
  public String name() {
    return source.name();
  }

  public Source source() {
    return source;
  }

  /** A kernel of this program, with arguments of its own: as many as are wanted may be made. */
  public Kernel kernel(String kernelName) {
    return device.submit(
        () -> {
          if (handle.freed) {
            throw new IllegalStateException("program " + name() + " is used after its close()");
          }
          try {
            return new Kernel(
                device, this, kernelName, CL.clCreateKernel(handle.program, kernelName, null));
          } catch (CLException e) {
            throw new NndException(
                "program " + name() + " has no kernel " + kernelName + ": " + e.getMessage(), e);
          }
        });
  }

  /** The same program, in the name of another source, to be closed on its own. */
  Program as(Source other) {
    return tryAs(other).orElseThrow(() -> new IllegalStateException(name() + " has been closed"));
  }

  /** Like {@link #as}; empty if this has been closed meanwhile. */
  Optional<Program> tryAs(Source other) {
    return device.submit(
        () -> {
          if (handle.freed) {
            return Optional.empty();
          }
          CL.clRetainProgram(handle.program);
          return Optional.of(new Program(device, other, handle.program));
        });
  }

  @Override
  public void close() {
    device.exclusively(cleanable::clean);
  }
}
