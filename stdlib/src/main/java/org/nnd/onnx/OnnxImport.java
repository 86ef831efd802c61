package org.nnd.onnx;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnd.ir.DType;
import org.nnd.ir.Graph;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.model.Model;
import org.nnd.model.Models;
import org.nnd.onnx.imports.Importer;
import org.nnd.onnx.imports.Value;

/** Makes tensor graphs of ONNX files. */
public final class OnnxImport {
  private OnnxImport() {}

  /**
   * {@return the model of a file: it can be used, trained, merged, rewritten and exported as any
   * other}
   *
   * @throws org.nnd.ir.NndException if the file cannot be read or imported, or leaves the extent of
   *     an axis other than the batch open: see {@link OnnxNetwork#size}
   */
  public static Model importOnnx(Path file) {
    return importOnnx(OnnxNetwork.read(file));
  }

  /** {@return the model of a file whose open axes have sizes} */
  public static Model importOnnx(OnnxNetwork network) {
    return Models.model(network, network.inputs());
  }

  /**
   * {@return a file as a graph}
   *
   * @param inputs the inputs by name: nodes of {@link Op.Input}, or bound values
   * @param doubles the element type of the graph for ONNX's double: f64, or f32 for devices that
   *     have no other
   * @throws org.nnd.onnx.imports.NeedsValue if inputs that are not bound must be
   * @throws org.nnd.onnx.imports.Unsupported if an operator is not supported
   * @throws org.nnd.ir.NndException if the file's operators do not fit together
   */
  public static Imported graph(OnnxFile file, Map<String, Value> inputs, DType doubles) {
    return Refusal.told(file.path(), () -> imported(file, inputs, doubles));
  }

  private static Imported imported(OnnxFile file, Map<String, Value> inputs, DType doubles) {
    Importer importer = new Importer(file, doubles);
    Map<String, Value> outputs = importer.run(inputs);
    Map<String, Node> computed = new LinkedHashMap<>();
    outputs.forEach((name, value) -> collect(name, value, computed));
    List<Node> nodes = new ArrayList<>();
    for (Value input : inputs.values()) {
      if (input instanceof Value.Symbolic symbolic && symbolic.node().op() instanceof Op.Input) {
        nodes.add(symbolic.node());
      }
    }
    Graph graph = Graph.of(nodes, computed);
    return new Imported(graph, outputs, importer.parameters(), importer.buffers());
  }

  private static void collect(String name, Value value, Map<String, Node> computed) {
    switch (value) {
      case Value.Symbolic symbolic -> computed.put(name, symbolic.node());
      case Value.Sequence sequence -> {
        for (int i = 0; i < sequence.elements().size(); i++) {
          collect(name + "." + i, sequence.elements().get(i), computed);
        }
      }
      case Value.Known known -> {}
      case Value.Strings strings -> {}
      case Value.Absent absent -> {}
    }
  }
}
