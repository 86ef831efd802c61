package org.nnd.tests.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.nnd.format.Json;

/** Debian's Jupyter, with the kernel of these classes; its files are in {@code folder}. */
public record Jupyter(Path folder) {
  private static final String PYTHON = "/usr/bin/python3";
  private static final int MOST_MINUTES = 20;

  /** What a program printed, and how it ended. */
  public record Result(int code, String out) {}

  /** {@return Jupyter, where it has {@code module}, which is of Debian's {@code debianPackage}} */
  public static Jupyter in(Path folder, String module, String debianPackage)
      throws IOException, InterruptedException {
    var jupyter = new Jupyter(folder);
    // Its modules come along with other packages, its program does not.
    Path program = Path.of("/usr/bin", debianPackage);
    boolean there =
        (!debianPackage.startsWith("jupyter-") || Files.exists(program))
            && Files.isExecutable(Path.of(PYTHON))
            && jupyter.start(List.of(PYTHON, "-c", "import " + module)).waitFor() == 0;
    assumeTrue(there, "skipped: needs Debian's package " + debianPackage);
    jupyter.install();
    return jupyter;
  }

  /** The kernel as the launcher starts it, less the launcher. */
  private void install() {
    var argv = new ArrayList<String>();
    argv.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    argv.add("--enable-native-access=ALL-UNNAMED");
    argv.add("-Dnnd.home=" + System.getProperty("nnd.home"));
    argv.addAll(List.of("-Xmx1g", "-cp", System.getProperty("java.class.path")));
    argv.addAll(List.of("org.nnd.cli.Main", "kernel", "run", "{connection_file}"));
    Json.write(
        folder.resolve("data/kernels/nnd/kernel.json"),
        Map.of(
            "argv", argv,
            "display_name", "NND (Java)",
            "language", "java",
            "interrupt_mode", "message"));
  }

  /** Runs a Python file of this package to its end. */
  Result python(String script) throws IOException, InterruptedException {
    return run(List.of(PYTHON, "-W", "ignore", resource(script).toString()));
  }

  /** Runs {@code jupyter arguments...} to its end. */
  public Result jupyter(String command, String... arguments)
      throws IOException, InterruptedException {
    return run(command(command, arguments));
  }

  List<String> command(String command, String... arguments) {
    var line = new ArrayList<>(List.of(PYTHON, "-W", "ignore", "/usr/bin/jupyter-" + command));
    line.addAll(List.of(arguments));
    return line;
  }

  private Result run(List<String> command) throws IOException, InterruptedException {
    Process process = start(command);
    byte[] out = process.getInputStream().readAllBytes();
    if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
    }
    return new Result(process.waitFor(), new String(out, UTF_8));
  }

  /** Starts a program whose Jupyter has its files in the folder. */
  Process start(List<String> command) throws IOException {
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    Map<String, String> environment = builder.environment();
    environment.put("JUPYTER_PATH", folder.resolve("data").toString());
    environment.put("JUPYTER_DATA_DIR", folder.resolve("own").toString());
    environment.put("JUPYTER_RUNTIME_DIR", folder.resolve("runtime").toString());
    environment.put("JUPYTER_CONFIG_DIR", folder.resolve("config").toString());
    environment.put("IPYTHONDIR", folder.resolve("ipython").toString());
    environment.put("PYTHONIOENCODING", "utf-8");
    return builder
        .redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve("errors").toFile()))
        .start();
  }

  private static Path resource(String name) {
    try {
      return Path.of(Jupyter.class.getResource(name).toURI());
    } catch (java.net.URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
