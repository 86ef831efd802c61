package org.nnd.draw;

import org.nnd.data.DataSet;
import org.nnd.explain.Amount;
import org.nnd.model.Model;
import org.nnd.train.ConfusionMatrix;

/** A confusion matrix: shares of each true class as colours, counts as numbers. */
public final class ConfusionPicture {
  private static final int MOST_NUMBERS = 24;
  private static final int CELL = 40;
  private static final int SMALL_CELL = 6;

  private ConfusionPicture() {}

  /** {@return which classes a model takes for which; shows itself as a coloured table} */
  public static ConfusionMatrix confusion(Model model, DataSet data) {
    return ConfusionMatrix.of(model, data);
  }

  static Picture of(ConfusionMatrix matrix) {
    int classes = matrix.labels().size();
    boolean numbers = classes <= MOST_NUMBERS;
    int cell = numbers ? CELL : SMALL_CELL;
    int longest = matrix.labels().stream().mapToInt(String::length).max().orElse(0);
    double left = numbers ? Math.min(160, 7 * longest + 30) : 24;
    double top = numbers ? (longest > 5 ? Math.min(130, 5.5 * longest + 34) : 40) : 24;
    double side = (double) classes * cell;
    double right = numbers ? 64 : 8;
    Markup out = new Markup();
    out.element(
        "text",
        "predicted",
        "x",
        left + side / 2,
        "y",
        12,
        "text-anchor",
        "middle",
        "opacity",
        0.8);
    out.element(
        "text",
        "true",
        "x",
        12,
        "y",
        top + side / 2,
        "text-anchor",
        "middle",
        "opacity",
        0.8,
        "transform",
        "rotate(-90 12 %s)".formatted(Markup.number(top + side / 2)));
    for (int i = 0; i < classes; i++) {
      row(out, matrix, i, left, top, cell, numbers);
    }
    if (numbers) {
      labels(out, matrix, left, top, longest > 5);
      out.element("text", "recall", "x", left + side + 8, "y", top - 6, "opacity", 0.8);
    }
    String label = "confusion matrix of %d classes".formatted(classes);
    double width = left + side + right;
    double height = top + side + 8;
    Markup content =
        new Markup()
            .element(
                "p",
                "accuracy %s of %s examples"
                    .formatted(Shown.percent(matrix.accuracy()), Shown.count(matrix.examples())))
            .add(Page.svg(label, width, height, out));
    return Picture.of(matrix.toString())
        .with(Picture.HTML, Page.of(content))
        .with(Picture.SVG, Page.alone(label, width, height, out));
  }

  private static void row(
      Markup out,
      ConfusionMatrix matrix,
      int i,
      double left,
      double top,
      int cell,
      boolean numbers) {
    long all = matrix.counts().get(i).stream().mapToLong(n -> n).sum();
    for (int j = 0; j < matrix.labels().size(); j++) {
      long count = matrix.count(i, j);
      if (count == 0 && !numbers) {
        continue;
      }
      double share = all == 0 ? 0 : (double) count / all;
      // Right ones are blue, wrong ones vermilion; the root shows the few beside the many.
      int hue = i == j ? Palette.SERIES.get(0) : Palette.SERIES.get(1);
      double x = left + j * cell;
      double y = top + i * cell;
      out.open("g");
      out.element(
          "title",
          "%s taken for %s: %s of %s (%s)"
              .formatted(
                  matrix.labels().get(i),
                  matrix.labels().get(j),
                  Shown.count(count),
                  Shown.count(all),
                  Shown.percent(share)));
      out.empty(
          "rect",
          "x",
          x,
          "y",
          y,
          "width",
          cell - 1,
          "height",
          cell - 1,
          "fill",
          count == 0 ? "currentColor" : Palette.css(hue),
          "fill-opacity",
          count == 0 ? 0.04 : 0.08 + 0.62 * Math.sqrt(share));
      if (numbers && count > 0) {
        out.element(
            "text",
            count < 100_000 ? String.valueOf(count) : Amount.text(count, ""),
            "x",
            x + cell / 2.0,
            "y",
            y + cell / 2.0 + 4,
            "text-anchor",
            "middle");
      }
      out.close();
    }
    if (numbers) {
      double recall = matrix.recall(i);
      out.element(
          "text",
          Double.isNaN(recall) ? "none" : Shown.percent(recall),
          "x",
          left + matrix.labels().size() * (double) cell + 8,
          "y",
          top + i * cell + cell / 2.0 + 4,
          "opacity",
          0.8);
    }
  }

  private static void labels(
      Markup out, ConfusionMatrix matrix, double left, double top, boolean slanted) {
    for (int i = 0; i < matrix.labels().size(); i++) {
      String label = Shown.shortened(matrix.labels().get(i), 20);
      double middle = i * CELL + CELL / 2.0;
      out.element("text", label, "x", left - 6, "y", top + middle + 4, "text-anchor", "end");
      String turn =
          "rotate(-45 %s %s)".formatted(Markup.number(left + middle), Markup.number(top - 6));
      out.element(
          "text",
          label,
          "x",
          left + middle,
          "y",
          top - 6,
          "text-anchor",
          slanted ? "start" : "middle",
          "transform",
          slanted ? turn : "");
    }
  }
}
