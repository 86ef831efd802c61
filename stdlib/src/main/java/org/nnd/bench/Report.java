package org.nnd.bench;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nnd.format.TextTable;
import org.nnd.opencl.jocl.DeviceInfo;
import org.nnd.opencl.measure.PeakRates;

/**
 * The limits of a device and what the cases came to, as a table and as data.
 *
 * @param load processes that wanted to run when measuring began, as Unix counts them
 */
public record Report(DeviceInfo device, PeakRates peaks, double load, List<Result> results) {
  /** Of the processors; above it figures tell more of the other processes. */
  private static final double BUSY = 0.5;

  private static final TextTable.Column[] COLUMNS = {
    TextTable.Column.text("suite"),
    TextTable.Column.text("case"),
    TextTable.Column.number("ms"),
    TextTable.Column.number("±"),
    TextTable.Column.number("GFLOP/s"),
    TextTable.Column.number("GB/s"),
    TextTable.Column.text("limit"),
    TextTable.Column.number("share"),
    TextTable.Column.number("best")
  };

  public Report {
    results = List.copyOf(results);
  }

  /**
   * Device, peaks, and a row for each case: the median time, half the distance between the
   * quartiles, the rates at the median, what limits the case, and the share of that limit that the
   * median and the best run reach.
   */
  @Override
  public String toString() {
    String table =
        results.isEmpty()
            ? ""
            : "\n" + TextTable.text(List.of(COLUMNS), results.stream().map(Report::row).toList());
    return "%s%n%n%s%s%s".formatted(device.line(), peaks, table, warning());
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

  private static List<String> row(Result r) {
    Timing timing = r.timing();
    return List.of(
        r.suite(),
        r.task().name(),
        text("%.3f", 1e3 * timing.median()),
        text("%.3f", 1e3 * timing.spread()),
        r.task().flops() == 0 ? "" : text("%.1f", r.task().flops() / timing.median() / 1e9),
        text("%.1f", r.bytes() / timing.median() / 1e9),
        r.limitedBy(),
        text("%.0f %%", 100 * r.share()),
        text("%.0f %%", 100 * r.bestShare()));
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
    return fields;
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
