package org.nnd.opencl.jocl;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_command_queue;
import org.jocl.cl_event;
import org.nnd.ir.NndException;

/**
 * The last kernel written by hand that is not known to have ended. Nothing stops a kernel, and it
 * may have no end: while there is one, threads wait for the queue in a way that an interrupt ends.
 */
final class Suspect {
  private static final int SPINS = 2000;

  /** What the kernel is about; a new object for each launch. */
  private final AtomicReference<Optional<String>> launched =
      new AtomicReference<>(Optional.empty());

  /** Notes a launch. */
  void launched(String about) {
    launched.set(Optional.of(about));
  }

  /**
   * Waits for everything submitted to a queue.
   *
   * @throws NndException if this thread is interrupted, which it stays; the device goes on
   */
  void await(Device device, cl_command_queue queue) {
    Optional<String> waitedFor = launched.get();
    if (waitedFor.isEmpty()) {
      return;
    }
    var marker = new cl_event();
    device.submit(
        () -> {
          CL.clEnqueueMarkerWithWaitList(queue, 0, null, marker);
          CL.clFlush(queue);
          return null;
        });
    try {
      for (int turn = 0; isPending(marker); turn++) {
        if (turn < SPINS) {
          Thread.onSpinWait();
        } else {
          Thread.sleep(1);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NndException(
          "interrupted while %s is busy with %s; nothing stops a kernel: if it has no end, end this"
                  .formatted(device.info().name(), waitedFor.get())
              + " process",
          e);
    } finally {
      CL.clReleaseEvent(marker);
    }
    launched.compareAndSet(waitedFor, Optional.empty());
  }

  /** An error of the driver counts as an end; whoever waits is told of it. */
  private static boolean isPending(cl_event event) {
    int[] status = new int[1];
    CL.clGetEventInfo(
        event, CL.CL_EVENT_COMMAND_EXECUTION_STATUS, Sizeof.cl_int, Pointer.to(status), null);
    return status[0] > CL.CL_COMPLETE;
  }
}
