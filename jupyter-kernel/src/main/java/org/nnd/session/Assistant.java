package org.nnd.session;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.SourceCodeAnalysis.Documentation;
import jdk.jshell.SourceCodeAnalysis.Suggestion;

/** Answers about code that is being written: what may follow, what a name means, is it whole. */
public final class Assistant {
  /** What every object has, and few look for. */
  private static final Set<String> COMMON =
      Set.of(
          "equals(", "getClass()", "hashCode()", "notify()", "notifyAll()", "toString()", "wait(");

  /** The magics whose arguments are Java. */
  private static final Set<String> EVALUATING = Set.of("%time", "%%time", "%explain");

  private static final Pattern PACKAGE = Pattern.compile("\\b(?:[a-z]\\w*\\.)+(?=[A-Z])");

  /** What stands before a declaration. */
  private static final Pattern ANNOTATIONS =
      Pattern.compile("\\s*(?:@[\\w.]+(?:\\s*\\([^()]*\\))?\\s*)+");

  private final SourceCodeAnalysis analysis;
  private final Names names;
  private final SourceDocs sources = SourceDocs.ofLauncher();

  Assistant(SourceCodeAnalysis analysis, Names names) {
    this.analysis = analysis;
    this.names = names;
  }

  /**
   * What may stand at the cursor.
   *
   * @param begin offset from which the text up to the cursor would be replaced
   * @param texts what it would be replaced by; those of a fitting type first
   */
  public record Completions(int begin, List<String> texts) {}

  /** Documentation of one meaning of a name; {@code javadoc} is empty where none is found. */
  public record Description(String signature, String javadoc) {
    /** {@return both, as a terminal shows them} */
    public String text() {
      return javadoc.isBlank() ? signature : signature + "\n" + javadoc.indent(2).stripTrailing();
    }
  }

  /** Whether a text can be evaluated as it is. */
  public enum Completeness {
    COMPLETE,
    INCOMPLETE,
    INVALID
  }

  /** {@return what may stand at offset {@code cursor} of {@code code}} */
  public Completions complete(String code, int cursor) {
    return names.at(code, cursor).orElseGet(() -> ofJava(code, cursor));
  }

  private Completions ofJava(String code, int cursor) {
    int start = snippetStart(code, cursor);
    int[] anchor = {cursor - start};
    List<Suggestion> found =
        analysis.completionSuggestions(code.substring(start), cursor - start, anchor);
    int begin = start + anchor[0];
    Set<String> variables = names.values().get().keySet();
    boolean member = code.substring(0, begin).stripTrailing().endsWith(".");
    Comparator<Suggestion> fitting = Comparator.comparing(s -> !s.matchesType());
    Comparator<Suggestion> kinds =
        Comparator.comparing(s -> kind(s.continuation(), begin == cursor, variables));
    Comparator<Suggestion> order =
        member
            ? fitting
            : begin == cursor ? kinds.thenComparing(fitting) : fitting.thenComparing(kinds);
    List<String> texts =
        found.stream()
            .sorted(order) // is stable
            .map(Suggestion::continuation)
            .distinct()
            .sorted(Comparator.comparing(COMMON::contains))
            .toList();
    return new Completions(begin, texts);
  }

  /** What is written in an empty place, the likeliest first. */
  private static int kind(String text, boolean empty, Set<String> variables) {
    if (variables.contains(text)) {
      return 0;
    }
    if (text.endsWith("(") || text.endsWith("()")) {
      return 1;
    }
    return empty && Character.isUpperCase(text.charAt(0)) ? 2 : 3;
  }

  /** {@return what the name at offset {@code cursor} of {@code code} means, for each overload} */
  public List<Description> describe(String code, int cursor) {
    Optional<Description> magic = MagicHelp.at(code, cursor);
    if (magic.isPresent()) {
      return List.of(magic.get());
    }
    int start = snippetStart(code, cursor);
    String snippet = code.substring(start);
    List<Documentation> found = analysis.documentation(snippet, cursor - start, true);
    if (found.isEmpty() && !snippet.startsWith("(", cursor - start)) { // a method's bare name
      String call = snippet.substring(0, cursor - start) + "(";
      found = analysis.documentation(call, call.length(), true);
    }
    return found.stream().map(this::description).distinct().toList();
  }

  private Description description(Documentation found) {
    return sources
        .find(found.signature())
        .orElseGet(
            () ->
                new Description(
                    PACKAGE.matcher(found.signature()).replaceAll(""),
                    found.javadoc() == null ? "" : Javadoc.plain(found.javadoc())));
  }

  /** {@return what the name {@code name} means, in words} */
  public String answer(String name) {
    return described(name, name.length()).orElse("Nothing is known about '" + name + "'.");
  }

  /** {@return what {@link #describe} gives, in words} */
  public Optional<String> described(String code, int cursor) {
    List<Description> found = describe(code, cursor);
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(found.stream().map(Description::text).collect(Collectors.joining("\n\n")));
  }

  /** {@return whether {@code text} can be evaluated as it is} */
  public Completeness completeness(String text) {
    String code = new Source("cell", text).code();
    int at = 0;
    int begin = Blanks.length(code);
    while (Cells.isMagic(code, begin) || Question.isAt(analysis, code, begin)) {
      at =
          Question.looksLikeOne(code, begin)
              ? Question.end(code, begin)
              : Cells.magicEnd(analysis, code, begin, false);
      begin = at + Blanks.length(code.substring(at));
    }
    String rest = code.substring(at);
    CompletionInfo next = analysis.analyzeCompletion(rest);
    while (next.completeness().isComplete() && !next.remaining().isBlank()) {
      rest = next.remaining();
      next = analysis.analyzeCompletion(rest);
    }
    if (ANNOTATIONS.matcher(rest).matches() || Blanks.endOpen(rest)) {
      return Completeness.INCOMPLETE;
    }
    return switch (next.completeness()) {
      case COMPLETE, COMPLETE_WITH_SEMI, EMPTY -> Completeness.COMPLETE;
      case DEFINITELY_INCOMPLETE, CONSIDERED_INCOMPLETE -> Completeness.INCOMPLETE;
      case UNKNOWN -> Completeness.INVALID;
    };
  }

  /**
   * The analysis looks at one snippet: the one that the cursor is in. Of magics it sees the code
   * that they are given.
   */
  private int snippetStart(String code, int cursor) {
    int start = 0;
    while (true) {
      int magic = start + Blanks.length(code.substring(start));
      if (magic < cursor && Cells.isMagic(code, magic)) {
        String head =
            code.substring(
                magic, Math.min(code.length(), Cells.magicEnd(analysis, code, magic, false)));
        boolean evaluates = EVALUATING.contains(Magics.name(head));
        int next = evaluates ? magic + Magics.argumentsAt(head) : magic + head.length();
        if (next > cursor) {
          return start;
        }
        start = next;
        continue;
      }
      CompletionInfo next = analysis.analyzeCompletion(code.substring(start));
      int end = code.length() - next.remaining().length();
      if (!next.completeness().isComplete() || end >= cursor || end <= start) {
        return start;
      }
      start = end;
    }
  }
}
