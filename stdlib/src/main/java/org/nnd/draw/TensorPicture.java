package org.nnd.draw;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nnd.dsl.Tensor;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;

/**
 * A tensor: type, statistics and histogram, and its elements as numbers where they are few, else as
 * a heat map, or as pictures where the last axes look like some.
 */
final class TensorPicture {
  private static final int MOST_PLANES = 32;
  private static final int MOST_ROWS = 16;
  private static final int MOST_COLUMNS = 12;

  private TensorPicture() {}

  static Picture of(Literal value) {
    String plain = Tensor.of(value).toString();
    Statistics statistics = Statistics.of(value);
    Markup content = new Markup().open("div", "class", "row");
    content.open("div").add(table(value, statistics)).close();
    if (value.count() > 8 && statistics.finite() > 0 && value.dtype() != DType.BOOL) {
      content.open("div").add(Histogram.svg(value, statistics)).close();
    }
    content.close();
    if (value.count() == 0) {
      content.element("p", "no elements", "class", "m");
      return Picture.of(plain).with(Picture.HTML, Page.of(value.type().toString(), content));
    }
    ColourScale scale = ColourScale.of(statistics);
    if (isFew(value)) {
      content.add(numbers(value, scale));
      return Picture.of(plain).with(Picture.HTML, Page.of(value.type().toString(), content));
    }
    Planes planes = Planes.of(value.shape().length == 1 ? wrapped(value) : value);
    Planes.Arrangement arrangement = Planes.Arrangement.of(planes, MOST_PLANES);
    boolean grey = isGrey(value, planes, statistics);
    BufferedImage sheet = planes.sheet(arrangement, grey ? ColourScale.grey() : scale);
    content.add(Raster.image(sheet, 1, value.type().toString()));
    if (planes.colours() == 1 && !grey) {
      content.add(scale.legend());
    }
    notes(value, planes, arrangement.block())
        .forEach(note -> content.element("p", note, "class", "m"));
    return Picture.of(plain)
        .with(Picture.HTML, Page.of(value.type().toString(), content))
        .with(Picture.PNG, Raster.png(sheet));
  }

  static Picture of(BufferedImage image) {
    String plain = "picture of %d x %d".formatted(image.getWidth(), image.getHeight());
    int scale = Raster.scale(Math.max(image.getWidth(), image.getHeight()), 200, 8);
    return Picture.of(plain)
        .with(Picture.HTML, Page.of(Raster.image(image, scale, plain)))
        .with(Picture.PNG, Raster.png(image));
  }

  private static Markup table(Literal value, Statistics s) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("elements", Shown.count(value.count())));
    if (s.finite() > 0 && value.count() > 1) {
      rows.add(List.of("mean", Shown.number(s.mean())));
      rows.add(List.of("deviation", Shown.number(s.deviation())));
      rows.add(List.of("from", Shown.number(s.least())));
      rows.add(List.of("to", Shown.number(s.greatest())));
    }
    if (s.zeros() > 0) {
      rows.add(List.of("zeros", Shown.count(s.zeros())));
    }
    if (s.nan() > 0) {
      rows.add(List.of("not a number", Shown.count(s.nan())));
    }
    if (s.infinite() > 0) {
      rows.add(List.of("infinite", Shown.count(s.infinite())));
    }
    Markup table = new Markup().open("table", "class", "t").open("tbody");
    for (List<String> row : rows) {
      table
          .open("tr")
          .element("td", row.get(0), "class", "m")
          .element("td", row.get(1), "class", "n")
          .close();
    }
    return table.close().close();
  }

  private static boolean isFew(Literal value) {
    int[] shape = value.shape();
    return shape.length <= 2
        && (shape.length == 0 || shape[shape.length - 1] <= MOST_COLUMNS)
        && (shape.length < 2 || shape[0] <= MOST_ROWS);
  }

  /** Every element as a number on its colour. */
  private static Markup numbers(Literal value, ColourScale scale) {
    int columns = value.shape().length == 0 ? 1 : value.shape()[value.shape().length - 1];
    Markup table = new Markup().open("table", "class", "t").open("tbody");
    for (int start = 0; start < value.count(); start += columns) {
      table.open("tr");
      for (int i = start; i < start + columns; i++) {
        double v = value.get(i);
        int rgb = scale.rgb(v);
        String text = value.dtype() == DType.BOOL ? String.valueOf(v != 0) : Shown.number(v);
        table.element(
            "td",
            text,
            "class",
            "n",
            "style",
            "padding:2px 8px;background:%s;color:%s"
                .formatted(Palette.css(rgb), Palette.inkOn(rgb)));
      }
      table.close();
    }
    return table.close().close();
  }

  /** Pictures of one channel, {@code [N, 1, H, W]} or {@code [1, H, W]}. */
  private static boolean isGrey(Literal value, Planes planes, Statistics statistics) {
    int[] shape = value.shape();
    return shape.length >= 3
        && shape.length <= 4
        && shape[shape.length - 3] == 1
        && Math.min(planes.rows(), planes.columns()) >= Planes.LEAST_PICTURE
        && statistics.least() >= 0
        && statistics.greatest() <= 1;
  }

  /** A long vector in rows of one length, what is missing at the end not-a-number. */
  private static Literal wrapped(Literal value) {
    int columns = Math.clamp((int) Math.ceil(Math.sqrt(value.count() * 4.0)), 1, HeatMap.MOST);
    columns = Math.min(columns, value.count());
    int rows = Math.ceilDiv(value.count(), columns);
    double[] all = new double[rows * columns];
    Arrays.fill(all, Double.NaN);
    for (int i = 0; i < value.count(); i++) {
      all[i] = value.get(i);
    }
    return Literal.of(all, rows, columns);
  }

  private static List<String> notes(Literal value, Planes planes, int block) {
    List<String> notes = new ArrayList<>();
    if (value.shape().length == 1) {
      notes.add(
          "row by row, %s elements each%s"
              .formatted(
                  Shown.count(planes.columns()),
                  value.count() % planes.columns() == 0 ? "" : "; grey: nothing"));
    }
    if (planes.count() > 1) {
      String leading =
          Arrays.toString(Arrays.copyOf(value.shape(), value.shape().length - axes(planes)));
      notes.add(
          planes.count() > MOST_PLANES
              ? "the first %d of %s planes %s"
                  .formatted(MOST_PLANES, Shown.count(planes.count()), leading)
              : "planes " + leading + ", row by row");
    }
    if (block > 1) {
      notes.add(
          planes.colours() == 1
              ? "each pixel the mean of %d x %d elements".formatted(block, block)
              : "every %d. pixel".formatted(block));
    }
    return notes;
  }

  private static int axes(Planes planes) {
    return planes.colours() == 3 ? 3 : 2;
  }
}
