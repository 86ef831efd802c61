package org.nnd.data;

/** What the elements of a column are, and the primitive Java array that holds them. */
public enum Kind {
  F32(float[].class),
  I32(int[].class),
  /** Unsigned bytes in a {@code byte[]}. */
  U8(byte[].class),
  I64(long[].class),
  BOOL(boolean[].class);

  private final Class<?> arrayType;

  Kind(Class<?> arrayType) {
    this.arrayType = arrayType;
  }

  /** The class of the arrays that hold this kind, such as {@code float[].class}. */
  public Class<?> arrayType() {
    return arrayType;
  }

  /** A new array of {@code length} zeros. */
  public Object allocate(int length) {
    return java.lang.reflect.Array.newInstance(arrayType.getComponentType(), length);
  }
}
