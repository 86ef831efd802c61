package org.nnd.train;

import java.io.Console;
import java.util.Optional;

/** Whether somebody is watching, and how wide a line they see. */
final class Terminal {
  private static final int USUAL_COLUMNS = 80;

  private Terminal() {}

  /** {@return the width in characters that COLUMNS tells, which the launcher sets} */
  static int columns() {
    String told = Optional.ofNullable(System.getenv("COLUMNS")).orElse("");
    return told.matches("[1-9]\\d{0,5}") ? Integer.parseInt(told) : USUAL_COLUMNS;
  }

  /**
   * {@return whether standard output is a terminal} Since Java 22 there is a console without a
   * terminal, too, and a method that tells them apart.
   */
  static boolean interactive() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
