package org.nnd.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.nnd.format.Json;
import org.nnd.format.Safetensors;
import org.nnd.format.SafetensorsWriter;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.model.JsonObject;
import org.nnd.model.LiteralFile;

/**
 * A run's state in a folder: tensors in {@code step-NUMBER.safetensors}, the rest in {@code
 * checkpoint.json}, which names them. The JSON file is replaced when its tensors are on the disk,
 * those of the one before are deleted after that: at any moment it names a whole file.
 *
 * @param examples the examples of the epoch so far
 * @param sums what was added up over them
 */
record Checkpoint(
    Map<String, Literal> tensors, State state, double examples, Map<String, Double> sums) {
  private static final String FILE = "checkpoint.json";
  private static final int VERSION = 1;

  void write(Path folder, Training training) {
    String name = "step-%08d.safetensors".formatted(state.number());
    SafetensorsWriter writer = Safetensors.writer();
    tensors.forEach((path, value) -> LiteralFile.add(writer, path, value));
    writer.write(folder.resolve(name));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("version", VERSION);
    json.put("tensors", name);
    json.put("epoch", state.epoch());
    json.put("batch", state.batch());
    json.put("number", state.number());
    json.put("update", state.update());
    json.put("best", state.best());
    json.put("stale", state.stale());
    json.put("history", state.history());
    json.put("examples", examples);
    json.put("sums", sums);
    json.put("device", training.model().device().key());
    json.put("training", identity(training));
    Json.write(folder.resolve(FILE), json);
    deleteOthers(folder, name);
  }

  /** What must not change between parts of one run, else the result were that of no run at all. */
  private static Map<String, Object> identity(Training training) {
    Settings settings = training.settings();
    Map<String, Object> identity = new TreeMap<>();
    identity.put("network", training.model().network().describe());
    identity.put("frozen", List.copyOf(training.model().frozen()));
    identity.put("data", training.data().size() + " examples of " + training.data().fields());
    identity.put("loss", text(settings.loss()));
    identity.put("optimizer", settings.optimizer().toString());
    identity.put("schedule", text(training.schedule()));
    identity.put("clipping", settings.clipping().toString());
    identity.put("groups", settings.groups().toString());
    identity.put("accumulate", (long) settings.accumulate());
    identity.put("average", settings.average());
    identity.put("batch size", (long) training.batchSize());
    identity.put("seed", training.seed());
    return identity;
  }

  /** Code has no name that stays. */
  private static String text(Object value) {
    return value instanceof Record ? value.toString() : "code";
  }

  private static void deleteOthers(Path folder, String name) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String other = file.getFileName().toString();
        // A run killed while it wrote leaves a hidden file beside the one that it meant to write.
        boolean unfinished =
            other.matches("\\.(step-\\d+\\.safetensors|checkpoint\\.json)\\..+\\.tmp");
        if (unfinished || other.matches("step-\\d+\\.safetensors") && !other.equals(name)) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw new NndException("%s: an old checkpoint cannot be deleted: %s".formatted(folder, e), e);
    }
  }

  /**
   * {@return the state that a folder holds, if any}
   *
   * @throws NndException if it is that of another training, or damaged
   */
  static Optional<Checkpoint> read(Path folder, Training training) {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    JsonObject json = JsonObject.of(Json.read(file), file.toString());
    if (json.whole("version") != VERSION) {
      throw new NndException(
          "%s: format %d, this NND reads format %d"
              .formatted(file, json.whole("version"), VERSION));
    }
    check(json.object("training"), identity(training), folder);
    Safetensors stored = Safetensors.open(folder.resolve(json.text("tensors")));
    Map<String, Literal> tensors = new LinkedHashMap<>();
    for (String name : stored.names()) {
      DType type = DType.parse(stored.entry(name).type().name().toLowerCase(Locale.ROOT));
      tensors.put(name, LiteralFile.read(stored, name, type));
    }
    List<Map<String, Double>> history = new ArrayList<>();
    for (Object epoch : json.list("history")) {
      history.add(numbers(JsonObject.of(epoch, file + ": history")));
    }
    State state =
        new State(
            (int) json.whole("epoch"),
            (int) json.whole("batch"),
            (int) json.whole("number"),
            json.whole("update"),
            history,
            json.number("best"),
            (int) json.whole("stale"));
    return Optional.of(
        new Checkpoint(tensors, state, json.number("examples"), numbers(json.object("sums"))));
  }

  private static Map<String, Double> numbers(JsonObject json) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    json.fields().keySet().forEach(k -> numbers.put((String) k, json.number((String) k)));
    return numbers;
  }

  private static void check(JsonObject stored, Map<String, Object> now, Path folder) {
    List<String> differences = new ArrayList<>();
    now.forEach(
        (name, value) -> {
          Object before = stored.get(name);
          if (!Json.compact(before).equals(Json.compact(value))) {
            differences.add("%s (%s there, %s now)".formatted(name, before, value));
          }
        });
    if (!differences.isEmpty()) {
      throw new NndException(
          "%s: holds the checkpoint of another training, which differs in %s."
                  .formatted(folder, String.join(", ", differences))
              + " Name another folder, or delete this one to start anew");
    }
  }
}
