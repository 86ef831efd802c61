package org.nnd.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.data.Messages.assertRefused;
import static org.nnd.dsl.Combinators.sequential;
import static org.nnd.layers.Layers.batchNorm;
import static org.nnd.layers.Layers.conv;
import static org.nnd.layers.Layers.dense;
import static org.nnd.layers.Layers.dropout;
import static org.nnd.layers.Layers.gelu;
import static org.nnd.layers.Layers.globalAvgPool;
import static org.nnd.model.Models.model;
import static org.nnd.train.Optimizer.adamW;
import static org.nnd.train.Schedule.cosine;
import static org.nnd.train.Training.train;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnd.data.Augmentation;
import org.nnd.data.DataSet;
import org.nnd.model.Model;

class CheckpointTest {
  private static final int EPOCHS = 6;

  @TempDir Path folder;

  private static Model fresh(DataSet data) {
    return model(
        sequential(
            conv(4).kernel(3).stride(2),
            batchNorm(),
            gelu(),
            dropout(0.2),
            globalAvgPool(),
            dense(4)),
        data.input());
  }

  private static DataSet data() {
    return Tasks.quarters(60, 1).augment(3, Augmentation.shift(1));
  }

  private static Training training(Model m) {
    return train(m, data())
        .optimizer(adamW(0.01))
        .schedule(cosine())
        .epochs(EPOCHS)
        .batchSize(8)
        .accumulate(2)
        .average(0.9)
        .validate(Tasks.quarters(20, 2))
        .quiet();
  }

  /** A run in a process of its own, to be killed: folder of checkpoints, file of the result. */
  public static final class Child {
    public static void main(String[] args) {
      Model m = fresh(data());
      training(m).checkpoint(Path.of(args[0])).checkpointEvery(3).run();
      m.save(Path.of(args[1]));
    }
  }

  private static Process child(Path checkpoints, Path result) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--enable-native-access"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            Child.class.getName(),
            checkpoints.toString(),
            result.toString()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(checkpoints.resolveSibling("child.log").toFile())
        .start();
  }

  private static String position(Path checkpoints) throws Exception {
    Path file = checkpoints.resolve("checkpoint.json");
    return Files.exists(file) ? Files.readString(file) : "";
  }

  /** Kills the run whenever it has got further, and starts it again until it is done. */
  @Test
  void aRunThatIsKilledGivesTheSameWeights() throws Exception {
    Model whole = fresh(data());
    History expected = training(whole).run();
    whole.save(folder.resolve("whole.safetensors"));

    Path checkpoints = folder.resolve("checkpoints");
    Path result = folder.resolve("result.safetensors");
    int kills = 0;
    while (!Files.exists(result)) {
      String before = position(checkpoints);
      Process run = child(checkpoints, result);
      while (run.isAlive() && kills < 3 && position(checkpoints).equals(before)) {
        Thread.sleep(2);
      }
      if (run.isAlive() && kills < 3) {
        run.destroyForcibly().waitFor();
        kills++;
      } else {
        assertTrue(run.waitFor(5, TimeUnit.MINUTES));
        assertEquals(0, run.exitValue(), Files.readString(folder.resolve("child.log")));
      }
    }
    assertEquals(3, kills);
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("whole.safetensors")), Files.readAllBytes(result));

    // What is done is not done again, and its history is that of all parts.
    Model again = fresh(data());
    History history = training(again).checkpoint(checkpoints).run();
    assertEquals(whole.weights(), again.weights());
    assertEquals(EPOCHS, history.epochs().size());
    for (int i = 0; i < EPOCHS; i++) {
      assertEquals(
          expected.epochs().get(i).get("validation loss"),
          history.epochs().get(i).get("validation loss"));
      assertEquals(expected.epochs().get(i).get("loss"), history.epochs().get(i).get("loss"), 1e-6);
    }
  }

  @Test
  void oneCheckpointIsKept() throws Exception {
    Path checkpoints = Files.createDirectory(folder.resolve("kept"));
    // As a run leaves them that is killed while it writes.
    Files.writeString(checkpoints.resolve(".step-00000002.safetensors.0a-1b.tmp"), "a part");
    Files.writeString(checkpoints.resolve(".checkpoint.json.0a-1b.tmp"), "a part");
    training(fresh(data())).epochs(2).checkpoint(checkpoints).checkpointEvery(2).run();
    try (Stream<Path> files = Files.list(checkpoints)) {
      assertEquals(
          List.of("checkpoint.json", "step-00000016.safetensors"),
          files.map(file -> file.getFileName().toString()).sorted().toList());
    }
  }

  @Test
  void moreEpochsGoOnWhereTheRunEnded() {
    Path checkpoints = folder.resolve("more");
    DataSet data = Tasks.blobs(40, 1);
    Model whole = model(dense(3), data.input());
    train(whole, data).epochs(4).batchSize(8).quiet().run();
    Model parts = model(dense(3), data.input());
    train(parts, data).epochs(2).batchSize(8).quiet().checkpoint(checkpoints).run();
    Model more = model(dense(3), data.input());
    train(more, data).epochs(4).batchSize(8).quiet().checkpoint(checkpoints).run();
    assertEquals(whole.weights(), more.weights());
  }

  @Test
  void theCheckpointOfAnotherTrainingIsRefused() throws Exception {
    Path checkpoints = folder.resolve("other");
    DataSet data = Tasks.blobs(40, 1);
    Model m = model(dense(3), data.input());
    train(m, data).quiet().checkpoint(checkpoints).run();
    assertRefused(
        "holds the checkpoint of another training, which differs in optimizer (adamW(0.001) there,"
            + " adamW(0.1) now), seed (0 there, 1 now)",
        () -> train(m, data).optimizer(adamW(0.1)).seed(1).quiet().checkpoint(checkpoints).run());
    Files.writeString(checkpoints.resolve("checkpoint.json"), "{\"version\": 1}");
    assertRefused(
        "checkpoint.json: 'training' is missing",
        () -> train(m, data).quiet().checkpoint(checkpoints).run());
  }
}
