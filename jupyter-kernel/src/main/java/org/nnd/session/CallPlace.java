package org.nnd.session;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where in a line of the user's something was called that failed. The JVM knows lines alone; but it
 * knows the name of what was called, which mostly stands in the line once.
 */
final class CallPlace {
  private CallPlace() {}

  /**
   * {@return the column, from 1, of the call on the line {@code at} from which {@code thrown} came,
   * if there is no doubt}
   */
  static OptionalInt column(Throwable thrown, SourceMap.Site at, SourceMap map) {
    return Stream.iterate(thrown, t -> t != null, Throwable::getCause)
        .map(t -> callee(t.getStackTrace(), at, map))
        .flatMap(Optional::stream)
        .findFirst()
        .map(name -> column(name, at.source().line(at.line())))
        .orElse(OptionalInt.empty());
  }

  private static Optional<String> callee(
      StackTraceElement[] trace, SourceMap.Site at, SourceMap map) {
    for (int i = 1; i < trace.length; i++) {
      StackTraceElement frame = trace[i];
      if (map.site(frame.getClassName(), frame.getLineNumber()).filter(at::equals).isPresent()) {
        StackTraceElement called = trace[i - 1];
        return Optional.of(
            called.getMethodName().equals("<init>")
                ? simpleName(called.getClassName())
                : called.getMethodName());
      }
    }
    return Optional.empty();
  }

  private static String simpleName(String className) {
    return className.substring(
        1 + Math.max(className.lastIndexOf('.'), className.lastIndexOf('$')));
  }

  private static OptionalInt column(String name, String line) {
    List<MatchResult> calls =
        Pattern.compile("\\b" + Pattern.quote(name) + "\\s*(?:<[^()]*>\\s*)?\\(")
            .matcher(line)
            .results()
            .toList();
    return calls.size() == 1 ? OptionalInt.of(calls.getFirst().start() + 1) : OptionalInt.empty();
  }
}
