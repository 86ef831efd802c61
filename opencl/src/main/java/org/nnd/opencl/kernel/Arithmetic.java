package org.nnd.opencl.kernel;

import org.nnd.ir.BinaryOp;
import org.nnd.ir.Comparison;
import org.nnd.ir.DType;
import org.nnd.ir.UnaryOp;
import org.nnd.ir.reference.ErrorFunction;

/**
 * The arithmetic of kernel values, one lane at a time: f32 in double and rounded, which is exact
 * for the basic operations; integers in long and wrapped; bool as 0 and 1.
 */
final class Arithmetic {
  private Arithmetic() {}

  static double round(DType dtype, double x) {
    return dtype == DType.F64 ? x : (float) x;
  }

  static long wrap(DType dtype, long x) {
    return switch (dtype) {
      case BOOL -> x & 1;
      case U8 -> x & 0xff;
      case I8 -> (byte) x;
      case I32 -> (int) x;
      default -> x;
    };
  }

  static double unary(UnaryOp function, double x) {
    return switch (function) {
      case NEGATE -> -x;
      case ABS -> Math.abs(x);
      case SIGN -> Math.signum(x);
      case EXP -> Math.exp(x);
      case EXPM1 -> Math.expm1(x);
      case LOG -> Math.log(x);
      case LOG1P -> Math.log1p(x);
      case SQRT -> Math.sqrt(x);
      case RSQRT -> 1 / Math.sqrt(x);
      case SIN -> Math.sin(x);
      case COS -> Math.cos(x);
      case TAN -> Math.tan(x);
      case ATAN -> Math.atan(x);
      case TANH -> Math.tanh(x);
      case LOGISTIC -> 1 / (1 + Math.exp(-x));
      case ERF -> ErrorFunction.erf(x);
      case FLOOR -> Math.floor(x);
      case CEIL -> Math.ceil(x);
      case ROUND -> Math.rint(x);
      case NOT -> throw new IllegalArgumentException("not of a float");
    };
  }

  static long unary(UnaryOp function, DType dtype, long x) {
    return switch (function) {
      case NEGATE -> -x;
      case ABS -> Math.abs(x);
      case SIGN -> Long.signum(x);
      case NOT -> dtype == DType.BOOL ? 1 - x : ~x;
      default -> throw new IllegalArgumentException(function + " of an integer");
    };
  }

  static double binary(BinaryOp function, double x, double y) {
    return switch (function) {
      case ADD -> x + y;
      case SUBTRACT -> x - y;
      case MULTIPLY -> x * y;
      case DIVIDE -> x / y;
      case MAXIMUM -> Math.max(x, y);
      case MINIMUM -> Math.min(x, y);
      // As OpenCL's pow, which is 1 for base 1 and for -1 to ±∞ where Java gives NaN.
      case POWER -> x == 1 || (x == -1 && Double.isInfinite(y)) ? 1 : Math.pow(x, y);
      case REMAINDER -> x % y;
      case ATAN2 -> Math.atan2(x, y);
      case AND, OR, XOR, SHIFT_LEFT, SHIFT_RIGHT_LOGICAL ->
          throw new IllegalArgumentException(function + " of floats");
    };
  }

  static long binary(BinaryOp function, DType dtype, long x, long y) {
    int width = 8 * dtype.bytes();
    return switch (function) {
      case ADD -> x + y;
      case SUBTRACT -> x - y;
      case MULTIPLY -> x * y;
      case DIVIDE -> y == 0 ? 0 : x / y;
      case REMAINDER -> y == 0 ? 0 : x % y;
      case MAXIMUM -> Math.max(x, y);
      case MINIMUM -> Math.min(x, y);
      case POWER -> power(dtype, x, y);
      case AND -> x & y;
      case OR -> x | y;
      case XOR -> x ^ y;
      case SHIFT_LEFT -> x << (y & (width - 1));
      case SHIFT_RIGHT_LOGICAL -> {
        long unsigned = width == 64 ? x : x & ((1L << width) - 1);
        yield unsigned >>> (y & (width - 1));
      }
      case ATAN2 -> throw new IllegalArgumentException(function + " of integers");
    };
  }

  /** A negative power of anything but 1 and -1 is 0. */
  private static long power(DType dtype, long x, long y) {
    if (y < 0 && x != 1 && x != -1) {
      return 0;
    }
    long result = 1;
    long base = x;
    for (long n = Math.abs(y); n != 0; n >>>= 1) {
      result = (n & 1) != 0 ? wrap(dtype, result * base) : result;
      base = wrap(dtype, base * base);
    }
    return result;
  }

  static boolean compare(Comparison comparison, double x, double y) {
    return switch (comparison) {
      case EQ -> x == y;
      case NE -> x != y;
      case LT -> x < y;
      case LE -> x <= y;
      case GT -> x > y;
      case GE -> x >= y;
    };
  }

  static boolean compare(Comparison comparison, long x, long y) {
    return switch (comparison) {
      case EQ -> x == y;
      case NE -> x != y;
      case LT -> x < y;
      case LE -> x <= y;
      case GT -> x > y;
      case GE -> x >= y;
    };
  }

  /** Float to integer truncates and saturates, NaN gives 0. */
  static long truncate(DType dtype, double x) {
    return switch (dtype) {
      case I32 -> (int) x;
      case I8 -> (long) Math.max(-128, Math.min(127, Double.isNaN(x) ? 0 : x));
      case U8 -> (long) Math.max(0, Math.min(255, Double.isNaN(x) ? 0 : x));
      default -> (long) x;
    };
  }

  /** {@return what memory of a type holds after storing a value} */
  static double stored(DType dtype, double x) {
    return switch (dtype) {
      case F16 -> Float.float16ToFloat(Float.floatToFloat16((float) x));
      case BF16 -> {
        int bits = Float.floatToRawIntBits((float) x);
        yield Float.intBitsToFloat((bits + 0x7fff + ((bits >>> 16) & 1)) & 0xffff0000);
      }
      default -> round(dtype, x);
    };
  }
}
