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
 * Kernel functions and long convolutions with options and sizes that the official vectors do not
 * have (prime and even lengths, one example and five, other modes), against values made from their
 * formulae with PyTorch in float64.
 */
class KernelVectorsTest {
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
        Path.of(KernelVectorsTest.class.getResource("/vectors/kernels/manifest.json").toURI())
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
