package org.nnd.opencl.jocl;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text that a user wrote, which makes up the lines of a source that {@code #line} gives its name.
 *
 * @param name of its kernel, and in {@code #line}
 * @param text OpenCL C as written
 * @param site where it stands, as {@code FILE:FIRST-LAST}; or else where it was declared, as {@code
 *     FILE:LINE}, or nothing
 */
public record WrittenText(String name, String text, String site) {
  private static final int MOST_ERRORS = 3;
  private static final Pattern LINES = Pattern.compile("(.*):([0-9]+)-[0-9]+");

  /**
   * @param column from 1, 0 if unknown
   */
  private record Mistake(int line, int column, String message) {}

  /** {@return what is wrong in it by a driver's log, if the log tells that in the usual manner} */
  Optional<String> explain(String log) {
    List<Mistake> mistakes = mistakes(log);
    if (mistakes.isEmpty()) {
      return Optional.empty();
    }
    StringBuilder message =
        new StringBuilder(
            "kernel '%s' does not compile: %s".formatted(name, mistakes.get(0).message()));
    for (int i = 0; i < Math.min(mistakes.size(), MOST_ERRORS); i++) {
      Mistake mistake = mistakes.get(i);
      message.append('\n').append(place(mistake.line())).append(':');
      message.append(i == 0 ? "" : " " + mistake.message()).append(shown(mistake));
    }
    if (mistakes.size() > MOST_ERRORS) {
      message.append("\nand %d more errors".formatted(mistakes.size() - MOST_ERRORS));
    }
    return Optional.of(message.toString());
  }

  /**
   * As clang and what descends from it write: {@code NAME:LINE:COLUMN: error: MESSAGE}; PoCL has
   * {@code error:} in front. A column of what was made from a parameter is none of its line.
   */
  private List<Mistake> mistakes(String log) {
    Pattern error =
        Pattern.compile(
            "(?m)^(?:(?:fatal )?error: )?(?:[^\n:]*[^\n:A-Za-z0-9_])?"
                + Pattern.quote(name)
                + "( parameters)?:([0-9]+):([0-9]+): (.*)$");
    List<Mistake> mistakes = new ArrayList<>();
    Matcher found = error.matcher(log);
    while (found.find()) {
      String message = found.group(4).strip();
      boolean isError = found.group().contains("error: ");
      if (isError) {
        mistakes.add(
            new Mistake(
                Integer.parseInt(found.group(2)),
                found.group(1) == null ? Integer.parseInt(found.group(3)) : 0,
                message.replaceFirst("^(fatal )?error: ", "")));
      }
    }
    return mistakes.stream().distinct().toList();
  }

  /** The line, and a caret where the column is known. */
  private String shown(Mistake mistake) {
    String line = text.lines().skip(mistake.line() - 1L).findFirst().orElse("");
    if (line.isBlank()) {
      return "";
    }
    String caret = mistake.column() > 0 ? "\n    " + caret(line, mistake.column()) : "";
    return "\n    " + line.stripTrailing() + caret;
  }

  /** {@return a line of the text, by the file that it stands in where that is known} */
  String place(int line) {
    Matcher lines = LINES.matcher(site);
    if (lines.matches()) {
      return lines.group(1) + ":" + (Integer.parseInt(lines.group(2)) + line - 1);
    }
    return "line %d of its source%s"
        .formatted(line, site.isEmpty() ? "" : " (declared at " + site + ")");
  }

  /** Tabs are kept, so that the caret stands below its character however wide a tab is. */
  private static String caret(String line, int column) {
    StringBuilder pad = new StringBuilder();
    for (int i = 0; i < Math.min(column - 1, line.length()); i++) {
      pad.append(line.charAt(i) == '\t' ? '\t' : ' ');
    }
    return pad.append('^').toString();
  }
}
