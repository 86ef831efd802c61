package org.nnd.draw;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nnd.data.Batch;
import org.nnd.data.Column;
import org.nnd.data.DataSet;
import org.nnd.data.Field;
import org.nnd.data.Kind;
import org.nnd.data.Loader;
import org.nnd.data.TrainTest;
import org.nnd.data.tables.Encoding;
import org.nnd.data.tables.Feature;
import org.nnd.format.TextTable;
import org.nnd.ir.Literal;
import org.nnd.model.Columns;

/**
 * Data: how many examples there are, what their columns are, and the first examples, as pictures
 * where they are some.
 */
final class DataPicture {
  private static final int EXAMPLES = 20;
  private static final int EXAMPLES_OF_A_PART = 10;
  private static final int ROWS = 5;
  private static final int NUMBERS = 6;
  private static final int WIDEST = 80;
  private static final List<TextTable.Column> COLUMNS =
      Stream.of("column", "role", "of an example", "classes").map(TextTable.Column::text).toList();

  private DataPicture() {}

  static Picture of(DataSet data) {
    String size = examples(data.size());
    Markup content = new Markup().element("p", size);
    String plain = columns(data, content) + examples(data, EXAMPLES, content);
    return Picture.of((size + "\n" + plain).stripTrailing()).with(Picture.HTML, Page.of(content));
  }

  /** {@return data in two parts; of each the first examples} */
  static Picture of(TrainTest data) {
    Map<String, DataSet> parts = new LinkedHashMap<>();
    parts.put("train", data.train());
    parts.put("test", data.test());
    String sizes =
        parts.entrySet().stream()
            .map(part -> part.getKey() + ": " + examples(part.getValue().size()))
            .collect(Collectors.joining(", "));
    Markup content = new Markup().element("p", sizes);
    StringBuilder plain = new StringBuilder(sizes + "\n");
    boolean alike = data.train().fields().equals(data.test().fields());
    if (alike) {
      plain.append(columns(data.train(), content));
    }
    parts.forEach(
        (name, part) -> {
          content.element("h4", name);
          StringBuilder text = new StringBuilder();
          if (!alike) {
            text.append(columns(part, content));
          }
          text.append(examples(part, EXAMPLES_OF_A_PART, content));
          plain.append(text.isEmpty() ? "" : name + "\n" + text);
        });
    return Picture.of(plain.toString().stripTrailing()).with(Picture.HTML, Page.of(content));
  }

  /** {@return how batches are read, and from what} */
  static Picture of(Loader loader) {
    String how =
        "%s of %s, %s"
            .formatted(
                Shown.counted(loader.batches(), "batch", "batches"),
                examples(loader.batchSize()),
                loader.shuffled() ? "shuffled by seed " + loader.seed() : "in order");
    Picture data = of(loader.data());
    return Picture.of(how + "\n" + data.plain())
        .with(
            Picture.HTML,
            Page.of(new Markup().element("p", how).raw(data.forms().get(Picture.HTML))));
  }

  /** {@return what becomes of the columns of a table} */
  static Picture of(Encoding encoding) {
    List<List<String>> rows = new ArrayList<>();
    for (Feature feature : encoding.features()) {
      rows.add(List.of(feature.name(), Shown.shortened(becomes(feature), WIDEST)));
    }
    rows.add(
        List.of(
            encoding.target(),
            Shown.shortened(
                encoding
                    .labels()
                    .map(labels -> "the target, a class: " + String.join(", ", labels))
                    .orElse("the target, a number"),
                WIDEST)));
    List<TextTable.Column> titles =
        List.of(TextTable.Column.text("column"), TextTable.Column.text("becomes"));
    String size = Shown.counted(encoding.featureNames().size(), "feature", "features");
    Markup content = new Markup().element("p", size).add(table(titles, rows));
    return Picture.of((size + "\n" + TextTable.text(titles, rows)).stripTrailing())
        .with(Picture.HTML, Page.of(content));
  }

  private static String examples(int count) {
    return Shown.counted(count, "example", "examples");
  }

  private static String becomes(Feature feature) {
    return switch (feature) {
      case Feature.Numeric n when n.mean() == 0 && n.deviation() == 1 -> "a number, as it is";
      case Feature.Numeric n ->
          "a number, (x - %s) / %s".formatted(Shown.number(n.mean()), Shown.number(n.deviation()));
      case Feature.Flag f -> "0 or 1";
      case Feature.OneHot c -> "a 1 at one of " + String.join(", ", c.categories());
      case Feature.Code c ->
          "an input of its own, the number of " + String.join(", ", c.categories());
    };
  }

  private static Markup table(List<TextTable.Column> titles, List<List<String>> rows) {
    return Page.table(
        titles.stream().map(TextTable.Column::title).toList(),
        titles.stream().map(TextTable.Column::right).toList(),
        rows);
  }

  /** {@return the columns as text; those who draw get them in {@code content}} */
  private static String columns(DataSet data, Markup content) {
    List<List<String>> rows = new ArrayList<>();
    for (Field field : data.fields()) {
      rows.add(
          List.of(
              field.name(),
              field.role().name().toLowerCase(Locale.ROOT),
              field.kind() + Arrays.toString(field.shape()),
              Shown.shortened(String.join(", ", field.labels()), WIDEST)));
    }
    content.add(table(COLUMNS, rows));
    return TextTable.text(COLUMNS, rows);
  }

  /** {@return the first examples as text, nothing of pictures; these are drawn} */
  private static String examples(DataSet data, int most, Markup content) {
    int count = Math.min(most, data.size());
    if (count == 0) {
      return "";
    }
    Batch batch = data.batch(IntStream.range(0, count).toArray());
    Optional<Column> picture = batch.columns().stream().filter(DataPicture::isPicture).findFirst();
    if (picture.isPresent()) {
      content.add(pictures(data, batch, picture.get()));
      return "";
    }
    List<TextTable.Column> titles =
        batch.columns().stream().map(column -> TextTable.Column.text(column.name())).toList();
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < Math.min(ROWS, count); i++) {
      int row = i;
      rows.add(
          batch.columns().stream()
              .map(column -> numbers(data.field(column.name()), column, row))
              .toList());
    }
    String heading =
        rows.size() == data.size() ? "the examples" : "the first %d".formatted(rows.size());
    content.element("p", heading, "class", "m").add(table(titles, rows));
    return heading + "\n" + TextTable.text(titles, rows);
  }

  /** The first numbers of an example, or the name of its class. */
  private static String numbers(Field field, Column column, int row) {
    Literal value = Columns.literal(column);
    int size = column.rowSize();
    if (size == 1 && !field.labels().isEmpty()) {
      return Shown.shortened(name(field, (int) value.get(row)), WIDEST);
    }
    String first =
        IntStream.range(0, Math.min(NUMBERS, size))
            .mapToObj(i -> Shown.number(value.get(row * size + i)))
            .collect(Collectors.joining(", "));
    return size > NUMBERS ? first + ", …" : first;
  }

  private static String name(Field field, int number) {
    return number >= 0 && number < field.labels().size()
        ? field.labels().get(number)
        : String.valueOf(number);
  }

  private static boolean isPicture(Column column) {
    int[] shape = column.rowShape();
    return shape.length == 3
        && (shape[0] == 1 || shape[0] == 3)
        && Math.min(shape[1], shape[2]) >= Planes.LEAST_PICTURE;
  }

  private static Markup pictures(DataSet data, Batch batch, Column column) {
    Literal value = Columns.literal(column);
    Planes planes = Planes.of(value);
    Statistics statistics = Statistics.of(value);
    boolean unit = statistics.least() >= 0 && statistics.greatest() <= 1;
    ColourScale scale =
        unit
            ? ColourScale.grey()
            : new ColourScale(statistics.least(), statistics.greatest(), ColourScale.Kind.GREY);
    int size = Raster.scale(Math.max(planes.rows(), planes.columns()), 64, 4);
    int block = HeatMap.block(planes.rows(), planes.columns(), 128);
    Markup out = new Markup().open("div", "class", "row", "style", "gap:6px 8px;max-width:760px");
    for (int i = 0; i < planes.count(); i++) {
      BufferedImage image = planes.image(i, scale, block);
      out.open("div", "style", "text-align:center")
          .add(Raster.image(image, size, "example " + i))
          .element("span", label(data, batch, i), "class", "m")
          .close();
    }
    return out.close();
  }

  /** The class of an example, where it has one. */
  private static String label(DataSet data, Batch batch, int row) {
    return data.fields().stream()
        .filter(f -> f.role() == Field.Role.TARGET && f.kind() != Kind.F32 && f.shape().length == 0)
        .findFirst()
        .map(field -> name(field, (int) Columns.literal(batch.column(field.name())).get(row)))
        .orElse("");
  }
}
