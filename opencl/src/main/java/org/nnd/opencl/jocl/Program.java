package org.nnd.opencl.jocl;

import java.io.IOException;
import java.lang.ref.Cleaner;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.jocl.CL;
import org.jocl.CLException;
import org.jocl.Pointer;
import org.jocl.cl_context;
import org.jocl.cl_device_id;
import org.jocl.cl_program;
import org.nnd.ir.NndException;

/** A compiled program. Its kernels live on after it has been closed. */
public final class Program implements AutoCloseable {
  private static final int LOG_LINES = 12;

  private final Device device;
  private final Source source;
  private final Handle handle;
  private final Cleaner.Cleanable cleanable;

  private record Handle(cl_program program) implements Runnable {
    @Override
    public void run() {
      CL.clReleaseProgram(program);
    }
  }

  private Program(Device device, Source source, cl_program program) {
    this.device = device;
    this.source = source;
    this.handle = new Handle(program);
    this.cleanable = Device.CLEANER.register(this, handle);
  }

  static Program build(Device device, Source source) {
    return new Program(
        device, source, device.withContext(context -> compile(device, context, source)));
  }

  private static cl_program compile(Device device, cl_context context, Source source) {
    cl_program program =
        CL.clCreateProgramWithSource(context, 1, new String[] {source.text()}, null, null);
    try {
      Faults.strike(Faults.Operation.BUILD);
      CL.clBuildProgram(program, 1, new cl_device_id[] {device.id()}, source.options(), null, null);
      return program;
    } catch (CLException e) {
      NndException failure = failure(device, source, log(device, program), e);
      CL.clReleaseProgram(program);
      throw failure;
    }
  }

  private static NndException failure(Device device, Source source, String log, CLException cause) {
    String errors =
        log.lines()
            .filter(line -> !line.isBlank())
            .limit(LOG_LINES)
            .collect(Collectors.joining("\n  "));
    return new NndException(
        "the OpenCL driver of "
            + device.info().name()
            + " could not compile "
            + source.name()
            + " ("
            + CL.stringFor_errorCode(cause.getStatus())
            + "):\n  "
            + (errors.isEmpty() ? "the driver gave no reason" : errors)
            + "\n"
            + saved(source),
        cause);
  }

  /** Saves the source for the user to look at and says where. */
  private static String saved(Source source) {
    byte[] text = source.text().getBytes(StandardCharsets.UTF_8);
    String name =
        source.name().replaceAll("[^A-Za-z0-9_.-]", "_") + "-" + Digest.hex(text).substring(0, 12);
    Path file = CacheDirectory.create("failed").resolve(name + ".cl");
    try {
      AtomicFiles.write(file, text);
      return "The source is in " + file;
    } catch (IOException e) {
      return "The source could not be saved to " + file + ": " + e;
    }
  }

  private static String log(Device device, cl_program program) {
    long[] size = new long[1];
    CL.clGetProgramBuildInfo(program, device.id(), CL.CL_PROGRAM_BUILD_LOG, 0, null, size);
    byte[] text = new byte[(int) size[0]];
    CL.clGetProgramBuildInfo(
        program, device.id(), CL.CL_PROGRAM_BUILD_LOG, text.length, Pointer.to(text), null);
    return DeviceQueries.string(text);
  }

  /** The name it was built under. */
  public String name() {
    return source.name();
  }

  public Source source() {
    return source;
  }

  Device device() {
    return device;
  }

  /** A kernel of this program, with arguments of its own: as many as are wanted may be made. */
  public Kernel kernel(String kernelName) {
    return device.submit(
        () -> {
          try {
            return new Kernel(
                device, kernelName, CL.clCreateKernel(handle.program(), kernelName, null));
          } catch (CLException e) {
            throw new NndException(
                "program " + name() + " has no kernel " + kernelName + ": " + e.getMessage(), e);
          }
        });
  }

  @Override
  public void close() {
    device.exclusively(cleanable::clean);
  }
}
