package org.nnd.session;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SourceCodeAnalysis.SnippetWrapper;

/**
 * Where in the user's sources the lines of JShell's wrapper classes come from. JShell puts each
 * snippet into a class {@code REPL.$JShell$11}, below the imports; a snippet that others changed
 * under its feet moves on to {@code REPL.$JShell$11B}.
 */
final class SourceMap {

  /** A line of a source. */
  record Site(Source source, int line) {
    @Override
    public String toString() {
      return source.name() + ":" + line;
    }
  }

  /** For each line of a wrapper class, from 0: the line of the source, or 0. */
  private record Lines(Source source, int[] lines) {}

  private static final Pattern WRAPPER = Pattern.compile("REPL\\.\\$JShell\\$[0-9A-Z_]+");

  private final Map<String, List<Lines>> byClass = new ConcurrentHashMap<>();
  private final Set<String> unknown = new HashSet<>();
  private final Map<Snippet, Piece> pieces = Collections.synchronizedMap(new WeakHashMap<>());

  /** Notes that classes have come; JShell lists their snippets only later, before it runs code. */
  void loaded(Set<String> classes) {
    classes.forEach(byClass::remove);
    unknown.addAll(classes);
  }

  /**
   * Learns the lines of the classes that have come; called before any of their code runs.
   *
   * @param current the piece that snippets not seen before come from
   */
  void learn(JShell shell, Piece current) {
    Set<String> classes = Set.copyOf(unknown);
    unknown.clear();
    for (Snippet snippet : classes.isEmpty() ? List.<Snippet>of() : shell.snippets().toList()) {
      SnippetWrapper wrapper = shell.sourceCodeAnalysis().wrapper(snippet);
      if (classes.contains(wrapper.fullClassName())) {
        Piece piece = pieces.computeIfAbsent(snippet, s -> current);
        byClass.merge(
            wrapper.fullClassName(),
            List.of(new Lines(piece.source(), lines(wrapper, piece))),
            (a, b) -> Stream.concat(a.stream(), b.stream()).toList());
      }
    }
  }

  /** {@return the piece that {@code snippet} came from} */
  Optional<Piece> piece(Snippet snippet) {
    return Optional.ofNullable(pieces.get(snippet));
  }

  void remember(Snippet snippet, Piece piece) {
    pieces.putIfAbsent(snippet, piece);
  }

  /** {@return the user's line for line {@code line} of class {@code className}} */
  Optional<Site> site(String className, int line) {
    Matcher wrapper = WRAPPER.matcher(className);
    if (!wrapper.lookingAt() || line < 1) {
      return Optional.empty();
    }
    return byClass.getOrDefault(wrapper.group(), List.of()).stream()
        .filter(map -> line <= map.lines.length && map.lines[line - 1] > 0)
        .map(map -> new Site(map.source, map.lines[line - 1]))
        .findFirst();
  }

  /** {@return the texts of the sources of that name of which code has run} */
  List<String> texts(String name) {
    return byClass.values().stream()
        .flatMap(List::stream)
        .map(Lines::source)
        .filter(source -> source.name().equals(name))
        .map(Source::text)
        .distinct()
        .toList();
  }

  /** {@return {@code text} without the names of wrapper classes} */
  static String withoutWrappers(String text) {
    return text.replaceAll(WRAPPER.pattern() + "[.$]?", "");
  }

  /**
   * Several snippets may share a wrapper, and wrapped code has parts that stand in no source: a
   * position belongs to the snippet if it maps to the source and back to itself.
   */
  private static int[] lines(SnippetWrapper wrapper, Piece piece) {
    String wrapped = wrapper.wrapped();
    int[] lines = new int[(int) wrapped.lines().count()];
    int start = Math.max(0, wrapped.indexOf("\nclass ")); // below the imports
    int line = (int) wrapped.substring(0, start).chars().filter(c -> c == '\n').count();
    for (int at = start; at < wrapped.length(); at++) {
      char c = wrapped.charAt(at);
      if (c == '\n') {
        line++;
      } else if (lines[line] == 0 && !Character.isWhitespace(c)) {
        int position = wrapper.wrappedToSourcePosition(at);
        if (position >= 0 && wrapper.sourceToWrappedPosition(position) == at) {
          lines[line] = piece.lineOf(position);
        }
      }
    }
    return lines;
  }
}
