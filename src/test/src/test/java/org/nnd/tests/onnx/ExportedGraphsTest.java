package org.nnd.tests.onnx;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnd.ir.Op;
import org.nnd.ir.testing.RandomGraph;
import org.nnd.ir.testing.RandomGraphs;

/**
 * Random graphs of every operation but the bits of a number, which ONNX does not know: what ONNX
 * Runtime gives is what the reference evaluator gives.
 */
class ExportedGraphsTest {
  private static final long SEED = Long.getLong("nnd.seed", 1);
  private static final int COUNT = Integer.getInteger("nnd.count", 150);

  @TempDir private Path folder;

  @Test
  void randomGraphs() throws Exception {
    RandomGraph.Options options =
        RandomGraph.Options.everything().without(Set.of(Op.Bitcast.class));
    Failures failures = new Failures();
    for (long seed = SEED; seed < SEED + COUNT; seed++) {
      RandomGraph random = RandomGraphs.sample(seed, options);
      Path file = folder.resolve("random-" + seed + ".onnx");
      if (random.batch() == 0) {
        continue; // ONNX Runtime divides by the extents of empty tensors here and there
      }
      failures.watch(
          "seed " + seed,
          () ->
              Exported.assertSame(
                  file,
                  random.graph(),
                  random.parameters(),
                  new Exported.Batch(random.batch(), random.inputs())));
    }
    failures.assertNone();
    OnnxChecker.accepts(folder);
  }
}
