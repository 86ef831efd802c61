package org.nnd.draw;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.nnd.data.tables.TableRows;
import org.nnd.ir.NndException;

/** A table: its first and last rows, the kinds of its columns and what is missing in them. */
public final class TablePicture {
  private static final int ROWS = 20;
  private static final int MOST_COLUMNS = 40;
  private static final int WIDEST = 60;
  private static final int LONG_NUMBER = 10;

  private TablePicture() {}

  /**
   * {@return a table with more or fewer rows than it shows by itself}
   *
   * @param most at most so many rows, the first and the last ones
   * @throws org.nnd.ir.NndException if the value is no table
   */
  public static Picture rows(Object table, int most) {
    return TableRows.of(table, Math.max(2, most))
        .map(rows -> of(rows, table.toString()))
        .orElseThrow(() -> new NndException("rows: expected a table, got a " + kind(table)));
  }

  private static String kind(Object value) {
    return value == null ? "null" : value.getClass().getSimpleName();
  }

  static Optional<Picture> of(Object value) {
    return TableRows.of(value, ROWS).map(rows -> of(rows, value.toString()));
  }

  private static Picture of(TableRows rows, String plain) {
    List<TableRows.ColumnHead> heads =
        rows.columns().subList(0, Math.min(MOST_COLUMNS, rows.columns().size()));
    Markup table = new Markup().open("table", "class", "t").open("thead").open("tr");
    table.element("th", "", "class", "n");
    heads.forEach(head -> table.element("th", head.name(), "class", head.number() ? "n" : ""));
    table.close().open("tr").element("th", "", "class", "n");
    heads.forEach(
        head ->
            table.element(
                "th",
                head.type().toLowerCase(Locale.ROOT)
                    + (head.missing() == 0 ? "" : ", %,d missing".formatted(head.missing())),
                "class",
                head.number() ? "n m" : "m",
                "style",
                "font-weight:400"));
    table.close().close().open("tbody");
    body(table, heads, rows.first(), 1);
    if (!rows.last().isEmpty()) {
      table.open("tr").element("td", "⋮", "class", "n m", "colspan", "1");
      heads.forEach(head -> table.element("td", "", "class", "m"));
      table.close();
      body(table, heads, rows.last(), rows.rowCount() - rows.last().size() + 1);
    }
    table.close().close();
    List<String> notes = new ArrayList<>();
    notes.add(
        "%s rows, %s columns"
            .formatted(Shown.count(rows.rowCount()), Shown.count(rows.columns().size())));
    if (rows.columns().size() > heads.size()) {
      notes.add("the first %d columns are shown".formatted(heads.size()));
    }
    table.element("p", String.join("; ", notes), "class", "m");
    return Picture.of(plain)
        .with(Picture.HTML, rows.name().isEmpty() ? Page.of(table) : Page.of(rows.name(), table));
  }

  /** Of fractions with many digits the first six. */
  private static String rounded(String cell) {
    if (cell.length() <= LONG_NUMBER || !cell.contains(".")) {
      return cell;
    }
    return new BigDecimal(cell).round(new MathContext(6)).stripTrailingZeros().toString();
  }

  private static void body(
      Markup table, List<TableRows.ColumnHead> heads, List<List<String>> rows, int number) {
    IntStream.range(0, rows.size())
        .forEach(
            r -> {
              table.open("tr").element("td", "" + (number + r), "class", "n m");
              for (int c = 0; c < heads.size(); c++) {
                String cell = rows.get(r).get(c);
                table.element(
                    "td",
                    heads.get(c).number() ? rounded(cell) : Shown.shortened(cell, WIDEST),
                    "class",
                    heads.get(c).number() ? "n" : "",
                    "title",
                    cell.length() > (heads.get(c).number() ? LONG_NUMBER : WIDEST) ? cell : "");
              }
              table.close();
            });
  }
}
