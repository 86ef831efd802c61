package org.nnd.opencl.jocl;

/** What a kernel has been given for one of its arguments. */
sealed interface Argument {
  /** Nothing yet. */
  record Unset() implements Argument {}

  /** A {@code __global} pointer. */
  record Global(Buffer buffer) implements Argument {}

  /** {@code bytes} bytes behind a {@code __local} pointer. */
  record Local(long bytes) implements Argument {}

  /** A number, as the bytes the kernel sees. */
  record Scalar(byte[] value) implements Argument {}
}
