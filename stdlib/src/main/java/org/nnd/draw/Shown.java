package org.nnd.draw;

import java.util.Locale;

/** Numbers for people. */
final class Shown {
  private Shown() {}

  /**
   * {@return a measured number with four significant digits} Plain digits where they do not
   * mislead; otherwise an exponent.
   */
  static String number(double v) {
    if (Double.isNaN(v)) {
      return "NaN";
    }
    if (Double.isInfinite(v)) {
      return v > 0 ? "∞" : "-∞";
    }
    double size = Math.abs(v);
    if (v == 0 || v == Math.rint(v) && size < 1e6) {
      return String.valueOf((long) v);
    }
    if (size >= 1e-3 && size < 1e6) {
      int digits = Math.max(0, 3 - (int) Math.floor(Math.log10(size)));
      return String.format(Locale.ROOT, "%." + digits + "f", v);
    }
    return String.format(Locale.ROOT, "%.3e", v)
        .replaceFirst("e([+-])0?", "e$1")
        .replace("e+", "e");
  }

  /** {@return a number in at most five digits, for a mark on an axis} */
  static String tick(double v) {
    if (v == 0) {
      return "0";
    }
    double size = Math.abs(v);
    int exponent = (int) Math.floor(Math.log10(size) + 1e-9);
    if (exponent >= -3 && exponent < 5) {
      String text = String.format(Locale.ROOT, "%." + Math.max(0, 4 - exponent) + "f", v);
      return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
    }
    return tick(v / Math.pow(10, exponent)) + "e" + exponent;
  }

  /** {@return 12345 as {@code 12,345}} */
  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** {@return 12345 as {@code 12,345 things}, 1 as {@code 1 thing}} */
  static String counted(long count, String thing, String things) {
    return count(count) + " " + (count == 1 ? thing : things);
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  static String shortened(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }
}
