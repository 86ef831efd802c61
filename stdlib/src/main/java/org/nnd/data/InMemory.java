package org.nnd.data;

import java.util.Arrays;
import java.util.List;
import org.nnd.ir.NndException;

/** A data set whose rows lie in arrays. */
record InMemory(List<Field> fields, List<Column> columns) implements DataSet {
  InMemory {
    fields = List.copyOf(fields);
    columns = List.copyOf(columns);
    if (fields.isEmpty() || fields.size() != columns.size()) {
      throw new NndException(
          "a data set needs one column per field; fields %s, columns %s"
              .formatted(fields, columns));
    }
    for (int i = 0; i < fields.size(); i++) {
      check(fields.get(i), columns.get(i), columns.get(0));
    }
  }

  private static void check(Field field, Column column, Column first) {
    if (!field.name().equals(column.name())
        || field.kind() != column.kind()
        || !Arrays.equals(field.shape(), column.rowShape())) {
      throw new NndException("column %s does not fit its field %s".formatted(column, field));
    }
    if (column.rows() != first.rows()) {
      throw new NndException(
          "column '%s' has %d rows, '%s' has %d"
              .formatted(column.name(), column.rows(), first.name(), first.rows()));
    }
    switch (column.kind()) {
      case F32 -> checkFinite(column);
      case I32 -> checkLabels(field, column.ints());
      case U8, I64, BOOL -> {}
    }
  }

  private static void checkFinite(Column column) {
    float[] values = column.floats();
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new NndException(
            "column '%s', row %d, element %d: %s is not a finite number"
                .formatted(column.name(), i / column.rowSize(), i % column.rowSize(), values[i]));
      }
    }
  }

  private static void checkLabels(Field field, int[] values) {
    int classes = field.labels().size();
    boolean counts = field.role() == Field.Role.TARGET && field.shape().length == 0;
    for (int i = 0; i < values.length; i++) {
      if (counts && values[i] < 0 || classes > 0 && (values[i] < 0 || values[i] >= classes)) {
        throw new NndException(
            "column '%s', row %d: class %d, expected 0..%d"
                .formatted(field.name(), i, values[i], Math.max(0, classes - 1)));
      }
    }
  }

  @Override
  public int size() {
    return columns.get(0).rows();
  }

  @Override
  public Batch batch(int[] rows, long epoch) {
    Fields.checkRows(rows, size());
    return new Batch(columns.stream().map(c -> c.gather(rows)).toList());
  }

  @Override
  public String toString() {
    return size() + " examples of " + fields;
  }
}
