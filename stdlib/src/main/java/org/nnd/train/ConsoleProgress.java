package org.nnd.train;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * Training told on a stream: a line that is written over where somebody is watching, and a line at
 * the end of every epoch.
 */
final class ConsoleProgress implements Progress {
  private static final int BAR = 20;
  private static final String TO_END_OF_LINE = "\u001b[K";

  private final PrintStream out;
  private final boolean interactive;
  private boolean open;

  ConsoleProgress(PrintStream out, boolean interactive) {
    this.out = out;
    this.interactive = interactive;
  }

  @Override
  public void step(Report report) {
    if (interactive) {
      out.print(
          "\r" + head(report) + " " + bar(report) + tail(report) + left(report) + TO_END_OF_LINE);
      out.flush();
      open = true;
    }
  }

  @Override
  public void epoch(Report report) {
    out.println(
        (interactive ? "\r" : "")
            + head(report)
            + tail(report)
            + (interactive ? TO_END_OF_LINE : ""));
    open = false;
  }

  @Override
  public void end() {
    if (open) {
      out.println();
      open = false;
    }
  }

  private static String head(Report report) {
    int digits = String.valueOf(report.epochs()).length();
    return ("epoch %" + digits + "d/%d").formatted(report.epoch(), report.epochs());
  }

  private static String bar(Report report) {
    int done = (int) (BAR * report.step() / Math.max(1, report.steps()));
    return "[" + "#".repeat(done) + ".".repeat(BAR - done) + "]";
  }

  private static String tail(Report report) {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, Double> e : report.values().entrySet()) {
      text.append("  ").append(e.getKey()).append(' ');
      String name = e.getKey().replaceFirst("^validation ", "");
      text.append(Score.shown(e.getValue(), report.shares().contains(name)));
    }
    return text.append(String.format(Locale.ROOT, "  %,.0f examples/s", report.examplesPerSecond()))
        .toString();
  }

  private static String left(Report report) {
    return ", " + shown(report.left()) + " left";
  }

  /** Prints {@code 42 s}, {@code 3:05 min} or {@code 2:10 h}. */
  static String shown(Duration time) {
    long seconds = Math.max(0, Math.round(time.toMillis() / 1000.0));
    if (seconds < 100) {
      return seconds + " s";
    }
    return seconds < 6000
        ? "%d:%02d min".formatted(seconds / 60, seconds % 60)
        : "%d:%02d h".formatted(seconds / 3600, seconds / 60 % 60);
  }
}
