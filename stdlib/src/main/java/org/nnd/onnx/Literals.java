package org.nnd.onnx;

import org.nnd.ir.DType;
import org.nnd.ir.Literal;

/** Literals under other element types. */
final class Literals {
  private Literals() {}

  /** {@return the values in the type wanted; integers exactly} */
  static Literal to(DType dtype, Literal literal) {
    if (literal.dtype() == dtype) {
      return literal;
    }
    if (dtype == DType.I64 && literal.array() instanceof int[] ints) {
      long[] longs = new long[ints.length];
      for (int i = 0; i < longs.length; i++) {
        longs[i] = ints[i];
      }
      return Literal.of(longs, literal.shape());
    }
    return Literal.ofDoubles(dtype, literal.toDoubles().clone(), literal.shape());
  }
}
