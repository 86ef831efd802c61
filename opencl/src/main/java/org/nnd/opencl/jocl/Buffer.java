package org.nnd.opencl.jocl;

import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import org.jocl.CL;
import org.jocl.CLException;
import org.jocl.Pointer;
import org.jocl.cl_context;
import org.jocl.cl_mem;

/**
 * Memory of a device. Offsets and sizes are in bytes; numbers lie in it as the machine stores them
 * (little-endian wherever this runs).
 *
 * <p>{@link #read} and {@link #write} wait for everything submitted before and return when the data
 * has been copied. The memory is freed by {@link #close()}, or some time after the buffer and the
 * kernels that have it as an argument have become unreachable.
 */
public final class Buffer implements AutoCloseable {
  private final Device device;
  private final long size;
  private final Owned<cl_mem> memory;

  private Buffer(Device device, long size, long booked, cl_mem handle) {
    this.device = device;
    this.size = size;
    MemoryAccount account = device.memory();
    this.memory =
        new Owned<>(
            this,
            device,
            handle,
            m -> {
              CL.clReleaseMemObject(m);
              account.release(booked);
            });
  }

  static Buffer allocate(Device device, long size) {
    if (size < 0) {
      throw new IllegalArgumentException("a buffer of " + size + " bytes");
    }
    long booked = Math.max(size, 1); // OpenCL has no empty buffers
    MemoryAccount account = device.memory();
    account.reserveOrCollect(booked);
    try {
      Faults.strike(Faults.Operation.ALLOCATE);
      cl_mem handle = device.withContext(context -> create(device, context, booked));
      return new Buffer(device, size, booked, handle);
    } catch (CLException e) {
      account.release(booked);
      throw switch (e.getStatus()) {
        case CL.CL_MEM_OBJECT_ALLOCATION_FAILURE,
            CL.CL_OUT_OF_RESOURCES,
            CL.CL_OUT_OF_HOST_MEMORY,
            CL.CL_INVALID_BUFFER_SIZE ->
            account.exhausted(booked, "the driver said " + e.getMessage());
        default -> e;
      };
    } catch (RuntimeException e) {
      account.release(booked);
      throw e;
    }
  }

  /**
   * Where device and host share their memory the host's is asked for: mapping then copies nothing.
   */
  private static cl_mem create(Device device, cl_context context, long bytes) {
    long hostMemory = device.info().unifiedMemory() ? CL.CL_MEM_ALLOC_HOST_PTR : 0;
    return CL.clCreateBuffer(context, CL.CL_MEM_READ_WRITE | hostMemory, bytes, null, null);
  }

  /** Size in bytes. */
  public long size() {
    return size;
  }

  public Device device() {
    return device;
  }

  public void write(long offset, float[] values) {
    write(offset, FloatBuffer.wrap(values));
  }

  public void write(long offset, double[] values) {
    write(offset, DoubleBuffer.wrap(values));
  }

  public void write(long offset, int[] values) {
    write(offset, IntBuffer.wrap(values));
  }

  public void write(long offset, long[] values) {
    write(offset, LongBuffer.wrap(values));
  }

  public void write(long offset, short[] values) {
    write(offset, ShortBuffer.wrap(values));
  }

  public void write(long offset, byte[] values) {
    write(offset, ByteBuffer.wrap(values));
  }

  /**
   * Copies the elements between the source's position and limit to {@code offset}; the source's
   * position does not change.
   */
  public void write(long offset, java.nio.Buffer source) {
    Transfer.write(this, offset, source);
  }

  public void read(long offset, float[] values) {
    read(offset, FloatBuffer.wrap(values));
  }

  public void read(long offset, double[] values) {
    read(offset, DoubleBuffer.wrap(values));
  }

  public void read(long offset, int[] values) {
    read(offset, IntBuffer.wrap(values));
  }

  public void read(long offset, long[] values) {
    read(offset, LongBuffer.wrap(values));
  }

  public void read(long offset, short[] values) {
    read(offset, ShortBuffer.wrap(values));
  }

  public void read(long offset, byte[] values) {
    read(offset, ByteBuffer.wrap(values));
  }

  /**
   * Fills the elements between the target's position and limit from {@code offset}; the target's
   * position does not change.
   */
  public void read(long offset, java.nio.Buffer target) {
    Transfer.read(this, offset, target);
  }

  /** Sets every byte to zero; enqueued, does not wait. */
  public void fillZero() {
    fillZero(0, size);
  }

  /** Sets {@code bytes} bytes from {@code offset} to zero; enqueued, does not wait. */
  public void fillZero(long offset, long bytes) {
    fill((byte) 0, offset, bytes);
  }

  /** Sets every byte to a value; enqueued, does not wait. */
  public void fill(byte value) {
    fill(value, 0, size);
  }

  private void fill(byte value, long offset, long bytes) {
    checkRange(offset, bytes);
    if (bytes == 0) {
      return;
    }
    device.submit(
        () ->
            CL.clEnqueueFillBuffer(
                device.queue(),
                open(),
                Pointer.to(new byte[] {value}),
                1,
                offset,
                bytes,
                0,
                null,
                null));
  }

  /**
   * Copies {@code bytes} bytes to another buffer of the same device; enqueued, does not wait. The
   * ranges must not overlap.
   */
  public void copyTo(Buffer target, long offset, long targetOffset, long bytes) {
    if (target.device != device) {
      throw new IllegalArgumentException("the buffers are of different devices");
    }
    checkRange(offset, bytes);
    target.checkRange(targetOffset, bytes);
    if (bytes == 0) {
      return;
    }
    device.submit(
        () ->
            CL.clEnqueueCopyBuffer(
                device.queue(), open(), target.open(), offset, targetOffset, bytes, 0, null, null));
  }

  /** Frees the memory, as soon as no pending command uses it any more. */
  @Override
  public void close() {
    memory.close();
  }

  /** The handle; to be used inside {@link Device#submit}. */
  cl_mem open() {
    return memory.get("a buffer of " + size + " bytes");
  }

  void checkRange(long offset, long bytes) {
    if (offset < 0 || bytes < 0 || bytes > size - offset) {
      throw new IndexOutOfBoundsException(
          bytes + " bytes at " + offset + " of a buffer of " + size + " bytes");
    }
  }
}
