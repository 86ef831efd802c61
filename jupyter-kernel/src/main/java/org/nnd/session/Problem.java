package org.nnd.session;

import java.util.OptionalInt;

/**
 * One thing that is wrong in a source, as the user reads it.
 *
 * @param file the name of the source
 * @param line from 1
 * @param column from 1, where it is known
 * @param message what is wrong; all of its lines stand before the line of the source
 * @param details further lines, which stand after it; often none
 * @param sourceLine the line itself
 */
public record Problem(
    String file, int line, OptionalInt column, String message, String details, String sourceLine) {

  private static final String INDENT = "    ";

  static Problem at(Source source, int offset, String message) {
    int line = source.lineAt(offset);
    var column = OptionalInt.of(source.columnAt(offset));
    return inLine(source, line, column, message);
  }

  /** On a line, of which a column may be known; the first line of {@code text} is the message. */
  static Problem inLine(Source source, int line, OptionalInt column, String text) {
    String[] parts = text.split("\n", 2);
    String details = parts.length > 1 ? parts[1] : "";
    return new Problem(source.name(), line, column, parts[0], details, source.line(line));
  }

  /** {@return {@code file:line: message}, the line, a caret where the column is known, details} */
  @Override
  public String toString() {
    var text = new StringBuilder(file + ":" + line + ": ");
    text.append(message);
    if (!sourceLine.isBlank()) {
      text.append('\n').append(INDENT).append(sourceLine.stripTrailing());
      column.ifPresent(c -> text.append('\n').append(INDENT).append(caret(c)));
    }
    if (!details.isEmpty()) {
      text.append('\n').append(details);
    }
    return text.toString();
  }

  /** Tabs are kept, so that the caret stands below its character however wide a tab is. */
  private String caret(int column) {
    var pad = new StringBuilder();
    for (int i = 0; i < column - 1; i++) {
      pad.append(i < sourceLine.length() && sourceLine.charAt(i) == '\t' ? '\t' : ' ');
    }
    return pad.append('^').toString();
  }
}
