package org.nnd.opencl.jocl;

import java.util.concurrent.atomic.AtomicReference;
import org.jocl.CL;
import org.jocl.CLException;

/**
 * Makes an operation fail as if the driver had refused it, so that tests can prove what the user
 * reads then. Off, it costs one read of a reference per operation.
 *
 * <pre>{@code
 * try (var fault = Faults.inject(Faults.Operation.LAUNCH, 3, -5)) { ... }  // the third launch
 * }</pre>
 */
public final class Faults {
  /** What can be made to fail. */
  public enum Operation {
    ALLOCATE,
    BUILD,
    LAUNCH
  }

  /** An armed fault; closing it disarms it. */
  public interface Armed extends AutoCloseable {
    @Override
    void close();
  }

  private static final class Fault implements Armed {
    private final Operation operation;
    private final int status;
    private int left;

    Fault(Operation operation, int nth, int status) {
      this.operation = operation;
      this.left = nth;
      this.status = status;
    }

    synchronized boolean strikes(Operation happening) {
      return happening == operation && --left == 0;
    }

    @Override
    public void close() {
      ARMED.compareAndSet(this, null);
    }
  }

  private static final AtomicReference<Fault> ARMED = new AtomicReference<>();

  private Faults() {}

  /**
   * Arms one fault for the whole process: the {@code nth} (from 1) such operation from now on
   * fails.
   *
   * @param status an OpenCL error code, for instance -4 (CL_MEM_OBJECT_ALLOCATION_FAILURE)
   */
  public static Armed inject(Operation operation, int nth, int status) {
    if (nth < 1 || status >= 0) {
      throw new IllegalArgumentException("nth counts from 1, an OpenCL error code is negative");
    }
    var fault = new Fault(operation, nth, status);
    ARMED.set(fault);
    return fault;
  }

  /** Called where the operation is about to happen. */
  static void strike(Operation operation) {
    Fault fault = ARMED.get();
    if (fault != null && fault.strikes(operation)) {
      throw new CLException(CL.stringFor_errorCode(fault.status), fault.status);
    }
  }
}
