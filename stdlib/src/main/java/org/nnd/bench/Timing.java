package org.nnd.bench;

import java.util.Arrays;

/**
 * What repetitions took.
 *
 * @param median seconds
 * @param best seconds
 * @param spread seconds: half the distance between the quartiles
 * @param repetitions how many there were
 */
public record Timing(double median, double best, double spread, int repetitions) {
  /** {@return the summary of the times of some repetitions, in seconds} */
  static Timing of(double[] seconds) {
    double[] sorted = seconds.clone();
    Arrays.sort(sorted);
    double spread = (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / 2;
    return new Timing(quantile(sorted, 0.5), sorted[0], spread, sorted.length);
  }

  /** Linear between the two nearest. */
  private static double quantile(double[] sorted, double q) {
    double at = q * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
