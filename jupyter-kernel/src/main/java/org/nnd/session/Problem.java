package org.nnd.session;

import java.util.OptionalInt;

/**
 * One thing that is wrong in a source, as the user reads it.
 *
 * @param file the name of the source
 * @param line from 1
 * @param column from 1, where it is known
 * @param message sentences; further lines are details
 * @param sourceLine the line itself
 */
public record Problem(
    String file, int line, OptionalInt column, String message, String sourceLine) {

  private static final String INDENT = "    ";

  static Problem at(Source source, int offset, String message) {
    int line = source.lineAt(offset);
    var column = OptionalInt.of(source.columnAt(offset));
    return new Problem(source.name(), line, column, message, source.line(line));
  }

  /** On a line, of which a column may be known. */
  static Problem inLine(Source source, int line, OptionalInt column, String message) {
    return new Problem(source.name(), line, column, message, source.line(line));
  }

  /** {@return {@code file:line: message}, the line, and a caret where the column is known} */
  @Override
  public String toString() {
    var text = new StringBuilder(file + ":" + line + ": ");
    String[] sentences = message.split("\n", 2);
    text.append(sentences[0]);
    if (!sourceLine.isBlank()) {
      text.append('\n').append(INDENT).append(sourceLine.stripTrailing());
      column.ifPresent(c -> text.append('\n').append(INDENT).append(caret(c)));
    }
    if (sentences.length > 1) {
      text.append('\n').append(sentences[1]);
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
