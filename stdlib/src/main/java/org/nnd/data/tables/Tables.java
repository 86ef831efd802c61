package org.nnd.data.tables;

import org.nnd.dsl.Tensor;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import tech.tablesaw.api.Table;

/** Tables as values. */
public final class Tables {
  private Tables() {}

  /**
   * {@return the numbers of a table, f32 {@code [rows, columns]}} Flags are 0 or 1. Text has to be
   * encoded first, as {@link TableSpec} does.
   *
   * @throws NndException if a cell is missing or is no number, with its column and row
   */
  public static Tensor tensor(Table table) {
    int rows = table.rowCount();
    int columns = table.columnCount();
    float[] values = new float[Math.multiplyExact(rows, columns)];
    for (int c = 0; c < columns; c++) {
      Cells cells = Cells.of(table, table.column(c).name());
      for (int r = 0; r < rows; r++) {
        values[r * columns + c] = (float) cells.number(r);
      }
    }
    return Tensor.of(Literal.of(values, rows, columns));
  }
}
