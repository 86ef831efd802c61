package org.nnd.explain;

import java.util.Locale;

/** Large numbers for people. */
public final class Amount {
  private static final String[] PREFIXES = {"", "k", "M", "G", "T", "P"};

  private Amount() {}

  /** {@return 1536 and {@code B} as {@code 1.54 kB}; without a unit {@code 1.54 k}} */
  public static String text(double count, String unit) {
    double value = count;
    int prefix = 0;
    while (value >= 999.5 && prefix < PREFIXES.length - 1) {
      value /= 1000;
      prefix++;
    }
    boolean whole = prefix == 0 && value == Math.rint(value);
    int digits = whole ? 0 : value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
    return String.format(Locale.ROOT, "%." + digits + "f %s%s", value, PREFIXES[prefix], unit)
        .strip();
  }
}
