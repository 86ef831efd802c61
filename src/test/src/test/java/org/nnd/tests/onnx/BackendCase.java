package org.nnd.tests.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.onnx.ElementType;
import org.nnd.onnx.Engine;
import org.nnd.onnx.OnnxData;
import org.nnd.onnx.OnnxFile;
import org.nnd.onnx.OnnxGraph;
import org.nnd.onnx.OnnxNode;
import org.nnd.onnx.OnnxRunner;
import org.nnd.onnx.ValueType;
import org.nnd.onnx.imports.Value;

/** One case: a model with sets of inputs and the outputs expected. */
record BackendCase(Path folder) {
  /** {@return the name, such as {@code node/test_add}} */
  String name() {
    return folder.getParent().getFileName() + "/" + folder.getFileName();
  }

  /** {@return why the case does not pass, or nothing if it does} */
  Optional<String> failure(Engine engine) throws IOException {
    Path model = folder.resolve("model.onnx");
    if (!Files.exists(model)) {
      return Optional.of("its model is not in the data, only the address of a download");
    }
    try {
      OnnxFile file = OnnxFile.read(model);
      try (OnnxRunner runner = new OnnxRunner(file, engine)) {
        for (Path set : sets()) {
          Optional<String> failure = failure(file, runner, set);
          if (failure.isPresent()) {
            return failure;
          }
        }
      }
      return Optional.empty();
    } catch (NndException e) {
      return Optional.of(e.getMessage().replace(folder + "/", ""));
    }
  }

  /** {@return the operators of the model's outermost graph} */
  Set<String> operators() {
    Set<String> operators = new TreeSet<>();
    if (Files.exists(folder.resolve("model.onnx"))) {
      OnnxFile.read(folder.resolve("model.onnx")).graph().nodes().stream()
          .map(OnnxNode::qualifiedOperator)
          .forEach(operators::add);
    }
    return operators;
  }

  /** {@return whether the values may be outside the range of single precision} */
  boolean takesDoubles() {
    Path model = folder.resolve("model.onnx");
    return Files.exists(model)
        && OnnxFile.read(model).graph().inputs().stream()
            .anyMatch(
                port ->
                    port.type() instanceof ValueType.Tensor tensor
                        && tensor.element() == ElementType.DOUBLE);
  }

  private List<Path> sets() throws IOException {
    try (Stream<Path> sets = Files.list(folder)) {
      return sets.filter(p -> p.getFileName().toString().startsWith("test_data_set_"))
          .sorted()
          .toList();
    }
  }

  private Optional<String> failure(OnnxFile file, OnnxRunner runner, Path set) {
    Map<String, Value> inputs = new LinkedHashMap<>();
    List<OnnxGraph.Port> ports = file.graph().inputs();
    for (int i = 0; i < ports.size(); i++) {
      Path data = set.resolve("input_" + i + ".pb");
      if (Files.exists(data)) {
        inputs.put(ports.get(i).name(), read(data, ports.get(i).type()));
      }
    }
    Map<String, Value> results = runner.run(inputs);
    List<OnnxGraph.Port> outputs = file.graph().outputs();
    List<String> problems = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      OnnxGraph.Port output = outputs.get(i);
      Value expected = read(set.resolve("output_" + i + ".pb"), output.type());
      Agreement.problem(expected, results.get(output.name()))
          .ifPresent(problem -> problems.add(output.name() + ": " + problem));
    }
    return problems.stream().findFirst();
  }

  /** The data have bfloat16, which NumPy lacks, as the bits in uint16. */
  private static Value read(Path file, ValueType type) {
    Value value = OnnxData.read(file, type);
    boolean bits =
        type instanceof ValueType.Tensor tensor
            && tensor.element() == ElementType.BFLOAT16
            && value instanceof Value.Known known
            && known.type() == ElementType.UINT16;
    if (!bits) {
      return value;
    }
    Literal literal = ((Value.Known) value).literal();
    short[] halves = new short[literal.count()];
    for (int i = 0; i < halves.length; i++) {
      halves[i] = (short) (int) literal.get(i);
    }
    return Value.Known.of(new Literal(DType.BF16, literal.shape(), halves));
  }
}
