package org.nnd.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;

/**
 * Splits a source into pieces before any of it runs, so that a brace missing on the last line does
 * not show after ten minutes of training.
 *
 * <p>Every snippet costs JShell three to four passes of the compiler. Consecutive statements that
 * declare nothing become one block, which costs as much as one of them; declarations have to stay
 * snippets, to be seen by what follows.
 */
final class Splitter {
  /**
   * @param problems what could not be read; the pieces around it are there all the same
   * @param incomplete whether the text ends within a snippet
   */
  record Split(List<Piece> pieces, List<Problem> problems, boolean incomplete) {}

  private static final String NAME = "\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*";

  /**
   * How a statement begins that cannot be a declaration: a name, then a call, an assignment or a
   * step; {@code if (} and {@code for (} are such names too. A declaration has two names.
   */
  private static final Pattern STATEMENT =
      Pattern.compile(
          "(?:new\\s+"
              + NAME
              + "|"
              + NAME
              + "(?:\\s*\\.\\s*"
              + NAME
              + ")*\\s*(?:\\(|\\+\\+|--|(?:[-+*/%&|^]|<<|>>>?)?=(?!=)))");

  private static final String PREMATURE_END = "compiler.err.premature.eof";

  private final JShell shell;

  Splitter(JShell shell) {
    this.shell = shell;
  }

  Split split(Source source) {
    return split(source, 0, source.code().length());
  }

  /** {@return the pieces between two offsets of {@code source}} */
  Split split(Source source, int begin, int end) {
    var singles = new ArrayList<Piece>();
    var problems = new ArrayList<Problem>();
    String code = source.code().substring(0, end);
    int at = begin;
    while (at < code.length()) {
      int first = at + Blanks.length(code.substring(at));
      if (Question.isAt(shell.sourceCodeAnalysis(), code, first)) {
        at = Question.end(code, first);
        singles.add(new Piece(source, first, at, Piece.Form.QUESTION));
        continue;
      }
      if (Cells.isMagic(code, first)) {
        at = Cells.magicEnd(shell.sourceCodeAnalysis(), code, first, source.script());
        singles.add(new Piece(source, first, at, Piece.Form.MAGIC));
        continue;
      }
      int alone = Cells.expressionEnd(shell.sourceCodeAnalysis(), code, first);
      if (alone >= 0) {
        singles.add(new Piece(source, first, alone, Piece.Form.OPEN_ENDED));
        at = alone;
        continue;
      }
      CompletionInfo next = shell.sourceCodeAnalysis().analyzeCompletion(code.substring(at));
      switch (next.completeness()) {
        case EMPTY -> at = code.length();
        case COMPLETE, COMPLETE_WITH_SEMI -> {
          int to = code.length() - next.remaining().length();
          boolean whole = next.completeness() == Completeness.COMPLETE;
          var form = whole ? Piece.Form.WHOLE : Piece.Form.OPEN_ENDED;
          singles.add(new Piece(source, at, to, form));
          at = to;
        }
        case UNKNOWN, DEFINITELY_INCOMPLETE, CONSIDERED_INCOMPLETE -> {
          var rest = new Piece(source, at, code.length(), Piece.Form.WHOLE);
          Optional<Diag> error = syntaxError(rest);
          if (error.isEmpty() && next.completeness().isComplete()) {
            singles.add(rest);
            at = code.length();
          } else if (error.isEmpty() || error.get().getCode().equals(PREMATURE_END)) {
            problems.add(
                Problem.at(
                    source,
                    rest.first(),
                    "the text ends within what begins here:"
                        + " a bracket, a brace, a quote or a semicolon is missing"));
            return new Split(join(singles), problems, true);
          } else {
            int where = rest.offset(error.get().getPosition());
            problems.add(Problem.at(source, where, error.get().getMessage(Locale.ENGLISH)));
            at = nextTopLevelLine(code, where);
          }
        }
      }
    }
    return new Split(join(singles), problems, false);
  }

  private Optional<Diag> syntaxError(Piece rest) {
    return shell.sourceCodeAnalysis().sourceToSnippets(rest.code()).stream()
        .filter(snippet -> snippet.kind() == Snippet.Kind.ERRONEOUS)
        .flatMap(shell::diagnostics)
        .filter(Diag::isError)
        .findFirst();
  }

  /** A line that begins in the first column after a statement or body was ended. */
  private static int nextTopLevelLine(String code, int from) {
    for (int line = code.indexOf('\n', from); line >= 0; line = code.indexOf('\n', line + 1)) {
      String before = code.substring(0, line).stripTrailing();
      boolean ended = before.endsWith(";") || before.endsWith("}");
      if (ended && line + 1 < code.length() && Character.isLetter(code.charAt(line + 1))) {
        return line + 1;
      }
    }
    return code.length();
  }

  /** Joins runs of statements; the last piece stays alone, for its value is the source's value. */
  private static List<Piece> join(List<Piece> singles) {
    var joined = new ArrayList<Piece>();
    int run = 0;
    for (int i = 0; i <= singles.size(); i++) {
      boolean inRun = i < singles.size() - 1 && isStatement(singles.get(i));
      if (inRun) {
        continue;
      }
      if (i > run) {
        Piece first = singles.get(run);
        int end = singles.get(i - 1).end();
        joined.add(new Piece(first.source(), first.begin(), end, Piece.Form.BLOCK));
      }
      if (i < singles.size()) {
        joined.add(singles.get(i));
      }
      run = i + 1;
    }
    return joined;
  }

  private static boolean isStatement(Piece piece) {
    String code = piece.bare();
    boolean ended = code.endsWith(";") || code.endsWith("}");
    return ended
        && !piece.isMagic()
        && !piece.isQuestion()
        && Loads.target(piece).isEmpty()
        && STATEMENT.matcher(code).lookingAt();
  }

  /** {@return the statements of a block, each a piece of its own} */
  List<Piece> singles(Piece block) {
    var pieces = new ArrayList<Piece>();
    String code = block.source().code();
    int at = block.begin();
    while (at < block.end()) {
      String rest = code.substring(at, block.end());
      int end =
          block.end() - shell.sourceCodeAnalysis().analyzeCompletion(rest).remaining().length();
      pieces.add(new Piece(block.source(), at, end, Piece.Form.WHOLE));
      at = end;
    }
    return pieces;
  }
}
