package org.nnd.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lower;
import org.nnd.dsl.Lowered;
import org.nnd.dsl.Variable;
import org.nnd.ir.DType;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.TensorType;
import org.nnd.ir.gradient.Gradient;

/**
 * The graph of everything a case has values for, under the case's names: {@code out.*}, {@code
 * grad.*} and {@code ref.*} as outputs, buffers as updates; with the inputs and variables it takes.
 */
record VectorGraph(
    Graph graph, long batch, Map<String, Literal> inputs, Map<String, Literal> variables) {

  /** A computation whose outputs have their short names, before there is a loss. */
  private record Forward(
      List<Node> inputs, Map<String, Node> outputs, Map<String, Node> updates, String inputPrefix) {
    /** {@return the name of the input node for the tensor {@code in.NAME}} */
    String input(String name) {
      return inputPrefix + name;
    }
  }

  static VectorGraph of(Vector vector, Subject.OfLayer subject, DType floats) {
    Map<String, Literal> inputs = vector.under("in");
    Lowered lowered = lower(subject.layer(), vector, subject.freeBatch(), floats);
    Map<String, Literal> variables = new LinkedHashMap<>(vector.variables());
    checkNames(lowered, vector);
    lowered.variables().stream()
        .filter(VectorGraph::isRandom)
        .forEach(variable -> variables.put(variable.path(), variable.initial(0)));
    Map<String, Node> outputs = new LinkedHashMap<>(lowered.graph().outputs());
    List<Node> nodes = new ArrayList<>(lowered.graph().inputs());
    Map<String, Node> arguments = arguments(vector, floats);
    outputs.putAll(subject.references().apply(arguments));
    Forward forward = new Forward(nodes, outputs, lowered.graph().updates(), "");
    Map<String, Literal> given = new LinkedHashMap<>(inputs);
    given.putAll(constants(vector));
    long batch = subject.freeBatch() ? batch(inputs) : 1;
    return complete(vector, forward, batch, given, variables, floats);
  }

  static VectorGraph of(Vector vector, Subject.OfFunction subject, DType floats) {
    Map<String, Node> arguments = arguments(vector, floats);
    Map<String, Node> outputs = subject.function().apply(arguments);
    List<Node> nodes =
        arguments.entrySet().stream()
            .filter(e -> e.getKey().startsWith("in."))
            .map(Map.Entry::getValue)
            .toList();
    Map<String, Literal> given = new LinkedHashMap<>(constants(vector));
    vector.under("in").forEach((name, value) -> given.put("in." + name, value));
    Forward forward = new Forward(nodes, outputs, Map.of(), "in.");
    return complete(vector, forward, 1, given, vector.variables(), floats);
  }

  static Lowered lower(Layer layer, Vector vector, boolean freeBatch, DType floats) {
    Map<String, Literal> inputs = vector.under("in");
    if (freeBatch) {
      return Lower.lower(layer, specs(inputs, floats), vector.lowering());
    }
    Map<String, TensorType> types = new LinkedHashMap<>();
    inputs.forEach((name, value) -> types.put(name, Literals.type(value, floats)));
    return Lower.lower(layer, types, vector.lowering());
  }

  static List<InputSpec> specs(Map<String, Literal> inputs, DType floats) {
    return inputs.entrySet().stream()
        .map(e -> Literals.spec(e.getKey(), e.getValue(), floats))
        .toList();
  }

  static long batch(Map<String, Literal> inputs) {
    Set<Integer> sizes =
        inputs.values().stream()
            .map(value -> value.shape().length == 0 ? 0 : value.shape()[0])
            .collect(Collectors.toCollection(TreeSet::new));
    if (sizes.size() != 1) {
      throw new NndException("the inputs have no common batch, their axes 0 are " + sizes);
    }
    return sizes.iterator().next();
  }

  private static boolean isRandom(Variable variable) {
    return variable.path().startsWith("rng.");
  }

  /** The variables are those of the case; buffers that are not floating-point may be left out. */
  private static void checkNames(Lowered lowered, Vector vector) {
    Set<String> ours =
        lowered.variables().stream()
            .filter(variable -> !isRandom(variable))
            .map(Variable::path)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> missing = new TreeSet<>(vector.under("p").keySet());
    vector
        .under("b")
        .forEach(
            (name, value) -> {
              if (value.dtype().isFloat()) {
                missing.add(name);
              }
            });
    Set<String> more = new TreeSet<>(ours);
    more.removeAll(vector.variables().keySet());
    missing.removeAll(ours);
    if (!missing.isEmpty() || !more.isEmpty()) {
      throw new NndException(
          "the variables are not those of the case: missing are %s, not in it are %s"
              .formatted(missing, more));
    }
  }

  /** The case's inputs, constants, parameters and buffers as nodes, by full name. */
  private static Map<String, Node> arguments(Vector vector, DType floats) {
    Map<String, Node> nodes = new LinkedHashMap<>();
    for (String kind : List.of("in", "c")) {
      vector
          .under(kind)
          .forEach(
              (name, value) ->
                  nodes.put(
                      kind + "." + name,
                      Operations.input(kind + "." + name, Literals.type(value, floats))));
    }
    for (String kind : List.of("p", "b")) {
      vector
          .under(kind)
          .forEach(
              (name, value) ->
                  nodes.put(
                      kind + "." + name, Operations.parameter(name, Literals.type(value, floats))));
    }
    return nodes;
  }

  private static Map<String, Literal> constants(Vector vector) {
    Map<String, Literal> constants = new LinkedHashMap<>();
    vector.under("c").forEach((name, value) -> constants.put("c." + name, value));
    return constants;
  }

  /** Adds the loss and the gradients that the case has. */
  private static VectorGraph complete(
      Vector vector,
      Forward forward,
      long batch,
      Map<String, Literal> given,
      Map<String, Literal> variables,
      DType floats) {
    Map<String, Node> outputs = named(vector, forward.outputs());
    List<Node> inputs = new ArrayList<>(forward.inputs());
    Map<String, Literal> values = new LinkedHashMap<>(given);
    Map<String, Node> wrt = new LinkedHashMap<>();
    vector
        .under("grad")
        .forEach((name, value) -> wrt.put("grad." + name, variable(vector, forward, name, floats)));
    if (!wrt.isEmpty()) {
      Node loss = null;
      for (Map.Entry<String, Node> output : outputs.entrySet()) {
        Optional<Node> term = term(vector, output.getKey(), output.getValue(), inputs, values);
        if (term.isPresent()) {
          loss = loss == null ? term.get() : Operations.add(loss, term.get());
        }
      }
      if (loss == null) {
        throw new NndException("there are gradients but no loss.R to an output");
      }
      List<Node> gradients = Gradient.of(loss, List.copyOf(wrt.values()));
      int next = 0;
      for (String name : wrt.keySet()) {
        outputs.put(name, gradients.get(next++));
      }
    }
    Graph graph = Graph.of(inputs, outputs, forward.updates());
    values.keySet().retainAll(graph.inputs().stream().map(VectorGraph::inputName).toList());
    Map<String, Literal> used = new LinkedHashMap<>(variables);
    return new VectorGraph(graph, batch, values, used);
  }

  private static String inputName(Node input) {
    return ((Op.Input) input.op()).name();
  }

  /** Outputs as {@code out.NAME}; an only one is that of the case whatever it is called. */
  private static Map<String, Node> named(Vector vector, Map<String, Node> outputs) {
    List<String> wanted = List.copyOf(vector.under("out").keySet());
    long own = outputs.keySet().stream().filter(name -> !name.startsWith("ref.")).count();
    Map<String, Node> named = new LinkedHashMap<>();
    outputs.forEach(
        (name, node) -> {
          boolean only = own == 1 && wanted.size() == 1;
          String full = name.startsWith("ref.") ? name : "out." + (only ? wanted.get(0) : name);
          named.put(full, node);
        });
    return named;
  }

  /** The node of {@code in.NAME} or {@code p.NAME}. */
  private static Node variable(Vector vector, Forward forward, String name, DType floats) {
    String tensor = name.substring(name.indexOf('.') + 1);
    if (name.startsWith("p.")) {
      return Operations.parameter(tensor, Literals.type(vector.tensor(name), floats));
    }
    if (name.startsWith("in.")) {
      return forward.inputs().stream()
          .filter(node -> inputName(node).equals(forward.input(tensor)))
          .findFirst()
          .orElseThrow(() -> new NndException("there is a grad." + name + " but no " + name));
    }
    throw new NndException(
        "grad.%s: expected the gradient of an input, in.NAME, or a parameter, p.NAME"
            .formatted(name));
  }

  /** An output's part of the loss, if it takes part; scalars without a factor have 1. */
  private static Optional<Node> term(
      Vector vector, String output, Node value, List<Node> inputs, Map<String, Literal> values) {
    if (!output.startsWith("out.") || !value.dtype().isFloat()) {
      return Optional.empty();
    }
    String own = "loss.R." + output.substring("out.".length());
    boolean only = vector.under("out").size() == 1;
    String name = !vector.contains(own) && (only || output.equals("out.y")) ? "loss.R" : own;
    if (!vector.contains(name)) {
      return value.rank() == 0 ? Optional.of(value) : Optional.empty();
    }
    Node factor = Operations.input(name, value.type());
    inputs.add(factor);
    values.put(name, vector.tensor(name));
    return Optional.of(
        Operations.sum(Operations.multiply(value, factor), Operations.axes(value.rank())));
  }
}
