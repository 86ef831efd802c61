package org.nnd.tests.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.reference.Evaluation;
import org.nnd.ir.reference.ReferenceEvaluator;
import org.nnd.onnx.OnnxExport;

/** Graphs written to files, which give what the reference evaluator gives. */
final class Exported {
  private static final double TOLERANCE = 1e-4;

  private Exported() {}

  /**
   * Writes a graph; then asserts of each batch of inputs that its outputs and updates are right.
   */
  static void assertSame(Path file, Graph graph, Map<String, Literal> values, Batch... batches)
      throws Exception {
    OnnxExport.exportOnnx(graph, values, file);
    try (OnnxRuntime runtime = OnnxRuntime.load(file)) {
      for (Batch batch : batches) {
        Evaluation expected =
            ReferenceEvaluator.evaluate(graph, batch.size(), batch.inputs(), values);
        Map<String, Literal> given = new LinkedHashMap<>(batch.inputs());
        given.put("N", Literal.of(new long[] {batch.size()}, 1));
        Map<String, Literal> actual = runtime.run(given);
        Map<String, Literal> wanted = new LinkedHashMap<>(expected.outputs());
        expected.updates().forEach((path, value) -> wanted.put(path + ".next", value));
        assertEquals(wanted.keySet(), actual.keySet());
        wanted.forEach((name, value) -> assertClose(file + " " + name, value, actual.get(name)));
      }
    }
  }

  /** Inputs of so many examples. */
  record Batch(long size, Map<String, Literal> inputs) {}

  static void assertClose(String what, Literal expected, Literal actual) {
    assertArrayEquals(expected.shape(), actual.shape(), what);
    double scale = 1;
    for (int i = 0; i < expected.count(); i++) {
      double e = Math.abs(expected.get(i));
      scale = Math.max(scale, Double.isFinite(e) ? e : 0);
    }
    for (int i = 0; i < expected.count(); i++) {
      double e = expected.get(i);
      double a = actual.get(i);
      boolean same =
          Double.isFinite(e) ? Math.abs(e - a) <= TOLERANCE * scale : Double.compare(e, a) == 0;
      int at = i;
      assertTrue(same, () -> "%s, element %d: expected %s, got %s".formatted(what, at, e, a));
    }
  }
}
