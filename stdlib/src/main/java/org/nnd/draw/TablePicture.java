package org.nnd.draw;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nnd.data.tables.TableRows;
import org.nnd.format.TextTable;
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
   * @throws org.nnd.ir.NndException if the value is no table, or {@code most} is not above 0
   */
  public static Picture rows(Object table, int most) {
    if (most < 1) {
      throw new NndException("rows: the number of rows to show must be above 0, got " + most);
    }
    return TableRows.of(table, most)
        .map(TablePicture::of)
        .orElseThrow(() -> new NndException("rows: expected a table, got a " + kind(table)));
  }

  private static String kind(Object value) {
    return value == null ? "null" : value.getClass().getSimpleName();
  }

  static Optional<Picture> of(Object value) {
    return TableRows.of(value, ROWS).map(TablePicture::of);
  }

  private static Picture of(TableRows rows) {
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
                kind(head),
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
    String note = note(rows, heads.size());
    table.element("p", note, "class", "m");
    return Picture.of(plain(rows, heads, note))
        .with(Picture.HTML, rows.name().isEmpty() ? Page.of(table) : Page.of(rows.name(), table));
  }

  private static String kind(TableRows.ColumnHead head) {
    return head.type().toLowerCase(Locale.ROOT)
        + (head.missing() == 0 ? "" : String.format(Locale.ROOT, ", %,d missing", head.missing()));
  }

  private static String note(TableRows rows, int shown) {
    int columns = rows.columns().size();
    return "%s rows, %s columns%s"
        .formatted(
            Shown.count(rows.rowCount()),
            Shown.count(columns),
            columns > shown ? "; the first %d columns are shown".formatted(shown) : "");
  }

  /** The same rows and columns, aligned. */
  private static String plain(TableRows rows, List<TableRows.ColumnHead> heads, String note) {
    List<TextTable.Column> columns = new ArrayList<>(List.of(TextTable.Column.number("")));
    heads.forEach(head -> columns.add(new TextTable.Column(line(head.name()), head.number())));
    List<List<String>> lines = new ArrayList<>();
    lines.add(line("", heads.stream().map(TablePicture::kind)));
    for (int r = 0; r < rows.first().size(); r++) {
      lines.add(line("" + (r + 1), cells(heads, rows.first().get(r))));
    }
    if (!rows.last().isEmpty()) {
      lines.add(line("⋮", heads.stream().map(head -> "")));
    }
    int next = rows.rowCount() - rows.last().size() + 1;
    for (int r = 0; r < rows.last().size(); r++) {
      lines.add(line("" + (next + r), cells(heads, rows.last().get(r))));
    }
    String title = rows.name().isEmpty() ? "" : line(rows.name()) + "\n";
    return title + TextTable.text(columns, lines) + note;
  }

  private static List<String> line(String first, Stream<String> others) {
    return Stream.concat(Stream.of(first), others).toList();
  }

  private static Stream<String> cells(List<TableRows.ColumnHead> heads, List<String> row) {
    return IntStream.range(0, heads.size()).mapToObj(c -> line(cell(heads.get(c), row.get(c))));
  }

  /** Text in one line. */
  private static String line(String text) {
    return Shown.shortened(text, WIDEST).replaceAll("\\R", " ");
  }

  private static String cell(TableRows.ColumnHead head, String text) {
    return head.number() ? rounded(text) : Shown.shortened(text, WIDEST);
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
                    cell(heads.get(c), cell),
                    "class",
                    heads.get(c).number() ? "n" : "",
                    "title",
                    cell.length() > (heads.get(c).number() ? LONG_NUMBER : WIDEST) ? cell : "");
              }
              table.close();
            });
  }
}
