package org.nnd.opencl.kernel;

import org.nnd.ir.DType;

/**
 * Memory that a kernel reads or writes: an argument in global memory, or an array of fixed size in
 * the work-group's local or the work-item's private memory.
 *
 * @param size elements of a local or private array, 0 for an argument
 * @param lanes accesses of this many lanes lie at multiples of as many elements
 * @param streaming stores pass the caches by: for large results that are not read again soon
 */
public record Array(String name, DType dtype, Space space, int size, int lanes, boolean streaming) {
  public Array(String name, DType dtype, Space space, int size, int lanes) {
    this(name, dtype, space, size, lanes, false);
  }

  /** Where an array lives and, for arguments, how it is used. */
  public enum Space {
    READ,
    WRITE,
    READ_WRITE,
    LOCAL,
    PRIVATE
  }

  public static Array argument(String name, DType dtype, Space space) {
    return new Array(name, dtype, space, 0, 1);
  }

  public static Array local(String name, DType dtype, int size) {
    return new Array(name, dtype, Space.LOCAL, size, 1);
  }

  public static Array scratch(String name, DType dtype, int size) {
    return new Array(name, dtype, Space.PRIVATE, size, 1);
  }

  /** {@return this array, of which vectors of {@code lanes} are read and written at multiples} */
  public Array aligned(int lanes) {
    return new Array(name, dtype, space, size, lanes, streaming);
  }

  /** {@return this array, with stores that pass the caches by} */
  public Array streamed() {
    return new Array(name, dtype, space, size, lanes, true);
  }

  public boolean isArgument() {
    return space == Space.READ || space == Space.WRITE || space == Space.READ_WRITE;
  }
}
