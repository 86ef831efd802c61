package org.nnd.onnx.exports;

import org.nnd.ir.DType;

/** The element types of ONNX. */
public final class ElementTypes {
  private ElementTypes() {}

  /** {@return the number of the type in {@code TensorProto.DataType}} */
  public static long code(DType dtype) {
    return switch (dtype) {
      case F32 -> 1;
      case U8 -> 2;
      case I8 -> 3;
      case I32 -> 6;
      case I64 -> 7;
      case BOOL -> 9;
      case F16 -> 10;
      case F64 -> 11;
      case BF16 -> 16;
    };
  }

  /** {@return the type that values of a type are computed in} */
  static DType working(DType dtype) {
    return switch (dtype) {
      case F16, BF16, F32, F64 -> DType.F32;
      case BOOL, I8, U8, I32 -> DType.I32;
      case I64 -> DType.I64;
    };
  }
}
