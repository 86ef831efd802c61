package org.nnd.opencl.runtime;

import org.nnd.ir.DType;
import org.nnd.ir.Literal;
import org.nnd.opencl.jocl.Buffer;

/** Copies between tensors in host memory and buffers. */
final class Transfers {
  /** Bytes after the last element, so that no buffer is empty. */
  static final int SLACK = 64;

  private Transfers() {}

  static void write(Buffer buffer, long offset, Literal value) {
    if (value.count() == 0) {
      return;
    }
    switch (value.array()) {
      case float[] a -> buffer.write(offset, a);
      case double[] a -> buffer.write(offset, a);
      case int[] a -> buffer.write(offset, a);
      case long[] a -> buffer.write(offset, a);
      case short[] a -> buffer.write(offset, a);
      case byte[] a -> buffer.write(offset, a);
      default -> throw new IllegalStateException("no such literal: " + value);
    }
  }

  static Literal read(Buffer buffer, long offset, DType dtype, int[] shape) {
    Literal value = Literal.zeros(dtype, shape);
    if (value.count() == 0) {
      return value;
    }
    switch (value.array()) {
      case float[] a -> buffer.read(offset, a);
      case double[] a -> buffer.read(offset, a);
      case int[] a -> buffer.read(offset, a);
      case long[] a -> buffer.read(offset, a);
      case short[] a -> buffer.read(offset, a);
      case byte[] a -> buffer.read(offset, a);
      default -> throw new IllegalStateException("no such literal: " + value);
    }
    return value;
  }
}
