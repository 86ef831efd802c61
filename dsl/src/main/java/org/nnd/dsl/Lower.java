package org.nnd.dsl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnd.ir.DType;
import org.nnd.ir.Graph;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.TensorType;

/** From level 1 to level 2: a description and the types of its inputs become a graph. */
public final class Lower {
  private Lower() {}

  /**
   * {@return the graph of a network} Its inputs have the names of the specs, its outputs those of
   * the network's results ({@code y} for a single one). Masks that are only handed on are not
   * outputs. With an input of f64, floating-point variables are f64 too, and so are all numbers
   * within the layers: for reference.
   *
   * @throws NndException if the layers do not fit together: path of the layer, what was met and
   *     expected, where it was declared
   */
  public static Lowered lower(Layer layer, List<InputSpec> inputs, Mode mode) {
    return lower(layer, named(inputs), mode);
  }

  /**
   * {@return the graph of a network on inputs of the given types by name, in their order} Axis 0 of
   * an input need not be the batch; otherwise as {@link #lower(Layer, List, Mode)}.
   */
  public static Lowered lower(Layer layer, Map<String, TensorType> inputs, Mode mode) {
    Construction construction = parameters(mode, List.copyOf(inputs.values()));
    List<Node> nodes = new ArrayList<>();
    Tensors outputs = call(construction, layer, inputs, nodes);
    Map<String, Node> results = new LinkedHashMap<>();
    for (String name : outputs.names()) {
      Node node = outputs.get(name).node();
      boolean main = outputs.main().find(name).isPresent();
      boolean passed = nodes.contains(node);
      if (main || !passed) {
        results.put(passed && outputs.main().size() == 1 ? "y" : name, node);
      }
    }
    return new Lowered(
        Values.constant(Graph.of(nodes, results, construction.updates())),
        construction.variables(),
        construction.reports());
  }

  static Construction parameters(Mode mode, List<TensorType> inputs) {
    return new Construction(
        mode, dtype(inputs), variable -> Operations.parameter(variable.path(), variable.type()));
  }

  private static Map<String, TensorType> named(List<InputSpec> inputs) {
    Map<String, TensorType> types = new LinkedHashMap<>();
    for (InputSpec input : inputs) {
      if (types.put(input.name(), input.type()) != null) {
        throw new NndException("two inputs are called '" + input.name() + "'");
      }
    }
    return types;
  }

  static List<TensorType> types(List<InputSpec> inputs) {
    return inputs.stream().map(InputSpec::type).toList();
  }

  private static DType dtype(List<TensorType> inputs) {
    boolean wide = inputs.stream().anyMatch(type -> type.dtype() == DType.F64);
    return wide ? DType.F64 : DType.F32;
  }

  /** Calls the outermost layer on new inputs, which are added to {@code nodes}. */
  static Tensors call(
      Construction construction, Layer layer, List<InputSpec> inputs, List<Node> nodes) {
    return call(construction, layer, named(inputs), nodes);
  }

  private static Tensors call(
      Construction construction, Layer layer, Map<String, TensorType> inputs, List<Node> nodes) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    inputs.forEach(
        (name, type) -> {
          Node node = Operations.input(name, type);
          nodes.add(node);
          tensors.put(name, Tensor.of(node));
        });
    try {
      return Lowering.root(construction).call("", layer, Tensors.of(tensors));
    } catch (NndException e) {
      throw construction.placed(e);
    }
  }

  /** Applies a layer to tensors: within a lowering as a child, on values at once. */
  static Tensors apply(Layer layer, Tensors inputs) {
    return Lowering.current()
        .map(at -> at.apply(layer, inputs))
        .orElseGet(() -> compute(layer, inputs, Mode.INFERENCE, 0));
  }

  /**
   * {@return a layer applied to values, with variables initialised from {@code seed}; the results
   * are computed when looked at}
   */
  public static Tensors compute(Layer layer, Tensors inputs, Mode mode, long seed) {
    for (Tensor input : inputs.list()) {
      if (!Values.isValue(input.node())) {
        throw new NndException(
            "%s is applied to a tensor without a value (%s), outside of a network"
                .formatted(layer, input.type()));
      }
    }
    Construction construction =
        new Construction(
            mode, dtype(inputs.types()), variable -> Values.leaf(variable.initial(seed)));
    return Lowering.root(construction).call("", layer, inputs);
  }
}
