package org.nnd.opencl.jocl;

/**
 * A kernel, its arguments set, and the range it is to run over.
 *
 * @param global work-items in each dimension, multiples of {@code local}
 * @param local work-group size
 */
public record Launch(Kernel kernel, long[] global, long[] local) {
  /** Enqueues it, see {@link Kernel#launch}. */
  public void enqueue() {
    kernel.launch(global, local);
  }

  /** {@return nanoseconds that it takes alone, see {@link Kernel#launchTimed}} */
  public long timed() {
    return kernel.launchTimed(global, local);
  }
}
