package org.nnd.onnx;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A graph of operators, in an order in which every value is computed before it is used.
 *
 * @param inputs what a caller gives; where an initialiser has the same name, its default
 * @param initializers tensors by name
 */
public record OnnxGraph(
    String name,
    List<Port> inputs,
    List<Port> outputs,
    Map<String, OnnxTensor> initializers,
    List<OnnxNode> nodes) {

  /** An input or output: its name and what the file declares of it. */
  public record Port(String name, ValueType type) {}

  public OnnxGraph {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    initializers = Collections.unmodifiableMap(new LinkedHashMap<>(initializers));
    nodes = List.copyOf(nodes);
  }

  /** {@return the inputs that a caller must give: those without an initialiser} */
  public List<Port> arguments() {
    return inputs.stream().filter(input -> !initializers.containsKey(input.name())).toList();
  }
}
