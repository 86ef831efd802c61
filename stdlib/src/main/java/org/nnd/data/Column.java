package org.nnd.data;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Objects;
import org.nnd.ir.NndException;

/**
 * A named host tensor: {@code shape[0]} rows, each of {@code shape[1..]}, contiguous in C order.
 * The array is not copied; whoever hands it over does not change it afterwards.
 *
 * @param array a primitive array of {@link Kind#arrayType()} with as many elements as the shape has
 */
public record Column(String name, Kind kind, int[] shape, Object array) {
  public Column {
    Objects.requireNonNull(name);
    shape = shape.clone();
    if (shape.length == 0) {
      throw new NndException("column '" + name + "': the shape needs a leading number of rows");
    }
    if (!kind.arrayType().isInstance(array)) {
      throw new NndException(
          "column '%s': %s is held in %s, got %s"
              .formatted(
                  name, kind, kind.arrayType().getSimpleName(), array.getClass().getSimpleName()));
    }
    long expected = Shapes.count(shape);
    if (Array.getLength(array) != expected) {
      throw new NndException(
          "column '%s': shape %s has %d elements, the array has %d"
              .formatted(name, Arrays.toString(shape), expected, Array.getLength(array)));
    }
  }

  /** Column {@code name} of floats. */
  public static Column of(String name, int[] shape, float[] values) {
    return new Column(name, Kind.F32, shape, values);
  }

  /** Column {@code name} of integers. */
  public static Column of(String name, int[] shape, int[] values) {
    return new Column(name, Kind.I32, shape, values);
  }

  /** The number of rows. */
  public int rows() {
    return shape[0];
  }

  /** The shape of one row. */
  public int[] rowShape() {
    return Arrays.copyOfRange(shape, 1, shape.length);
  }

  /** The number of elements in one row. */
  public int rowSize() {
    return (int) Shapes.count(rowShape());
  }

  /** The array, where this is a column of floats. */
  public float[] floats() {
    return (float[]) expect(Kind.F32);
  }

  /** The array, where this is a column of 32-bit integers. */
  public int[] ints() {
    return (int[]) expect(Kind.I32);
  }

  /** These rows in this order, as a new contiguous column. */
  public Column gather(int[] rows) {
    int size = rowSize();
    Object to = kind.allocate(Math.multiplyExact(rows.length, size));
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(array, rows[i] * size, to, i * size, size);
    }
    return new Column(name, kind, Shapes.batched(rows.length, rowShape()), to);
  }

  private Object expect(Kind wanted) {
    if (kind != wanted) {
      throw new NndException("column '%s' holds %s, not %s".formatted(name, kind, wanted));
    }
    return array;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Column c
        && name.equals(c.name)
        && kind == c.kind
        && Arrays.equals(shape, c.shape)
        && Objects.deepEquals(array, c.array);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, kind, Arrays.hashCode(shape));
  }

  @Override
  public String toString() {
    return name + " " + kind + Arrays.toString(shape);
  }
}
