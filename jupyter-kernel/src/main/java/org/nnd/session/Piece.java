package org.nnd.session;

/**
 * A part of a source that is handed to JShell as one snippet.
 *
 * @param begin offset in the source
 * @param end offset in the source, exclusive
 * @param form what is added to make it a snippet
 */
record Piece(Source source, int begin, int end, Form form) {

  /**
   * What is added before and after the text to make it a snippet. A line break after it ends a
   * comment that may stand last.
   */
  record Form(String before, String after) {
    /** A snippet as it stands. */
    static final Form WHOLE = new Form("", "");

    /** The last snippet of a source, whose semicolon was left out. */
    static final Form OPEN_ENDED = new Form("", "\n;");

    /** A run of statements, which becomes one. */
    static final Form BLOCK = new Form("{", "\n}");

    /**
     * A command in the manner of notebooks: {@code %name arguments}, or {@code %%name} with lines.
     */
    static final Form MAGIC = new Form("%", "");

    /** A question about a name: {@code conv?}. */
    static final Form QUESTION = new Form("?", "");
  }

  /** {@return all of {@code source}} */
  static Piece of(Source source) {
    return new Piece(source, 0, source.code().length(), Form.WHOLE);
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
    return form.equals(Form.BLOCK);
  }

  boolean isMagic() {
    return form.equals(Form.MAGIC);
  }

  boolean isQuestion() {
    return form.equals(Form.QUESTION);
  }

  /** {@return whether a semicolon keeps the value from being shown} */
  boolean isSilent() {
    return bare().endsWith(";");
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
