package org.nnd.session;

import java.lang.instrument.Instrumentation;
import java.util.Optional;

/**
 * Receives the JVM's means to redefine a class in place, where the JVM was started with it: by
 * {@code -javaagent}, or by {@code java -jar} of a jar whose manifest says {@code
 * Launcher-Agent-Class}. Sessions do without it; with it, objects survive a changed method body of
 * their class.
 */
public final class Agent {
  private static volatile Instrumentation instrumentation;

  private Agent() {}

  /** Called by the JVM for {@code -javaagent}. */
  public static void premain(String options, Instrumentation given) {
    instrumentation = given;
  }

  /** Called by the JVM for {@code Launcher-Agent-Class}. */
  public static void agentmain(String options, Instrumentation given) {
    instrumentation = given;
  }

  static Optional<Instrumentation> instrumentation() {
    return Optional.ofNullable(instrumentation);
  }
}
