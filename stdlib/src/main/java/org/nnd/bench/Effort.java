package org.nnd.bench;

/**
 * How thoroughly to measure.
 *
 * @param repetitions at least so many
 * @param seconds and for at least so long
 * @param repetitionSeconds each repetition runs the case as often as fits this time, at least once,
 *     without waiting in between
 * @param most no further repetition of a contender that has taken so many seconds
 */
public record Effort(int repetitions, double seconds, double repetitionSeconds, double most) {
  public static final Effort USUAL = new Effort(10, 0.5, 0.02, 15);
}
