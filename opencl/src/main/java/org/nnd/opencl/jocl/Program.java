package org.nnd.opencl.jocl;

import java.util.Optional;
import org.jocl.CL;
import org.jocl.CLException;
import org.jocl.cl_program;
import org.nnd.ir.NndException;

/** A compiled program. Its kernels live on after it has been closed. */
public final class Program implements AutoCloseable {
  private final Device device;
  private final Source source;
  private final Source compiled;
  private final Owned<cl_program> handle;

  /**
   * Takes over one reference to the program.
   *
   * @param compiled what the driver was given, of which {@code source} may be a part
   */
  Program(Device device, Source source, Source compiled, cl_program program) {
    this.device = device;
    this.source = source;
    this.compiled = compiled;
    this.handle = new Owned<>(this, device, program, CL::clReleaseProgram);
  }

  /** The name it was built under. */
  public String name() {
    return source.name();
  }

  public Source source() {
    return source;
  }

  /** What the driver was given: this source, or several joined. */
  Source compiled() {
    return compiled;
  }

  /** A kernel of this program, with arguments of its own: as many as are wanted may be made. */
  public Kernel kernel(String kernelName) {
    return kernel(kernelName, "kernel " + kernelName);
  }

  /**
   * Like {@link #kernel(String)}.
   *
   * @param about what a user knows it by, for errors
   */
  public Kernel kernel(String kernelName, String about) {
    return device.submit(
        () -> {
          cl_program program = handle.get("program " + name());
          try {
            return new Kernel(
                device, this, kernelName, about, CL.clCreateKernel(program, kernelName, null));
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
          if (handle.released()) {
            return Optional.empty();
          }
          cl_program program = handle.get("program " + name());
          CL.clRetainProgram(program);
          return Optional.of(new Program(device, other, compiled, program));
        });
  }

  @Override
  public void close() {
    handle.close();
  }
}
