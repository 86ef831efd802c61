package org.nnd.draw;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.nnd.train.Score;

/**
 * How a model does. Where outputs are told apart by their widths, as those of a Matryoshka head are
 * ({@code accuracy logits8}, {@code accuracy logits16}, …), also as a curve over the width.
 */
final class ScorePicture {
  private static final Pattern NESTED = Pattern.compile("(.*?\\D)(\\d+)");

  private ScorePicture() {}

  static Picture of(Score score) {
    List<List<String>> rows = new ArrayList<>();
    score
        .values()
        .forEach(
            (name, v) ->
                rows.add(
                    List.of(
                        name, score.shares().contains(name) ? Shown.percent(v) : Shown.number(v))));
    Markup content = new Markup().open("div", "class", "row").open("div");
    content.add(Page.table(List.of("measure", "value"), List.of(false, true), rows));
    content.element("p", Shown.count(score.examples()) + " examples", "class", "m").close();
    List<Chart> charts = charts(score);
    charts.forEach(chart -> content.add(chart.svg()));
    Picture picture = Picture.of(score.toString()).with(Picture.HTML, Page.of(content.close()));
    return charts.isEmpty() ? picture : picture.with(Picture.SVG, charts.get(0).alone());
  }

  private static List<Chart> charts(Score score) {
    Map<String, TreeMap<Integer, Double>> byWidth = new LinkedHashMap<>();
    Map<String, Boolean> shares = new LinkedHashMap<>();
    score
        .values()
        .forEach(
            (name, v) -> {
              Matcher matcher = NESTED.matcher(name);
              if (matcher.matches() && matcher.group(2).length() < 9) {
                byWidth
                    .computeIfAbsent(matcher.group(1), n -> new TreeMap<>())
                    .put(Integer.parseInt(matcher.group(2)), v);
                shares.merge(matcher.group(1), score.shares().contains(name), Boolean::logicalAnd);
              }
            });
    List<Chart> charts = new ArrayList<>();
    byWidth.forEach(
        (name, values) -> {
          // Of "top-5 …" the number is no width.
          if (values.size() > 1 && !name.endsWith("top-")) {
            charts.add(chart(name.replaceFirst("\\s*logits$", ""), values, shares.get(name)));
          }
        });
    return charts;
  }

  private static Chart chart(String name, TreeMap<Integer, Double> values, boolean share) {
    // Widths double from one to the next: equal steps.
    double[] x = IntStream.range(0, values.size()).asDoubleStream().toArray();
    double[] y = values.values().stream().mapToDouble(v -> share ? 100 * v : v).toArray();
    List<String> notes =
        values.entrySet().stream()
            .map(
                e ->
                    "%d features: %s"
                        .formatted(
                            e.getKey(),
                            share ? Shown.percent(e.getValue()) : Shown.number(e.getValue())))
            .toList();
    int colour = Palette.SERIES.get(0);
    return new Chart(
            name.strip() + (share ? " by width (%)" : " by width"),
            "features",
            List.of(Curve.line("", x, y, colour), Curve.dots("", x, y, colour, notes)))
        .steps(values.keySet().stream().map(String::valueOf).toList());
  }
}
