package org.nnd.jupyter;

import java.io.File;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.nnd.ir.NndException;

/**
 * What environment variables say. {@code IJAVA_CLASSPATH}, as IJava named it, may also be {@code
 * JJAVA_CLASSPATH} or {@code NND_CLASSPATH}, and so on.
 *
 * @param classPath globs of jars and folders that cells can use
 * @param compilerOptions options of javac
 * @param timeout how long a cell may take
 * @param scripts globs of scripts that are run at the start
 * @param script code that is run at the start
 * @param extensions whether JJava's extensions on the class path are loaded
 */
record Settings(
    List<String> classPath,
    List<String> compilerOptions,
    Optional<Duration> timeout,
    List<String> scripts,
    String script,
    boolean extensions) {

  private static final List<String> PREFIXES = List.of("NND_", "JJAVA_", "IJAVA_");

  /** {@return what {@code environment} says} */
  static Settings of(Map<String, String> environment) {
    return new Settings(
        paths(value(environment, "CLASSPATH")),
        words(value(environment, "COMPILER_OPTS")),
        timeout(value(environment, "TIMEOUT")),
        paths(value(environment, "STARTUP_SCRIPTS_PATH")),
        value(environment, "STARTUP_SCRIPT"),
        !List.of("0", "false").contains(value(environment, "LOAD_EXTENSIONS").toLowerCase()));
  }

  private static String value(Map<String, String> environment, String name) {
    return PREFIXES.stream()
        .map(prefix -> environment.getOrDefault(prefix + name, ""))
        .filter(value -> !value.isBlank())
        .findFirst()
        .orElse("");
  }

  private static List<String> paths(String value) {
    return Stream.of(value.split(File.pathSeparator)).filter(path -> !path.isBlank()).toList();
  }

  private static List<String> words(String value) {
    return Arrays.stream(value.strip().split("\\s+")).filter(word -> !word.isEmpty()).toList();
  }

  /** In milliseconds; none where it is not positive, as in IJava. */
  private static Optional<Duration> timeout(String value) {
    if (value.isEmpty()) {
      return Optional.empty();
    }
    try {
      long millis = Long.parseLong(value.strip());
      return millis > 0 ? Optional.of(Duration.ofMillis(millis)) : Optional.empty();
    } catch (NumberFormatException e) {
      throw new NndException("IJAVA_TIMEOUT is '" + value + "'; it is a number of milliseconds", e);
    }
  }
}
