package org.nnd.dsl;

import java.util.List;
import org.nnd.ir.Node;
import org.nnd.ir.TensorType;

/**
 * What a layer became when the network met its input.
 *
 * @param depth how many layers are around it
 * @param text its one-line description
 * @param arguments what it was called on
 * @param results what it gave
 * @param parameterCount trainable numbers in it and the layers inside; of shared weights, the first
 *     use counts
 */
public record LayerReport(
    String path,
    String kind,
    String text,
    int depth,
    Site site,
    List<Node> arguments,
    List<Node> results,
    long parameterCount) {
  public LayerReport {
    arguments = List.copyOf(arguments);
    results = List.copyOf(results);
  }

  /** {@return the types of the arguments} */
  public List<TensorType> inputs() {
    return arguments.stream().map(Node::type).toList();
  }

  /** {@return the types of the results} */
  public List<TensorType> outputs() {
    return results.stream().map(Node::type).toList();
  }
}
