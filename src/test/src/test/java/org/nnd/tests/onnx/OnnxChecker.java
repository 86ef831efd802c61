package org.nnd.tests.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * ONNX's own checker, of Debian's package python3-onnx: installed, or unpacked into the user's
 * cache folder, or by the Python that the environment variable NND_ONNX_PYTHON names. Where it
 * cannot be had, on a machine that is not of Debian's family, a line says that it is skipped.
 */
final class OnnxChecker {
  private static final String PROGRAM =
      """
      import glob, sys
      import onnx
      files = sorted(glob.glob(sys.argv[1] + "/*.onnx"))
      for file in files:
          try:
              onnx.checker.check_model(file, full_check=True)
              model = onnx.shape_inference.infer_shapes(onnx.load(file), True, True, True)
              for value in [*model.graph.value_info, *model.graph.output]:
                  assert value.type.WhichOneof("value"), "no type of " + value.name
          except Exception as e:
              print("%s: %s" % (file, e))
      print("%d files checked" % len(files))
      """;

  private static String python;

  private OnnxChecker() {}

  /** Asserts that every {@code *.onnx} of a folder is a valid model. */
  static void accepts(Path folder) throws IOException, InterruptedException {
    long count;
    try (Stream<Path> files = Files.list(folder)) {
      count = files.filter(file -> file.toString().endsWith(".onnx")).count();
    }
    assertTrue(count > 0, "no files to check");
    if (python().isEmpty()) {
      System.out.println("ONNX's checker is skipped: Debian's python3-onnx could not be had");
      return;
    }
    Process process =
        new ProcessBuilder(python(), "-", folder.toString()).redirectErrorStream(true).start();
    try (OutputStream program = process.getOutputStream()) {
      program.write(PROGRAM.getBytes(StandardCharsets.UTF_8));
    }
    assertEquals(count + " files checked", said(process));
  }

  /** The interpreter, or nothing. */
  private static synchronized String python() throws IOException, InterruptedException {
    if (python == null) {
      String named = System.getenv("NND_ONNX_PYTHON");
      python = named == null || named.isEmpty() ? provided() : named;
    }
    return python;
  }

  /** What {@code opencl/provision.sh} finds or unpacks. */
  private static String provided() throws IOException, InterruptedException {
    String script =
        """
        cache=${NND_CACHE_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/nnd}
        say() { printf '%s\\n' "$*" >&2; }
        . opencl/provision.sh
        provide_onnx_checker
        printf '%s\\n' "$NND_ONNX_PYTHON"
        """;
    return said(
        new ProcessBuilder("sh", "-c", script)
            .directory(Path.of(System.getProperty("nnd.home")).toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  private static String said(Process process) throws IOException, InterruptedException {
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    process.waitFor();
    return said;
  }
}
