package org.nnd.train;

import java.io.Console;

/** Whether somebody is watching. */
final class Terminal {
  private Terminal() {}

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
