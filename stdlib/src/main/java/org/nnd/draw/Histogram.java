package org.nnd.draw;

import org.nnd.ir.Literal;

/** How many of a tensor's finite elements lie where between the least and the greatest. */
final class Histogram {
  private static final int BINS = 40;
  private static final int WIDTH = 240;
  private static final int HEIGHT = 52;

  private Histogram() {}

  /** {@return counts in intervals of equal length} */
  static int[] counts(Literal value, Statistics statistics) {
    int[] counts = new int[BINS];
    double span = statistics.greatest() / 2 - statistics.least() / 2;
    for (int i = 0; i < value.count(); i++) {
      double v = value.get(i);
      if (Double.isFinite(v)) {
        double share = span == 0 ? 0.5 : (v / 2 - statistics.least() / 2) / span;
        counts[Math.min(BINS - 1, (int) (share * BINS))]++;
      }
    }
    return counts;
  }

  static Markup svg(Literal value, Statistics statistics) {
    int[] counts = counts(value, statistics);
    int most = 1;
    for (int count : counts) {
      most = Math.max(most, count);
    }
    double bar = (double) WIDTH / BINS;
    Markup bars = new Markup();
    for (int i = 0; i < BINS; i++) {
      // The few must be seen beside the many.
      double height = counts[i] == 0 ? 0 : Math.max(1, (HEIGHT - 16.0) * counts[i] / most);
      if (height > 0) {
        bars.empty(
            "rect",
            "x",
            i * bar,
            "y",
            HEIGHT - 15 - height,
            "width",
            bar - 1,
            "height",
            height,
            "fill",
            Palette.series(0));
      }
    }
    bars.element("text", Shown.number(statistics.least()), "x", 0, "y", HEIGHT - 2, "opacity", 0.72)
        .element(
            "text",
            Shown.number(statistics.greatest()),
            "x",
            WIDTH,
            "y",
            HEIGHT - 2,
            "text-anchor",
            "end",
            "opacity",
            0.72);
    return Page.svg("histogram of the elements", WIDTH, HEIGHT, bars);
  }
}
