package org.nnd.session;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;

/**
 * Where snippets end for other reasons than Java's grammar: magics, and the cells of a notebook
 * that was saved as one text, whose last expressions have no semicolon.
 */
final class Cells {
  private static final Pattern MAGIC = Pattern.compile("%%?\\p{Alpha}\\w*");

  /** A blank line, a magic, or the mark of the next cell. */
  private static final Pattern END =
      Pattern.compile("\\n(?=[ \\t\\r]*\\n|[ \\t]*%%?\\p{Alpha}|// ?%%)");

  private static final Pattern MARK = Pattern.compile("\\n(?=// ?%%)");
  private static final Pattern CONTINUED = Pattern.compile("\\s*[.?:+*/&|)\\]}-]");

  private Cells() {}

  /** {@return whether a magic begins at offset {@code at}, where a snippet begins} */
  static boolean isMagic(String code, int at) {
    return MAGIC.matcher(code).region(at, code.length()).lookingAt();
  }

  /** {@return where the magic ends that begins at {@code at}: with its line, or with its cell} */
  static int magicEnd(String code, int at) {
    boolean ofCell = code.startsWith("%%", at);
    int end = ofCell ? endOf(MARK, code, at) : code.indexOf('\n', at);
    return end < 0 ? code.length() : end;
  }

  /**
   * {@return where the snippet ends that begins at {@code at}, if that is not for Java's grammar to
   * say; else -1} It is for the grammar when what stands before the end of the cell is ended by a
   * semicolon or a brace, or goes on behind it.
   */
  static int expressionEnd(SourceCodeAnalysis analysis, String code, int at) {
    Matcher ends = END.matcher(code);
    int end = at;
    do {
      if (!ends.find(end)) {
        return -1;
      }
      end = ends.start();
      String last = code.substring(at, end).stripTrailing();
      if (last.isEmpty() || last.endsWith(";") || last.endsWith("}")) {
        return -1;
      }
      end += 1;
    } while (isContinued(code, end));
    CompletionInfo info = analysis.analyzeCompletion(code.substring(at, end));
    boolean whole = info.completeness().isComplete() && info.remaining().isBlank();
    return whole ? end : -1;
  }

  private static boolean isContinued(String code, int at) {
    int next = at + Blanks.length(code.substring(at));
    return CONTINUED.matcher(code).region(next, code.length()).lookingAt();
  }

  private static int endOf(Pattern end, String code, int from) {
    Matcher found = end.matcher(code);
    return found.find(from) ? found.start() : -1;
  }
}
