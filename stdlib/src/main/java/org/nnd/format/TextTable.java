package org.nnd.format;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Columns of text, aligned: words to the left, numbers to the right. */
public final class TextTable {
  private TextTable() {}

  /** A column with its title. */
  public record Column(String title, boolean right) {
    public static Column text(String title) {
      return new Column(title, false);
    }

    public static Column number(String title) {
      return new Column(title, true);
    }
  }

  /** {@return the lines, titles first} */
  public static String text(List<Column> columns, List<List<String>> rows) {
    List<String> titles = columns.stream().map(Column::title).toList();
    int[] widths =
        IntStream.range(0, columns.size())
            .map(
                i ->
                    Stream.concat(Stream.of(titles), rows.stream())
                        .mapToInt(row -> row.get(i).length())
                        .max()
                        .orElse(0))
            .toArray();
    return Stream.concat(Stream.of(titles), rows.stream())
        .map(row -> line(columns, widths, row) + "\n")
        .collect(Collectors.joining());
  }

  private static String line(List<Column> columns, int[] widths, List<String> row) {
    return IntStream.range(0, widths.length)
        .mapToObj(i -> cell(columns.get(i), widths[i], row.get(i)))
        .collect(Collectors.joining("  "))
        .stripTrailing();
  }

  private static String cell(Column column, int width, String text) {
    String space = " ".repeat(width - text.length());
    return column.right() ? space + text : text + space;
  }
}
