package org.nnd.onnx;

import java.util.List;
import java.util.Map;

/**
 * One operator applied to values.
 *
 * @param name the file's name of it, often empty
 * @param domain the set of operators, empty for ONNX's own
 * @param operator such as {@code Conv}
 * @param inputs names of values; an empty name is an input left out
 * @param outputs names of values; an empty name is a result that nobody wants
 */
public record OnnxNode(
    String name,
    String domain,
    String operator,
    List<String> inputs,
    List<String> outputs,
    Map<String, OnnxAttribute> attributes) {
  public OnnxNode {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    attributes = Map.copyOf(attributes);
  }

  /** {@return the operator with its domain, such as {@code com.microsoft.Gelu}} */
  public String qualifiedOperator() {
    return domain.isEmpty() ? operator : domain + "." + operator;
  }

  /** {@return {@code Conv 'stem'}: the operator and the node's name or that of its first result} */
  public String described() {
    String first = outputs.stream().filter(output -> !output.isEmpty()).findFirst().orElse("");
    String named = name.isEmpty() ? first : name;
    return Refusal.shown(qualifiedOperator())
        + (named.isEmpty() ? "" : " '" + Refusal.shown(named) + "'");
  }
}
