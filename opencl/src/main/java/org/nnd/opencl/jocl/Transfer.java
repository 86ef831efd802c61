package org.nnd.opencl.jocl;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.cl_command_queue;
import org.jocl.cl_mem;

/**
 * Blocking copies between Java and device memory: by mapping where the device works on the host's
 * memory, by the driver's copy elsewhere.
 */
final class Transfer {
  /** Bytes per piece: a mapped region becomes one ByteBuffer, which ends at 2 GiB. */
  private static final int PIECE = 1 << 30;

  /**
   * Bytes from which mapping is faster where memory is shared. PoCL 3.1, 2 cores: 19 us by copy and
   * 28 us mapped for anything small (two commands instead of one), 1 MiB 39 and 70 us, 16 MiB 840
   * and 550 us.
   */
  private static final long MAP_FROM = 4L << 20;

  private Transfer() {}

  static void write(Buffer buffer, long offset, java.nio.Buffer source) {
    move(buffer, offset, source, true);
  }

  static void read(Buffer buffer, long offset, java.nio.Buffer target) {
    if (target.isReadOnly()) {
      throw new IllegalArgumentException("cannot read into a read-only buffer");
    }
    move(buffer, offset, target, false);
  }

  private static void move(Buffer buffer, long offset, java.nio.Buffer host, boolean write) {
    int width = width(host);
    buffer.checkRange(offset, (long) host.remaining() * width);
    if (host.remaining() == 0) {
      return;
    }
    boolean map =
        buffer.device().info().unifiedMemory() && (long) host.remaining() * width >= MAP_FROM;
    buffer
        .device()
        .transfer(
            buffer,
            (queue, memory) -> {
              int step = PIECE / width;
              for (int from = 0; from < host.remaining(); from += step) {
                int count = Math.min(step, host.remaining() - from);
                var piece = host.slice(host.position() + from, count);
                long at = offset + (long) from * width;
                long bytes = (long) count * width;
                if (map) {
                  mapped(queue, memory, at, bytes, piece, write);
                } else {
                  driven(queue, memory, at, bytes, piece, write);
                }
              }
            });
  }

  private static void mapped(
      cl_command_queue queue,
      cl_mem memory,
      long offset,
      long bytes,
      java.nio.Buffer host,
      boolean write) {
    // "Invalidate" spares a device with its own memory from copying out what is overwritten.
    long flags = write ? CL.CL_MAP_WRITE_INVALIDATE_REGION : CL.CL_MAP_READ;
    ByteBuffer region =
        CL.clEnqueueMapBuffer(queue, memory, true, flags, offset, bytes, 0, null, null, null);
    region.order(ByteOrder.nativeOrder());
    if (write) {
      copyIn(region, host);
    } else {
      copyOut(region, host);
    }
    CL.clEnqueueUnmapMemObject(queue, memory, region.rewind(), 0, null, null);
  }

  private static void driven(
      cl_command_queue queue,
      cl_mem memory,
      long offset,
      long bytes,
      java.nio.Buffer host,
      boolean write) {
    Pointer pointer = Pointer.toBuffer(host);
    if (write) {
      CL.clEnqueueWriteBuffer(queue, memory, true, offset, bytes, pointer, 0, null, null);
    } else {
      CL.clEnqueueReadBuffer(queue, memory, true, offset, bytes, pointer, 0, null, null);
    }
  }

  private static int width(java.nio.Buffer host) {
    return switch (host) {
      case ByteBuffer b -> Byte.BYTES;
      case ShortBuffer b -> Short.BYTES;
      case CharBuffer b -> Character.BYTES;
      case IntBuffer b -> Integer.BYTES;
      case FloatBuffer b -> Float.BYTES;
      case LongBuffer b -> Long.BYTES;
      case DoubleBuffer b -> Double.BYTES;
    };
  }

  private static void copyIn(ByteBuffer region, java.nio.Buffer source) {
    switch (source) {
      case ByteBuffer b -> region.put(b);
      case ShortBuffer b -> region.asShortBuffer().put(b);
      case CharBuffer b -> region.asCharBuffer().put(b);
      case IntBuffer b -> region.asIntBuffer().put(b);
      case FloatBuffer b -> region.asFloatBuffer().put(b);
      case LongBuffer b -> region.asLongBuffer().put(b);
      case DoubleBuffer b -> region.asDoubleBuffer().put(b);
    }
  }

  private static void copyOut(ByteBuffer region, java.nio.Buffer target) {
    switch (target) {
      case ByteBuffer b -> b.put(region);
      case ShortBuffer b -> b.put(region.asShortBuffer());
      case CharBuffer b -> b.put(region.asCharBuffer());
      case IntBuffer b -> b.put(region.asIntBuffer());
      case FloatBuffer b -> b.put(region.asFloatBuffer());
      case LongBuffer b -> b.put(region.asLongBuffer());
      case DoubleBuffer b -> b.put(region.asDoubleBuffer());
    }
  }
}
