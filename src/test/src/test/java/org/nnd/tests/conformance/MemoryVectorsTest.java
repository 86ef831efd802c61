package org.nnd.tests.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.nnd.conformance.Conformance;
import org.nnd.conformance.Outcome;
import org.nnd.conformance.Vector;
import org.nnd.conformance.VectorFolder;
import org.nnd.opencl.jocl.Device;
import org.nnd.opencl.jocl.Devices;

/**
 * Hopfield layers and memories against further vectors made with their official implementations:
 * sizes that differ, masks, static and connected projections, stopping by tolerance per head, query
 * networks of all kinds, and scorings.
 */
class MemoryVectorsTest {
  private static List<Vector> vectors() throws Exception {
    return VectorFolder.read(
        Path.of(MemoryVectorsTest.class.getResource("/vectors/memory/manifest.json").toURI())
            .getParent());
  }

  private static Stream<DynamicTest> tests(Function<Vector, Outcome> check) throws Exception {
    return vectors().stream()
        .map(
            vector ->
                dynamicTest(
                    vector.name(),
                    () -> {
                      Outcome outcome = check.apply(vector);
                      assertEquals("", outcome.failure().orElse(""), outcome.module());
                      assertEquals(
                          List.of(),
                          outcome.comparisons().stream().filter(c -> !c.passed()).toList());
                    }));
  }

  @TestFactory
  Stream<DynamicTest> theReferenceEvaluatorAgrees() throws Exception {
    return tests(Conformance.onReference()::check);
  }

  @TestFactory
  Stream<DynamicTest> theDeviceAgrees() throws Exception {
    return tests(
        vector -> {
          try (Device device = Devices.open()) {
            return Conformance.on(device).check(vector);
          }
        });
  }
}
