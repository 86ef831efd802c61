package org.nnd.onnx.exports;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.nnd.ir.DType;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;
import org.nnd.ir.pass.InlineReferences;
import org.nnd.ir.pass.Passes;

/** What all graphs of one file share: names, constants, variables and extents. */
final class Export {
  /** What random numbers follow from, for whoever runs the file to choose. */
  private static final Set<String> RANDOM = Set.of("rng.seed", "rng.step");

  private final Map<String, Literal> values;
  private final Names names = new Names();
  private final Map<String, Literal> initializers = new LinkedHashMap<>();
  private final Map<Literal, String> constants = new HashMap<>();
  private final Map<String, String> variables = new HashMap<>();
  private final Set<String> constantNames = new LinkedHashSet<>();
  private final Set<String> keeping = new HashSet<>();
  private Extents extents;

  Export(Map<String, Literal> values) {
    this.values = values;
  }

  Names names() {
    return names;
  }

  Extents extents() {
    return extents;
  }

  Program program(Graph given) {
    Graph graph = Passes.optimize(InlineReferences.apply(given), Composites::known);
    Map<Node, String> arguments = new IdentityHashMap<>();
    Map<String, Shape> shapes = new LinkedHashMap<>();
    List<Typed> inputs = new ArrayList<>();
    for (Node node : graph.inputs()) {
      String name = ((Op.Input) node.op()).name();
      names.take(name);
      arguments.put(node, name);
      shapes.put(name, node.shape());
      inputs.add(new Typed(name, node.type()));
    }
    Map<String, Node> results = new LinkedHashMap<>();
    graph.outputs().forEach((name, node) -> results.put(names.fresh(name), node));
    graph
        .updates()
        .forEach(
            (path, node) -> {
              inputs.add(new Typed(variable(path, node.type()), node.type()));
              results.put(names.fresh(path + ".next"), node);
            });
    for (Node node : graph.parameters()) {
      String path = ((Op.Parameter) node.op()).name();
      if (RANDOM.contains(path) && !graph.updates().containsKey(path)) {
        inputs.add(new Typed(variable(path, node.type()), node.type()));
      }
    }
    extents = new Extents(new Scope(this, Map.of()), shapes);
    Scope main = new Scope(this, arguments);
    main.writeAll(graph);
    Map<String, String> renamed = new HashMap<>();
    results.forEach((name, node) -> result(main, name, node, renamed));
    if (extents.wantsInput()) {
      inputs.add(new Typed(extents.input(), new TensorType(DType.I64, Shape.of(1))));
    }
    List<Call> calls = new ArrayList<>(extents.calls());
    calls.addAll(main.calls());
    List<Typed> outputs = new ArrayList<>();
    results.forEach((name, node) -> outputs.add(new Typed(name, node.type())));
    Body body =
        new Fusions(initializers, keeping)
            .apply(new Body(inputs, calls, List.of()).renamed(renamed).returning(outputs).pruned());
    Set<String> read = new HashSet<>(body.read());
    inputs.forEach(input -> read.add(input.name()));
    initializers.keySet().retainAll(read);
    return new Program(withConstants(body), initializers);
  }

  /** Real numbers that are not variables as calls, or whoever trains the file would train them. */
  private Body withConstants(Body body) {
    List<Call> calls = new ArrayList<>();
    for (String name : constantNames) {
      Literal value = initializers.get(name);
      if (value != null && value.dtype().isFloat()) {
        initializers.remove(name);
        calls.add(
            new Call(
                names.fresh("Constant"),
                "Constant",
                List.of(),
                List.of(name),
                Map.of("value", value),
                ""));
      }
    }
    calls.addAll(body.calls());
    return new Body(body.inputs(), calls, body.outputs());
  }

  /** Gives the value of a result its name; one that has a name of its own is copied. */
  private static void result(Scope main, String name, Node node, Map<String, String> renamed) {
    String value = main.value(node);
    boolean computed = main.calls().stream().anyMatch(call -> call.outputs().contains(value));
    if (!computed || renamed.putIfAbsent(value, name) != null) {
      renamed.put(main.call("Identity", List.of(value)), name);
    }
  }

  /** {@return the name of a constant} */
  String constant(Literal value) {
    return constants.computeIfAbsent(
        value,
        v -> {
          String name = names.fresh("constant");
          initializers.put(name, v);
          constantNames.add(name);
          return name;
        });
  }

  /** {@return the value of a name, where it is a constant and no variable} */
  Optional<Literal> constantOf(String name) {
    return constantNames.contains(name) ? Optional.of(initializers.get(name)) : Optional.empty();
  }

  /** Notes that a reshape does no more than to give a reduction its axes back. */
  void keeps(String reshape) {
    keeping.add(reshape);
  }

  /** {@return the name of a variable, which is its path unless an input is called so} */
  String variable(String path, TensorType type) {
    return variables.computeIfAbsent(
        path,
        p -> {
          Literal value = values.get(path);
          if (value == null) {
            throw new NndException("the export needs a value of the variable %s".formatted(path));
          }
          if (!Arrays.equals(value.shape(), type.shape().at(1))) {
            throw new NndException(
                "the variable %s is %s and has a value %s".formatted(path, type, value.type()));
          }
          String name = names.fresh(path);
          initializers.put(
              name,
              value.dtype() == type.dtype()
                  ? value
                  : Literal.ofDoubles(type.dtype(), value.toDoubles(), value.shape()));
          return name;
        });
  }
}
