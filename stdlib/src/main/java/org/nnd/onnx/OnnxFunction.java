package org.nnd.onnx;

import java.util.List;
import java.util.Map;

/** An operator that the file itself defines. */
public record OnnxFunction(
    String domain,
    String name,
    List<String> inputs,
    List<String> outputs,
    List<OnnxNode> nodes,
    Map<String, Long> opsets) {
  public OnnxFunction {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    nodes = List.copyOf(nodes);
    opsets = Map.copyOf(opsets);
  }

  /** {@return the operator that it defines, see {@link OnnxNode#qualifiedOperator}} */
  public String qualifiedName() {
    return domain.isEmpty() ? name : domain + "." + name;
  }
}
