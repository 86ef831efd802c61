package org.nnd.opencl.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnd.opencl.jocl.ChildJvm;

/**
 * Oclgrind, a device that checks every access, finds nothing to report about the kernels of small
 * graphs. It is found by the environment variable NND_OCLGRIND (the executable) or on the PATH, and
 * used as a driver in a process of its own.
 */
class OclgrindTest {
  private static Path driver;

  @TempDir private Path directory;

  @BeforeAll
  static void find() {
    driver =
        Stream.concat(
                Stream.ofNullable(System.getenv("NND_OCLGRIND")).map(Path::of),
                Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                    .map(entry -> Path.of(entry, "oclgrind")))
            .map(executable -> executable.resolveSibling("../lib/oclgrind/liboclgrind-rt-icd.so"))
            .filter(Files::exists)
            .findFirst()
            .orElse(null);
    if (driver == null) {
      abort("oclgrind is not installed (Debian package oclgrind), or set NND_OCLGRIND to it");
    }
  }

  /**
   * What Oclgrind reports about a run of {@link OclgrindChild}. Its release 21.10 gets the sum of
   * vector comparisons wrong that its optimiser has seen; so it does not optimise.
   */
  private String report(String... args) throws IOException, InterruptedException {
    Path log = directory.resolve("log");
    ChildJvm.Outcome outcome =
        ChildJvm.run(
            OclgrindChild.class,
            List.of("-Dnnd.cache.dir=" + directory.resolve("cache")),
            Map.of(
                "OCL_ICD_VENDORS", driver.normalize().toString(),
                "OCLGRIND_DATA_RACES", "1",
                "OCLGRIND_CHECK_API", "1",
                "OCLGRIND_MAX_ERRORS", "5",
                "OCLGRIND_BUILD_OPTIONS", "-cl-opt-disable",
                "OCLGRIND_LOG", log.toString()),
            args);
    assertTrue(
        outcome.exit() == 0 && outcome.output().contains("kernels ran on Oclgrind Simulator"),
        outcome::output);
    return Files.exists(log) ? Files.readString(log) : "";
  }

  @Test
  void kernelsOfTypicalGraphs() throws IOException, InterruptedException {
    assertEquals("", report("canonical"));
  }

  @Test
  void kernelsOfRandomGraphs() throws IOException, InterruptedException {
    assertEquals("", report("random"));
  }

  @Test
  void badKernelsAreReported() throws IOException, InterruptedException {
    String report = report("bad");
    assertTrue(report.contains("Invalid write"), report);
    assertTrue(report.contains("data race"), report);
  }
}
