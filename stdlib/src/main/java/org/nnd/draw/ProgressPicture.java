package org.nnd.draw;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.nnd.train.Progress;

/** A training while it goes on: how far it has come, its curves, and the numbers of each epoch. */
public final class ProgressPicture {
  private static final String VALIDATION = "validation ";

  private ProgressPicture() {}

  /**
   * {@return the picture of a training}
   *
   * @param seen what was reported between steps, in order; some may be left out
   * @param epochs what was reported at the ends of epochs
   * @param ended whether the training is over, for whatever reason
   */
  public static Picture of(
      List<Progress.Report> seen, List<Progress.Report> epochs, boolean ended) {
    List<Progress.Report> all = new ArrayList<>(seen);
    all.addAll(epochs);
    if (all.isEmpty()) {
      return Picture.of("training begins");
    }
    Progress.Report last = ended || seen.isEmpty() ? all.getLast() : seen.getLast();
    List<Progress.Report> lines = new ArrayList<>(epochs);
    boolean within = epochs.isEmpty() || last.epoch() > epochs.getLast().epoch();
    if (within) {
      lines.add(last);
    }
    String plain = lines.stream().map(Progress.Report::text).collect(Collectors.joining("\n"));
    String left = ended ? "" : last.textOfTimeLeft();
    Markup content = new Markup();
    if (!ended) {
      content.add(bar(done(last) / last.epochs()));
    }
    content.element("p", last.text() + left, "class", "m");
    content.open("div", "class", "row");
    charts(seen, epochs).forEach(chart -> content.add(chart.svg()));
    content.close();
    return Picture.of(plain).with(Picture.HTML, Page.of(content));
  }

  /** Epochs done, the present one in part. */
  private static double done(Progress.Report report) {
    return report.epoch() - 1 + (double) report.step() / Math.max(1, report.steps());
  }

  private static Markup bar(double share) {
    String fill =
        "width:%.1f%%;height:6px;border-radius:3px;background:#%06x"
            .formatted(100 * Math.clamp(share, 0, 1), Palette.SERIES.get(0));
    return new Markup()
        .open(
            "div",
            "style",
            "width:320px;max-width:100%;border-radius:3px;background:rgba(128,128,128,.25)")
        .element("div", "", "style", fill)
        .close();
  }

  private static List<Chart> charts(List<Progress.Report> seen, List<Progress.Report> epochs) {
    Map<String, List<Progress.Report>> measures = new LinkedHashMap<>();
    for (Progress.Report report : points(seen, epochs)) {
      for (String name : report.values().keySet()) {
        if (!name.startsWith(VALIDATION)) {
          measures.computeIfAbsent(name, n -> new ArrayList<>()).add(report);
        }
      }
    }
    List<Chart> charts = new ArrayList<>();
    measures.forEach(
        (name, reports) -> {
          boolean share = reports.getLast().shares().contains(name);
          List<Progress.Report> validated =
              epochs.stream().filter(r -> r.values().containsKey(VALIDATION + name)).toList();
          List<Curve> curves = new ArrayList<>();
          String label = validated.isEmpty() ? "" : "training";
          curves.add(Curve.line(label, x(reports), y(reports, name, share), Palette.SERIES.get(0)));
          if (!validated.isEmpty()) {
            curves.add(
                Curve.dashed(
                    "validation",
                    x(validated),
                    y(validated, VALIDATION + name, share),
                    Palette.SERIES.get(1)));
          }
          boolean logarithmic = !share && HistoryPicture.wide(curves);
          charts.add(
              new Chart(name + (share ? " (%)" : ""), "epoch", curves)
                  .logarithmic(false, logarithmic));
        });
    return charts;
  }

  /**
   * The values of an epoch are means that begin anew with it: those of its first fifth, of few
   * examples, would be teeth in the curve.
   */
  private static List<Progress.Report> points(
      List<Progress.Report> seen, List<Progress.Report> epochs) {
    return Stream.concat(
            seen.stream().filter(r -> r.epoch() == 1 || r.step() * 5 >= r.steps()), epochs.stream())
        .sorted(Comparator.comparingDouble(ProgressPicture::done))
        .toList();
  }

  private static double[] x(List<Progress.Report> reports) {
    return reports.stream().mapToDouble(ProgressPicture::done).toArray();
  }

  private static double[] y(List<Progress.Report> reports, String name, boolean share) {
    return reports.stream()
        .mapToDouble(r -> r.values().getOrDefault(name, Double.NaN) * (share ? 100 : 1))
        .toArray();
  }
}
