package org.nnd.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.nnd.ir.Literal;

/** Tensors as ONNX stores them. */
final class LittleEndian {
  private LittleEndian() {}

  /** {@return the elements of a tensor, row-major} */
  static ByteBuffer bytes(Literal value) {
    int size = Math.multiplyExact(value.count(), value.dtype().bytes());
    ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    switch (value.array()) {
      case float[] floats -> bytes.asFloatBuffer().put(floats);
      case double[] doubles -> bytes.asDoubleBuffer().put(doubles);
      case int[] ints -> bytes.asIntBuffer().put(ints);
      case long[] longs -> bytes.asLongBuffer().put(longs);
      case short[] shorts -> bytes.asShortBuffer().put(shorts);
      case byte[] small -> bytes.duplicate().put(small);
      default -> throw new IllegalStateException("a literal of " + value.dtype());
    }
    return bytes;
  }
}
