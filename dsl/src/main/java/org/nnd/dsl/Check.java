package org.nnd.dsl;

import java.util.Arrays;
import java.util.Collection;
import org.nnd.ir.NndException;

/**
 * Checks of the options of a layer, made as soon as they are given: the error names the option, the
 * value met and expected, and the line.
 */
@Vocabulary
public final class Check {
  private Check() {}

  /** {@return an error in a declaration made now} */
  public static NndException error(String message, Object... arguments) {
    return new NndException(message.formatted(arguments) + Site.here().clause());
  }

  public static long positive(String layer, String option, long value) {
    if (value < 1) {
      throw error("%s: %s must be at least 1, got %d", layer, option, value);
    }
    return value;
  }

  public static long notNegative(String layer, String option, long value) {
    if (value < 0) {
      throw error("%s: %s must not be negative, got %d", layer, option, value);
    }
    return value;
  }

  public static long odd(String layer, String option, long value) {
    if (value < 1 || value % 2 == 0) {
      throw error("%s: %s must be odd, got %d", layer, option, value);
    }
    return value;
  }

  /** Wants a number of an interval that contains its lower end only. */
  public static double fraction(String layer, String option, double value) {
    if (!(value >= 0 && value < 1)) {
      throw error("%s: %s must be at least 0 and below 1, got %s", layer, option, value);
    }
    return value;
  }

  public static double positive(String layer, String option, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw error("%s: %s must be a positive number, got %s", layer, option, value);
    }
    return value;
  }

  /** Wants names joined by dots, as in a path. */
  public static String path(String layer, String value) {
    if (!value.matches("[^\\s.]+(\\.[^\\s.]+)*")) {
      throw error(
          "%s: '%s' is no name: expected names without spaces, joined by dots", layer, value);
    }
    return value;
  }

  /** Wants one of the given names. */
  public static String name(String layer, String option, String value, Collection<String> known) {
    if (!known.contains(value)) {
      throw error(
          "%s: unknown %s '%s', expected one of %s",
          layer, option, value, String.join(", ", known));
    }
    return value;
  }

  public static int[] allPositive(String layer, String option, int... values) {
    if (values.length == 0 || Arrays.stream(values).anyMatch(v -> v < 1)) {
      throw error(
          "%s: %s must be at least 1 along every axis, got %s",
          layer, option, Arrays.toString(values));
    }
    return values;
  }
}
