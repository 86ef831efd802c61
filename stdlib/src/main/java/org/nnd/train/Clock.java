package org.nnd.train;

import java.time.Duration;

/** How fast training goes, the compilation before the first step left out. */
final class Clock {
  private long start;
  private double examplesBefore;
  private double examples;

  /** So many examples have been done since the run began. */
  void done(double total) {
    if (start == 0 && total > 0) {
      start = System.nanoTime();
      examplesBefore = total;
    }
    examples = total;
  }

  double examplesPerSecond() {
    double seconds = (System.nanoTime() - start) / 1e9;
    return start == 0 || seconds == 0 ? 0 : (examples - examplesBefore) / seconds;
  }

  /** {@return the time that so many more examples will take; 0 while that is unknown} */
  Duration left(double more) {
    double rate = examplesPerSecond();
    return rate == 0 ? Duration.ZERO : Duration.ofMillis((long) (1000 * more / rate));
  }
}
