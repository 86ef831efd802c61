package org.nnd.tests.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * ONNX's own checker, of Debian's package python3-onnx: the one that is installed, or that which
 * {@code opencl/provision.sh} has unpacked into the user's cache. Where there is neither, on a
 * machine that is not of Debian's family, a line says that the check is skipped.
 */
final class OnnxChecker {
  private static final String PROGRAM =
      """
      import glob, sys
      import onnx
      files = sorted(glob.glob(sys.argv[1] + "/*.onnx"))
      for file in files:
          try:
              onnx.checker.check_model(file, full_check=False)
          except Exception as e:
              print("%s: %s" % (file, e))
      print("%d files checked" % len(files))
      """;

  private OnnxChecker() {}

  /** Asserts that every {@code *.onnx} of a folder is a valid model. */
  static void accepts(Path folder) throws IOException, InterruptedException {
    long count;
    try (Stream<Path> files = Files.list(folder)) {
      count = files.filter(file -> file.toString().endsWith(".onnx")).count();
    }
    assertTrue(count > 0, "no files to check");
    ProcessBuilder builder =
        new ProcessBuilder(List.of("/usr/bin/python3", "-", folder.toString()));
    String packages = System.getenv("NND_PYTHON_ONNX");
    if (packages != null) {
      builder.environment().put("PYTHONPATH", packages);
    }
    Process python;
    try {
      python = builder.redirectErrorStream(true).start();
    } catch (IOException e) {
      System.out.println("ONNX's checker is skipped: there is no /usr/bin/python3");
      return;
    }
    try (var program = python.getOutputStream()) {
      program.write(PROGRAM.getBytes(StandardCharsets.UTF_8));
    }
    String said =
        new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    python.waitFor();
    if (said.contains("No module named 'onnx'")) {
      System.out.println("ONNX's checker is skipped: Debian's package python3-onnx is missing");
      return;
    }
    assertEquals(count + " files checked", said);
  }
}
