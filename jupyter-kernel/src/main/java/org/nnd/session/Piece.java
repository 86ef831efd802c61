package org.nnd.session;

/**
 * A part of a source that is handed to JShell as one snippet.
 *
 * @param begin offset in the source
 * @param end offset in the source, exclusive
 * @param form what is added to make it a snippet
 */
record Piece(Source source, int begin, int end, Form form) {

  /** The line breaks end a comment that may stand last. */
  enum Form {
    /** A snippet as it stands. */
    WHOLE("", ""),
    /** The last snippet of a source, whose semicolon was left out. */
    OPEN_ENDED("", "\n;"),
    /** A run of statements, which becomes one. */
    BLOCK("{", "\n}");

    private final String before;
    private final String after;

    Form(String before, String after) {
      this.before = before;
      this.after = after;
    }
  }

  /** {@return the text of the source} */
  String text() {
    return source.code().substring(begin, end);
  }

  /** {@return the snippet} */
  String code() {
    return form.before + text() + form.after;
  }

  boolean isBlock() {
    return form == Form.BLOCK;
  }

  /** {@return the offset in the source of position {@code position} of the snippet} */
  int offset(long position) {
    return Math.clamp(begin + position - form.before.length(), begin, end);
  }

  int lineOf(long position) {
    return source.lineAt(offset(position));
  }

  /** {@return the offset of the first thing that is not white space or a comment} */
  int first() {
    return begin + Blanks.length(text());
  }

  /** {@return the text without the white space and comments before it} */
  String bare() {
    return source.code().substring(first(), end).strip();
  }

  /** {@return where it begins, as {@code file:line}} */
  String site() {
    return source.name() + ":" + source.lineAt(first());
  }
}
