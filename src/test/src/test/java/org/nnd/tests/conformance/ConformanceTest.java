package org.nnd.tests.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nnd.conformance.Comparison;
import org.nnd.conformance.Conformance;
import org.nnd.conformance.Modules;
import org.nnd.conformance.Outcome;
import org.nnd.conformance.Vector;
import org.nnd.conformance.VectorFolder;
import org.nnd.opencl.jocl.Device;
import org.nnd.opencl.jocl.Devices;

/**
 * Layers against vectors made with their official implementations. The folder is the system
 * property {@code nnd.oracle}, where every case must pass; by default it is the project's own,
 * whose cases without a layer are those listed in {@code conformance/not-covered.txt}, no more and
 * no fewer.
 */
class ConformanceTest {
  private static Device device;

  @BeforeAll
  static void open() {
    device = Devices.open();
  }

  @AfterAll
  static void close() {
    device.close();
  }

  private static boolean given() {
    return !System.getProperty("nnd.oracle", "").isEmpty();
  }

  private static List<Vector> vectors() throws Exception {
    Path own =
        Path.of(ConformanceTest.class.getResource("/oracle/manifest.json").toURI()).getParent();
    return VectorFolder.read(given() ? Path.of(System.getProperty("nnd.oracle")) : own);
  }

  @TestFactory
  Stream<DynamicTest> theReferenceEvaluatorAgreesWithTheOfficialImplementations() throws Exception {
    return tests(Conformance.onReference()::check);
  }

  @TestFactory
  Stream<DynamicTest> theDeviceAgreesWithTheOfficialImplementations() throws Exception {
    return tests(Conformance.on(device)::check);
  }

  private static Stream<DynamicTest> tests(Function<Vector, Outcome> check) throws Exception {
    return vectors().stream()
        .filter(vector -> given() || Modules.knows(vector))
        .map(vector -> dynamicTest(vector.name(), () -> assertPassed(check.apply(vector))));
  }

  private static void assertPassed(Outcome outcome) {
    assertEquals("", outcome.failure().orElse(""), outcome.module());
    assertEquals(
        List.of(),
        outcome.comparisons().stream().filter(comparison -> !comparison.passed()).toList());
    assertEquals(true, outcome.comparisons().stream().anyMatch(ConformanceTest::isOutput));
  }

  private static boolean isOutput(Comparison comparison) {
    return comparison.tensor().startsWith("out.");
  }

  @Test
  void theCasesWithoutALayerAreThoseListed() throws Exception {
    TreeSet<String> unknown =
        vectors().stream()
            .filter(vector -> !Modules.knows(vector))
            .map(Vector::name)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(given() ? new TreeSet<String>() : listed(), unknown);
  }

  private static TreeSet<String> listed() throws IOException {
    try (InputStream in =
        ConformanceTest.class.getResourceAsStream("/conformance/not-covered.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(String::strip)
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
