package org.nnd.tests.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nnd.onnx.Engine;
import org.nnd.opencl.jocl.Device;
import org.nnd.opencl.jocl.Devices;

/**
 * ONNX's backend tests: every case in the reference evaluator, and on a device a seeded share of
 * them that has every operator. The cases that do not pass are listed with the reason in {@code
 * not-passing.txt}.
 */
class BackendTest {
  private static final double LEAST_SHARE = 0.85;
  private static final int ON_DEVICE = 60;
  private static final long SEED = 17;
  private static final String LIST = "/onnx/not-passing.txt";

  private static List<Path> folders = List.of();

  @BeforeAll
  static void find() throws IOException, InterruptedException {
    Optional<Path> data = TestData.folder();
    assumeTrue(
        data.isPresent(),
        "ONNX's test data are not on this machine: install Debian's libonnx-testdata, or set"
            + " NND_ONNX_TESTDATA to a folder that has them");
    folders = TestData.cases(data.orElseThrow());
  }

  @Test
  void casesPassButForThoseListed() throws IOException {
    Map<String, String> failures = new TreeMap<>();
    for (Path folder : folders) {
      BackendCase each = new BackendCase(folder);
      each.failure(new Engine.Reference()).ifPresent(why -> failures.put(each.name(), why));
    }
    int passed = folders.size() - failures.size();
    System.out.printf("ONNX backend tests: %d of %d cases pass%n", passed, folders.size());
    assertTrue(passed >= LEAST_SHARE * folders.size(), passed + " of " + folders.size());
    Map<String, String> listed = listed();
    List<String> differences = new ArrayList<>();
    failures.forEach(
        (name, why) -> {
          if (!listed.containsKey(name)) {
            differences.add("add: " + name + "\t" + why);
          }
        });
    listed.keySet().stream()
        .filter(name -> !failures.containsKey(name))
        .forEach(name -> differences.add("remove: " + name + "\t" + listed.get(name)));
    assertEquals(List.of(), differences, "not-passing.txt is not up to date");
  }

  @Test
  void casesPassOnTheDevice() throws IOException {
    Map<String, String> failures = new TreeMap<>();
    List<BackendCase> chosen = chosen();
    try (Device device = Devices.open("")) {
      for (BackendCase each : chosen) {
        each.failure(new Engine.OnDevice(device)).ifPresent(why -> failures.put(each.name(), why));
      }
      System.out.printf(
          "ONNX backend tests on %s: %d of %d cases pass%n",
          device.info().name(), chosen.size() - failures.size(), chosen.size());
    }
    assertEquals(Map.of(), failures);
  }

  /**
   * Cases that should pass where doubles are floats: some by chance, then one for each operator
   * that is still missing.
   */
  private static List<BackendCase> chosen() throws IOException {
    Set<String> listed = listed().keySet();
    List<BackendCase> cases = new ArrayList<>(folders.stream().map(BackendCase::new).toList());
    cases.removeIf(each -> listed.contains(each.name()) || each.takesDoubles());
    Collections.shuffle(cases, new Random(SEED));
    List<BackendCase> chosen = new ArrayList<>();
    Set<String> operators = new TreeSet<>();
    for (BackendCase each : cases) {
      boolean adds = operators.addAll(each.operators());
      if (adds || chosen.size() < ON_DEVICE) {
        chosen.add(each);
      }
    }
    return chosen;
  }

  /** The names in the list with their reasons. */
  private static Map<String, String> listed() throws IOException {
    try (InputStream in = BackendTest.class.getResourceAsStream(LIST)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Map<String, String> listed = new TreeMap<>();
      for (String line : text.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).toList()) {
        String[] parts = line.split("\t", 2);
        assertTrue(parts.length == 2 && !parts[1].isBlank(), "no reason in the line: " + line);
        listed.put(parts[0], parts[1]);
      }
      return listed;
    }
  }
}
