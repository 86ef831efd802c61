package org.nnd.dsl;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.nnd.ir.CustomCode;
import org.nnd.ir.Graph;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.TensorType;

/** Turns what a user gave as gradient or reference of a kernel into graphs. */
record CustomRules(CustomKernel kernel, Mode mode) {
  /** What a function of one tensor names its result, see {@link Tensors#of(Tensor, Tensor...)}. */
  private static final String UNNAMED = "y";

  /** {@return the graph of {@link Op.Custom#gradient()}} */
  Optional<Graph> gradient(CustomCode code) {
    return kernel.rules().gradient().map(function -> gradient(code, function));
  }

  private Graph gradient(CustomCode code, UnaryOperator<Tensors> function) {
    Map<String, TensorType> types = types(code.inputs());
    types.putAll(types(code.outputs()));
    types(code.outputs())
        .forEach(
            (name, type) -> {
              if (type.dtype().isFloat()) {
                types.put("d_" + name, type);
              }
            });
    Map<String, TensorType> wanted = new LinkedHashMap<>();
    types(code.inputs())
        .forEach(
            (name, type) -> {
              if (type.dtype().isFloat()) {
                wanted.put("d_" + name, type);
              }
            });
    return trace("gradient", types, function, results -> named(results, wanted));
  }

  private Map<String, Node> named(Tensors results, Map<String, TensorType> wanted) {
    Map<String, Node> named = new LinkedHashMap<>();
    for (String given : results.names()) {
      boolean only = given.equals(UNNAMED) && results.size() == 1 && kernel.inputs().size() == 1;
      String name = only ? "d_" + kernel.inputs().get(0).name() : given;
      Tensor tensor = results.get(given);
      TensorType type = wanted.get(name);
      if (type == null) {
        throw new NndException(
            "it gives '%s'; expected are %s".formatted(given, String.join(", ", wanted.keySet())));
      }
      check(name, tensor.type(), type);
      named.put(name, tensor.node());
    }
    return named;
  }

  /** {@return the graph of {@link Op.Custom#reference()}} */
  Optional<Graph> reference(CustomCode code) {
    Map<String, TensorType> wanted = types(code.outputs());
    return kernel
        .rules()
        .reference()
        .map(f -> trace("reference", types(code.inputs()), f, results -> all(results, wanted)));
  }

  /** {@return the reference for operands of f64} */
  Graph inDoublePrecision(List<TensorType> operands) {
    UnaryOperator<Tensors> function =
        kernel
            .rules()
            .reference()
            .orElseThrow(
                () ->
                    new NndException(
                        "the kernel '%s' runs in its own types, not in f64; give the same by tensor"
                                .formatted(kernel.name())
                            + " operations with .reference(…)"));
    Map<String, TensorType> types = new LinkedHashMap<>();
    for (int i = 0; i < operands.size(); i++) {
      types.put(kernel.inputs().get(i).name(), operands.get(i));
    }
    return trace("reference", types, function, results -> all(results, Map.of()));
  }

  /** All outputs in their order. */
  private Map<String, Node> all(Tensors results, Map<String, TensorType> wanted) {
    boolean only = kernel.outputs().size() == 1 && results.main().size() == 1;
    Map<String, Node> named = new LinkedHashMap<>();
    for (CustomKernel.Declared output : kernel.outputs()) {
      Tensor tensor = only ? results.one() : results.get(output.name());
      if (wanted.containsKey(output.name())) {
        check(output.name(), tensor.type(), wanted.get(output.name()));
      }
      named.put(output.name(), tensor.node());
    }
    return named;
  }

  private static void check(String name, TensorType given, TensorType wanted) {
    if (!given.equals(wanted)) {
      throw new NndException("it gives '%s' as %s, expected %s".formatted(name, given, wanted));
    }
  }

  private static Map<String, TensorType> types(List<CustomCode.Argument> arguments) {
    Map<String, TensorType> types = new LinkedHashMap<>();
    arguments.forEach(argument -> types.put(argument.name(), argument.type()));
    return types;
  }

  private interface Finish {
    Map<String, Node> apply(Tensors results);
  }

  /** A graph of its own: what the function uses from outside must be a value. */
  private Graph trace(
      String what, Map<String, TensorType> types, UnaryOperator<Tensors> function, Finish finish) {
    Construction construction = Lower.parameters(mode, List.copyOf(types.values()));
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    types.forEach((name, type) -> tensors.put(name, Tensor.of(Operations.input(name, type))));
    List<Node> inputs = tensors.values().stream().map(Tensor::node).toList();
    try {
      Tensors results =
          Lowering.root(construction)
              .call("", new Traced(what, function, Site.UNKNOWN), Tensors.of(tensors));
      Graph graph = Values.constant(Graph.of(inputs, finish.apply(results)));
      checkClosed(graph, inputs.size());
      return graph;
    } catch (NndException e) {
      throw new NndException(
          "the %s of the kernel '%s': %s".formatted(what, kernel.name(), e.getMessage()), e);
    }
  }

  private static void checkClosed(Graph graph, int inputs) {
    List<String> outside =
        graph.nodes().stream()
            .map(Node::op)
            .filter(op -> op instanceof Op.Input || op instanceof Op.Parameter)
            .skip(inputs)
            .map(op -> op instanceof Op.Input i ? i.name() : ((Op.Parameter) op).name())
            .toList();
    if (!outside.isEmpty()) {
      throw new NndException(
          "it depends on '%s', which is none of its tensors; a variable goes in as an input"
              .formatted(outside.get(0)));
    }
  }
}
