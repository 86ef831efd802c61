package org.nnd.session;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;

/**
 * A line that asks about a name, as in IPython: {@code conv?} or {@code ?conv}, {@code Math.max?},
 * {@code %time?}.
 */
public final class Question {
  private static final String NAME = "(?:%{1,2}\\w+|[\\p{L}_$][\\w$]*(?:\\.[\\w$]+)*)";

  /** The text of such a line; a name in the first group or in the second. */
  static final String LINE =
      "[ \\t]*(?:\\?+[ \\t]*(" + NAME + ")|(" + NAME + ")[ \\t]*\\?+)[ \\t\\r]*(?=\\n|\\z)";

  private static final Pattern QUESTION = Pattern.compile(LINE);

  private Question() {}

  /** {@return whether the whole of {@code text} is a question} */
  public static boolean is(String text) {
    return QUESTION.matcher(text.strip()).matches();
  }

  /** {@return the name that {@code question} asks about} */
  public static String name(String question) {
    Matcher asked = QUESTION.matcher(question.strip());
    if (!asked.matches()) {
      throw new IllegalArgumentException(question);
    }
    return asked.group(1) == null ? asked.group(2) : asked.group(1);
  }

  /**
   * {@return whether a question begins at offset {@code at}, where a snippet begins} A condition
   * whose two results stand in the next lines is none.
   */
  static boolean isAt(SourceCodeAnalysis analysis, String code, int at) {
    return looksLikeOne(code, at) && !isCondition(analysis, code.substring(at));
  }

  /** {@return whether the line at offset {@code at} is a question, or a part of a condition} */
  static boolean looksLikeOne(String code, int at) {
    return QUESTION.matcher(code).region(at, code.length()).lookingAt();
  }

  /** {@return whether {@code code} begins with a condition, both of its results included} */
  static boolean isCondition(SourceCodeAnalysis analysis, String code) {
    CompletionInfo found = analysis.analyzeCompletion(code);
    boolean ended =
        found.completeness() == Completeness.COMPLETE
            || found.completeness() == Completeness.COMPLETE_WITH_SEMI;
    int length = code.length() - found.remaining().length();
    return ended && code.substring(0, length).contains(":"); // it may end before that, wrongly
  }

  /** {@return where the question ends that begins at {@code at}} */
  static int end(String code, int at) {
    int end = code.indexOf('\n', at);
    return end < 0 ? code.length() : end;
  }
}
