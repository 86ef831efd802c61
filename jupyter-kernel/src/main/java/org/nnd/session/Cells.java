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

  /** A blank line, a magic, a question, or the mark of the next cell. */
  private static final Pattern END =
      Pattern.compile("\\n(?=[ \\t\\r]*\\n|[ \\t]*%%?\\p{Alpha}|// ?%%|" + Question.LINE + ")");

  private static final Pattern BLANK_LINE = Pattern.compile("\\n[ \\t\\r]*\\n");

  private static final Pattern LINE_END = Pattern.compile("\\n");
  private static final Pattern MARK = Pattern.compile("\\n(?=// ?%%)");
  private static final Pattern CONTINUED = Pattern.compile("\\s*[.?:+*/&|)\\]}-]");

  private Cells() {}

  /** {@return whether a magic begins at offset {@code at}, where a snippet begins} */
  static boolean isMagic(String code, int at) {
    return MAGIC.matcher(code).region(at, code.length()).lookingAt();
  }

  /**
   * {@return where the magic ends that begins at {@code at}: with its line, or with its cell}
   *
   * <p>The cells of a script end at their marks, {@code // %%}. nbconvert marks none, but puts a
   * blank line between two: in a script without marks a cell ends at the first blank line that does
   * not stand within a snippet.
   */
  static int magicEnd(SourceCodeAnalysis analysis, String code, int at, boolean script) {
    boolean ofCell = code.startsWith("%%", at);
    if (ofCell && script && !MARK.matcher(code).find()) {
      boolean ofCode = Magics.name(code.substring(at)).equals("%%time");
      return ofCode ? blankBehindSnippet(analysis, code, at) : end(BLANK_LINE, code, at);
    }
    return ofCell ? end(MARK, code, at) : end(LINE_END, code, at);
  }

  private static int blankBehindSnippet(SourceCodeAnalysis analysis, String code, int magic) {
    int at = end(LINE_END, code, magic);
    int first = at + Blanks.length(code.substring(at));
    while (first < code.length()) {
      at = snippetEnd(analysis, code, first);
      first = at + Blanks.length(code.substring(at));
      int begin = code.substring(0, at).stripTrailing().length();
      if (BLANK_LINE.matcher(code).region(begin, first).find()) {
        return begin;
      }
    }
    return code.length();
  }

  /** Of a snippet that is wrong, the end of the text: it is told when that is split. */
  private static int snippetEnd(SourceCodeAnalysis analysis, String code, int at) {
    if (isMagic(code, at) || Question.isAt(analysis, code, at)) {
      return end(LINE_END, code, at);
    }
    int alone = expressionEnd(analysis, code, at);
    if (alone >= 0) {
      return alone;
    }
    CompletionInfo info = analysis.analyzeCompletion(code.substring(at));
    return info.completeness().isComplete()
        ? code.length() - info.remaining().length()
        : code.length();
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
    } while (isContinued(analysis, code, at, end));
    CompletionInfo info = analysis.analyzeCompletion(code.substring(at, end));
    boolean whole = info.completeness().isComplete() && info.remaining().isBlank();
    return whole ? end : -1;
  }

  private static boolean isContinued(
      SourceCodeAnalysis analysis, String code, int snippet, int at) {
    int next = at + Blanks.length(code.substring(at));
    if (Question.looksLikeOne(code, next)) {
      return Question.isCondition(analysis, code.substring(snippet));
    }
    return CONTINUED.matcher(code).region(next, code.length()).lookingAt();
  }

  private static int end(Pattern end, String code, int from) {
    Matcher found = end.matcher(code);
    return found.find(from) ? found.start() : code.length();
  }
}
