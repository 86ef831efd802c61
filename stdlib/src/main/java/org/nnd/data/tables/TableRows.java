package org.nnd.data.tables;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * The first and the last rows of a table as text, for those who show it.
 *
 * @param rowCount of the whole table
 * @param first rows from the beginning, a text for each column; empty where a value is missing
 * @param last rows up to the end, none that is among the first
 */
public record TableRows(
    String name,
    int rowCount,
    List<ColumnHead> columns,
    List<List<String>> first,
    List<List<String>> last) {
  /**
   * A column.
   *
   * @param type as Tablesaw calls it, such as {@code DOUBLE}
   * @param missing how many values are missing
   */
  public record ColumnHead(String name, String type, boolean number, int missing) {}

  /**
   * {@return the rows of a table; nothing if {@code value} is none}
   *
   * @param most rows at most; of longer tables half of them are from the beginning
   */
  public static Optional<TableRows> of(Object value, int most) {
    return value instanceof Table table ? Optional.of(of(table, most)) : Optional.empty();
  }

  private static TableRows of(Table table, int most) {
    int count = table.rowCount();
    int first = count <= most ? count : most - most / 2;
    int last = count <= most ? 0 : most / 2;
    List<ColumnHead> heads = new ArrayList<>();
    for (Column<?> column : table.columns()) {
      ColumnType type = column.type();
      boolean number =
          List.of(
                  ColumnType.DOUBLE,
                  ColumnType.FLOAT,
                  ColumnType.INTEGER,
                  ColumnType.LONG,
                  ColumnType.SHORT)
              .contains(type);
      heads.add(new ColumnHead(column.name(), type.name(), number, column.countMissing()));
    }
    return new TableRows(
        table.name() == null ? "" : table.name(),
        count,
        heads,
        rows(table, 0, first),
        rows(table, count - last, count));
  }

  private static List<List<String>> rows(Table table, int from, int to) {
    List<List<String>> rows = new ArrayList<>();
    for (int r = from; r < to; r++) {
      List<String> row = new ArrayList<>();
      for (Column<?> column : table.columns()) {
        row.add(column.isMissing(r) ? "" : column.getString(r));
      }
      rows.add(row);
    }
    return rows;
  }
}
