package org.nnd.opencl.jocl;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jocl.CL;
import org.jocl.CLException;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_command_queue;
import org.jocl.cl_event;
import org.jocl.cl_kernel;
import org.nnd.ir.NndException;

/**
 * A kernel with its arguments. Arguments stay set from launch to launch. One thread at a time may
 * use a kernel object; make several from the program for several threads.
 */
public final class Kernel implements AutoCloseable {
  private final Device device;
  private final Program program;
  private final String name;
  private final String about;
  private final Owned<cl_kernel> handle;

  /** By index. Keeps buffers alive, which are checked at each launch. */
  private final List<Argument> arguments = new ArrayList<>();

  Kernel(Device device, Program program, String name, String about, cl_kernel kernel) {
    this.device = device;
    this.program = program;
    this.name = name;
    this.about = about;
    this.handle = new Owned<>(this, device, kernel, CL::clReleaseKernel);
  }

  public String name() {
    return name;
  }

  /** Sets a {@code __global} pointer. */
  public Kernel arg(int index, Buffer buffer) {
    if (buffer.device() != device) {
      throw new IllegalArgumentException(
          "kernel " + name + ", argument " + index + ": the buffer is of another device");
    }
    device.submit(
        () -> {
          set(index, Sizeof.cl_mem, Pointer.to(buffer.open()), new Argument.Global(buffer));
          return null;
        });
    return this;
  }

  /** Sets an {@code int} or {@code uint}. */
  public Kernel arg(int index, int value) {
    return scalar(index, bytes(Integer.BYTES).putInt(value).array());
  }

  /** Sets a {@code long} or {@code ulong}. */
  public Kernel arg(int index, long value) {
    return scalar(index, bytes(Long.BYTES).putLong(value).array());
  }

  /** Sets a {@code float}. */
  public Kernel arg(int index, float value) {
    return scalar(index, bytes(Float.BYTES).putFloat(value).array());
  }

  /** Sets a {@code double}. */
  public Kernel arg(int index, double value) {
    return scalar(index, bytes(Double.BYTES).putDouble(value).array());
  }

  private static ByteBuffer bytes(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
  }

  Kernel scalar(int index, byte[] value) {
    device.submit(
        () -> {
          set(index, value.length, Pointer.to(value), new Argument.Scalar(value));
          return null;
        });
    return this;
  }

  /** Gives a {@code __local} pointer that many bytes. */
  public Kernel localArg(int index, long bytes) {
    device.submit(
        () -> {
          set(index, bytes, null, new Argument.Local(bytes));
          return null;
        });
    return this;
  }

  private void set(int index, long bytes, Pointer value, Argument argument) {
    try {
      CL.clSetKernelArg(open(), index, bytes, value);
    } catch (CLException e) {
      throw new IllegalArgumentException(
          "kernel " + name + ", argument " + index + " of " + bytes + " bytes: " + e.getMessage(),
          e);
    }
    while (arguments.size() <= index) {
      arguments.add(new Argument.Unset());
    }
    arguments.set(index, argument);
  }

  /** What has been set so far. */
  List<Argument> arguments() {
    return List.copyOf(arguments);
  }

  Program program() {
    return program;
  }

  /**
   * Enqueues the kernel; does not wait. A range with a zero extent launches nothing.
   *
   * @param global work-items in each of one to three dimensions, multiples of {@code local} (PoCL
   *     3.1 calls itself OpenCL 3.0 and still refuses ragged work-groups)
   * @param local work-group size; always given, because drivers choose badly
   * @throws NndException if the driver refuses the launch: what the kernel is about, and where its
   *     source was saved
   */
  public void launch(long[] global, long[] local) {
    if (isEmpty(global, local)) {
      return;
    }
    device.submit(() -> enqueue(device.queue(), global, local, null));
  }

  /**
   * Waits for everything submitted before, runs the kernel alone and waits for its end.
   *
   * @return nanoseconds between its start and its end by the device's clock
   */
  public long launchTimed(long[] global, long[] local) {
    if (isEmpty(global, local)) {
      return 0;
    }
    device.finish();
    var event = new cl_event();
    device.submit(() -> enqueue(device.profilingQueue(), global, local, event));
    try {
      return device.blocking(q -> nanoseconds(event));
    } finally {
      CL.clReleaseEvent(event);
    }
  }

  private static long nanoseconds(cl_event event) {
    CL.clWaitForEvents(1, new cl_event[] {event});
    long[] start = new long[1];
    long[] end = new long[1];
    CL.clGetEventProfilingInfo(
        event, CL.CL_PROFILING_COMMAND_START, Long.BYTES, Pointer.to(start), null);
    CL.clGetEventProfilingInfo(
        event, CL.CL_PROFILING_COMMAND_END, Long.BYTES, Pointer.to(end), null);
    return end[0] - start[0];
  }

  private boolean isEmpty(long[] global, long[] local) {
    if (global.length != local.length || global.length < 1 || global.length > 3) {
      throw new IllegalArgumentException(
          shape(global, local) + ": one to three dimensions, in both");
    }
    boolean empty = false;
    for (int i = 0; i < global.length; i++) {
      if (local[i] < 1 || global[i] < 0 || global[i] % local[i] != 0) {
        throw new IllegalArgumentException(
            shape(global, local) + ": the range is no multiple of the work-group");
      }
      empty |= global[i] == 0;
    }
    return empty;
  }

  private Void enqueue(cl_command_queue queue, long[] global, long[] local, cl_event event) {
    for (Argument argument : arguments) {
      if (argument instanceof Argument.Global pointer) {
        pointer.buffer().open();
      }
    }
    try {
      Faults.strike(Faults.Operation.LAUNCH);
      CL.clEnqueueNDRangeKernel(queue, open(), global.length, null, global, local, 0, null, event);
      if (program.source().written().isPresent()) {
        device.suspect().launched(about);
      }
      return null;
    } catch (CLException e) {
      throw new NndException(
          shape(global, local)
              + " could not be launched on "
              + device.info().name()
              + ": "
              + e.getMessage()
              + "\n"
              + Compiler.saved(program.source()),
          e);
    }
  }

  private String shape(long[] global, long[] local) {
    return about
        + " over "
        + Arrays.toString(global)
        + " work-items in groups of "
        + Arrays.toString(local);
  }

  private cl_kernel open() {
    return handle.get("kernel " + name);
  }

  @Override
  public void close() {
    handle.close();
  }
}
