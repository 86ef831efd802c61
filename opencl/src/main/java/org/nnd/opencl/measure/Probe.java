package org.nnd.opencl.measure;

import org.nnd.opencl.jocl.Buffer;
import org.nnd.opencl.jocl.Kernel;
import org.nnd.opencl.jocl.Source;

/**
 * A kernel that is limited by one thing only.
 *
 * @param shape says in a few words how it goes about it
 * @param source one kernel, called as the source is
 * @param global work-items
 * @param local work-group size
 * @param work operations or bytes of one launch
 * @param buffers number of buffers it takes, before one {@code int} argument
 * @param count the value of the {@code int} argument
 */
record Probe(
    String shape, Source source, long[] global, long[] local, double work, int buffers, int count) {
  /** Gives the kernel its arguments: {@code to} alone where the probe takes one buffer. */
  void bind(Kernel kernel, Buffer from, Buffer to) {
    if (buffers == 2) {
      kernel.arg(0, from);
    }
    kernel.arg(buffers - 1, to).arg(buffers, count);
  }

  @Override
  public String toString() {
    return shape;
  }
}
