package org.nnd.ir;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Objects;

/**
 * A tensor in host memory, in row-major order. The array is a {@code float[]} for f32, {@code
 * double[]} for f64, {@code int[]} for i32, {@code long[]} for i64, {@code byte[]} for i8, u8 and
 * bool (0 or 1), {@code short[]} of raw bits for f16 and bf16. Treated as immutable; the factories
 * do not copy.
 */
public record Literal(DType dtype, int[] shape, Object array) {
  public Literal {
    long count = count(shape);
    if (Array.getLength(array) != count) {
      throw new NndException(
          "an array of %d elements cannot fill the shape %s (%d elements)"
              .formatted(Array.getLength(array), Arrays.toString(shape), count));
    }
    boolean fits =
        switch (dtype) {
          case F32 -> array instanceof float[];
          case F64 -> array instanceof double[];
          case I32 -> array instanceof int[];
          case I64 -> array instanceof long[];
          case BOOL, U8, I8 -> array instanceof byte[];
          case F16, BF16 -> array instanceof short[];
        };
    if (!fits) {
      throw new NndException(
          "elements of type %s cannot be held in a %s"
              .formatted(dtype, array.getClass().getSimpleName()));
    }
  }

  public static Literal of(float[] values, int... shape) {
    return new Literal(DType.F32, shape, values);
  }

  public static Literal of(double[] values, int... shape) {
    return new Literal(DType.F64, shape, values);
  }

  public static Literal of(int[] values, int... shape) {
    return new Literal(DType.I32, shape, values);
  }

  public static Literal of(long[] values, int... shape) {
    return new Literal(DType.I64, shape, values);
  }

  /**
   * {@return a zero-filled tensor}
   *
   * @throws NndException if it had more elements than an array can hold
   */
  public static Literal zeros(DType dtype, int... shape) {
    if (count(shape) > Integer.MAX_VALUE) {
      throw new NndException(
          "a tensor of the shape %s would have %,d elements; at most %,d are possible"
              .formatted(Arrays.toString(shape), count(shape), Integer.MAX_VALUE));
    }
    int count = (int) count(shape);
    Object array =
        switch (dtype) {
          case F32 -> new float[count];
          case F64 -> new double[count];
          case I32 -> new int[count];
          case I64 -> new long[count];
          case BOOL, U8, I8 -> new byte[count];
          case F16, BF16 -> new short[count];
        };
    return new Literal(dtype, shape, array);
  }

  /** {@return the values, converted to the given type (saturating, rounding to nearest even)} */
  public static Literal ofDoubles(DType dtype, double[] values, int... shape) {
    Literal result = zeros(dtype, shape);
    for (int i = 0; i < values.length; i++) {
      double v = values[i];
      switch (dtype) {
        case F32 -> ((float[]) result.array)[i] = (float) v;
        case F64 -> ((double[]) result.array)[i] = v;
        case I32 -> ((int[]) result.array)[i] = (int) v;
        case I64 -> ((long[]) result.array)[i] = (long) v;
        case I8 -> ((byte[]) result.array)[i] = (byte) Math.max(-128, Math.min(127, v));
        case U8 -> ((byte[]) result.array)[i] = (byte) (int) Math.max(0, Math.min(255, v));
        case BOOL -> ((byte[]) result.array)[i] = (byte) (v != 0 ? 1 : 0);
        case F16 -> ((short[]) result.array)[i] = Float.floatToFloat16((float) v);
        case BF16 -> ((short[]) result.array)[i] = bfloat16((float) v);
      }
    }
    return result;
  }

  public int count() {
    return Array.getLength(array);
  }

  /** {@return element {@code i} in row-major order, as a double} */
  public double get(int i) {
    return switch (dtype) {
      case F32 -> ((float[]) array)[i];
      case F64 -> ((double[]) array)[i];
      case I32 -> ((int[]) array)[i];
      case I64 -> ((long[]) array)[i];
      case I8, BOOL -> ((byte[]) array)[i];
      case U8 -> ((byte[]) array)[i] & 0xff;
      case F16 -> Float.float16ToFloat(((short[]) array)[i]);
      case BF16 -> Float.intBitsToFloat(((short[]) array)[i] << 16);
    };
  }

  public double[] toDoubles() {
    double[] result = new double[count()];
    for (int i = 0; i < result.length; i++) {
      result[i] = get(i);
    }
    return result;
  }

  public float[] toFloats() {
    if (array instanceof float[] floats) {
      return floats;
    }
    float[] result = new float[count()];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) get(i);
    }
    return result;
  }

  public TensorType type() {
    return new TensorType(dtype, Shape.of(Arrays.stream(shape).asLongStream().toArray()));
  }

  private static long count(int[] shape) {
    long count = 1;
    for (int size : shape) {
      if (size < 0) {
        throw new NndException("negative size in the shape " + Arrays.toString(shape));
      }
      count = Math.multiplyExact(count, (long) size);
    }
    return count;
  }

  private static short bfloat16(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short) ((bits >>> 16) | 0x40);
    }
    int roundToEven = 0x7fff + ((bits >>> 16) & 1);
    return (short) ((bits + roundToEven) >>> 16);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Literal that
        && dtype == that.dtype
        && Arrays.equals(shape, that.shape)
        && Objects.deepEquals(array, that.array);
  }

  @Override
  public int hashCode() {
    return Objects.hash(dtype, Arrays.hashCode(shape), Arrays.deepHashCode(new Object[] {array}));
  }

  @Override
  public String toString() {
    return type() + (count() <= 8 ? Arrays.toString(toDoubles()) : "{…}");
  }
}
