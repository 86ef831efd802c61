package org.nnd.tests.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.nnd.conformance.Conformance;
import org.nnd.conformance.Outcome;
import org.nnd.conformance.Vector;
import org.nnd.conformance.VectorFolder;
import org.nnd.ir.Literal;
import org.nnd.model.LeastSquares;
import org.nnd.opencl.jocl.Device;
import org.nnd.opencl.jocl.Devices;

/**
 * Vectors of SNNK layers beyond the given ones: sizes of 1 and primes, ranks, every normalisation,
 * three bundled layers, all options of the adapter; and the bundles' closed-form weights.
 */
class SnnkVectorsTest {
  private static List<Vector> vectors(String folder) throws Exception {
    return VectorFolder.read(
        Path.of(SnnkVectorsTest.class.getResource(folder + "/manifest.json").toURI()).getParent());
  }

  @TestFactory
  Stream<DynamicTest> ownVectorsPass() throws Exception {
    return vectors("/vectors/snnk").stream()
        .map(
            vector ->
                dynamicTest(
                    vector.name(),
                    () -> {
                      assertPassed(Conformance.onReference().check(vector));
                      try (Device device = Devices.open()) {
                        assertPassed(Conformance.on(device).check(vector));
                      }
                    }));
  }

  private static void assertPassed(Outcome outcome) {
    assertEquals("", outcome.failure().orElse(""));
    assertEquals(List.of(), outcome.comparisons().stream().filter(c -> !c.passed()).toList());
  }

  /** {@code ref.Wbar_opt} of the features {@code ref.xbar}. */
  @TestFactory
  Stream<DynamicTest> bundlesHaveTheClosedFormOfLeastSquares() throws Exception {
    List<Vector> bundles =
        Stream.concat(vectors("/oracle").stream(), vectors("/vectors/snnk").stream())
            .filter(vector -> vector.contains("ref.Wbar_opt"))
            .toList();
    assertTrue(bundles.size() > 2, bundles.toString());
    return bundles.stream()
        .map(vector -> dynamicTest(vector.name(), () -> assertLeastSquares(vector)));
  }

  private static void assertLeastSquares(Vector vector) {
    Literal x = vector.tensor("ref.xbar");
    Literal y = vector.constant("target");
    Literal wanted = vector.tensor("ref.Wbar_opt");
    int width = wanted.shape()[1];
    int outputs = wanted.shape()[0];
    LeastSquares equations = new LeastSquares(width, outputs);
    for (int row = 0; row < x.shape()[0]; row++) {
      equations.add(row(x, row, width), row(y, row, outputs));
    }
    double[][] got = equations.solve(vector.real("ridge"));
    for (int k = 0; k < outputs; k++) {
      assertArrayEquals(row(wanted, k, width), got[k], 1e-9);
    }
  }

  private static double[] row(Literal matrix, int row, int width) {
    double[] values = new double[width];
    for (int j = 0; j < width; j++) {
      values[j] = matrix.get(row * width + j);
    }
    return values;
  }
}
