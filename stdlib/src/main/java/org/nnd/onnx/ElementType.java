package org.nnd.onnx;

import java.util.Locale;
import java.util.Optional;
import org.nnd.ir.DType;
import org.nnd.ir.NndException;

/**
 * ONNX's element types. The tensor graph has fewer: 16-bit integers are held in i32, u32 and u64 in
 * i64 (u64 modulo 2^64), and values wrap after arithmetic.
 */
public enum ElementType {
  FLOAT(1, DType.F32, 4),
  UINT8(2, DType.U8, 1),
  INT8(3, DType.I8, 1),
  UINT16(4, DType.I32, 2),
  INT16(5, DType.I32, 2),
  INT32(6, DType.I32, 4),
  INT64(7, DType.I64, 8),
  STRING(8, null, 0),
  BOOL(9, DType.BOOL, 1),
  FLOAT16(10, DType.F16, 2),
  DOUBLE(11, DType.F64, 8),
  UINT32(12, DType.I64, 4),
  UINT64(13, DType.I64, 8),
  COMPLEX64(14, null, 8),
  COMPLEX128(15, null, 16),
  BFLOAT16(16, DType.BF16, 2);

  private final int code;
  private final Optional<DType> storage;
  private final int bytes;

  ElementType(int code, DType storage, int bytes) {
    this.code = code;
    this.storage = Optional.ofNullable(storage);
    this.bytes = bytes;
  }

  /** {@return the number of this type in {@code TensorProto.DataType}} */
  public int code() {
    return code;
  }

  /** {@return the size of an element in a file, in bytes; 0 for strings} */
  public int bytes() {
    return bytes;
  }

  /** {@return whether the tensor graph can hold elements of this type} */
  public boolean isNumeric() {
    return storage.isPresent();
  }

  /** {@return the element type of the tensor graph that holds this one} */
  public DType storage() {
    return storage.orElseThrow(
        () -> new NndException("tensors of " + this + " are not supported; numbers are"));
  }

  public boolean isFloat() {
    return storage.filter(DType::isFloat).isPresent();
  }

  public boolean isUnsigned() {
    return this == UINT8 || this == UINT16 || this == UINT32 || this == UINT64;
  }

  /** {@return whether the graph holds elements in a wider type, so that results must be wrapped} */
  public boolean isNarrowed() {
    return this == UINT16 || this == INT16 || this == UINT32;
  }

  /** {@return the type that a tensor of the graph has by itself} */
  public static ElementType of(DType dtype) {
    return switch (dtype) {
      case BOOL -> BOOL;
      case U8 -> UINT8;
      case I8 -> INT8;
      case I32 -> INT32;
      case I64 -> INT64;
      case F16 -> FLOAT16;
      case BF16 -> BFLOAT16;
      case F32 -> FLOAT;
      case F64 -> DOUBLE;
    };
  }

  /** {@return the type with a number of {@code TensorProto.DataType}, if it is one of these} */
  public static Optional<ElementType> of(long code) {
    for (ElementType type : values()) {
      if (type.code == code) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
