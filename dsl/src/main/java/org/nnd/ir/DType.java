package org.nnd.ir;

import java.util.Locale;

/** The element types of tensors. Arithmetic runs in f32 (f64 in the reference evaluator). */
public enum DType {
  BOOL(1),
  U8(1),
  I8(1),
  I32(4),
  I64(8),
  F16(2),
  BF16(2),
  F32(4),
  F64(8);

  private final int bytes;

  DType(int bytes) {
    this.bytes = bytes;
  }

  /** {@return the size of one element in memory, in bytes} */
  public int bytes() {
    return bytes;
  }

  public boolean isFloat() {
    return this == F16 || this == BF16 || this == F32 || this == F64;
  }

  /** {@return whether this is an integer type; {@code bool} is not} */
  public boolean isInteger() {
    return this == U8 || this == I8 || this == I32 || this == I64;
  }

  /** {@return the type with the given printed name, such as {@code f32}} */
  public static DType parse(String name) {
    for (DType type : values()) {
      if (type.toString().equals(name)) {
        return type;
      }
    }
    throw new NndException(
        "unknown element type '" + name + "', expected one of f32, i32, bool, …");
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
