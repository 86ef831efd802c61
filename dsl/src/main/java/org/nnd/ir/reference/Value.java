package org.nnd.ir.reference;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;

/**
 * A tensor under evaluation, row-major: floating-point elements as doubles, all others as longs.
 */
sealed interface Value {
  DType dtype();

  int[] shape();

  int count();

  /** Element {@code i} as a double. */
  double real(int i);

  /**
   * {@return a tensor of the given shape whose element {@code i} is element {@code source(i)} of
   * this one, or {@code fill} where {@code source(i)} is negative}
   */
  Value rearrange(int[] shape, IntUnaryOperator source, double fill);

  Value withShape(int[] shape);

  /** {@return this tensor as a literal; floating-point types as f64} */
  Literal literal();

  record Reals(DType dtype, int[] shape, double[] values) implements Value {
    /** Rounds the values, in place, to what the type can hold (f16 and bf16 only). */
    public Reals {
      if (dtype == DType.F16 || dtype == DType.BF16) {
        Literal rounded = Literal.ofDoubles(dtype, values, values.length);
        for (int i = 0; i < values.length; i++) {
          values[i] = rounded.get(i);
        }
      }
    }

    @Override
    public int count() {
      return values.length;
    }

    @Override
    public double real(int i) {
      return values[i];
    }

    @Override
    public Value rearrange(int[] newShape, IntUnaryOperator source, double fill) {
      double[] result = new double[Indexing.count(newShape)];
      for (int i = 0; i < result.length; i++) {
        int from = source.applyAsInt(i);
        result[i] = from < 0 ? fill : values[from];
      }
      return new Reals(dtype, newShape, result);
    }

    @Override
    public Value withShape(int[] newShape) {
      return new Reals(dtype, newShape, values);
    }

    @Override
    public Literal literal() {
      return Literal.of(values, shape);
    }
  }

  record Integers(DType dtype, int[] shape, long[] values) implements Value {
    /** Wraps the values, in place, to what the type can hold. */
    public Integers {
      for (int i = 0; i < values.length; i++) {
        values[i] = wrap(dtype, values[i]);
      }
    }

    static long wrap(DType dtype, long value) {
      return switch (dtype) {
        case BOOL -> value & 1;
        case U8 -> value & 0xff;
        case I8 -> (byte) value;
        case I32 -> (int) value;
        case I64 -> value;
        case F16, BF16, F32, F64 -> throw new IllegalArgumentException(dtype + " as integers");
      };
    }

    @Override
    public int count() {
      return values.length;
    }

    @Override
    public double real(int i) {
      return values[i];
    }

    @Override
    public Value rearrange(int[] newShape, IntUnaryOperator source, double fill) {
      long filling = Elementwise.saturate(dtype, fill);
      long[] result = new long[Indexing.count(newShape)];
      for (int i = 0; i < result.length; i++) {
        int from = source.applyAsInt(i);
        result[i] = from < 0 ? filling : values[from];
      }
      return new Integers(dtype, newShape, result);
    }

    @Override
    public Value withShape(int[] newShape) {
      return new Integers(dtype, newShape, values);
    }

    @Override
    public Literal literal() {
      Literal result = Literal.zeros(dtype, shape);
      for (int i = 0; i < values.length; i++) {
        switch (result.array()) {
          case long[] longs -> longs[i] = values[i];
          case int[] ints -> ints[i] = (int) values[i];
          case byte[] bytes -> bytes[i] = (byte) values[i];
          default -> throw new IllegalStateException("literal of " + dtype);
        }
      }
      return result;
    }
  }

  /** {@return the elements of a literal under the given type, which is of the same kind} */
  static Value of(DType dtype, Literal literal) {
    if (dtype.isFloat()) {
      return new Reals(dtype, literal.shape(), literal.toDoubles().clone());
    }
    long[] values = new long[literal.count()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (literal.array()) {
            case long[] longs -> longs[i];
            case int[] ints -> ints[i];
            case byte[] bytes -> bytes[i];
            default -> throw new IllegalArgumentException("a literal of " + literal.dtype());
          };
    }
    return new Integers(dtype, literal.shape(), values);
  }

  static Reals reals(Value value) {
    return switch (value) {
      case Reals reals -> reals;
      case Integers integers -> throw new IllegalArgumentException("a float is wanted");
    };
  }

  static Integers integers(Value value) {
    return switch (value) {
      case Integers integers -> integers;
      case Reals reals -> throw new IllegalArgumentException("an integer is wanted");
    };
  }

  static String describe(DType dtype, int[] shape) {
    return dtype + Arrays.toString(shape);
  }
}
