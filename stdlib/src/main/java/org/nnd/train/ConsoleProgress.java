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
  private static final int LONGEST_BAR = 20;
  private static final int SHORTEST_BAR = 5;
  private static final String TO_END_OF_LINE = "\u001b[K";

  private final PrintStream out;
  private final boolean interactive;
  private final int columns;
  private boolean open;

  /** On a stream whose lines have room for {@code columns} characters. */
  ConsoleProgress(PrintStream out, boolean interactive, int columns) {
    this.out = out;
    this.interactive = interactive;
    this.columns = columns;
  }

  @Override
  public void step(Report report) {
    if (interactive) {
      out.print("\r" + line(report) + TO_END_OF_LINE);
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

  /**
   * A line that is broken by the terminal cannot be written over: the bar gives way to the numbers,
   * and the last column stays free, since some terminals break the line once it is written.
   */
  private String line(Report report) {
    int room = Math.max(1, columns - 1);
    String head = head(report);
    String tail = tail(report) + left(report);
    int cells = Math.min(LONGEST_BAR, room - head.length() - tail.length() - " []".length());
    String line = head + (cells < SHORTEST_BAR ? "" : " " + bar(report, cells)) + tail;
    return line.substring(0, Math.min(room, line.length()));
  }

  static String head(Report report) {
    int digits = String.valueOf(report.epochs()).length();
    return ("epoch %" + digits + "d/%d").formatted(report.epoch(), report.epochs());
  }

  private static String bar(Report report, int cells) {
    int done = (int) (cells * report.step() / Math.max(1, report.steps()));
    return "[" + "#".repeat(done) + ".".repeat(cells - done) + "]";
  }

  static String tail(Report report) {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, Double> e : report.values().entrySet()) {
      text.append("  ").append(e.getKey()).append(' ');
      String name = e.getKey().replaceFirst("^validation ", "");
      text.append(Score.shown(e.getValue(), report.shares().contains(name)));
    }
    if (knowsSpeed(report)) {
      text.append(String.format(Locale.ROOT, "  %,.0f examples/s", report.examplesPerSecond()));
    }
    return text.toString();
  }

  static String left(Report report) {
    return knowsSpeed(report) ? ", " + shown(report.left()) + " left" : "";
  }

  /** The first batches tell nothing: they wait for the compiler. */
  private static boolean knowsSpeed(Report report) {
    return report.examplesPerSecond() > 0;
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
