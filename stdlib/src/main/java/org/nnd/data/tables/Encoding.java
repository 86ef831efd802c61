package org.nnd.data.tables;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nnd.data.Column;
import org.nnd.data.DataSet;
import org.nnd.data.Field;
import org.nnd.data.Kind;
import org.nnd.ir.NndException;
import tech.tablesaw.api.Table;

/**
 * What {@link TableSpec#fit} learnt: turns tables with the same columns into data sets. Those have
 * "features" f32 {@code [n]}, an i32 input under its own name for every {@link Feature.Code}, and
 * "label" i32 or "target" f32 {@code [1]}.
 *
 * @param labels the names of the classes, where the target is a class
 */
public record Encoding(
    List<Feature> features, String target, Optional<List<String>> labels, Missing missing) {
  public Encoding {
    features = List.copyOf(features);
    labels = labels.map(List::copyOf);
  }

  /** The names of the elements of "features": a column's, or {@code column=category}. */
  public List<String> featureNames() {
    List<String> names = new ArrayList<>();
    for (Feature f : features) {
      switch (f) {
        case Feature.Numeric n -> names.add(n.name());
        case Feature.Flag b -> names.add(b.name());
        case Feature.OneHot c -> c.categories().forEach(x -> names.add(c.name() + "=" + x));
        case Feature.Code c -> {}
      }
    }
    return names;
  }

  /**
   * Features and target of every row.
   *
   * @throws NndException where a column or a value is missing, or a category was not in the table
   *     that the encoding was fitted to; with the column and the row
   */
  public DataSet encode(Table table) {
    return data(table, Optional.of(target(table)));
  }

  /** The features of every row, for predictions: the target may be absent. */
  public DataSet inputs(Table table) {
    return data(table, Optional.empty());
  }

  private record Filled(Field field, Column column) {}

  private DataSet data(Table table, Optional<Filled> goal) {
    List<Filled> filled = new ArrayList<>();
    numbers(table).ifPresent(filled::add);
    for (Feature f : features) {
      if (f instanceof Feature.Code c) {
        filled.add(classes(Cells.of(table, c.name()), c.name(), Field.Role.INPUT, c.categories()));
      }
    }
    goal.ifPresent(filled::add);
    return DataSet.of(
        filled.stream().map(Filled::field).toList(), filled.stream().map(Filled::column).toList());
  }

  private Optional<Filled> numbers(Table table) {
    int width = featureNames().size();
    if (width == 0) {
      return Optional.empty();
    }
    int rows = table.rowCount();
    float[] out = new float[Math.multiplyExact(rows, width)];
    int at = 0;
    for (Feature f : features) {
      Cells cells = Cells.of(table, f.name());
      switch (f) {
        case Feature.Numeric n ->
            cells.fill(out, at++, width, row -> (number(cells, n, row) - n.mean()) / n.deviation());
        case Feature.Flag b -> cells.fill(out, at++, width, cells::number);
        case Feature.OneHot c -> {
          int[] codes = codes(cells, c.categories());
          for (int row = 0; row < rows; row++) {
            out[row * width + at + codes[row]] = 1;
          }
          at += c.categories().size();
        }
        case Feature.Code c -> {}
      }
    }
    Field field = Field.input("features", Kind.F32, width);
    return Optional.of(new Filled(field, Column.of("features", new int[] {rows, width}, out)));
  }

  private double number(Cells cells, Feature.Numeric feature, int row) {
    boolean filled = missing == Missing.MEAN && cells.isMissing(row);
    return filled ? feature.fill() : cells.number(row);
  }

  private Filled target(Table table) {
    Cells cells = Cells.of(table, target);
    if (labels.isPresent()) {
      return classes(cells, "label", Field.Role.TARGET, labels.get());
    }
    int rows = table.rowCount();
    float[] out = new float[rows];
    cells.fill(out, 0, 1, cells::number);
    return new Filled(
        Field.target("target", Kind.F32, 1), Column.of("target", new int[] {rows, 1}, out));
  }

  private static Filled classes(
      Cells cells, String name, Field.Role role, List<String> categories) {
    int[] codes = codes(cells, categories);
    return new Filled(
        new Field(name, role, Kind.I32, new int[0], categories),
        Column.of(name, new int[] {codes.length}, codes));
  }

  private static int[] codes(Cells cells, List<String> categories) {
    Map<String, Integer> numbers = new HashMap<>();
    categories.forEach(c -> numbers.put(c, numbers.size()));
    int[] out = new int[cells.column().size()];
    Arrays.setAll(
        out,
        row -> {
          String category = cells.category(row);
          int code = numbers.getOrDefault(category, -1);
          if (code < 0) {
            throw new NndException(
                "%s, row %d: '%s' was not among the %d categories fitted to: %s"
                    .formatted(cells.where(), row, category, categories.size(), shown(categories)));
          }
          return code;
        });
    return out;
  }

  private static String shown(List<String> categories) {
    int most = 12;
    String text = String.join(", ", categories.subList(0, Math.min(most, categories.size())));
    return categories.size() > most ? text + ", ..." : text;
  }
}
