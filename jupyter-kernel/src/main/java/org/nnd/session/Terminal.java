package org.nnd.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where an output stream of this process ends.
 *
 * @param interactive whether a person looks at it as it is written
 * @param colour whether colours are wanted there: not with the environment variable NO_COLOR
 * @param columns width in characters
 */
public record Terminal(boolean interactive, boolean colour, int columns) {
  private static final int USUAL_COLUMNS = 80;

  /** A file or a pipe. */
  public static final Terminal NONE = new Terminal(false, false, USUAL_COLUMNS);

  /** {@return what standard output is} */
  public static Terminal ofStdout() {
    return of(isTerminal(1), System.getenv());
  }

  /** {@return what standard error is} */
  public static Terminal ofStderr() {
    return of(isTerminal(2), System.getenv());
  }

  static Terminal of(boolean interactive, Map<String, String> environment) {
    boolean refused = !environment.getOrDefault("NO_COLOR", "").isEmpty();
    boolean dumb = environment.getOrDefault("TERM", "dumb").equals("dumb");
    boolean live = interactive && !dumb;
    return new Terminal(live, live && !refused, columns(environment.getOrDefault("COLUMNS", "")));
  }

  private static int columns(String given) {
    try {
      int columns = Integer.parseInt(given);
      return columns > 0 ? columns : USUAL_COLUMNS;
    } catch (NumberFormatException unset) {
      return USUAL_COLUMNS;
    }
  }

  /** The JDK tells only whether both ends of the process are a terminal; Linux tells of each. */
  private static boolean isTerminal(int descriptor) {
    Path link = Path.of("/proc/self/fd/" + descriptor);
    try {
      if (Files.isSymbolicLink(link)) {
        String target = Files.readSymbolicLink(link).toString();
        return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
      }
    } catch (IOException e) {
      return false;
    }
    return System.console() != null;
  }
}
