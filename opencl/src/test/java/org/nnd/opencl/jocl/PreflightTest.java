package org.nnd.opencl.jocl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreflightTest {
  @TempDir Path temporary;

  @Test
  void namesTheDeviceThatRanTheKernel() throws Exception {
    assertEquals(0, preflight(Map.of()), () -> read("errors"));
    assertFalse(read("output").isBlank());
    assertEquals("", read("errors"));
  }

  @Test
  void withoutADriverItFailsWithTheReason() throws Exception {
    Path vendors = Files.createDirectory(temporary.resolve("vendors"));
    assertEquals(1, preflight(Map.of("OCL_ICD_VENDORS", vendors.toString())));
    assertEquals("", read("output"));
    assertTrue(read("errors").contains("CL_PLATFORM_NOT_FOUND_KHR"), () -> read("errors"));
  }

  /** Runs it as the launcher does: in a process of its own, with a folder of its own. */
  private int preflight(Map<String, String> environment) throws Exception {
    var java = Path.of(System.getProperty("java.home"), "bin", "java");
    var builder =
        new ProcessBuilder(
            java.toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-Djava.io.tmpdir=" + temporary,
            "-cp",
            System.getProperty("java.class.path"),
            Preflight.class.getName());
    builder.environment().putAll(environment);
    builder.redirectOutput(temporary.resolve("output").toFile());
    builder.redirectError(temporary.resolve("errors").toFile());
    return builder.directory(temporary.toFile()).start().waitFor();
  }

  private String read(String name) {
    try {
      return Files.readString(temporary.resolve(name)).strip();
    } catch (IOException e) {
      return e.toString();
    }
  }
}
