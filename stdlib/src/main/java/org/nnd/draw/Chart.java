package org.nnd.draw;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Curves over two axes. XChart finds the axes' marks and places everything; title and legend stand
 * above it.
 *
 * @param title what the y axis shows
 * @param xTitle what the x axis shows
 * @param steps names of the places 0, 1, … on the x axis; none where it has numbers
 */
record Chart(
    String title,
    String xTitle,
    boolean logX,
    boolean logY,
    List<String> steps,
    List<Curve> curves,
    int width,
    int height) {
  private static final int HEAD = 20;
  private static final int FOOT = 18;
  private static final double CHARACTER = 6.4;

  Chart(String title, String xTitle, List<Curve> curves) {
    this(title, xTitle, false, false, List.of(), curves, 460, 260);
  }

  Chart logarithmic(boolean x, boolean y) {
    return new Chart(title, xTitle, x, y, steps, curves, width, height);
  }

  Chart steps(List<String> names) {
    return new Chart(title, xTitle, logX, logY, names, curves, width, height);
  }

  Chart size(int newWidth, int newHeight) {
    return new Chart(title, xTitle, logX, logY, steps, curves, newWidth, newHeight);
  }

  /** {@return the chart as a drawing of its width and height} */
  Markup draw() {
    Markup out = new Markup();
    out.element("text", title, "x", 2, "y", 13, "font-weight", 600, "style", "font-weight:600");
    legend(out);
    List<Curve> finite = curves.stream().map(this::finite).filter(c -> c.x().length > 0).toList();
    if (finite.isEmpty()) {
      out.element("text", "no finite values", "x", 2, "y", 40, "opacity", 0.72);
      return out;
    }
    if (!Fonts.THERE) {
      out.element("text", "no curves: Java finds no fonts on this system", "x", 2, "y", 40);
      out.element("text", "(install fontconfig and some font)", "x", 2, "y", 58);
      return out;
    }
    plot(out, finite);
    out.element(
        "text", xTitle, "x", width - 8, "y", height - 5, "text-anchor", "end", "opacity", 0.8);
    return out;
  }

  /** XChart measures texts; a JDK on a system without any font cannot. */
  private static final class Fonts {
    static final boolean THERE = measures();

    private static boolean measures() {
      try {
        Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
        return new TextLayout("0", font, new FontRenderContext(null, true, true)).getAdvance() > 0;
      } catch (RuntimeException | InternalError | LinkageError e) {
        return false;
      }
    }
  }

  private void legend(Markup out) {
    double x = 2 + CHARACTER * (title.length() + 3);
    for (Curve curve : curves) {
      if (curve.name().isEmpty()) {
        continue;
      }
      if (curve.style() == Curve.Style.DOTS) {
        out.empty("circle", "cx", x + 9, "cy", 9, "r", 4, "fill", Palette.css(curve.colour()));
      } else {
        out.empty(
            "path",
            "d",
            "M%s 9h18".formatted(Markup.number(x)),
            "stroke",
            Palette.css(curve.colour()),
            "stroke-width",
            2,
            "stroke-dasharray",
            curve.style() == Curve.Style.DASHED ? "5 4" : "");
      }
      out.element("text", curve.name(), "x", x + 23, "y", 13);
      x += 23 + CHARACTER * (curve.name().length() + 2);
    }
  }

  private void plot(Markup out, List<Curve> finite) {
    int high = height - HEAD - FOOT;
    Set<String> marks = new HashSet<>();
    XYChart chart = new XYChart(width, high);
    style(chart.getStyler(), marks);
    limits(chart.getStyler(), finite, marks);
    for (Curve curve : finite) {
      Curve thin = curve.thinned();
      XYSeries series = chart.addSeries("s" + chart.getSeriesMap().size(), thin.x(), thin.y());
      series.setMarker(
          thin.x().length == 1 && curve.style() != Curve.Style.DOTS
              ? SeriesMarkers.CIRCLE
              : SeriesMarkers.NONE);
      series.setLineColor(new Color(curve.colour()));
      series.setMarkerColor(new Color(curve.colour()));
      series.setLineStyle(stroke(curve.style()));
      if (curve.style() == Curve.Style.DOTS) {
        series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
      }
    }
    marksAtRoundNumbers(chart, finite);
    SvgGraphics graphics = new SvgGraphics(marks);
    chart.paint(graphics, width, high);
    out.open("g", "transform", "translate(0 %d)".formatted(HEAD)).add(graphics.markup());
    finite.stream().filter(c -> c.style() == Curve.Style.DOTS).forEach(c -> dots(out, chart, c));
    out.close();
  }

  /**
   * Where all values of an axis have one distance XChart marks these values. Some that have not,
   * and are not drawn, make it mark round numbers.
   */
  private void marksAtRoundNumbers(XYChart chart, List<Curve> finite) {
    Limits y = Limits.of(logY, finite.stream().map(Curve::y).toList());
    double x = finite.get(0).x()[0];
    double span = y.high() - y.low();
    XYSeries series =
        chart.addSeries(
            "marks",
            new double[] {x, x, x},
            new double[] {y.low(), y.low() + 0.37 * span, y.low() + 0.48 * span});
    series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    series.setMarker(SeriesMarkers.NONE);
  }

  private static void dots(Markup out, XYChart chart, Curve curve) {
    for (int i = 0; i < curve.x().length; i++) {
      out.open(
          "circle",
          "cx",
          chart.getScreenXFromChart(curve.x()[i]),
          "cy",
          chart.getScreenYFromChart(curve.y()[i]),
          "r",
          i < curve.sizes().size() ? curve.sizes().get(i) : 4.5,
          "fill",
          Palette.css(curve.colour()),
          "fill-opacity",
          0.75);
      if (i < curve.notes().size()) {
        out.element("title", curve.notes().get(i));
      }
      out.close();
    }
  }

  private static BasicStroke stroke(Curve.Style style) {
    return switch (style) {
      case LINE -> new BasicStroke(2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
      case DASHED ->
          new BasicStroke(
              1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL, 10, new float[] {5, 4}, 0);
      case DOTS -> new BasicStroke(1);
    };
  }

  private void style(XYStyler styler, Set<String> marks) {
    Color clear = new Color(0, 0, 0, 0);
    styler.setLegendVisible(false).setChartTitleVisible(false).setChartPadding(4);
    styler.setChartBackgroundColor(clear).setPlotBackgroundColor(clear);
    styler.setPlotBorderVisible(false);
    styler.setToolTipType(Styler.ToolTipType.yLabels);
    styler.setMarkerSize(6);
    styler.setAxisTitlesVisible(false);
    styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    styler.setXAxisTickLabelsColor(SvgGraphics.INK).setYAxisTickLabelsColor(SvgGraphics.INK);
    styler.setXAxisTickMarksColor(SvgGraphics.FAINT).setYAxisTickMarksColor(SvgGraphics.FAINT);
    styler
        .setPlotGridLinesColor(logX ? SvgGraphics.FAINTER : SvgGraphics.FAINT)
        .setPlotGridLinesStroke(new BasicStroke(1));
    styler.setYAxisLabelAlignment(AxesChartStyler.TextAlignment.Right);
    styler.setPlotTicksMarksVisible(false).setAxisTicksLineVisible(false);
    styler.setPlotGridVerticalLinesVisible(logX);
    styler.setXAxisTickMarkSpacingHint(64).setYAxisTickMarkSpacingHint(36);
    styler.setXAxisLogarithmic(logX).setYAxisLogarithmic(logY);
    // With a function for its marks XChart makes an axis even.
    if (!logX) {
      styler.setxAxisTickLabelsFormattingFunction(v -> known(xMark(v), marks));
    }
    if (!logY) {
      styler.setyAxisTickLabelsFormattingFunction(v -> known(Shown.tick(v), marks));
    }
    styler.setLocale(Locale.ROOT);
    styler.setXAxisLogarithmicDecadeOnly(true).setYAxisLogarithmicDecadeOnly(true);
  }

  private String xMark(double v) {
    if (steps.isEmpty()) {
      return Shown.tick(v);
    }
    int place = (int) Math.rint(v);
    boolean named = Math.abs(v - place) < 1e-6 && place >= 0 && place < steps.size();
    return named ? steps.get(place) : " ";
  }

  private static String known(String mark, Set<String> marks) {
    marks.add(mark);
    return mark;
  }

  private void limits(XYStyler styler, List<Curve> finite, Set<String> marks) {
    Limits x = Limits.of(logX, finite.stream().map(Curve::x).toList());
    Limits y = Limits.of(logY, finite.stream().map(Curve::y).toList());
    styler.setXAxisMin(x.low()).setXAxisMax(x.high());
    styler.setYAxisMin(y.low()).setYAxisMax(y.high());
    if (logX) {
      styler.setXAxisDecimalPattern(x.decades(marks));
    }
    if (logY) {
      styler.setYAxisDecimalPattern(y.decades(marks));
    }
  }

  /** Points that can be drawn. */
  private Curve finite(Curve curve) {
    int[] good =
        IntStream.range(0, curve.x().length)
            .filter(i -> drawable(curve.x()[i], logX) && drawable(curve.y()[i], logY))
            .toArray();
    return new Curve(
        curve.name(),
        Arrays.stream(good).mapToDouble(i -> curve.x()[i]).toArray(),
        Arrays.stream(good).mapToDouble(i -> curve.y()[i]).toArray(),
        curve.colour(),
        curve.style(),
        curve.notes().isEmpty()
            ? List.of()
            : Arrays.stream(good).mapToObj(curve.notes()::get).toList(),
        curve.sizes().isEmpty()
            ? List.of()
            : Arrays.stream(good).mapToObj(curve.sizes()::get).toList());
  }

  private static boolean drawable(double v, boolean logarithmic) {
    return Double.isFinite(v) && Math.abs(v) < 1e300 && (!logarithmic || v > 0);
  }

  /** {@return the chart within a page} */
  Markup svg() {
    return Page.svg(title, width, height, draw());
  }

  /** {@return the chart as a file of its own} */
  String alone() {
    return Page.alone(title, width, height, draw());
  }
}
