package org.nnd.onnx;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnd.dsl.Block;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.ir.Dim;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.onnx.imports.NeedsValue;
import org.nnd.onnx.imports.Unsupported;
import org.nnd.onnx.imports.Value;

/**
 * An ONNX file as a layer: its floating-point initialisers are parameters that begin with the
 * file's values, its statistics buffers. It may stand inside other layers.
 *
 * <p>Dense layers, convolutions, batch normalisations and scaled dot-product attention are
 * recognised and become layers inside this one, which can be rewritten and merged as any other;
 * batch normalisations are trained as layers are. Their paths are the names of their weights in the
 * file, less {@code .weight}; that of attention is the path of its operators in PyTorch's file and
 * {@code attention}. All else computes in training what it does in inference, as the file says.
 *
 * @param sizes the extents of axes that the file names ({@code dim_param}); the first axis of every
 *     input is the batch
 */
public record OnnxNetwork(OnnxFile file, Map<String, Integer> sizes) implements Block {
  public OnnxNetwork {
    sizes = Map.copyOf(sizes);
  }

  /**
   * {@return the network of a file}
   *
   * @throws NndException if it cannot be read
   */
  public static OnnxNetwork read(Path path) {
    return new OnnxNetwork(OnnxFile.read(path), Map.of());
  }

  /** {@return this with an extent for the axes that the file calls {@code name}} */
  public OnnxNetwork size(String name, int extent) {
    Map<String, Integer> all = new HashMap<>(sizes);
    all.put(name, extent);
    return new OnnxNetwork(file, all);
  }

  /**
   * {@return the inputs, for {@code model(network, network.inputs())}}
   *
   * @throws NndException if the file leaves the extent of an axis open
   */
  public InputSpec[] inputs() {
    return file.graph().arguments().stream().map(this::input).toArray(InputSpec[]::new);
  }

  private InputSpec input(OnnxGraph.Port port) {
    if (!(port.type() instanceof ValueType.Tensor tensor)
        || tensor.dimensions().isEmpty()
        || tensor.dimensions().get().isEmpty()) {
      throw error(
          "the input '%s' is %s; a network takes tensors with a batch axis"
              .formatted(port.name(), port.type()));
    }
    List<ValueType.Dimension> dimensions = tensor.dimensions().get();
    List<Dim> example = new ArrayList<>();
    for (ValueType.Dimension dimension : dimensions.subList(1, dimensions.size())) {
      example.add(
          switch (dimension) {
            case ValueType.Dimension.Fixed fixed -> Dim.of(fixed.size());
            case ValueType.Dimension.Symbol symbol -> {
              if (!sizes.containsKey(symbol.name())) {
                throw error(
                    "the input '%s' is %s: say how large '%s' is with .size(\"%s\", …)"
                        .formatted(port.name(), port.type(), symbol, symbol.name()));
              }
              yield Dim.of(sizes.get(symbol.name()));
            }
          });
    }
    return new InputSpec(port.name(), tensor.element().storage(), new Shape(example));
  }

  @Override
  public Tensors lower(Lowering at, Tensors inputs) {
    Map<String, Value> values = new LinkedHashMap<>();
    Map<Node, Node> copies = new IdentityHashMap<>();
    List<OnnxGraph.Port> ports = file.graph().arguments();
    if (inputs.size() != ports.size()) {
      throw at.error("%s has %d inputs, got %d", file.path(), ports.size(), inputs.size());
    }
    for (int i = 0; i < ports.size(); i++) {
      Node given = inputs.list().get(i).node();
      // In a graph of its own, so that its operators see nothing of what is around it.
      Node input = Operations.input(ports.get(i).name(), given.type());
      values.put(ports.get(i).name(), new Value.Symbolic(input, element(ports.get(i), input)));
    }
    Imported imported = AttentionPatterns.composed(imported(values, at));
    KnownRows rows = KnownRows.of(imported);
    for (Node node : imported.graph().nodes()) {
      if (rows.isInside(node)) {
        continue;
      }
      Node copy =
          rows.isResult(node)
              ? rows.call(at, node, copies)
              : switch (node.op()) {
                case Op.Input input -> inputs.list().get(index(ports, input.name())).node();
                case Op.Parameter parameter -> variable(at, imported, parameter);
                default -> node.withOperands(node.operands().stream().map(copies::get).toList());
              };
      copies.put(node, copy);
    }
    Map<String, Tensor> outputs = new LinkedHashMap<>();
    imported
        .outputs()
        .forEach(
            (name, value) ->
                outputs.put(
                    name,
                    Tensor.of(
                        switch (value) {
                          case Value.Symbolic s -> copies.get(imported.graph().outputs().get(name));
                          case Value.Known known -> known.node();
                          default ->
                              throw at.error("%s: the output '%s' is no tensor", file.path(), name);
                        })));
    return outputs.size() == 1
        ? Tensors.of(outputs.values().iterator().next())
        : Tensors.of(outputs);
  }

  private static ElementType element(OnnxGraph.Port port, Node input) {
    return port.type() instanceof ValueType.Tensor tensor
        ? tensor.element()
        : ElementType.of(input.dtype());
  }

  private static int index(List<OnnxGraph.Port> ports, String name) {
    return ports.stream().map(OnnxGraph.Port::name).toList().indexOf(name);
  }

  private Imported imported(Map<String, Value> values, Lowering at) {
    try {
      return OnnxImport.graph(file, values, at.dtype());
    } catch (NeedsValue e) {
      throw new NndException(
          "%s: %s, which a network cannot know; it can be run with `nnd onnx run`"
              .formatted(file.path(), e.getMessage()),
          e);
    } catch (Unsupported e) {
      throw new NndException(e.getMessage(), e);
    }
  }

  private static Node variable(Lowering at, Imported imported, Op.Parameter parameter) {
    Literal value = imported.parameters().get(parameter.name());
    Initializer initial = Initializer.literal(value);
    Shape shape = parameter.type().shape();
    Tensor variable =
        imported.buffers().contains(parameter.name())
            ? at.buffer(parameter.name(), initial, shape)
            : at.parameter(parameter.name(), initial, shape);
    return Operations.convert(variable.node(), parameter.type().dtype());
  }

  @Override
  public String kind() {
    return "onnx";
  }

  @Override
  public String toString() {
    return "onnx(\"" + file.path().getFileName() + "\")";
  }

  private NndException error(String problem) {
    return new NndException(file.path() + ": " + problem);
  }
}
