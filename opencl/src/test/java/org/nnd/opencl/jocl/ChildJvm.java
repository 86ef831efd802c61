package org.nnd.opencl.jocl;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a main class of the tests in a process of its own. */
public final class ChildJvm {
  /** What came of it. */
  public record Outcome(int exit, String output) {}

  private ChildJvm() {}

  public static Process start(
      Class<?> main, List<String> options, Map<String, String> env, String... args)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(env);
    return builder.start();
  }

  public static Outcome run(
      Class<?> main, List<String> options, Map<String, String> env, String... args)
      throws IOException, InterruptedException {
    return await(start(main, options, env, args));
  }

  public static Outcome await(Process process) throws IOException, InterruptedException {
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(180, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("the child did not end");
    }
    return new Outcome(process.exitValue(), output);
  }
}
