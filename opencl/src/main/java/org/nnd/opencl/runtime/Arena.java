package org.nnd.opencl.runtime;

import java.util.ArrayList;
import java.util.List;
import org.nnd.opencl.jocl.Buffer;
import org.nnd.opencl.jocl.Device;

/**
 * The memory in which the values of a run lie: one buffer, or several where a device allows none so
 * large.
 */
final class Arena implements AutoCloseable {
  private final Device device;
  private final long size;
  private final long piece;
  private final List<Buffer> buffers = new ArrayList<>();

  /**
   * @param piece bytes of the buffers, but for the last
   */
  Arena(Device device, long size, long piece) {
    this.device = device;
    this.size = size;
    this.piece = piece;
    try {
      long left = size;
      do {
        buffers.add(device.allocate(Math.min(left, piece) + Transfers.SLACK));
        left -= piece;
      } while (left > 0);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** {@return the largest piece that a device allows} */
  static long largestPiece(Device device) {
    long most = device.info().maxAllocation() - Transfers.SLACK;
    return Math.max(1, most / MemoryPlan.ALIGNMENT) * MemoryPlan.ALIGNMENT;
  }

  Device device() {
    return device;
  }

  /** {@return bytes for values} */
  long size() {
    return size;
  }

  Place at(long offset) {
    return new Place(buffers.get((int) (offset / piece)), offset % piece);
  }

  /** Sets every byte to 255: not-a-number as float, -1 as integer, neither as bool. */
  void poison() {
    buffers.forEach(buffer -> buffer.fill((byte) -1));
  }

  @Override
  public void close() {
    buffers.forEach(Buffer::close);
  }
}
