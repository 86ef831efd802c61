package org.nnd.tests.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.nnd.conformance.Conformance;
import org.nnd.conformance.Outcome;
import org.nnd.conformance.Vector;
import org.nnd.conformance.VectorFolder;
import org.nnd.opencl.jocl.Device;
import org.nnd.opencl.jocl.Devices;

/**
 * Matryoshka heads with options and sizes that the official vectors do not have (widths of 1 and
 * odd ones, features beyond the widest, one example, no bias, weights and smoothing), against
 * values made from the formulae with PyTorch in float64.
 */
class NestedVectorsTest {
  private static Device device;

  @BeforeAll
  static void open() {
    device = Devices.open();
  }

  @AfterAll
  static void close() {
    device.close();
  }

  @TestFactory
  Stream<DynamicTest> theReferenceEvaluatorAgrees() throws Exception {
    return tests(Conformance.onReference()::check);
  }

  @TestFactory
  Stream<DynamicTest> theDeviceAgrees() throws Exception {
    return tests(Conformance.on(device)::check);
  }

  private static Stream<DynamicTest> tests(Function<Vector, Outcome> check) throws Exception {
    Path folder =
        Path.of(NestedVectorsTest.class.getResource("/vectors/nested/manifest.json").toURI())
            .getParent();
    return VectorFolder.read(folder).stream()
        .map(vector -> dynamicTest(vector.name(), () -> assertPassed(check.apply(vector))));
  }

  private static void assertPassed(Outcome outcome) {
    assertEquals("", outcome.failure().orElse(""), outcome.module());
    assertEquals(
        List.of(),
        outcome.comparisons().stream().filter(comparison -> !comparison.passed()).toList());
  }
}
