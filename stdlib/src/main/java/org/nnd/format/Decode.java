package org.nnd.format;

import java.nio.ByteBuffer;
import org.nnd.ir.NndException;

/** Stored elements to Java arrays. */
final class Decode {
  private Decode() {}

  /** The element at a position, as a double or a long. */
  private interface ToDouble {
    double at(int i);
  }

  private interface ToLong {
    long at(int i);
  }

  static float[] floats(StorageType type, ByteBuffer b, int n) {
    float[] out = new float[n];
    if (type == StorageType.F32) {
      b.asFloatBuffer().get(out);
      return out;
    }
    ToDouble element = number(type, b);
    for (int i = 0; i < n; i++) {
      out[i] = (float) element.at(i);
    }
    return out;
  }

  static double[] doubles(StorageType type, ByteBuffer b, int n) {
    double[] out = new double[n];
    ToDouble element = number(type, b);
    for (int i = 0; i < n; i++) {
      out[i] = element.at(i);
    }
    return out;
  }

  static int[] ints(StorageType type, ByteBuffer b, int n) {
    int[] out = new int[n];
    ToLong element = integer(type, b);
    for (int i = 0; i < n; i++) {
      long value = element.at(i);
      if (value != (int) value) {
        throw new NndException("element %d is %d, too large for 32 bits".formatted(i, value));
      }
      out[i] = (int) value;
    }
    return out;
  }

  static long[] longs(StorageType type, ByteBuffer b, int n) {
    long[] out = new long[n];
    ToLong element = integer(type, b);
    for (int i = 0; i < n; i++) {
      out[i] = element.at(i);
    }
    return out;
  }

  private static ToLong integer(StorageType type, ByteBuffer b) {
    return switch (type) {
      case BOOL -> i -> truth(b, i);
      case U8 -> i -> b.get(i) & 0xFF;
      case I8 -> b::get;
      case U16 -> i -> b.getShort(2 * i) & 0xFFFF;
      case I16 -> i -> b.getShort(2 * i);
      case U32 -> i -> b.getInt(4 * i) & 0xFFFFFFFFL;
      case I32 -> i -> b.getInt(4 * i);
      case U64 -> i -> unsigned(b, i);
      case I64 -> i -> b.getLong(8 * i);
      case F16,
          BF16,
          F32,
          F64,
          C64,
          F8_E5M2,
          F8_E4M3,
          F8_E8M0,
          F8_E5M2FNUZ,
          F8_E4M3FNUZ,
          F6_E2M3,
          F6_E3M2,
          F4 ->
          throw new NndException(type + " is no type of integers; read it as floats or doubles");
    };
  }

  private static ToDouble number(StorageType type, ByteBuffer b) {
    return switch (type) {
      case F16 -> i -> Float.float16ToFloat(b.getShort(2 * i));
      case BF16 -> i -> Float.intBitsToFloat(b.getShort(2 * i) << 16);
      case F32 -> i -> b.getFloat(4 * i);
      case F64 -> i -> b.getDouble(8 * i);
      // The upper byte of a half: the same exponent, two bits of mantissa.
      case F8_E5M2 -> i -> Float.float16ToFloat((short) (b.get(i) << 8));
      case F8_E4M3 -> i -> (b.get(i) & 0x7F) == 0x7F ? Double.NaN : small(b.get(i), 4, 3, 7);
      case F8_E5M2FNUZ -> i -> (b.get(i) & 0xFF) == 0x80 ? Double.NaN : small(b.get(i), 5, 2, 16);
      case F8_E4M3FNUZ -> i -> (b.get(i) & 0xFF) == 0x80 ? Double.NaN : small(b.get(i), 4, 3, 8);
      case F8_E8M0 ->
          i -> (b.get(i) & 0xFF) == 0xFF ? Double.NaN : Math.scalb(1.0, (b.get(i) & 0xFF) - 127);
      // Two in a byte, the first in its lower half, as PyTorch's float4_e2m1fn_x2.
      case F4 -> i -> small(b.get(i / 2) >> 4 * (i % 2), 2, 1, 1);
      case F6_E2M3, F6_E3M2, C64 ->
          throw new NndException(type + " is not converted to floats here; its bytes can be read");
      case U64 ->
          i -> {
            long v = b.getLong(8 * i);
            return v >= 0 ? v : ((v >>> 1) | (v & 1)) * 2.0;
          };
      case BOOL, U8, I8, U16, I16, U32, I32, I64 -> {
        ToLong whole = integer(type, b);
        yield whole::at;
      }
    };
  }

  private static int truth(ByteBuffer b, int i) {
    if ((b.get(i) & 0xFE) != 0) {
      throw new NndException("element %d of BOOL is %d, expected 0 or 1".formatted(i, b.get(i)));
    }
    return b.get(i);
  }

  private static long unsigned(ByteBuffer b, int i) {
    long value = b.getLong(8 * i);
    if (value < 0) {
      throw new NndException(
          "element %d is %s, too large for 63 bits".formatted(i, Long.toUnsignedString(value)));
    }
    return value;
  }

  /** A sign, an exponent and a mantissa of so many bits; no infinities. */
  private static double small(int bits, int exponentBits, int mantissaBits, int bias) {
    int mantissa = bits & (1 << mantissaBits) - 1;
    int exponent = bits >> mantissaBits & (1 << exponentBits) - 1;
    double size =
        exponent == 0
            ? Math.scalb((double) mantissa, 1 - bias - mantissaBits)
            : Math.scalb((double) ((1 << mantissaBits) + mantissa), exponent - bias - mantissaBits);
    return (bits >> exponentBits + mantissaBits & 1) == 0 ? size : -size;
  }
}
