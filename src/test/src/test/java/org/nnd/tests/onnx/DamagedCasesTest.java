package org.nnd.tests.onnx;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnd.onnx.Engine;

/** Models of ONNX's backend tests with damaged fields run, or say what is wrong with them. */
class DamagedCasesTest {
  private static final int MUTANTS = 600;
  private static final long LARGEST = 50_000;

  @TempDir private Path folder;

  @Test
  void damagedFieldsAreToldOrRead() throws IOException, InterruptedException {
    Optional<Path> data = TestData.folder();
    assumeTrue(data.isPresent(), "ONNX's test data is not on this machine");
    List<Path> cases =
        TestData.cases(data.get()).stream()
            .filter(DamagedCasesTest::isSmall)
            .filter(path -> !path.getParent().endsWith("pytorch-converted")) // slow convolutions
            .toList();
    int told = 0;
    for (int seed = 0; seed < MUTANTS; seed++) {
      Random random = new Random(seed);
      Path original = cases.get(random.nextInt(cases.size()));
      ModelProto.Builder model =
          ModelProto.parseFrom(Files.readAllBytes(original.resolve("model.onnx"))).toBuilder();
      for (int times = 1 + random.nextInt(3); times > 0; times--) {
        new Damage(random).damage(model);
      }
      Path mutant = copy(original, model.build(), Integer.toString(seed));
      try {
        Optional<String> failure = new BackendCase(mutant).failure(new Engine.Reference());
        told += failure.isPresent() ? 1 : 0;
        assertTrue(failure.orElse("").length() < 2500, failure::toString);
      } catch (RuntimeException | Error e) {
        throw new AssertionError("seed " + seed + " of " + original + ": " + e, e);
      }
    }
    assertTrue(told > MUTANTS / 3, told + " of " + MUTANTS + " were refused");
  }

  private static boolean isSmall(Path path) {
    Path model = path.resolve("model.onnx");
    return Files.exists(model) && model.toFile().length() < LARGEST;
  }

  /** {@return a folder with the damaged model and the first set of inputs of the original} */
  private Path copy(Path original, ModelProto model, String name) throws IOException {
    Path set = original.resolve("test_data_set_0");
    Path copy = Files.createDirectories(folder.resolve(name).resolve(set.getFileName()));
    try (Stream<Path> files = Files.list(set)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    Files.write(copy.resolveSibling("model.onnx"), model.toByteArray());
    return copy.getParent();
  }
}
