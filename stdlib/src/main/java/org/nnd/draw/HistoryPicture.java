package org.nnd.draw;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.nnd.train.History;

/**
 * The course of a training: a chart for every measure, training beside validation data, and the
 * numbers of every epoch.
 */
public final class HistoryPicture {
  private static final String VALIDATION = "validation ";
  private static final Pattern OUTPUT = Pattern.compile(" (logits\\d+)$");
  private static final int GAP = 16;
  private static final int MOST_ROWS = 200;

  private HistoryPicture() {}

  static Picture of(History history) {
    return of(history.epochs(), history.shares(), history.toString());
  }

  /**
   * {@return the picture of a training that may still go on}
   *
   * @param epochs the measures of each epoch, by name
   * @param shares the names of those that are shares
   */
  public static Picture history(List<Map<String, Double>> epochs, Set<String> shares) {
    return of(epochs, shares, plain(epochs, shares));
  }

  private static Picture of(List<Map<String, Double>> epochs, Set<String> shares, String plain) {
    List<Chart> charts = charts(epochs, shares);
    if (charts.isEmpty()) {
      return Picture.of(plain.isEmpty() ? "no epoch yet" : plain);
    }
    Markup content = new Markup().open("div", "class", "row");
    charts.forEach(chart -> content.add(chart.svg()));
    content.close();
    content.add(
        Page.details(
            false,
            new Markup().text("%d epochs in numbers".formatted(epochs.size())),
            table(epochs, shares)));
    double width = charts.stream().mapToDouble(c -> c.width() + GAP).sum() - GAP;
    Markup side = new Markup();
    for (int i = 0; i < charts.size(); i++) {
      side.open("g", "transform", "translate(%d 0)".formatted(i * (charts.get(i).width() + GAP)))
          .add(charts.get(i).draw())
          .close();
    }
    return Picture.of(plain)
        .with(Picture.HTML, Page.of(content))
        .with(Picture.SVG, Page.alone("training", width, charts.get(0).height(), side));
  }

  private static List<Chart> charts(List<Map<String, Double>> epochs, Set<String> shares) {
    List<Chart> charts = new ArrayList<>();
    for (Map.Entry<String, List<String>> measure : measures(epochs).entrySet()) {
      boolean share =
          measure.getValue().stream()
              .allMatch(name -> shares.contains(name.replaceFirst("^" + VALIDATION, "")));
      List<Curve> curves = new ArrayList<>();
      List<String> shown = measure.getValue();
      List<String> outputs = shown.stream().map(HistoryPicture::output).distinct().toList();
      for (String name : shown) {
        boolean validation = name.startsWith(VALIDATION);
        double[] x = numbers(epochs.size());
        double[] y = values(epochs, name, share);
        int place = outputs.size() > 1 ? outputs.indexOf(output(name)) : validation ? 1 : 0;
        String kind = validation ? "validation" : outputs.size() > 1 ? "" : "training";
        String label = shown.size() == 1 ? "" : (output(name) + " " + kind).strip();
        int colour = Palette.SERIES.get(place % Palette.SERIES.size());
        curves.add(
            validation ? Curve.dashed(label, x, y, colour) : Curve.line(label, x, y, colour));
      }
      String title = measure.getKey() + (share ? " (%)" : "");
      charts.add(new Chart(title, "epoch", curves).logarithmic(false, !share && wide(curves)));
    }
    return charts;
  }

  /** {@return several trainings in the same charts, a curve for each, counted from 1} */
  static Picture compared(List<History> histories) {
    Map<String, List<Curve>> curves = new LinkedHashMap<>();
    StringBuilder plain = new StringBuilder();
    for (int run = 0; run < histories.size(); run++) {
      History history = histories.get(run);
      plain.append("training %d\n%s\n".formatted(run + 1, history));
      for (String name : names(history.epochs())) {
        boolean share = history.shares().contains(name.replaceFirst("^" + VALIDATION, ""));
        double[] y = values(history.epochs(), name, share);
        int colour = Palette.SERIES.get(run % Palette.SERIES.size());
        curves
            .computeIfAbsent(name + (share ? " (%)" : ""), t -> new ArrayList<>())
            .add(Curve.line("" + (run + 1), numbers(y.length), y, colour));
      }
    }
    Markup content = new Markup().open("div", "class", "row");
    curves.forEach(
        (title, some) -> {
          boolean logarithmic = !title.endsWith("(%)") && wide(some);
          content.add(new Chart(title, "epoch", some).logarithmic(false, logarithmic).svg());
        });
    return Picture.of(plain.toString().stripTrailing())
        .with(Picture.HTML, Page.of(content.close()));
  }

  private static double[] values(List<Map<String, Double>> epochs, String name, boolean share) {
    return epochs.stream()
        .mapToDouble(epoch -> epoch.getOrDefault(name, Double.NaN) * (share ? 100 : 1))
        .toArray();
  }

  private static double[] numbers(int count) {
    return IntStream.rangeClosed(1, count).asDoubleStream().toArray();
  }

  /**
   * Whether values span so much that on an even axis the small ones would all look like nothing.
   */
  static boolean wide(List<Curve> curves) {
    double least = Double.POSITIVE_INFINITY;
    double greatest = 0;
    for (Curve curve : curves) {
      for (double v : curve.y()) {
        if (Double.isFinite(v)) {
          least = Math.min(least, v);
          greatest = Math.max(greatest, v);
        }
      }
    }
    return least > 0 && greatest > 20 * least;
  }

  /** What is measured, in order, with the names of its values. */
  private static Map<String, List<String>> measures(List<Map<String, Double>> epochs) {
    Map<String, List<String>> measures = new LinkedHashMap<>();
    for (String name : names(epochs)) {
      measures.computeIfAbsent(measure(name), m -> new ArrayList<>()).add(name);
    }
    return measures;
  }

  /** A measure that is taken of several outputs, as those of a Matryoshka head, is one. */
  private static String measure(String name) {
    String all = name.startsWith(VALIDATION) ? name.substring(VALIDATION.length()) : name;
    return all.substring(0, all.length() - output(name).length()).strip();
  }

  /** {@return the output that a measure is taken of, such as {@code logits8}, or nothing} */
  private static String output(String name) {
    Matcher matcher = OUTPUT.matcher(name);
    return matcher.find() ? matcher.group(1) : "";
  }

  private static Set<String> names(List<Map<String, Double>> epochs) {
    Set<String> names = new LinkedHashSet<>();
    epochs.forEach(epoch -> names.addAll(epoch.keySet()));
    return names;
  }

  private static Markup table(List<Map<String, Double>> epochs, Set<String> shares) {
    List<String> titles = new ArrayList<>(List.of("epoch"));
    titles.addAll(names(epochs));
    List<List<String>> rows = new ArrayList<>();
    int step = Math.ceilDiv(epochs.size(), MOST_ROWS);
    for (int i = 0; i < epochs.size(); i++) {
      if (i % step == 0 || i == epochs.size() - 1) {
        rows.add(row(i + 1, epochs.get(i), titles, shares));
      }
    }
    return Page.table(titles, titles.stream().map(t -> true).toList(), rows);
  }

  private static List<String> row(
      int epoch, Map<String, Double> values, List<String> titles, Set<String> shares) {
    Function<String, String> cell =
        name -> {
          Double v = values.get(name);
          boolean share = shares.contains(name.replaceFirst("^" + VALIDATION, ""));
          return v == null ? "" : share ? Shown.percent(v) : Shown.number(v);
        };
    List<String> row = new ArrayList<>(List.of(String.valueOf(epoch)));
    titles.stream().skip(1).map(cell).forEach(row::add);
    return row;
  }

  /** As a history's text, but for how it ended. */
  private static String plain(List<Map<String, Double>> epochs, Set<String> shares) {
    String text = new History(epochs, shares, History.End.FINISHED).toString();
    return text.substring(0, Math.max(0, text.lastIndexOf('\n')));
  }
}
