package org.nnd.session;

import java.util.Locale;

/** Times as people say them. */
final class Durations {
  private Durations() {}

  /** {@return such as {@code 350 µs}, {@code 12.3 ms}, {@code 4.56 s} or {@code 3:05 min}} */
  static String text(double seconds) {
    if (seconds < 1e-3) {
      return Math.round(seconds * 1e6) + " µs";
    }
    if (seconds < 1) {
      return String.format(Locale.ROOT, "%.3g ms", seconds * 1e3);
    }
    return seconds < 100
        ? String.format(Locale.ROOT, "%.3g s", seconds)
        : "%d:%02d min".formatted(Math.round(seconds) / 60, Math.round(seconds) % 60);
  }
}
