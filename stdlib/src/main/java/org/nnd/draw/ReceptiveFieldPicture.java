package org.nnd.draw;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.nnd.format.TextTable;
import org.nnd.ir.NndException;
import org.nnd.model.EffectiveReceptiveField;
import org.nnd.model.Model;
import org.nnd.model.ReceptiveField;
import org.nnd.model.ReceptiveFields;

/**
 * What a network sees of its input: in theory, layer by layer, and in effect, by the gradient (Luo
 * et al. 2016).
 */
public final class ReceptiveFieldPicture {
  private static final int SIDE = 260;
  private static final double BAR = 220;

  private ReceptiveFieldPicture() {}

  /** {@return the theoretical field of every layer beside the effective one of the network} */
  public static Picture fieldOfView(Model model) {
    EffectiveReceptiveField effective = ReceptiveFields.effectiveReceptiveField(model);
    List<ReceptiveField> fields = ReceptiveFields.receptiveFields(model);
    String plain = table(fields) + "\n" + summary(effective) + "\n" + effective;
    Markup content = new Markup().open("div", "class", "row");
    content
        .open("div")
        .element("h4", "theoretical, by the first layer that sees as much")
        .add(bars(fields))
        .close();
    content.open("div").element("h4", "effective").add(map(effective)).add(shares(effective));
    content.close().close();
    return Picture.of(plain.stripTrailing())
        .with(Picture.HTML, Page.of(content))
        .with(Picture.PNG, Raster.png(enlarged(effective)));
  }

  static Picture of(EffectiveReceptiveField field) {
    Markup content = new Markup().add(map(field)).add(shares(field));
    return Picture.of(summary(field) + "\n" + field.toString().stripTrailing())
        .with(Picture.HTML, Page.of("effective receptive field", content))
        .with(Picture.PNG, Raster.png(enlarged(field)));
  }

  /** {@return the fields of layers of one network, such as {@code receptiveFields(model)} gives} */
  static Picture of(List<ReceptiveField> fields) {
    return Picture.of(table(fields))
        .with(Picture.HTML, Page.of("theoretical receptive fields", bars(fields)));
  }

  /** The layers that see more or less than those before; all, to be unfolded. */
  private static Markup bars(List<ReceptiveField> fields) {
    Set<String> met = new HashSet<>();
    List<ReceptiveField> distinct =
        fields.stream().filter(field -> met.add(field.toString())).toList();
    Markup out = bars(distinct, fields);
    if (distinct.size() < fields.size()) {
      Markup heading = new Markup().text("all %d layers".formatted(fields.size()));
      out.add(Page.details(false, heading, bars(fields, fields)));
    }
    return out;
  }

  /** A bar for each layer, the width of the input marked. */
  private static Markup bars(List<ReceptiveField> some, List<ReceptiveField> fields) {
    long extent = fields.get(0).inputSize();
    long most = fields.stream().mapToLong(ReceptiveField::size).max().orElse(1);
    double unit = BAR / Math.max(most, extent);
    Markup table = new Markup().open("table", "class", "t").open("thead").open("tr");
    table.element("th", "layer").element("th", "sees").element("th", "");
    table.close().close().open("tbody");
    for (ReceptiveField field : some) {
      table.open("tr").element("td", Shown.shortened(field.path(), 40), "title", field.path());
      table.element("td", field.toString(), "class", "n").open("td");
      Markup bar = new Markup();
      bar.empty(
          "rect",
          "x",
          0,
          "y",
          3,
          "width",
          Math.max(1, unit * field.size()),
          "height",
          9,
          "fill",
          Palette.series(field.global() ? 1 : 0));
      bar.empty(
          "line",
          "x1",
          unit * extent,
          "x2",
          unit * extent,
          "y1",
          0,
          "y2",
          15,
          "stroke",
          "currentColor",
          "stroke-dasharray",
          "3 2");
      table.add(Page.svg(field.toString(), BAR + 2, 15, bar)).close().close();
    }
    return table
        .close()
        .close()
        .element(
            "p",
            "broken line: the width of the input, %d%s"
                .formatted(
                    extent,
                    fields.stream().anyMatch(ReceptiveField::global)
                        ? "; vermilion: and everything else through a sum over all positions"
                        : ""),
            "class",
            "m");
  }

  private static BufferedImage enlarged(EffectiveReceptiveField field) {
    return Raster.enlarged(image(field), scale(field));
  }

  private static int scale(EffectiveReceptiveField field) {
    return Raster.scale(Math.max(field.height(), field.width()), SIDE, 24);
  }

  private static BufferedImage image(EffectiveReceptiveField field) {
    return HeatMap.paint(
        field.height(),
        field.width(),
        (row, column) -> Palette.amount(level(field.at(row, column))));
  }

  /** Heat falls off steeply: its logarithm over four powers of ten. */
  private static double level(double heat) {
    return 1 + Math.log10(Math.max(heat, 1e-9)) / 4;
  }

  private static Markup map(EffectiveReceptiveField field) {
    Markup out = Raster.image(image(field), scale(field), "effective receptive field");
    return out.add(new ColourScale(1e-4, 1, ColourScale.Kind.AMOUNT).legend())
        .element("p", "gradient of the middle, share of the largest, logarithmic", "class", "m");
  }

  private static final List<Double> SHARES = List.of(0.2, 0.3, 0.5, 0.99);

  /** Table 11 of Ding et al. 2022. */
  private static Markup shares(EffectiveReceptiveField field) {
    List<List<String>> rows = new ArrayList<>();
    for (double share : SHARES) {
      int side = field.side(share);
      double area =
          Math.min(side, field.height())
              * (double) Math.min(side, field.width())
              / (field.height() * (double) field.width());
      rows.add(
          List.of(
              "%.0f %%".formatted(100 * share),
              field.height() == 1 ? side + "" : side + " x " + side,
              Shown.percent(area)));
    }
    return Page.table(
        List.of("of the gradient", "within", "of the input"), List.of(true, true, true), rows);
  }

  private static String summary(EffectiveReceptiveField field) {
    return "effective receptive field: half of the gradient within %1$d x %1$d of %2$d x %3$d"
        .formatted(field.side(0.5), field.height(), field.width());
  }

  private static String table(List<ReceptiveField> fields) {
    if (fields.isEmpty()) {
      throw new NndException("no layer has a result with positions");
    }
    List<List<String>> rows = new ArrayList<>();
    for (ReceptiveField field : fields) {
      rows.add(List.of(field.path(), field.toString()));
    }
    return TextTable.text(
            List.of(TextTable.Column.text("layer"), TextTable.Column.number("sees")), rows)
        + "the input is %d wide".formatted(fields.get(0).inputSize());
  }
}
