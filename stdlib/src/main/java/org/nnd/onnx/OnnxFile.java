package org.nnd.onnx;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The contents of an ONNX file, all of it checked: every name that is used is defined, once; there
 * are no cycles; tensors have as many elements as their shapes say.
 *
 * @param path where it was read; errors name it
 * @param opsets the version of each set of operators by domain, empty for ONNX's own
 * @param metadata the producer's own entries
 */
public record OnnxFile(
    Path path,
    long irVersion,
    String producer,
    Map<String, Long> opsets,
    OnnxGraph graph,
    List<OnnxFunction> functions,
    Map<String, String> metadata) {
  public OnnxFile {
    opsets = Map.copyOf(opsets);
    functions = List.copyOf(functions);
    metadata = Map.copyOf(metadata);
  }

  /**
   * {@return the contents of a file}
   *
   * @throws org.nnd.ir.NndException if it cannot be read or is damaged; the message names the file
   *     and the tensor or node
   */
  public static OnnxFile read(Path path) {
    return OnnxReader.read(path);
  }

  /** {@return the version of ONNX's own operators} */
  public long opset() {
    return opsets.getOrDefault("", 1L);
  }
}
