package org.nnd.bench;

import java.time.Duration;

/** How far a run has come, and how long the rest will take if it goes on so. */
final class Pace {
  private final int count;
  private final long start = System.nanoTime();
  private int number;

  Pace(int count) {
    this.count = count;
  }

  /** {@return a line about the case that begins now} */
  String at(String what) {
    String text = "%d/%d %s".formatted(number + 1, count, what);
    double seconds = (System.nanoTime() - start) / 1e9;
    Duration left = Duration.ofSeconds((long) (seconds / Math.max(1, number) * (count - number)));
    boolean known = number > 0 && seconds > 5;
    number++;
    return known ? text + ", about " + left(left) + " left" : text;
  }

  private static String left(Duration left) {
    return left.toMinutes() > 0 ? left.toMinutes() + " min" : left.toSeconds() + " s";
  }
}
