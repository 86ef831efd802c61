package org.nnd.tests.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.nnd.dsl.Lower;
import org.nnd.dsl.Lowered;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;
import org.nnd.opencl.jocl.Device;
import org.nnd.opencl.jocl.Devices;
import org.nnd.opencl.runtime.Executable;
import org.nnd.opencl.runtime.Results;
import org.nnd.opencl.runtime.Variables;

/**
 * The reference vectors on the session's device in float32: outputs, gradients and running
 * statistics within the tolerances of the manifest. The folder is that of {@link ConformanceTest}.
 */
class DeviceConformanceTest {
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
  Stream<DynamicTest> layersAgreeWithTheirOfficialImplementations() throws Exception {
    return OracleCase.all(ConformanceTest.folder()).stream()
        .filter(oracle -> OracleLayers.of(oracle).isPresent())
        .map(oracle -> dynamicTest(oracle.name(), () -> check(oracle)));
  }

  private static void check(OracleCase oracle) {
    Lowered lowered =
        Lower.lower(
            OracleLayers.of(oracle).orElseThrow(), oracle.inputs(DType.F32), oracle.lowering());
    OracleGraph wanted = OracleGraph.of(oracle, lowered);
    Map<String, Literal> got = new LinkedHashMap<>();
    try (Variables variables = new Variables(device);
        Executable executable = Executable.compile(device, wanted.graph())) {
      oracle.variables().forEach(variables::put);
      Results results = executable.run(variables, wanted.inputs(), oracle.batch());
      got.putAll(results.all());
      wanted.graph().updates().keySet().forEach(b -> got.put("after.b." + b, variables.get(b)));
    }
    List<String> wrong = new ArrayList<>();
    int compared = 0;
    for (String kind : List.of("out", "grad", "after.b")) {
      for (Map.Entry<String, Literal> expected : oracle.under(kind).entrySet()) {
        String name = kind + "." + expected.getKey();
        assertTrue(got.containsKey(name), name + " is missing among " + got.keySet());
        compare(name, expected.getValue(), got.get(name), oracle.atol(name), wrong);
        compared++;
      }
    }
    assertTrue(compared > 1, "the case has values to compare");
    assertEquals(List.of(), wrong);
  }

  private static void compare(
      String name, Literal expected, Literal got, double atol, List<String> wrong) {
    assertEquals(Arrays.toString(expected.shape()), Arrays.toString(got.shape()), name + ": shape");
    double largest = 0;
    for (int i = 0; i < expected.count(); i++) {
      double error = Math.abs(got.get(i) - expected.get(i));
      largest = Double.isNaN(error) ? Double.POSITIVE_INFINITY : Math.max(largest, error);
    }
    if (largest > atol) {
      wrong.add("%s is off by %.3g, %.3g is tolerated".formatted(name, largest, atol));
    }
  }
}
