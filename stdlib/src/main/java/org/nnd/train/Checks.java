package org.nnd.train;

import org.nnd.ir.NndException;

/** Checks of options, made as soon as they are given. */
final class Checks {
  private Checks() {}

  static void rate(String who, double value) {
    aboveZero(who, "the learning rate", value);
  }

  static void aboveZero(String who, String what, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new NndException("%s: %s must be above 0, got %s".formatted(who, what, value));
    }
  }

  static void fraction(String who, String what, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new NndException(
          "%s: %s must be at least 0 and below 1, got %s".formatted(who, what, value));
    }
  }

  static void notNegative(String who, String what, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new NndException("%s: %s must not be negative, got %s".formatted(who, what, value));
    }
  }

  static void positive(String who, String what, long value) {
    if (value < 1) {
      throw new NndException("%s: %s must be at least 1, got %d".formatted(who, what, value));
    }
  }
}
