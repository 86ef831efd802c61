package org.nnd.data;

import java.util.List;
import org.nnd.ir.NndException;

/** Some rows of a data set: one contiguous column per field, all with the same number of rows. */
public record Batch(List<Column> columns) {
  public Batch {
    columns = List.copyOf(columns);
    if (columns.isEmpty()) {
      throw new NndException("a batch needs at least one column");
    }
    for (Column c : columns) {
      if (c.rows() != columns.get(0).rows()) {
        throw new NndException(
            "columns of one batch differ in rows: %s and %s".formatted(columns.get(0), c));
      }
    }
  }

  /** The number of rows. */
  public int size() {
    return columns.get(0).rows();
  }

  /** The column {@code name}; refused where there is none. */
  public Column column(String name) {
    for (Column c : columns) {
      if (c.name().equals(name)) {
        return c;
      }
    }
    throw new NndException(
        "no column '%s'; there are %s"
            .formatted(name, columns.stream().map(Column::name).toList()));
  }
}
