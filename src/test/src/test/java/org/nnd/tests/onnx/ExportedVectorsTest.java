package org.nnd.tests.onnx;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnd.conformance.LayerCase;
import org.nnd.conformance.Modules;
import org.nnd.conformance.Vector;
import org.nnd.conformance.VectorFolder;
import org.nnd.ir.Literal;

/**
 * Every layer that has vectors of its official implementation, exported with their values, in the
 * mode of the case: what ONNX Runtime gives is what the reference evaluator gives, for the case's
 * own inputs and, where the batch is open, for their first example alone.
 */
class ExportedVectorsTest {
  @TempDir private Path folder;

  @Test
  void everyLayerWithVectors() throws Exception {
    Path own =
        Path.of(ExportedVectorsTest.class.getResource("/oracle/manifest.json").toURI()).getParent();
    int layers = 0;
    Failures failures = new Failures();
    for (Vector vector : VectorFolder.read(own)) {
      Optional<LayerCase> layer = Modules.knows(vector) ? LayerCase.of(vector) : Optional.empty();
      if (layer.isPresent()) {
        layers++;
        failures.watch(
            vector.name(), () -> check(layer.get(), folder.resolve(vector.name() + ".onnx")));
      }
    }
    failures.assertNone();
    assertTrue(layers > 50, layers + " layers");
    OnnxChecker.accepts(folder);
  }

  private static void check(LayerCase layer, Path file) throws Exception {
    Exported.Batch given = new Exported.Batch(layer.batch(), layer.inputs());
    List<Exported.Batch> batches =
        layer.free() && layer.batch() > 1 ? List.of(given, first(layer.inputs())) : List.of(given);
    Exported.assertSame(
        file, layer.graph(), layer.variables(), batches.toArray(new Exported.Batch[0]));
  }

  private static Exported.Batch first(Map<String, Literal> inputs) {
    Map<String, Literal> first = new LinkedHashMap<>();
    inputs.forEach((name, value) -> first.put(name, first(value)));
    return new Exported.Batch(1, first);
  }

  private static Literal first(Literal value) {
    int[] shape = value.shape().clone();
    double[] numbers = Arrays.copyOf(value.toDoubles(), value.count() / shape[0]);
    shape[0] = 1;
    return Literal.ofDoubles(value.dtype(), numbers, shape);
  }
}
