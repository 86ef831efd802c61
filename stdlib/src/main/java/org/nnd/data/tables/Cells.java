package org.nnd.data.tables;

import java.util.Comparator;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.nnd.ir.NndException;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** One column of a table, read by row with every failure placed. */
record Cells(String where, Column<?> column) {

  static Cells of(Table table, String name) {
    List<String> names = table.columnNames();
    if (!names.contains(name)) {
      throw new NndException(
          "%sno column '%s'; there are %s".formatted(prefix(table), name, names));
    }
    return new Cells(prefix(table) + "column '" + name + "'", table.column(name));
  }

  private static String prefix(Table table) {
    return table.name() == null || table.name().isEmpty() ? "" : table.name() + ": ";
  }

  /** How this column becomes inputs. */
  Feature fit(boolean asCode, boolean standardised, Missing missing) {
    String name = column.name();
    return switch (column) {
      case NumericColumn<?> n when asCode -> new Feature.Code(name, categories());
      case NumericColumn<?> n -> numeric(standardised, missing);
      case StringColumn s ->
          asCode ? new Feature.Code(name, categories()) : new Feature.OneHot(name, categories());
      case BooleanColumn b ->
          asCode ? new Feature.Code(name, categories()) : new Feature.Flag(name);
      default -> throw unsuitable();
    };
  }

  private Feature numeric(boolean standardised, Missing missing) {
    double[] present =
        IntStream.range(0, column.size())
            .filter(r -> missing == Missing.REFUSE || !column.isMissing(r))
            .mapToDouble(this::number)
            .toArray();
    if (present.length == 0) {
      throw new NndException(where + ": no values");
    }
    double mean =
        IntStream.range(0, present.length).mapToDouble(i -> present[i]).sum() / present.length;
    double squares =
        IntStream.range(0, present.length)
            .mapToDouble(i -> (present[i] - mean) * (present[i] - mean))
            .sum();
    double deviation = StrictMath.sqrt(squares / present.length);
    if (!standardised) {
      return new Feature.Numeric(column.name(), 0, 1, mean);
    }
    // A constant column says nothing: it becomes 0 throughout.
    return new Feature.Numeric(column.name(), mean, deviation > 0 ? deviation : 1, mean);
  }

  /** The different values in their order: numbers by size, text by its characters. */
  List<String> categories() {
    IntStream rows = IntStream.range(0, column.size());
    Comparator<String> order =
        column instanceof NumericColumn<?>
            ? Comparator.comparingLong(Long::parseLong)
            : Comparator.naturalOrder();
    return rows.mapToObj(this::category).distinct().sorted(order).toList();
  }

  /** The value of a row as a category. */
  String category(int row) {
    // Text set to "" later is missing too, though Tablesaw does not count it.
    if (column.isMissing(row) || column instanceof StringColumn s && s.get(row).isEmpty()) {
      throw missing(row, "");
    }
    return switch (column) {
      case StringColumn s -> s.get(row);
      case BooleanColumn b -> String.valueOf(b.get(row));
      case NumericColumn<?> n -> whole(row, n.getDouble(row));
      default -> throw unsuitable();
    };
  }

  private String whole(int row, double value) {
    if (value != StrictMath.rint(value) || Math.abs(value) > 1L << 53) {
      throw new NndException(
          "%s, row %d: %s is not a whole number and cannot be a class"
              .formatted(where, row, value));
    }
    return String.valueOf((long) value);
  }

  /** The finite value of a row. */
  double number(int row) {
    if (column.isMissing(row)) {
      throw missing(row, " or fill it with missing(Missing.MEAN)");
    }
    double value =
        switch (column) {
          case NumericColumn<?> n -> n.getDouble(row);
          case BooleanColumn b -> b.getDouble(row);
          default ->
              throw new NndException(
                  "%s holds %s, expected numbers".formatted(where, column.type().name()));
        };
    if (!Double.isFinite(value)) {
      throw new NndException("%s, row %d: %s is not a finite number".formatted(where, row, value));
    }
    return value;
  }

  boolean isMissing(int row) {
    return column.isMissing(row);
  }

  private NndException missing(int row, String orElse) {
    return new NndException(
        "%s, row %d: the value is missing; drop the row%s".formatted(where, row, orElse));
  }

  private NndException unsuitable() {
    return new NndException(
        "%s holds %s; numbers, text and booleans can be learnt from"
            .formatted(where, column.type().name()));
  }

  /** Values of all rows put at {@code offset + row * stride}. */
  void fill(float[] out, int offset, int stride, IntToDoubleFunction f) {
    for (int row = 0; row < column.size(); row++) {
      out[offset + row * stride] = (float) f.applyAsDouble(row);
    }
  }
}
