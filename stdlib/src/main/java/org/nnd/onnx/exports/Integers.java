package org.nnd.onnx.exports;

import java.util.List;
import java.util.Map;
import org.nnd.ir.BinaryOp;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;

/**
 * Integer arithmetic as the tensor graph defines it, of operators that every runtime has. Opset 17
 * has no bitwise operators: bytes are looked up in a table.
 */
final class Integers {
  private Integers() {}

  /** The quotient truncated towards zero; by zero it is zero, by -1 it wraps. */
  static String divide(Arithmetic a, String x, String y) {
    String zero = a.equal(y, 0);
    String minus = a.equal(y, -1);
    String safe = a.where(a.call("Or", zero, minus), a.number(1), y);
    String quotient = a.where(minus, a.call("Neg", x), a.divide(x, safe));
    return a.where(zero, a.number(0), quotient);
  }

  static String remainder(Arithmetic a, String x, String y) {
    String rest = a.subtract(x, a.multiply(divide(a, x, y), y));
    return a.where(a.equal(y, 0), a.number(0), rest);
  }

  /** Square and multiply; the exponents have at most as many bits as the type. */
  static String power(Arithmetic a, String x, String y) {
    String result = a.number(1);
    String square = x;
    int bits = 8 * a.dtype().bytes() - 1;
    String rest = y;
    for (int bit = 0; bit < bits; bit++) {
      String odd = a.equal(a.modulo(rest, 2), 1);
      result = a.multiply(result, a.where(odd, square, a.number(1)));
      if (bit + 1 < bits) {
        square = a.multiply(square, square);
        rest = a.divide(a.subtract(rest, a.modulo(rest, 2)), a.number(2));
      }
    }
    String odd = a.equal(a.modulo(y, 2), 1);
    String ones = a.where(a.equal(x, 1), a.number(1), a.number(0));
    String signs = a.where(odd, a.number(-1), a.number(1));
    String inverse = a.where(a.equal(x, -1), signs, ones);
    return a.where(a.less(y, 0), inverse, result);
  }

  /** Each byte of the result is an entry of a table of 256 times 256. */
  static String bitwise(Arithmetic a, DType dtype, BinaryOp function, String x, String y) {
    Arithmetic wide = new Arithmetic(a.scope(), DType.I64);
    String left = a.scope().cast(x, a.dtype(), DType.I64);
    String right = a.scope().cast(y, a.dtype(), DType.I64);
    String result = bytes(wide, function, left, right, dtype.bytes());
    return a.scope().cast(result, DType.I64, a.dtype());
  }

  /**
   * {@return the lowest bytes of a bitwise function of i64 values, the others zero} It is negative
   * only if all eight bytes are asked for.
   */
  static String bytes(Arithmetic a, BinaryOp function, String x, String y, int bytes) {
    String table = a.scope().constant(table(function));
    String sum = null;
    for (int i = 0; i < bytes; i++) {
      String index = a.add(a.multiply(digit(a, x, i), a.number(256)), digit(a, y, i));
      String value = a.multiply(a.call("Gather", table, index), a.number(Math.pow(256, i)));
      // The highest byte carries the sign.
      String part = i < 7 ? value : highest(a, a.call("Gather", table, index));
      sum = sum == null ? part : a.add(sum, part);
    }
    return sum;
  }

  private static String highest(Arithmetic a, String digit) {
    String signed = a.where(a.less(digit, 128), digit, a.subtract(digit, a.number(256)));
    return a.multiply(signed, a.number(0x1p56));
  }

  private static String digit(Arithmetic a, String x, int place) {
    return a.modulo(place == 0 ? x : floor(a, x, Math.pow(256, place)), 256);
  }

  /** {@return ⌊x / y⌋ for a positive power of two} */
  private static String floor(Arithmetic a, String x, double y) {
    return a.divide(a.subtract(x, a.modulo(x, y)), a.number(y));
  }

  private static Literal table(BinaryOp function) {
    long[] table = new long[256 * 256];
    for (int i = 0; i < table.length; i++) {
      int x = i >> 8;
      int y = i & 255;
      table[i] =
          switch (function) {
            case AND -> x & y;
            case OR -> x | y;
            case XOR -> x ^ y;
            default -> throw new IllegalArgumentException(function + " is not bitwise");
          };
    }
    return Literal.of(table, table.length);
  }

  /** Times a power of two; a narrow type wraps when the result is brought back to it. */
  static String shiftLeft(Arithmetic a, DType dtype, String x, String y) {
    int bits = 8 * dtype.bytes();
    long[] powers = new long[bits];
    for (int i = 0; i < bits; i++) {
      powers[i] = 1L << i;
    }
    String table = a.scope().constant(Literal.of(powers, bits));
    String amount = a.scope().cast(a.modulo(y, bits), a.dtype(), DType.I64);
    String power = a.scope().cast(a.call("Gather", table, amount), DType.I64, a.dtype());
    return a.multiply(x, power);
  }

  /** ONNX shifts unsigned integers only. */
  static String shiftRight(Arithmetic a, DType dtype, String x, String y) {
    int bits = 8 * dtype.bytes();
    String unsigned = bits < 32 ? a.modulo(x, 1 << bits) : x;
    long type = a.dtype() == DType.I64 ? 13 : 12; // uint64, uint32
    String shifted =
        a.scope()
            .call(
                "BitShift",
                List.of(as(a, unsigned, type), as(a, a.modulo(y, bits), type)),
                Map.of("direction", "RIGHT"));
    return as(a, shifted, ElementTypes.code(a.dtype()));
  }

  private static String as(Arithmetic a, String x, long type) {
    return a.scope().call("Cast", List.of(x), Map.of("to", type));
  }
}
