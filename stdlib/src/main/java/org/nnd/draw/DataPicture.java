package org.nnd.draw;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.nnd.data.Batch;
import org.nnd.data.Column;
import org.nnd.data.DataSet;
import org.nnd.data.Field;
import org.nnd.data.Kind;
import org.nnd.format.TextTable;
import org.nnd.ir.Literal;
import org.nnd.model.Columns;

/** A data set: its columns, and its first examples where these are pictures. */
final class DataPicture {
  private static final int EXAMPLES = 20;

  private DataPicture() {}

  static Picture of(DataSet data) {
    List<List<String>> rows = new ArrayList<>();
    for (Field field : data.fields()) {
      rows.add(
          List.of(
              field.name(),
              field.role().name().toLowerCase(Locale.ROOT),
              field.kind() + Arrays.toString(field.shape()),
              Shown.shortened(String.join(", ", field.labels()), 80)));
    }
    List<String> titles = List.of("column", "role", "of an example", "classes");
    String size = Shown.count(data.size()) + " examples";
    Markup content = new Markup().element("p", size);
    content.add(Page.table(titles, List.of(false, false, false, false), rows));
    String plain =
        size
            + "\n"
            + TextTable.text(titles.stream().map(TextTable.Column::text).toList(), rows)
                .stripTrailing();
    int count = Math.min(EXAMPLES, data.size());
    if (count > 0) {
      Batch batch = data.batch(IntStream.range(0, count).toArray());
      batch.columns().stream()
          .filter(DataPicture::isPicture)
          .findFirst()
          .ifPresent(column -> content.add(examples(data, batch, column)));
    }
    return Picture.of(plain).with(Picture.HTML, Page.of(content));
  }

  private static boolean isPicture(Column column) {
    int[] shape = column.rowShape();
    return shape.length == 3
        && (shape[0] == 1 || shape[0] == 3)
        && Math.min(shape[1], shape[2]) >= Planes.LEAST_PICTURE;
  }

  private static Markup examples(DataSet data, Batch batch, Column column) {
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
        .map(
            field -> {
              int number = (int) Columns.literal(batch.column(field.name())).get(row);
              return number >= 0 && number < field.labels().size()
                  ? field.labels().get(number)
                  : String.valueOf(number);
            })
        .orElse("");
  }
}
