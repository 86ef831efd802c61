package org.nnd.onnx.exports;

import java.util.List;
import java.util.Map;

/**
 * One ONNX node.
 *
 * @param name unique in the file
 * @param inputs names of values; an optional one that is left out is empty
 * @param attributes Long, Float, String, List of Long, or {@link Body}
 * @param path of the layer that it comes from, or empty
 */
public record Call(
    String name,
    String operator,
    List<String> inputs,
    List<String> outputs,
    Map<String, Object> attributes,
    String path) {
  public Call {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    attributes = Map.copyOf(attributes);
  }
}
