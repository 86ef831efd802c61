package org.nnd.session;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stream that shows stack traces as users know their code: the user's frames by cell or file and
 * line, and none of JShell's and NND's. {@link Throwable#printStackTrace} writes one object after
 * the other, the throwable itself and then its frames, and holds the stream meanwhile; so does the
 * JVM with what a thread has not caught.
 */
public final class TraceStream extends PrintStream {
  private static final Pattern FRAME =
      Pattern.compile(
          "(\\s*)at (?:[^()\\s]*/)?([^()\\s/]+)\\.([^()\\s.]+)\\((?:[^():]*:)?(\\d*).*");

  private static final Pattern REST =
      Pattern.compile("(\\s*)\\.\\.\\. \\d+ (?:more|common frames).*");

  /** Runs user code; what is below it called it. */
  private static final String BASE = "org.nnd.session.";

  private static final Pattern INTERNAL =
      Pattern.compile("(?:org\\.nnd|jdk\\.jshell|jdk\\.internal|java\\.lang\\.reflect|REPL)\\..*");

  private static volatile SourceMap map = new SourceMap();
  private static volatile Optional<Throwable> last = Optional.empty();

  private boolean belowUser;

  /** A stream that hands on to {@code stream}. */
  public TraceStream(PrintStream stream) {
    super(stream, true, StandardCharsets.UTF_8);
  }

  /** From now on the user's frames are those that {@code newMap} knows. */
  static void use(SourceMap newMap) {
    map = newMap;
  }

  /** {@return what was printed last, whole, and forgets it} */
  static Optional<Throwable> takeLast() {
    Optional<Throwable> taken = last;
    last = Optional.empty();
    return taken;
  }

  @Override
  public void println(Object value) {
    if (value instanceof Throwable thrown) {
      last = Optional.of(thrown);
      belowUser = false;
      super.println(SourceMap.withoutWrappers(String.valueOf(thrown)));
    } else if (value instanceof String line) {
      shown(line).ifPresent(super::println);
    } else {
      super.println(value);
    }
  }

  /** {@return {@code line} of a stack trace as the user sees it; any other line as it is} */
  private Optional<String> shown(String line) {
    Matcher frame = FRAME.matcher(line);
    Matcher rest = REST.matcher(line);
    if (frame.matches()) {
      String type = frame.group(2);
      int number = frame.group(4).isEmpty() ? 0 : Integer.parseInt(frame.group(4));
      belowUser |= type.startsWith(BASE);
      Optional<SourceMap.Site> site = map.site(type, number);
      if (belowUser || site.isEmpty() && INTERNAL.matcher(type).matches()) {
        return Optional.empty();
      }
      return Optional.of(site.map(at -> frame.group(1) + "at " + at).orElse(line));
    }
    if (rest.matches()) {
      return Optional.of(rest.group(1) + "... as above");
    }
    belowUser = false;
    return Optional.of(SourceMap.withoutWrappers(line));
  }
}
