package org.nnd.tests.onnx;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lower;
import org.nnd.dsl.Lowered;
import org.nnd.dsl.Mode;
import org.nnd.ir.Literal;
import org.nnd.onnx.exports.Program;
import org.nnd.zoo.Zoo;

/**
 * Published architectures: the smallest of each family, whole, on small pictures, gives under ONNX
 * Runtime what the reference evaluator gives; the others of up to 100 million parameters are
 * written as operators that ONNX has.
 */
class ExportedArchitecturesTest {
  private static final long MOST_PARAMETERS = 100_000_000;

  @TempDir private Path folder;

  private static Stream<Layer> smallest() {
    return Stream.of(
        Zoo.inceptionNeXt("atto", 10),
        Zoo.convNeXtV2("atto", 10),
        Zoo.uniRepLKNet("a", 10),
        Zoo.lsNet("t", 10),
        Zoo.lskNet("t").classes(10),
        Zoo.skNet("18", 10),
        Zoo.convMixer(256, 8, 10).patch(4).shared(true),
        Zoo.slak("t", 10),
        Zoo.repLKNet31B(10));
  }

  /**
   * In training, where batch norms take their statistics from a few numbers, the deep ones amplify
   * the last bit of a picture to 1 and cannot be compared.
   */
  private static Stream<Layer> shallow() {
    return Stream.of(
        Zoo.inceptionNeXt("atto", 10),
        Zoo.convNeXtV2("atto", 10),
        Zoo.uniRepLKNet("a", 10),
        Zoo.lsNet("t", 10).depths(0, 1, 1, 1).widths(16, 24, 32, 32),
        Zoo.lskNet("t").classes(10),
        Zoo.skNet("18", 10).depths(1, 1, 1, 1),
        Zoo.convMixer(64, 3, 10).patch(4).shared(true),
        Zoo.slak("t", 10),
        Zoo.repLKNet31B(10).depths(1, 1, 1, 1).widths(8, 16, 16, 24));
  }

  private static Stream<Layer> others() {
    return Stream.of(
            Stream.of("f", "p", "n", "t", "s", "b").map(size -> Zoo.uniRepLKNet(size, 10)),
            Stream.of("t", "s", "b").map(size -> Zoo.convNeXt(size, 10)),
            Stream.of("femto", "pico", "nano", "tiny", "base").map(s -> Zoo.convNeXtV2(s, 10)),
            Stream.of("tiny", "small", "base").map(size -> Zoo.inceptionNeXt(size, 10)),
            Stream.of("s", "b").map(size -> Zoo.slak(size, 10)),
            Stream.of("s", "b").map(size -> Zoo.lsNet(size, 10)),
            Stream.of("s").map(size -> Zoo.lskNet(size)),
            Stream.of("34", "50").map(size -> Zoo.skNet(size, 10)))
        .flatMap(networks -> networks);
  }

  private static Lowered lowered(Layer network, Mode mode) {
    return Lower.lower(network, List.of(InputSpec.of(3, 32, 32)), mode);
  }

  @Test
  void theSmallestOfEachFamily() throws Exception {
    Failures failures = new Failures();
    smallest()
        .forEach(
            network ->
                failures.watch(
                    network.toString(),
                    () -> {
                      Lowered lowered = lowered(network, Mode.INFERENCE);
                      Exported.assertSame(
                          folder.resolve(network.getClass().getSimpleName() + ".onnx"),
                          lowered.graph(),
                          Samples.variables(lowered),
                          Samples.batches(lowered, 1, 3));
                    }));
    failures.assertNone();
    OnnxChecker.accepts(folder);
  }

  @Test
  void oneBlockOfEachStageInTraining() throws Exception {
    Failures failures = new Failures();
    shallow()
        .forEach(
            network ->
                failures.watch(
                    network.toString(),
                    () -> {
                      Lowered lowered = lowered(network, Mode.TRAINING);
                      Exported.assertSame(
                          folder.resolve(network.getClass().getSimpleName() + ".onnx"),
                          lowered.graph(),
                          Samples.variables(lowered),
                          Samples.batches(lowered, 2, 5));
                    }));
    failures.assertNone();
    OnnxChecker.accepts(folder);
  }

  @Test
  void theOthersConsistOfOperatorsThatOnnxHas() {
    others()
        .forEach(
            network -> {
              Lowered lowered = lowered(network, Mode.INFERENCE);
              if (lowered.parameterCount() <= MOST_PARAMETERS) {
                Map<String, Literal> values = new LinkedHashMap<>();
                lowered
                    .variables()
                    .forEach(
                        v ->
                            values.put(
                                v.path(), Literal.zeros(v.type().dtype(), v.type().shape().at(1))));
                Program program = Program.of(lowered.graph(), values);
                assertTrue(program.operators().contains("Conv"), network::toString);
                assertTrue(program.initializers().keySet().containsAll(values.keySet()));
              }
            });
  }
}
