package org.nnd.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.data.Messages.assertRefused;
import static org.nnd.dsl.Combinators.layer;
import static org.nnd.dsl.Combinators.named;
import static org.nnd.dsl.Combinators.sequential;
import static org.nnd.layers.Layers.batchNorm;
import static org.nnd.layers.Layers.dense;
import static org.nnd.layers.Layers.relu;
import static org.nnd.model.Models.load;
import static org.nnd.model.Models.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Layer;
import org.nnd.format.Safetensors;
import org.nnd.format.SafetensorsWriter;
import org.nnd.ir.Literal;
import org.nnd.zoo.Zoo;

class ModelFileTest {
  private static final InputSpec FIVE = InputSpec.of(5);

  @TempDir Path folder;

  private static Layer net() {
    return sequential(named("stem", dense(4)), batchNorm(), relu(), named("head", dense(2)));
  }

  @Test
  void aModelComesBackWhole() throws Exception {
    Model m = Examples.scrambled(model(net(), FIVE).seed(7), 1).labels(List.of("no", "yes"));
    Path file = folder.resolve("model.safetensors");
    m.save(file);
    Model back = load(file);
    assertEquals(m.network(), back.network());
    assertEquals(m.inputs(), back.inputs());
    assertEquals(m.labels(), back.labels());
    assertEquals(m.weights(), back.weights());
    assertEquals(7, back.seed());
    Literal x = Examples.normal(2, 9, 5);
    assertEquals(m.predict(Map.of("x", x)), back.predict(Map.of("x", x)));

    back.save(folder.resolve("again.safetensors"));
    assertArrayEquals(
        Files.readAllBytes(file), Files.readAllBytes(folder.resolve("again.safetensors")));
  }

  @Test
  void aModelWithCodeIsNotSavedButItsWeightsAre() {
    Model m =
        Examples.scrambled(model(sequential(dense(3), layer("half", x -> x.mul(0.5))), FIVE), 2);
    Path file = folder.resolve("weights.safetensors");
    assertRefused("saveWeights", () -> m.save(file));
    assertFalse(Files.exists(file));
    m.saveWeights(file);
    assertRefused("weights without a description", () -> load(file));
    Model other = model(m.network(), FIVE);
    assertTrue(other.load(file).isComplete());
    assertEquals(m.weights(), other.weights());
  }

  @Test
  void weightsAreReportedByName() {
    Path file = folder.resolve("weights.safetensors");
    Safetensors.writer()
        .add("stem.weight", new int[] {4, 5}, new float[20])
        .add("stem.bias", new int[] {3}, new float[3])
        .add("other", new int[] {1}, new float[1])
        .write(file);
    Model m = model(net(), FIVE);
    Literal before = m.parameter("head.weight");
    WeightReport report = m.load(file);
    assertEquals(List.of("stem.weight"), report.loaded());
    assertEquals(List.of("other"), report.unexpected());
    assertEquals(List.of("stem.bias ([3] in the file, [4] in the model)"), report.misshapen());
    assertTrue(report.missing().containsAll(List.of("head.weight", "1.running_mean")));
    assertArrayEquals(new float[20], m.parameter("stem.weight").toFloats());
    assertEquals(before, m.parameter("head.weight"));
    assertRefused("6 missing in the file: 1.", report::complete);
  }

  /** As PyTorch saves a network that was trained on several devices. */
  @Test
  void weightsOfOtherNamesLoadByRules() {
    Model m = Examples.scrambled(model(net(), FIVE), 3);
    Path file = folder.resolve("weights.safetensors");
    SafetensorsWriter writer = Safetensors.writer();
    m.weights()
        .forEach(
            (path, value) ->
                writer.add(
                    "module." + path.replace("head.", "fc."), value.shape(), value.toFloats()));
    writer.add("module.1.num_batches_tracked", new int[0], new long[] {7}).write(file);
    Model other = model(net(), FIVE);
    WeightReport report = other.load(file, Map.of("module", "", "module.fc", "head"));
    assertEquals(m.weights(), other.weights());
    assertEquals(List.of(), report.unexpected());
    assertTrue(report.complete().isComplete());
    assertEquals(
        List.of("module.fc.bias", "module.fc.weight"),
        other.load(file, Map.of("module", "")).unexpected());
    assertRefused(
        "weights.safetensors: no tensor fits the name 'modul'",
        () -> other.load(file, Map.of("modul", "")));
  }

  /** A file with the official names of a published network, as it would be downloaded. */
  @Test
  void publishedWeightsLoadByTheirNames() {
    InputSpec picture = InputSpec.of(3, 64, 64);
    Model m = model(Zoo.lsNet("t", 10).depths(0, 2, 1, 2).widths(16, 24, 32, 32), picture);
    Path file = folder.resolve("lsnet.safetensors");
    SafetensorsWriter writer = Safetensors.writer();
    m.weights()
        .forEach(
            (path, value) -> {
              boolean left = path.equals("head.l.bias");
              boolean wrong = path.equals("blocks2.2.se.fc1.weight");
              int[] shape = wrong ? new int[] {1} : value.shape();
              float[] numbers = wrong ? new float[1] : value.toFloats();
              if (!left) {
                writer.add(path, shape, numbers);
              }
            });
    writer.add("blocks4.3.mixer.m.attention_bias_idxs", new int[] {1}, new float[1]).write(file);
    WeightReport report = m.load(file);
    assertEquals(List.of("head.l.bias"), report.missing());
    assertEquals(List.of("blocks4.3.mixer.m.attention_bias_idxs"), report.unexpected());
    assertEquals(
        List.of("blocks2.2.se.fc1.weight ([1] in the file, [8, 24, 1, 1] in the model)"),
        report.misshapen());
    assertEquals(m.weights().size() - 2, report.loaded().size());
  }

  @Test
  void filesOfTheFutureAndDamagedOnesAreRefused() {
    Path file = folder.resolve("model.safetensors");
    Safetensors.writer().metadata("nnd.model", "{\"version\": 99}").write(file);
    assertRefused("saved by a newer NND (format 99", () -> load(file));
    Safetensors.writer().metadata("nnd.model", "{\"version\": 1}").write(file);
    assertRefused("model.safetensors: 'network' is missing", () -> load(file));
  }
}
