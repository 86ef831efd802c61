package org.nnd.bench;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.nnd.format.TextTable;
import org.nnd.opencl.jocl.DeviceInfo;
import org.nnd.opencl.measure.PeakRates;

/**
 * The limits of a device and what the cases came to, as tables and as data.
 *
 * @param load processes that wanted to run when measuring began, as Unix counts them
 */
public record Report(
    DeviceInfo device,
    PeakRates peaks,
    double load,
    List<Result> results,
    List<StartResult> starts) {
  /** Of the processors; above it figures tell more of the other processes. */
  private static final double BUSY = 0.5;

  public Report {
    results = List.copyOf(results);
    starts = List.copyOf(starts);
  }

  Report and(Result result) {
    List<Result> more = new ArrayList<>(results);
    more.add(result);
    return new Report(device, peaks, load, more, starts);
  }

  /** {@return this with one more} */
  public Report and(StartResult result) {
    List<StartResult> more = new ArrayList<>(starts);
    more.add(result);
    return new Report(device, peaks, load, results, more);
  }

  /**
   * Device, peaks, and a table for each suite: the median time, half the distance between the
   * quartiles, operations and bytes, what limits the case and the share of that limit that the
   * median run reaches; then for each peer how many times as long as ours its median run took.
   * Below it the geometric means of these ratios and what peers could not do.
   */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("%s%n%n%s".formatted(device.line(), peaks));
    List<String> peerNames = peers();
    suites()
        .forEach(
            (suite, of) -> {
              text.append('\n').append(suite).append('\n');
              text.append(table(peerNames, of));
              text.append(means("geometric means, " + suite, peerNames, of));
              of.forEach(result -> text.append(problems(result)));
            });
    if (suites().size() > 1) {
      text.append('\n').append(means("geometric means in all", peerNames, results));
    }
    return text + startTable() + warning();
  }

  /** Seconds to the first result, and kernels compiled in the run, without caches and with them. */
  private String startTable() {
    if (starts.isEmpty()) {
      return "";
    }
    List<TextTable.Column> columns =
        List.of(
            TextTable.Column.text("case"),
            TextTable.Column.number("cold s"),
            TextTable.Column.number("kernels"),
            TextTable.Column.number("warm s"),
            TextTable.Column.number("kernels"),
            TextTable.Column.text(""));
    List<List<String>> rows = new ArrayList<>();
    for (StartResult start : starts) {
      List<String> cells = new ArrayList<>(List.of(start.name()));
      for (var run : List.of(start.cold(), start.warm())) {
        cells.add(run.map(r -> text("%.2f", r.seconds())).orElse("-"));
        cells.add(run.flatMap(r -> r.kernels()).map(String::valueOf).orElse("-"));
      }
      cells.add(start.problem());
      rows.add(cells);
    }
    return "\nstart\n" + TextTable.text(columns, rows);
  }

  private Map<String, List<Result>> suites() {
    return results.stream()
        .collect(Collectors.groupingBy(Result::suite, LinkedHashMap::new, Collectors.toList()));
  }

  private List<String> peers() {
    return results.stream()
        .flatMap(result -> result.peers().stream())
        .map(PeerResult::peer)
        .distinct()
        .toList();
  }

  private static String table(List<String> peers, List<Result> results) {
    boolean memory = results.stream().anyMatch(result -> result.peakBytes().isPresent());
    List<TextTable.Column> columns = new ArrayList<>(List.of(TextTable.Column.text("case")));
    for (String title : new String[] {"ms", "±", "GFLOP", "MB"}) {
      columns.add(TextTable.Column.number(title));
    }
    columns.add(TextTable.Column.text("limit"));
    columns.add(TextTable.Column.number("share"));
    if (memory) {
      columns.add(TextTable.Column.number("peak MB"));
    }
    for (String peer : peers) {
      columns.add(TextTable.Column.number(peer));
      columns.add(TextTable.Column.text("mode"));
      if (memory) {
        columns.add(TextTable.Column.number("peak MB"));
      }
    }
    return TextTable.text(
        columns, results.stream().map(result -> row(peers, result, memory)).toList());
  }

  private static List<String> row(List<String> peers, Result r, boolean memory) {
    Timing timing = r.timing();
    List<String> cells =
        new ArrayList<>(
            List.of(
                r.name(),
                text("%.3f", 1e3 * timing.median()),
                text("%.3f", 1e3 * timing.spread()),
                text("%.3f", r.flops() / 1e9),
                text("%.1f", r.bytes() / 1e6),
                r.limitedBy(),
                text("%.0f %%", 100 * r.share())));
    if (memory) {
      cells.add(r.peakBytes().map(bytes -> text("%.0f", bytes / 1e6)).orElse(""));
    }
    for (String name : peers) {
      PeerResult peer =
          r.peers().stream()
              .filter(p -> p.peer().equals(name))
              .findFirst()
              .orElse(PeerResult.failed(name, "", "did not run"));
      cells.add(peer.ratio(timing).map(ratio -> text("%.2f", ratio)).orElse("-"));
      cells.add(peer.mode());
      if (memory) {
        cells.add(peer.peakBytes().map(bytes -> text("%.0f", bytes / 1e6)).orElse(""));
      }
    }
    return cells;
  }

  /** The means over the cases that a peer has run; nothing where there were no peers. */
  private static String means(String title, List<String> peers, List<Result> results) {
    StringBuilder text = new StringBuilder();
    for (String name : peers) {
      List<Double> ratios =
          results.stream()
              .flatMap(
                  r ->
                      r.peers().stream()
                          .filter(p -> p.peer().equals(name))
                          .flatMap(p -> p.ratio(r.timing()).stream()))
              .toList();
      if (!ratios.isEmpty()) {
        text.append(text(", %.2f times ", geometricMean(ratios)))
            .append(name)
            .append(" (%d)".formatted(ratios.size()));
      }
    }
    List<Double> best = results.stream().flatMap(r -> r.ratio().stream()).toList();
    return best.isEmpty()
        ? ""
        : title
            + ": %s times the fastest peer".formatted(text("%.2f", geometricMean(best)))
            + " (%d cases)".formatted(best.size())
            + text
            + "\n";
  }

  static double geometricMean(List<Double> ratios) {
    return Math.exp(ratios.stream().mapToDouble(Math::log).average().orElseThrow());
  }

  private static String problems(Result result) {
    return result.peers().stream()
        .filter(peer -> !peer.problem().isEmpty())
        .map(peer -> "  %s, %s: %s%n".formatted(result.name(), peer.peer(), peer.problem()))
        .collect(Collectors.joining());
  }

  private String warning() {
    int processors = Runtime.getRuntime().availableProcessors();
    return load <= BUSY * processors
        ? ""
        : String.format(
            Locale.ROOT,
            "%nThe machine was busy with other things (load %.1f on %d processors): times are longer"
                + " than they need be, and limits lower.%n",
            load,
            processors);
  }

  private static String text(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  /** {@return the same as data for JSON} */
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    fields.put("device", device.name());
    fields.put("platform", device.platform());
    fields.put("driver", device.driverVersion());
    fields.put("computeUnits", device.computeUnits());
    fields.put("load", load);
    fields.put("peaks", fields(peaks));
    fields.put("cases", results.stream().map(Result::fields).toList());
    fields.put("starts", starts.stream().map(StartResult::fields).toList());
    Map<String, Object> means = new LinkedHashMap<>();
    suites().forEach((suite, of) -> mean(means, suite, of));
    mean(means, "all", results);
    fields.put("geometricMeans", means);
    return fields;
  }

  private static void mean(Map<String, Object> means, String name, List<Result> results) {
    List<Double> ratios = results.stream().flatMap(r -> r.ratio().stream()).toList();
    if (!ratios.isEmpty()) {
      means.put(name, geometricMean(ratios));
    }
  }

  /** {@return peak rates as data for JSON} */
  public static Map<String, Object> fields(PeakRates peaks) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("fmaGflopsPerSecond", peaks.fma().giga());
    fields.put("readGbytesPerSecond", peaks.read().giga());
    fields.put("writeGbytesPerSecond", peaks.write().giga());
    fields.put("copyGbytesPerSecond", peaks.copy().giga());
    fields.put("launchMicroseconds", peaks.launchMicros());
    fields.put("roundTripMicroseconds", peaks.roundTripMicros());
    return fields;
  }
}
