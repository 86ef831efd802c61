package org.nnd.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Variable;
import org.nnd.format.Json;
import org.nnd.format.Safetensors;
import org.nnd.format.SafetensorsWriter;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;

/**
 * A model as one safetensors file: weights under their paths; description, inputs and labels as
 * JSON in the header, so that other programs can read the weights and nothing in the file is code.
 */
final class ModelFile {
  /** Raised when a file of this form can no longer be read by an older NND. */
  private static final int VERSION = 1;

  private static final String RUNNING_MEAN = "running_mean";

  /**
   * PyTorch's count of the batches that made the running statistics; nothing here depends on it.
   */
  private static final String BATCHES_TRACKED = "num_batches_tracked";

  private ModelFile() {}

  static void save(Model model, Path file) {
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("version", VERSION);
    description.put("nnd", Optional.ofNullable(implementation()).orElse("unknown"));
    description.put("seed", model.seed());
    description.put("inputs", model.inputs().stream().map(ModelFile::json).toList());
    description.put("labels", model.labels());
    description.put("network", Descriptions.toJson(model.network()));
    weights(model).metadata("nnd.model", Json.compact(description)).write(file);
  }

  private static String implementation() {
    return Model.class.getPackage().getImplementationVersion();
  }

  static void saveWeights(Model model, Path file) {
    weights(model).write(file);
  }

  private static SafetensorsWriter weights(Model model) {
    SafetensorsWriter writer = Safetensors.writer();
    model.weights().forEach((path, value) -> LiteralFile.add(writer, path, value));
    return writer;
  }

  static Model load(Path path) {
    Safetensors file = Safetensors.open(path);
    String text = file.metadata().get("nnd.model");
    if (text == null) {
      throw new NndException(
          "%s: holds weights without a description of the network; describe it and use load"
              .formatted(path));
    }
    JsonObject json = JsonObject.of(Json.parse(text, path + ": nnd.model"), path.toString());
    long version = json.whole("version");
    if (version > VERSION) {
      throw new NndException(
          "%s: was saved by a newer NND (format %d, this one reads up to %d)"
              .formatted(path, version, VERSION));
    }
    try {
      Layer network = Descriptions.fromJson(json.get("network"));
      List<InputSpec> inputs = new ArrayList<>();
      for (Object input : json.list("inputs")) {
        inputs.add(spec(JsonObject.of(input, "inputs")));
      }
      List<String> labels = json.list("labels").stream().map(String::valueOf).toList();
      Model model = Model.of(network, inputs, labels).seed(json.whole("seed")).labels(labels);
      return model.with(read(model, file, path, Map.of()).values());
    } catch (NndException e) {
      throw new NndException(path + ": " + e.getMessage(), e);
    }
  }

  static WeightReport load(Model model, Path path, Map<String, String> names) {
    Read read = read(model, Safetensors.open(path), path, names);
    read.values.forEach(model::setParameter);
    return read.report;
  }

  private record Read(Map<String, Literal> values, WeightReport report) {}

  private static Read read(Model model, Safetensors file, Path path, Map<String, String> names) {
    Map<String, String> stored;
    try {
      stored = new Renaming(names).byPath(file.names());
    } catch (NndException e) {
      throw new NndException(path + ": " + e.getMessage(), e);
    }
    Map<String, Literal> values = new LinkedHashMap<>();
    List<String> missing = new ArrayList<>();
    List<String> misshapen = new ArrayList<>();
    Map<String, String> unexpected = new LinkedHashMap<>(stored);
    for (Variable variable : model.declared()) {
      if (variable.kind() == Variable.Kind.STATE) {
        continue;
      }
      String at = variable.path();
      unexpected.remove(at);
      if (at.endsWith(RUNNING_MEAN)) {
        unexpected.remove(at.replace(RUNNING_MEAN, BATCHES_TRACKED));
      }
      String name = stored.get(at);
      if (name == null) {
        missing.add(at);
        continue;
      }
      int[] expected = variable.type().shape().at(1);
      long[] shape = file.entry(name).shape();
      if (Arrays.equals(Arrays.stream(expected).asLongStream().toArray(), shape)) {
        values.put(at, LiteralFile.read(file, name, variable.type().dtype()));
      } else {
        misshapen.add(
            "%s (%s in the file, %s in the model)"
                .formatted(at, Arrays.toString(shape), Arrays.toString(expected)));
      }
    }
    return new Read(
        values,
        new WeightReport(
            path.toString(),
            List.copyOf(values.keySet()),
            missing,
            List.copyOf(unexpected.values()),
            misshapen));
  }

  private static Map<String, Object> json(InputSpec input) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", input.name());
    json.put("dtype", input.dtype().toString());
    json.put("shape", input.exampleShape().dims().stream().map(Dim::fixed).toList());
    return json;
  }

  private static InputSpec spec(JsonObject json) {
    long[] shape =
        json.list("shape").stream().mapToLong(size -> ((Number) size).longValue()).toArray();
    return new InputSpec(json.text("name"), DType.parse(json.text("dtype")), shape);
  }
}
