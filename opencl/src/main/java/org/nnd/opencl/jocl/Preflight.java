package org.nnd.opencl.jocl;

import static org.jocl.CL.CL_DEVICE_NAME;
import static org.jocl.CL.CL_DEVICE_TYPE_ALL;
import static org.jocl.CL.CL_MEM_COPY_HOST_PTR;
import static org.jocl.CL.CL_MEM_READ_WRITE;
import static org.jocl.CL.CL_TRUE;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jocl.CL;
import org.jocl.CLException;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_context;
import org.jocl.cl_device_id;
import org.jocl.cl_platform_id;

/**
 * Compiles one kernel and runs it on the first device found; the launcher calls it on a driver that
 * it has just provided, before anything depends on that driver. A driver may list its devices and
 * still fail here: PoCL, for one, needs its bitcode library and a linker to build a kernel.
 *
 * <p>It stands on JOCL alone and opens no cache, so that what it says is about the driver. JOCL
 * unpacks its native library into {@code java.io.tmpdir}; the launcher gives it a private one.
 *
 * <p>Exit code 0 and the device's name on standard output, or 1 and the reason on standard error.
 */
public final class Preflight {
  private static final int SIZE = 64;
  private static final String SOURCE =
      "__kernel void axpy(__global float *y, float a) {\n"
          + "  size_t i = get_global_id(0);\n"
          + "  y[i] = fma(a, y[i], (float)i);\n"
          + "}\n";

  private Preflight() {}

  public static void main(String[] args) {
    try {
      System.out.println(run());
    } catch (CLException | LinkageError e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  /** Runs {@code y = a y + i} on {@link #SIZE} floats and returns the device's name. */
  private static String run() {
    CL.setExceptionsEnabled(true);
    var device = firstDevice();
    var context = CL.clCreateContext(null, 1, new cl_device_id[] {device}, null, null, null);
    try {
      check(axpy(context, device));
    } finally {
      CL.clReleaseContext(context);
    }
    return name(device);
  }

  private static cl_device_id firstDevice() {
    var count = new int[1];
    CL.clGetPlatformIDs(0, null, count);
    var platforms = new cl_platform_id[count[0]];
    CL.clGetPlatformIDs(platforms.length, platforms, null);
    var devices = new cl_device_id[1];
    CL.clGetDeviceIDs(platforms[0], CL_DEVICE_TYPE_ALL, 1, devices, null);
    return devices[0];
  }

  private static float[] axpy(cl_context context, cl_device_id device) {
    var y = new float[SIZE];
    Arrays.fill(y, 3f);
    long bytes = (long) Sizeof.cl_float * SIZE;
    var queue = CL.clCreateCommandQueueWithProperties(context, device, null, null);
    var program = CL.clCreateProgramWithSource(context, 1, new String[] {SOURCE}, null, null);
    CL.clBuildProgram(program, 0, null, null, null, null);
    var kernel = CL.clCreateKernel(program, "axpy", null);
    var buffer =
        CL.clCreateBuffer(
            context, CL_MEM_READ_WRITE | CL_MEM_COPY_HOST_PTR, bytes, Pointer.to(y), null);
    CL.clSetKernelArg(kernel, 0, Sizeof.cl_mem, Pointer.to(buffer));
    CL.clSetKernelArg(kernel, 1, Sizeof.cl_float, Pointer.to(new float[] {2f}));
    CL.clEnqueueNDRangeKernel(queue, kernel, 1, null, new long[] {SIZE}, null, 0, null, null);
    CL.clEnqueueReadBuffer(queue, buffer, CL_TRUE, 0, bytes, Pointer.to(y), 0, null, null);
    CL.clReleaseMemObject(buffer);
    CL.clReleaseKernel(kernel);
    CL.clReleaseProgram(program);
    CL.clReleaseCommandQueue(queue);
    return y;
  }

  private static void check(float[] y) {
    for (int i = 0; i < y.length; i++) {
      if (y[i] != 6f + i) {
        throw new CLException("a kernel ran but gave " + y[i] + " where " + (6f + i) + " is right");
      }
    }
  }

  private static String name(cl_device_id device) {
    var size = new long[1];
    CL.clGetDeviceInfo(device, CL_DEVICE_NAME, 0, null, size);
    var text = new byte[(int) size[0]];
    CL.clGetDeviceInfo(device, CL_DEVICE_NAME, text.length, Pointer.to(text), null);
    return new String(text, StandardCharsets.UTF_8).replace("\0", "");
  }
}
