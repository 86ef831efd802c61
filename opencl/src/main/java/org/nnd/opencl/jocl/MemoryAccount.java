package org.nnd.opencl.jocl;

import java.util.Locale;
import org.nnd.ir.NndException;

/**
 * What a device's buffers take. Drivers that allocate lazily (PoCL) promise more than there is and
 * end the process when it is touched, so the device's own figures are held here as limits.
 */
final class MemoryAccount {
  private static final int MAX_WAIT_MILLIS = 128;

  private final DeviceInfo info;
  private long bytes;
  private int buffers;

  MemoryAccount(DeviceInfo info) {
    this.info = info;
  }

  synchronized long bytes() {
    return bytes;
  }

  synchronized int buffers() {
    return buffers;
  }

  /**
   * Books a buffer. Where the device has no room, buffers that nobody can reach any more are
   * collected first.
   *
   * @throws NndException if there is no room then either
   */
  void reserveOrCollect(long size) {
    if (reserve(size)) {
      return;
    }
    if (size <= info.maxAllocation()) {
      System.gc();
      for (int wait = 1; wait <= MAX_WAIT_MILLIS; wait *= 2) {
        pause(wait); // the collector's finds are freed on the cleaner's thread
        if (reserve(size)) {
          return;
        }
      }
    }
    throw exhausted(size, "the device's own limits");
  }

  private static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean reserve(long size) {
    if (size > info.maxAllocation() || bytes + size > info.globalMemory()) {
      return false;
    }
    bytes += size;
    buffers++;
    return true;
  }

  synchronized void release(long size) {
    bytes -= size;
    buffers--;
  }

  /** The error for a buffer that the device has no room for. */
  synchronized NndException exhausted(long size, String reason) {
    return new NndException(
        String.format(
            Locale.ROOT,
            "out of device memory: a buffer of %s was asked for, %s are in use (%s); %s has"
                + " %s in all and at most %s in one buffer (%s). Use a smaller batch, or close"
                + " models and tensors that are not needed any more.",
            ByteCount.print(size),
            ByteCount.print(bytes),
            buffers == 1 ? "1 buffer" : buffers + " buffers",
            info.name(),
            ByteCount.print(info.globalMemory()),
            ByteCount.print(info.maxAllocation()),
            reason));
  }
}
