package org.nnd.opencl.kernel;

import org.nnd.ir.DType;

/** The type of a value in a kernel: an element type and a number of lanes, 1 for a scalar. */
public record VType(DType dtype, int lanes) {
  public static VType scalar(DType dtype) {
    return new VType(dtype, 1);
  }

  public VType withLanes(int count) {
    return new VType(dtype, count);
  }

  /** {@return the name in OpenCL C; a bool value is an int} */
  public String cl() {
    return element(dtype) + (lanes == 1 ? "" : lanes);
  }

  static String element(DType dtype) {
    return switch (dtype) {
      case BOOL, I32 -> "int";
      case U8 -> "uchar";
      case I8 -> "char";
      case I64 -> "long";
      case F16, BF16, F32 -> "float";
      case F64 -> "double";
    };
  }

  /** {@return the name of the type that arrays of {@code dtype} have in memory} */
  static String stored(DType dtype) {
    return switch (dtype) {
      case BOOL -> "uchar";
      case F16 -> "half";
      case BF16 -> "ushort";
      default -> element(dtype);
    };
  }
}
