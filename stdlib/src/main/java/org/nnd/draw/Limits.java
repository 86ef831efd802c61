package org.nnd.draw;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** From where to where an axis goes. */
record Limits(double low, double high) {
  /** {@return limits that hold some finite numbers, positive ones on a logarithmic axis} */
  static Limits of(boolean logarithmic, List<double[]> numbers) {
    double low = numbers.stream().flatMapToDouble(Arrays::stream).min().orElseThrow();
    double high = numbers.stream().flatMapToDouble(Arrays::stream).max().orElseThrow();
    if (logarithmic) {
      return withDecades(Math.log10(low), Math.log10(high));
    }
    if (low == high) {
      double room = low == 0 ? 1 : Math.abs(low) / 2;
      return new Limits(low - room, high + room);
    }
    // An axis that begins near zero begins there: lengths can be compared then.
    return new Limits(low > 0 && low < 0.25 * high ? 0 : low, high);
  }

  /** At least two powers of ten are marked, so that the axis can be read. */
  private static Limits withDecades(double low, double high) {
    double from = low;
    double to = high;
    while (Math.floor(to) - Math.ceil(from) < 1) {
      double below = Math.ceil(from) - 1;
      double above = Math.floor(to) + 1;
      if (from - below <= above - to) {
        from = below;
      } else {
        to = above;
      }
    }
    return new Limits(Math.pow(10, from), Math.pow(10, to));
  }

  /**
   * {@return the form in which powers of ten are written at the marks}
   *
   * @param marks gets those there can be
   */
  String decades(Set<String> marks) {
    String pattern = low < 0.9e-3 || high > 1.1e4 ? "0E0" : "0.###";
    DecimalFormat format =
        new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT));
    int first = (int) Math.floor(Math.log10(low)) - 1;
    int last = (int) Math.ceil(Math.log10(high)) + 1;
    for (int i = first; i <= last; i++) {
      marks.add(format.format(Math.pow(10, i)));
    }
    return pattern;
  }
}
