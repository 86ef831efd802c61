package org.nnd.opencl.jocl;

import java.util.concurrent.atomic.AtomicInteger;
import org.jocl.CL;
import org.jocl.CLException;

/**
 * Makes an operation fail as if the driver had refused it, so that tests can prove what the user
 * reads then. Off, it costs one read of a reference per operation.
 */
public final class Faults {
  /** What can be made to fail. */
  public enum Operation {
    ALLOCATE,
    BUILD,
    LAUNCH,
    /** Reading or writing a buffer. */
    TRANSFER
  }

  private record Fault(Operation operation, AtomicInteger left, int status) {}

  private static final Fault NONE = new Fault(Operation.LAUNCH, new AtomicInteger(-1), 0);
  private static volatile Fault armed = NONE;

  private Faults() {}

  /**
   * Runs the body; the {@code nth} (from 1) operation of that kind in it, on any thread of the
   * process, fails. A build counts once for each source that is asked for. One such test at a time.
   *
   * @param status an OpenCL error code, for instance -4 (CL_MEM_OBJECT_ALLOCATION_FAILURE)
   */
  public static void during(Operation operation, int nth, int status, Runnable body) {
    if (nth < 1 || status >= 0) {
      throw new IllegalArgumentException("nth counts from 1, an OpenCL error code is negative");
    }
    armed = new Fault(operation, new AtomicInteger(nth), status);
    try {
      body.run();
    } finally {
      armed = NONE;
    }
  }

  /** Called where the operation is about to happen. */
  static void strike(Operation operation) {
    Fault fault = armed;
    if (fault != NONE && fault.operation == operation && fault.left.decrementAndGet() == 0) {
      throw new CLException(CL.stringFor_errorCode(fault.status), fault.status);
    }
  }
}
