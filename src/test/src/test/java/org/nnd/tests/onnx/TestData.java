package org.nnd.tests.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The data of ONNX's backend tests, Debian's package libonnx-testdata: installed, or unpacked into
 * the user's cache folder, or where the environment variable NND_ONNX_TESTDATA says.
 */
final class TestData {
  private static final Path INSTALLED = Path.of("/usr/share/libonnx-testdata/data");

  private TestData() {}

  /** {@return the folder of folders of cases, if it can be had on this machine} */
  static Optional<Path> folder() throws IOException, InterruptedException {
    String named = System.getenv("NND_ONNX_TESTDATA");
    Path given = named == null || named.isEmpty() ? INSTALLED : Path.of(named);
    if (Files.isDirectory(given)) {
      return Optional.of(given);
    }
    return provided();
  }

  /** What {@code opencl/provision.sh} finds or unpacks. */
  private static Optional<Path> provided() throws IOException, InterruptedException {
    Path home = Path.of(System.getProperty("nnd.home"));
    String script =
        """
        cache=${NND_CACHE_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/nnd}
        say() { printf '%s\\n' "$*" >&2; }
        . opencl/provision.sh
        provide_onnx_testdata
        printf '%s\\n' "$NND_ONNX_TESTDATA"
        """;
    Process process =
        new ProcessBuilder("sh", "-c", script)
            .directory(home.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String said = new String(process.getInputStream().readAllBytes()).strip();
    boolean found = process.waitFor() == 0 && !said.isEmpty() && Files.isDirectory(Path.of(said));
    return found ? Optional.of(Path.of(said)) : Optional.empty();
  }

  /** {@return every folder of a case: those that begin with {@code test_}, two levels down} */
  static List<Path> cases(Path data) throws IOException {
    try (Stream<Path> folders = Files.walk(data, 2)) {
      return folders
          .filter(p -> p.getFileName().toString().startsWith("test_") && Files.isDirectory(p))
          .filter(p -> data.relativize(p).getNameCount() == 2)
          .sorted()
          .toList();
    }
  }
}
