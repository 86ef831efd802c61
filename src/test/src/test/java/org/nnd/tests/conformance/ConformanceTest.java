package org.nnd.tests.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lower;
import org.nnd.dsl.Lowered;
import org.nnd.dsl.Mode;
import org.nnd.dsl.Variable;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;
import org.nnd.ir.reference.Evaluation;
import org.nnd.ir.reference.ReferenceEvaluator;
import org.nnd.layers.Merge;
import org.nnd.layers.Merged;

/**
 * Layers against vectors made with their official implementations: outputs, gradients, running
 * statistics and merged weights, computed by the reference evaluator in float64. The folder is the
 * system property {@code nnd.oracle}, by default the project's own; cases without a layer here are
 * those listed in {@code conformance/not-covered.txt}, no more and no fewer.
 */
class ConformanceTest {
  /** Relative to the largest reference value of the tensor. */
  private static final double RELATIVE = 1e-9;

  /** The official code leaves the first norm of this block; here it goes into the 1x1 after it. */
  private static final Set<String> FOLDED_FURTHER =
      Set.of("replk_block prelkb_bn", "replk_block pw1.conv");

  static Path folder() throws Exception {
    String given = System.getProperty("nnd.oracle", "");
    return given.isEmpty()
        ? Path.of(ConformanceTest.class.getResource("/oracle/manifest.json").toURI()).getParent()
        : Path.of(given);
  }

  @TestFactory
  Stream<DynamicTest> layersAgreeWithTheirOfficialImplementations() throws Exception {
    return OracleCase.all(folder()).stream()
        .filter(oracle -> OracleLayers.of(oracle).isPresent())
        .map(oracle -> dynamicTest(oracle.name(), () -> check(oracle)));
  }

  @Test
  void theCasesWithoutALayerAreThoseListed() throws Exception {
    assertEquals(
        listed(),
        OracleCase.all(folder()).stream()
            .filter(oracle -> OracleLayers.of(oracle).isEmpty())
            .map(OracleCase::name)
            .collect(Collectors.toCollection(TreeSet::new)));
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

  private static void check(OracleCase oracle) {
    Layer layer = OracleLayers.of(oracle).orElseThrow();
    Lowered lowered = Lower.lower(layer, oracle.inputs(DType.F64), oracle.lowering());
    assertEquals(
        new TreeSet<>(oracle.variables().keySet()),
        lowered.variables().stream()
            .map(Variable::path)
            .collect(Collectors.toCollection(TreeSet::new)),
        "the variables have the official names");
    OracleGraph wanted = OracleGraph.of(oracle, lowered);
    Evaluation got =
        ReferenceEvaluator.evaluate(
            wanted.graph(), oracle.batch(), wanted.inputs(), oracle.variables());
    double scale = largest(oracle.under("grad"));
    oracle
        .under("out")
        .forEach((name, value) -> compare("out." + name, value, got.outputs(), RELATIVE, 0));
    oracle
        .under("grad")
        .forEach(
            (name, value) ->
                compare("grad." + name, value, got.outputs(), RELATIVE, RELATIVE * scale));
    Map<String, Literal> after = new LinkedHashMap<>();
    got.updates().forEach((name, value) -> after.put("after.b." + name, value));
    oracle
        .under("after.b")
        .forEach((name, value) -> compare("after.b." + name, value, after, RELATIVE, 0));
    if (oracle.lowering() == Mode.INFERENCE) {
      checkMerged(oracle, layer);
    }
  }

  /** Merging changes no output, and gives the weights that the official code gives. */
  private static void checkMerged(OracleCase oracle, Layer layer) {
    List<InputSpec> inputs = oracle.inputs(DType.F64);
    Map<String, Literal> exact = new LinkedHashMap<>();
    oracle.variables().forEach((path, v) -> exact.put(path, Literal.of(v.toDoubles(), v.shape())));
    Merged merged = Merge.merge(layer, inputs, exact);
    Lowered lowered = Lower.lower(merged.layer(), inputs, Mode.INFERENCE);
    assertEquals(
        new TreeSet<>(merged.weights().keySet()),
        lowered.variables().stream()
            .map(Variable::path)
            .collect(Collectors.toCollection(TreeSet::new)),
        "merging leaves exactly the weights that the merged network has");
    Evaluation got =
        ReferenceEvaluator.evaluate(
            lowered.graph(), oracle.batch(), oracle.under("in"), merged.weights());
    Map<String, Literal> outputs = new LinkedHashMap<>();
    got.outputs().forEach((name, value) -> outputs.put("out." + name, value));
    oracle
        .under("out")
        .forEach((name, value) -> compare("out." + name, value, outputs, RELATIVE, 0));

    Map<String, Literal> official = oracle.under("merged");
    Map<String, Literal> weights = new LinkedHashMap<>();
    merged.weights().forEach((path, value) -> weights.put(mergedName(official, path), value));
    official.forEach(
        (name, value) -> {
          if (!FOLDED_FURTHER.contains(oracle.name() + " " + name.replaceFirst("\\.\\w+$", ""))) {
            compare(name, value, weights, RELATIVE, 0);
          }
        });
  }

  /** A single merged convolution is called {@code weight} and {@code bias} in the vectors. */
  private static String mergedName(Map<String, Literal> official, String path) {
    return official.keySet().equals(new TreeSet<>(List.of("weight", "bias")))
        ? path.substring(path.lastIndexOf('.') + 1)
        : path;
  }

  private static void compare(
      String name, Literal expected, Map<String, Literal> all, double relative, double absolute) {
    assertTrue(all.containsKey(name), name + " is missing among " + all.keySet());
    Literal got = all.get(name);
    assertEquals(Arrays.toString(expected.shape()), Arrays.toString(got.shape()), name + ": shape");
    double largest = largest(Map.of(name, expected));
    double tolerance = Math.max(relative * largest, absolute);
    for (int i = 0; i < expected.count(); i++) {
      double error = Math.abs(got.get(i) - expected.get(i));
      assertTrue(
          error <= tolerance,
          "%s[%d] is %s, expected %s within %s"
              .formatted(name, i, got.get(i), expected.get(i), tolerance));
    }
  }

  private static double largest(Map<String, Literal> values) {
    return values.values().stream()
        .flatMapToDouble(value -> Arrays.stream(value.toDoubles()))
        .map(Math::abs)
        .max()
        .orElse(0);
  }
}
