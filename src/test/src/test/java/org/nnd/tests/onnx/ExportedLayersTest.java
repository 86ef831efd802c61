package org.nnd.tests.onnx;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnd.dsl.Lowered;
import org.nnd.dsl.Mode;

/**
 * Every layer of the standard library, exported in both forms, gives what the reference evaluator
 * gives, for one example and for three.
 */
class ExportedLayersTest {
  @TempDir private Path folder;

  @Test
  void everyLayer() throws Exception {
    List<Method> factories = Factories.all();
    assertTrue(factories.size() > 100, factories.size() + " factories");
    Failures failures = new Failures();
    for (Method factory : factories) {
      String name =
          factory.getDeclaringClass().getSimpleName()
              + "."
              + factory.getName()
              + factory.getParameterCount();
      failures.watch(
          name,
          () -> {
            Optional<Factories.Example> example = Factories.example(factory);
            assertTrue(example.isPresent(), "no arguments and inputs fit");
            for (Mode mode : Mode.values()) {
              Lowered lowered = example.get().lowered(mode);
              // The statistics of one example may be of a single number: no variance.
              long least = mode == Mode.TRAINING ? 2 : 1;
              Exported.assertSame(
                  folder.resolve(name + "-" + mode + ".onnx"),
                  lowered.graph(),
                  Samples.variables(lowered),
                  Samples.batches(lowered, least, 3));
            }
          });
    }
    failures.assertNone();
    OnnxChecker.accepts(folder);
  }
}
