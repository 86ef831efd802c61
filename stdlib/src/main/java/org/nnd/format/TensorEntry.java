package org.nnd.format;

import java.util.Arrays;

/**
 * Where a tensor lies in a safetensors file.
 *
 * @param begin its first byte, counted from the end of the header
 * @param end the byte after its last
 */
public record TensorEntry(String name, StorageType type, long[] shape, long begin, long end) {
  public TensorEntry {
    shape = shape.clone();
  }

  /** The number of elements. */
  public long elements() {
    return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TensorEntry e
        && name.equals(e.name)
        && type == e.type
        && Arrays.equals(shape, e.shape)
        && begin == e.begin
        && end == e.end;
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return name + " " + type + Arrays.toString(shape);
  }
}
