package org.nnd.format;

import java.util.Optional;
import org.nnd.ir.NndException;

/**
 * How the elements of a tensor are stored: the dtypes of safetensors, by the names it gives them.
 */
public enum StorageType {
  BOOL(8),
  U8(8),
  I8(8),
  U16(16),
  I16(16),
  U32(32),
  I32(32),
  U64(64),
  I64(64),
  F16(16),
  BF16(16),
  F32(32),
  F64(64),
  /** Pairs of f32, real and imaginary part. */
  C64(64),
  F8_E5M2(8),
  F8_E4M3(8),
  F8_E8M0(8),
  F8_E5M2FNUZ(8),
  F8_E4M3FNUZ(8),
  F6_E2M3(6),
  F6_E3M2(6),
  F4(4);

  private final int bits;

  StorageType(int bits) {
    this.bits = bits;
  }

  /** The size of one element. */
  public int bits() {
    return bits;
  }

  /**
   * The bytes that {@code elements} elements take.
   *
   * @throws NndException where they do not fill whole bytes, or more than 2^63 - 1 are needed
   */
  long bytes(long elements) {
    try {
      long total = Math.multiplyExact(elements, bits);
      if (total % 8 != 0) {
        throw new NndException(
            "%d elements of %s do not fill whole bytes".formatted(elements, this));
      }
      return total / 8;
    } catch (ArithmeticException e) {
      throw new NndException(
          "%d elements of %s are more than a file holds".formatted(elements, this), e);
    }
  }

  static Optional<StorageType> named(String name) {
    for (StorageType type : values()) {
      if (type.name().equals(name)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
