package org.nnd.format;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.nnd.ir.NndException;

/** A tensor about to be written: its type, its shape, and how its bytes are made. */
record StoredTensor(StorageType type, long[] shape, Object array) {
  StoredTensor {
    shape = shape.clone();
  }

  static StoredTensor of(String name, StorageType type, int[] shape, Object array) {
    long elements = 1;
    for (int size : shape) {
      if (size < 0) {
        throw new NndException(
            "tensor '%s': negative size in shape %s".formatted(name, Arrays.toString(shape)));
      }
      elements *= size;
    }
    int length = java.lang.reflect.Array.getLength(array);
    if (array instanceof byte[] && type.bytes(elements) != length) {
      throw new NndException(
          "tensor '%s': %s%s takes %d bytes, the array has %d"
              .formatted(name, type, Arrays.toString(shape), type.bytes(elements), length));
    }
    if (!(array instanceof byte[]) && elements != length) {
      throw new NndException(
          "tensor '%s': shape %s has %d elements, the array has %d"
              .formatted(name, Arrays.toString(shape), elements, length));
    }
    return new StoredTensor(type, Arrays.stream(shape).asLongStream().toArray(), array);
  }

  /** The length of the array. */
  int length() {
    return java.lang.reflect.Array.getLength(array);
  }

  long bytes() {
    return array instanceof byte[] raw ? raw.length : type.bytes(length());
  }

  /** Puts elements {@code from..to-1} into {@code out}, which is little-endian. */
  void encode(int from, int to, ByteBuffer out) {
    switch (array) {
      case float[] v -> {
        for (int i = from; i < to; i++) {
          switch (type) {
            case F16 -> out.putShort(Float.floatToFloat16(v[i]));
            case BF16 -> out.putShort(bfloat16(v[i]));
            default -> out.putFloat(v[i]);
          }
        }
      }
      case double[] v -> {
        for (int i = from; i < to; i++) {
          out.putDouble(v[i]);
        }
      }
      case int[] v -> {
        for (int i = from; i < to; i++) {
          out.putInt(v[i]);
        }
      }
      case long[] v -> {
        for (int i = from; i < to; i++) {
          out.putLong(v[i]);
        }
      }
      case byte[] v -> out.put(v, from, to - from);
      case boolean[] v -> {
        for (int i = from; i < to; i++) {
          out.put((byte) (v[i] ? 1 : 0));
        }
      }
      default -> throw new IllegalStateException("no encoding of " + array.getClass());
    }
  }

  /** The nearest bfloat16, ties to even; not-a-numbers stay so. */
  static short bfloat16(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short) (bits >>> 16 | 0x40);
    }
    return (short) (bits + 0x7FFF + (bits >>> 16 & 1) >>> 16);
  }
}
