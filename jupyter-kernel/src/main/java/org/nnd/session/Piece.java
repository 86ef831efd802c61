package org.nnd.session;

/**
 * A part of a source that is handed to JShell as one snippet.
 *
 * @param begin offset in the source
 * @param end offset in the source, exclusive
 * @param block whether it is a run of statements, to be evaluated as one block
 */
record Piece(Source source, int begin, int end, boolean block) {

  private static final String OPEN = "{";
  // The line break ends a comment that may stand last.
  private static final String CLOSE = "\n}";

  /** {@return the snippet} */
  String code() {
    String text = source.code().substring(begin, end);
    return block ? OPEN + text + CLOSE : text;
  }

  /** {@return the offset in the source of position {@code position} of the snippet} */
  int offset(long position) {
    int shift = block ? OPEN.length() : 0;
    return Math.clamp(begin + position - shift, begin, end);
  }

  int lineOf(long position) {
    return source.lineAt(offset(position));
  }

  /** {@return the offset of the first thing that is not white space or a comment} */
  int first() {
    return begin + Blanks.length(source.code().substring(begin, end));
  }

  String site() {
    return source.name() + ":" + source.lineAt(first());
  }
}
