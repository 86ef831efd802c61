package org.nnd.cli;

import java.io.PrintStream;
import java.util.regex.Pattern;
import org.nnd.session.Terminal;

/**
 * The two streams that a command writes to, and where they end.
 *
 * @param out for results
 * @param err for errors and notices
 */
record Output(PrintStream out, PrintStream err, Terminal outTo, Terminal errTo) {
  private static final Pattern PLACE = Pattern.compile("(?m)^(\\S+:\\d+:) ");
  private static final Pattern CARET = Pattern.compile("(?m)^(\\s+)\\^$");
  private static final String BOLD = "\u001b[1m";
  private static final String RED = "\u001b[31m";
  private static final String RESET = "\u001b[0m";

  /** Writes an error or a notice; on a terminal its places and carets are marked. */
  void complain(String text) {
    if (errTo.colour()) {
      String placed = PLACE.matcher(text).replaceAll(BOLD + "$1" + RESET + " ");
      err.println(CARET.matcher(placed).replaceAll("$1" + RED + "^" + RESET));
    } else {
      err.println(text);
    }
  }
}
