package org.nnd.dsl;

import java.util.List;
import org.nnd.ir.TensorType;

/**
 * What a layer became when the network met its input.
 *
 * @param depth how many layers are around it
 * @param text its one-line description
 * @param parameterCount trainable numbers in it and the layers inside; of shared weights, the first
 *     use counts
 */
public record LayerReport(
    String path,
    String kind,
    String text,
    int depth,
    Site site,
    List<TensorType> inputs,
    List<TensorType> outputs,
    long parameterCount) {
  public LayerReport {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }
}
