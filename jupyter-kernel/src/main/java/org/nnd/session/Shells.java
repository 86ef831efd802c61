package org.nnd.session;

import java.util.List;
import java.util.Map;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import org.nnd.ir.NndException;

/** Makes JShell instances that have the prelude. */
final class Shells {
  private Shells() {}

  /** {@return a shell that compiles against the class path of this process} */
  static JShell open(ExecutionControl engine, List<String> compilerOptions) {
    var provider =
        new ExecutionControlProvider() {
          @Override
          public String name() {
            return "nnd";
          }

          @Override
          public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
            return engine;
          }
        };
    JShell shell =
        JShell.builder()
            .executionEngine(provider, Map.of())
            .compilerOptions(compilerOptions.toArray(String[]::new))
            .build();
    if (System.getenv("CLASSPATH") != null) { // which the compiler would take instead
      shell.addToClasspath(System.getProperty("java.class.path"));
    }
    return shell;
  }

  /**
   * Imports the prelude. JShell reads the first import of a snippet and copies the whole snippet
   * into its wrappers, so that all imports are one snippet: checking them one by one takes some 10
   * ms each.
   */
  static void importPrelude(JShell shell) {
    if (!isAccepted(shell, String.join(" ", Prelude.imports()))) {
      for (String line : Prelude.imports()) {
        if (!isAccepted(shell, line)) {
          throw new NndException("the prelude cannot be imported: " + line);
        }
      }
    }
  }

  private static boolean isAccepted(JShell shell, String code) {
    return shell.eval(code).stream()
        .map(SnippetEvent::status)
        .allMatch(status -> status == Snippet.Status.VALID);
  }
}
