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
 * Linear attention, fast weights, self-referential weights, softmax-free attention and lambda
 * layers against further vectors, made from the formulae: other lengths, heads, masks, feature maps
 * and normalisations than the official ones have.
 */
class LinearVectorsTest {
  private static List<Vector> vectors() throws Exception {
    String manifest = "/vectors/linear/manifest.json";
    return VectorFolder.read(
        Path.of(LinearVectorsTest.class.getResource(manifest).toURI()).getParent());
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

  private static Stream<DynamicTest> tests(Function<Vector, Outcome> check) throws Exception {
    return vectors().stream()
        .map(
            vector ->
                dynamicTest(
                    vector.name(),
                    () -> {
                      Outcome outcome = check.apply(vector);
                      assertEquals("", outcome.failure().orElse(""));
                      assertEquals(
                          List.of(),
                          outcome.comparisons().stream().filter(c -> !c.passed()).toList());
                    }));
  }
}
