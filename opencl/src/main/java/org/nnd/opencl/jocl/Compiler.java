package org.nnd.opencl.jocl;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jocl.CL;
import org.jocl.CLException;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_device_id;
import org.jocl.cl_program;
import org.nnd.ir.NndException;

/** Builds {@code cl_program}s, from source or from a binary, and explains failures. */
final class Compiler {
  private static final int LOG_LINES = 12;

  private Compiler() {}

  /**
   * Compiles one source.
   *
   * @throws NndException with the driver's first errors and the file where the source was saved
   */
  static cl_program fromSource(Device device, Source source) {
    return device.withContext(
        context -> {
          cl_program program =
              CL.clCreateProgramWithSource(context, 1, new String[] {source.text()}, null, null);
          try {
            build(device, program, source.options());
            return program;
          } catch (CLException e) {
            NndException failure = failure(device, source, log(device, program), e);
            CL.clReleaseProgram(program);
            throw failure;
          }
        });
  }

  /** Compiles one source; empty if it does not compile. */
  static Optional<cl_program> tryFromSource(Device device, Source source) {
    return device.withContext(
        context -> {
          cl_program program =
              CL.clCreateProgramWithSource(context, 1, new String[] {source.text()}, null, null);
          try {
            build(device, program, source.options());
            return Optional.of(program);
          } catch (CLException e) {
            CL.clReleaseProgram(program);
            return Optional.empty();
          }
        });
  }

  /** Loads a binary; empty if the driver refuses it. */
  static Optional<cl_program> fromBinary(Device device, byte[] binary, String options) {
    return device.withContext(
        context -> {
          try {
            cl_program program =
                CL.clCreateProgramWithBinary(
                    context,
                    1,
                    new cl_device_id[] {device.id()},
                    new long[] {binary.length},
                    new byte[][] {binary},
                    null,
                    null);
            try {
              build(device, program, options);
              return Optional.of(program);
            } catch (CLException e) {
              CL.clReleaseProgram(program);
              return Optional.empty();
            }
          } catch (CLException e) {
            return Optional.empty();
          }
        });
  }

  /** The driver's binary of a built program; empty if it has none to give. */
  static Optional<byte[]> binary(cl_program program) {
    try {
      long[] size = new long[1];
      CL.clGetProgramInfo(
          program, CL.CL_PROGRAM_BINARY_SIZES, Sizeof.size_t, Pointer.to(size), null);
      if (size[0] <= 0 || size[0] > Integer.MAX_VALUE) {
        return Optional.empty();
      }
      byte[] binary = new byte[(int) size[0]];
      CL.clGetProgramInfo(
          program, CL.CL_PROGRAM_BINARIES, Sizeof.POINTER, Pointer.to(Pointer.to(binary)), null);
      return Optional.of(binary);
    } catch (CLException e) {
      return Optional.empty();
    }
  }

  private static void build(Device device, cl_program program, String options) {
    cl_device_id[] devices = {device.id()};
    device.build(() -> CL.clBuildProgram(program, 1, devices, options, null, null));
  }

  /** The error for a source that does not build. */
  static NndException failure(Device device, Source source, String log, CLException cause) {
    Optional<String> mistakes = source.written().flatMap(written -> written.explain(log));
    if (mistakes.isPresent()) {
      return new NndException(mistakes.get(), cause);
    }
    String errors =
        log.lines()
            .filter(line -> !line.isBlank())
            .limit(LOG_LINES)
            .collect(Collectors.joining("\n  "));
    return new NndException(
        "the OpenCL driver of "
            + device.info().name()
            + " could not compile "
            + source.about()
            + " ("
            + CL.stringFor_errorCode(cause.getStatus())
            + "):\n  "
            + (errors.isEmpty() ? "the driver gave no reason" : errors)
            + "\n"
            + saved(source),
        cause);
  }

  /** Saves the source for the user to look at and says where. */
  static String saved(Source source) {
    byte[] text = ("// " + source.about() + "\n" + source.text()).getBytes(StandardCharsets.UTF_8);
    String name =
        source.name().replaceAll("[^A-Za-z0-9_.-]", "_") + "-" + Digest.hex(text).substring(0, 12);
    try {
      Path file = CacheDirectory.create("failed").resolve(name + ".cl");
      AtomicFiles.write(file, text);
      return "The source was saved to " + file;
    } catch (IOException | NndException e) {
      return "The source could not be saved: " + e.getMessage();
    }
  }

  private static String log(Device device, cl_program program) {
    try {
      long[] size = new long[1];
      CL.clGetProgramBuildInfo(program, device.id(), CL.CL_PROGRAM_BUILD_LOG, 0, null, size);
      byte[] text = new byte[(int) size[0]];
      CL.clGetProgramBuildInfo(
          program, device.id(), CL.CL_PROGRAM_BUILD_LOG, text.length, Pointer.to(text), null);
      return DeviceQueries.string(text);
    } catch (CLException e) {
      return "";
    }
  }
}
