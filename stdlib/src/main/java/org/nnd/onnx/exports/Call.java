package org.nnd.onnx.exports;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * One ONNX node.
 *
 * @param name unique in the file
 * @param inputs names of values; an optional one that is left out is empty
 * @param attributes Long, Float, String, List of Long, Literal, or {@link Body}
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

  /** {@return this with one more input} */
  Call taking(String input) {
    List<String> more = new ArrayList<>(inputs);
    more.add(input);
    return new Call(name, operator, more, outputs, attributes, path);
  }

  /** {@return this with another value of an attribute} */
  Call with(String attribute, Object value) {
    Map<String, Object> changed = new HashMap<>(attributes);
    changed.put(attribute, value);
    return new Call(name, operator, inputs, outputs, changed, path);
  }

  /** {@return this with other bodies in its attributes} */
  Call mapBodies(UnaryOperator<Body> function) {
    Map<String, Object> changed = new HashMap<>(attributes);
    changed.replaceAll((key, value) -> value instanceof Body body ? function.apply(body) : value);
    return new Call(name, operator, inputs, outputs, changed, path);
  }
}
