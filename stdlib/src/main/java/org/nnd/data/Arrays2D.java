package org.nnd.data;

import java.util.Arrays;
import org.nnd.ir.NndException;

/** Rows of floats to one contiguous column; ragged rows and numbers that are not finite refused. */
final class Arrays2D {
  private Arrays2D() {}

  static int width(float[][] rows) {
    return rows.length == 0 ? 0 : rows[0].length;
  }

  static Column column(String name, int[] rowShape, float[][] rows) {
    int size = (int) Shapes.count(rowShape);
    float[] out = new float[(int) Shapes.count(Shapes.batched(rows.length, rowShape))];
    for (int r = 0; r < rows.length; r++) {
      if (rows[r].length != size) {
        throw new NndException(
            "%s, row %d: %d values, expected %d for shape %s"
                .formatted(name, r, rows[r].length, size, Arrays.toString(rowShape)));
      }
      System.arraycopy(rows[r], 0, out, r * size, size);
    }
    return Column.of(name, Shapes.batched(rows.length, rowShape), out);
  }
}
