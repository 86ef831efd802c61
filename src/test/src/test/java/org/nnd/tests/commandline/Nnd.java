package org.nnd.tests.commandline;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.nnd.cli.Main;

/** Runs {@code nnd} in a folder, which is left out of what it says. */
record Nnd(Path folder) {
  record Result(int code, String out, String err) {
    /** {@return the last line of the output} */
    String last() {
      return out.lines().reduce("", (before, line) -> line);
    }
  }

  /** {@return the path of a script with this text} */
  String script(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  /** In this process. */
  Result run(String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    int code =
        Main.run(arguments, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    return new Result(code, said(out.toString(UTF_8)), said(err.toString(UTF_8)));
  }

  /** In a process of its own, as the launcher starts it. */
  Result child(String... arguments) throws IOException, InterruptedException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "org.nnd.cli.Main"));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(folder, "out", "");
    Path err = Files.createTempFile(folder, "err", "");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("it did not end; it said: " + Files.readString(err));
    }
    return new Result(
        process.exitValue(), said(Files.readString(out)), said(Files.readString(err)));
  }

  private String said(String text) {
    return text.replace(folder + "/", "").replace(System.lineSeparator(), "\n");
  }
}
