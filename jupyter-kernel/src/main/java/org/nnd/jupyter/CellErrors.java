package org.nnd.jupyter;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.nnd.ir.NndException;
import org.nnd.session.Outcome;

/** Failures of cells as messages tell them: the user's lines, with colours for places and marks. */
final class CellErrors {
  private static final Pattern PLACE = Pattern.compile("(?m)^(\\S.*?:\\d+:) ");
  private static final Pattern CARET = Pattern.compile("(?m)^(\\s+)\\^$");
  private static final Pattern HERE = Pattern.compile("(?m)(<-- here)$");
  private static final String BOLD = "\u001b[1m";
  private static final String RED = "\u001b[31m";
  private static final String RESET = "\u001b[0m";

  private CellErrors() {}

  /** {@return the fields of a message about {@code failure}} */
  static Map<String, Object> content(Outcome.Failure failure) {
    String text = PLACE.matcher(failure.toString()).replaceAll(BOLD + "$1" + RESET + " ");
    List<String> lines = CARET.matcher(text).replaceAll("$1" + RED + "^" + RESET).lines().toList();
    return Map.of(
        "ename", name(failure), "evalue", failure.problem().message(), "traceback", lines);
  }

  /** {@return the same of something that is no failure of the cell} */
  static Map<String, Object> internal(Throwable thrown) {
    boolean told = thrown instanceof NndException;
    String text = told ? thrown.getMessage() : "internal error: " + thrown;
    return Map.of(
        "ename", told ? "Error" : "InternalError", "evalue", text, "traceback", List.of(text));
  }

  private static String name(Outcome.Failure failure) {
    return switch (failure.kind()) {
      case COMPILE, INCOMPLETE -> "CompileError";
      case INTERRUPTED -> "Interrupted";
      case RUNTIME ->
          failure
              .cause()
              .map(
                  thrown ->
                      thrown instanceof NndException ? "Error" : thrown.getClass().getSimpleName())
              .orElse("Error");
    };
  }
}
