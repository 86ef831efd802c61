package org.nnd.ir.reference;

import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;
import org.nnd.ir.BinaryOp;
import org.nnd.ir.Comparison;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;
import org.nnd.ir.UnaryOp;
import org.nnd.ir.reference.Value.Integers;
import org.nnd.ir.reference.Value.Reals;

/** The elementwise operations. */
final class Elementwise {
  private Elementwise() {}

  static Value unary(UnaryOp function, Value x) {
    return switch (x) {
      case Reals reals -> {
        DoubleUnaryOperator f = real(function);
        double[] result = new double[reals.count()];
        for (int i = 0; i < result.length; i++) {
          result[i] = f.applyAsDouble(reals.values()[i]);
        }
        yield new Reals(x.dtype(), x.shape(), result);
      }
      case Integers integers -> {
        LongUnaryOperator f = integer(function);
        long[] result = new long[integers.count()];
        for (int i = 0; i < result.length; i++) {
          result[i] = f.applyAsLong(integers.values()[i]);
        }
        yield new Integers(x.dtype(), x.shape(), result);
      }
    };
  }

  private static DoubleUnaryOperator real(UnaryOp function) {
    return switch (function) {
      case NEGATE -> x -> -x;
      case ABS -> Math::abs;
      case SIGN -> Math::signum;
      case EXP -> Math::exp;
      case EXPM1 -> Math::expm1;
      case LOG -> Math::log;
      case LOG1P -> Math::log1p;
      case SQRT -> Math::sqrt;
      case RSQRT -> x -> 1 / Math.sqrt(x);
      case SIN -> Math::sin;
      case COS -> Math::cos;
      case TAN -> Math::tan;
      case ATAN -> Math::atan;
      case TANH -> Math::tanh;
      case LOGISTIC -> Elementwise::logistic;
      case ERF -> ErrorFunction::erf;
      case FLOOR -> Math::floor;
      case CEIL -> Math::ceil;
      case ROUND -> Math::rint;
      case NOT -> throw new IllegalArgumentException("not of a float");
    };
  }

  /** 1 / (1 + e^-x), without loss of relative accuracy for negative x. */
  private static double logistic(double x) {
    double e = Math.exp(-Math.abs(x));
    return x < 0 ? e / (1 + e) : 1 / (1 + e);
  }

  private static LongUnaryOperator integer(UnaryOp function) {
    return switch (function) {
      case NEGATE -> x -> -x;
      case ABS -> Math::abs;
      case SIGN -> Long::signum;
      case NOT -> x -> ~x;
      case EXP, EXPM1, LOG, LOG1P, SQRT, RSQRT, SIN, COS, TAN, ATAN, TANH, LOGISTIC, ERF, FLOOR ->
          throw new IllegalArgumentException(function + " of an integer");
      case CEIL, ROUND -> throw new IllegalArgumentException(function + " of an integer");
    };
  }

  static Value binary(BinaryOp function, Value x, Value y) {
    return switch (x) {
      case Reals reals -> {
        DoubleBinaryOperator f = real(function);
        double[] other = Value.reals(y).values();
        double[] result = new double[reals.count()];
        for (int i = 0; i < result.length; i++) {
          result[i] = f.applyAsDouble(reals.values()[i], other[i]);
        }
        yield new Reals(x.dtype(), x.shape(), result);
      }
      case Integers integers -> {
        LongBinaryOperator f = integer(function, x.dtype());
        long[] other = Value.integers(y).values();
        long[] result = new long[integers.count()];
        for (int i = 0; i < result.length; i++) {
          result[i] = f.applyAsLong(integers.values()[i], other[i]);
        }
        yield new Integers(x.dtype(), x.shape(), result);
      }
    };
  }

  static DoubleBinaryOperator real(BinaryOp function) {
    return switch (function) {
      case ADD -> Double::sum;
      case SUBTRACT -> (x, y) -> x - y;
      case MULTIPLY -> (x, y) -> x * y;
      case DIVIDE -> (x, y) -> x / y;
      case MAXIMUM -> Math::max;
      case MINIMUM -> Math::min;
      case POWER -> Elementwise::power;
      case REMAINDER -> (x, y) -> x % y;
      case ATAN2 -> Math::atan2;
      case AND, OR, XOR, SHIFT_LEFT, SHIFT_RIGHT_LOGICAL ->
          throw new IllegalArgumentException(function + " of floats");
    };
  }

  /** IEEE 754's pow, which is 1 for base 1 and for -1 to ±∞ where Java gives NaN. */
  private static double power(double x, double y) {
    return x == 1 || (x == -1 && Double.isInfinite(y)) ? 1 : Math.pow(x, y);
  }

  static LongBinaryOperator integer(BinaryOp function, DType dtype) {
    int bits = 8 * dtype.bytes();
    long mask = bits == 64 ? -1 : (1L << bits) - 1;
    return switch (function) {
      case ADD -> Long::sum;
      case SUBTRACT -> (x, y) -> x - y;
      case MULTIPLY -> (x, y) -> x * y;
      case DIVIDE -> (x, y) -> y == 0 ? 0 : x / y;
      case MAXIMUM -> Math::max;
      case MINIMUM -> Math::min;
      case POWER -> Elementwise::power;
      case REMAINDER -> (x, y) -> y == 0 ? 0 : x % y;
      case AND -> (x, y) -> x & y;
      case OR -> (x, y) -> x | y;
      case XOR -> (x, y) -> x ^ y;
      case SHIFT_LEFT -> (x, y) -> x << (y & (bits - 1));
      case SHIFT_RIGHT_LOGICAL -> (x, y) -> (x & mask) >>> (y & (bits - 1));
      case ATAN2 -> throw new IllegalArgumentException("atan2 of integers");
    };
  }

  /** Wrapping power; a negative exponent truncates 1 / x^-y towards zero. */
  private static long power(long x, long y) {
    if (y < 0) {
      return x == 1 ? 1 : x == -1 ? (y % 2 == 0 ? 1 : -1) : 0;
    }
    long result = 1;
    for (long square = x, rest = y; rest > 0; rest >>= 1, square *= square) {
      result = (rest & 1) == 1 ? result * square : result;
    }
    return result;
  }

  static Value compare(Comparison comparison, Value x, Value y) {
    long[] result = new long[x.count()];
    for (int i = 0; i < result.length; i++) {
      boolean holds =
          switch (x) {
            case Reals reals -> holds(comparison, reals.values()[i], Value.reals(y).values()[i]);
            case Integers integers ->
                holds(comparison, integers.values()[i], Value.integers(y).values()[i]);
          };
      result[i] = holds ? 1 : 0;
    }
    return new Integers(DType.BOOL, x.shape(), result);
  }

  private static boolean holds(Comparison comparison, double x, double y) {
    return switch (comparison) {
      case EQ -> x == y;
      case NE -> x != y;
      case LT -> x < y;
      case LE -> x <= y;
      case GT -> x > y;
      case GE -> x >= y;
    };
  }

  private static boolean holds(Comparison comparison, long x, long y) {
    return switch (comparison) {
      case EQ -> x == y;
      case NE -> x != y;
      case LT -> x < y;
      case LE -> x <= y;
      case GT -> x > y;
      case GE -> x >= y;
    };
  }

  static Value select(Value predicate, Value whenTrue, Value whenFalse) {
    long[] chosen = Value.integers(predicate).values();
    Value both =
        Rearranging.concatenate(
            0,
            List.of(
                whenTrue.withShape(new int[] {whenTrue.count()}),
                whenFalse.withShape(new int[] {whenFalse.count()})));
    int count = whenTrue.count();
    return both.rearrange(whenTrue.shape(), i -> chosen[i] != 0 ? i : count + i, 0);
  }

  static Value convert(Value x, DType dtype) {
    if (dtype.isFloat()) {
      double[] result = new double[x.count()];
      for (int i = 0; i < result.length; i++) {
        result[i] = x.real(i);
      }
      return new Reals(dtype, x.shape(), result);
    }
    long[] result = new long[x.count()];
    for (int i = 0; i < result.length; i++) {
      result[i] =
          switch (x) {
            case Reals reals -> saturate(dtype, reals.values()[i]);
            case Integers integers when dtype == DType.BOOL -> integers.values()[i] != 0 ? 1 : 0;
            case Integers integers -> integers.values()[i];
          };
    }
    return new Integers(dtype, x.shape(), result);
  }

  /** {@return the value truncated towards zero and limited to the range of the type; NaN is 0} */
  static long saturate(DType dtype, double value) {
    return switch (dtype) {
      case BOOL -> value != 0 ? 1 : 0;
      case U8 -> (long) Math.max(0, Math.min(255, value));
      case I8 -> (long) Math.max(-128, Math.min(127, value));
      case I32 -> (int) value;
      case I64 -> (long) value;
      case F16, BF16, F32, F64 -> throw new IllegalArgumentException(dtype + " as an integer");
    };
  }

  static Value bitcast(Value x, DType dtype) {
    int count = x.count();
    long[] bits = new long[count];
    for (int i = 0; i < count; i++) {
      bits[i] =
          switch (x) {
            case Integers integers -> integers.values()[i];
            case Reals reals -> bits(reals.dtype(), reals.values()[i]);
          };
    }
    if (!dtype.isFloat()) {
      if (dtype == DType.BOOL) {
        for (int i = 0; i < count; i++) {
          bits[i] = bits[i] != 0 ? 1 : 0;
        }
      }
      return new Integers(dtype, x.shape(), bits);
    }
    double[] result = new double[count];
    for (int i = 0; i < count; i++) {
      result[i] = number(dtype, bits[i]);
    }
    return new Reals(dtype, x.shape(), result);
  }

  private static long bits(DType dtype, double value) {
    return switch (dtype) {
      case F64 -> Double.doubleToRawLongBits(value);
      case F32 -> Float.floatToRawIntBits((float) value);
      case F16, BF16 -> ((short[]) Literal.ofDoubles(dtype, new double[] {value}).array())[0];
      case BOOL, U8, I8, I32, I64 -> throw new IllegalArgumentException(dtype + " as a float");
    };
  }

  private static double number(DType dtype, long bits) {
    return switch (dtype) {
      case F64 -> Double.longBitsToDouble(bits);
      case F32 -> Float.intBitsToFloat((int) bits);
      case F16, BF16 -> new Literal(dtype, new int[0], new short[] {(short) bits}).get(0);
      case BOOL, U8, I8, I32, I64 -> throw new IllegalArgumentException(dtype + " as a float");
    };
  }
}
