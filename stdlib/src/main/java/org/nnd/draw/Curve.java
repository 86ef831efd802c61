package org.nnd.draw;

import java.util.List;

/**
 * Points of a chart.
 *
 * @param name for the legend; empty for none
 * @param y one for each x; what is not finite is left out
 * @param colour 0xRRGGBB
 * @param sizes the radius of each dot; none for usual ones
 * @param notes for each point what is told where it is pointed at; for dots alone, else empty
 */
record Curve(
    String name,
    double[] x,
    double[] y,
    int colour,
    Style style,
    List<String> notes,
    List<Double> sizes) {
  /** More points than pixels cannot be seen. */
  private static final int MOST_POINTS = 600;

  enum Style {
    LINE,
    DASHED,
    DOTS
  }

  static Curve line(String name, double[] x, double[] y, int colour) {
    return new Curve(name, x, y, colour, Style.LINE, List.of(), List.of());
  }

  static Curve dashed(String name, double[] x, double[] y, int colour) {
    return new Curve(name, x, y, colour, Style.DASHED, List.of(), List.of());
  }

  /** {@return dots that tell something where they are pointed at} */
  static Curve dots(String name, double[] x, double[] y, int colour, List<String> notes) {
    return new Curve(name, x, y, colour, Style.DOTS, notes, List.of());
  }

  /** {@return the same dots in other sizes} */
  Curve sizes(List<Double> radii) {
    return new Curve(name, x, y, colour, style, notes, radii);
  }

  /**
   * {@return the same with at most {@value #MOST_POINTS} points} Of every stretch the least and the
   * greatest value remain, in their order, so that no peak is lost.
   */
  Curve thinned() {
    if (style == Style.DOTS || x.length <= MOST_POINTS) {
      return this;
    }
    int stretches = MOST_POINTS / 2;
    double[] newX = new double[2 * stretches];
    double[] newY = new double[2 * stretches];
    for (int s = 0; s < stretches; s++) {
      int from = (int) ((long) s * x.length / stretches);
      int to = (int) ((s + 1L) * x.length / stretches);
      int least = from;
      int greatest = from;
      for (int i = from; i < to; i++) {
        least = !(y[i] >= y[least]) && !Double.isNaN(y[i]) ? i : least;
        greatest = !(y[i] <= y[greatest]) && !Double.isNaN(y[i]) ? i : greatest;
      }
      int first = Math.min(least, greatest);
      int second = Math.max(least, greatest);
      newX[2 * s] = x[first];
      newY[2 * s] = y[first];
      newX[2 * s + 1] = x[second];
      newY[2 * s + 1] = y[second];
    }
    return new Curve(name, newX, newY, colour, style, notes, sizes);
  }
}
