package org.nnd.onnx.exports;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nnd.ir.DType;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.TensorType;
import org.nnd.ir.pass.Passes;

/** What all graphs of one file share: names, constants, variables and extents. */
final class Export {
  private final Map<String, Literal> values;
  private final Names names = new Names();
  private final Map<String, Literal> initializers = new LinkedHashMap<>();
  private final Map<Literal, String> constants = new HashMap<>();
  private final Map<String, String> variables = new HashMap<>();
  private final Scope main = new Scope(this, Map.of());
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
    Graph graph = Passes.optimize(given, Composites::known);
    given.inputs().forEach(input -> names.take(((Op.Input) input.op()).name()));
    graph.outputs().keySet().forEach(names::take);
    List<Typed> inputs = new ArrayList<>();
    for (Node input : graph.inputs()) {
      inputs.add(new Typed(((Op.Input) input.op()).name(), input.type()));
    }
    extents = new Extents(new Scope(this, Map.of()), inputs);
    Map<Node, String> arguments = new java.util.IdentityHashMap<>();
    graph.inputs().forEach(input -> arguments.put(input, ((Op.Input) input.op()).name()));
    Scope scope = new Scope(this, arguments);
    scope.writeAll(graph);

    Map<String, Node> results = new LinkedHashMap<>(graph.outputs());
    Set<String> updated = new HashSet<>();
    graph
        .updates()
        .forEach(
            (path, value) -> {
              inputs.add(new Typed(variable(path, value.type()), value.type()));
              updated.add(path);
              results.put(names.fresh(path + ".next"), value);
            });
    List<Typed> outputs = new ArrayList<>();
    Map<String, String> renamed = new HashMap<>();
    Set<String> produced = new HashSet<>();
    scope.calls().forEach(call -> produced.addAll(call.outputs()));
    Set<String> given2 = new HashSet<>();
    inputs.forEach(input -> given2.add(input.name()));
    results.forEach(
        (name, node) -> {
          String value = scope.value(node);
          String shown = given2.contains(name) ? names.fresh(name + ".out") : name;
          if (produced.contains(value) && !renamed.containsKey(value)) {
            renamed.put(value, shown);
          } else {
            scope.calls(
                new Call(
                    names.fresh("Identity"),
                    "Identity",
                    List.of(value),
                    List.of(shown),
                    Map.of(),
                    ""));
          }
          outputs.add(new Typed(shown, node.type()));
        });
    if (extents.wantsInput()) {
      inputs.add(new Typed(extents.input(), new TensorType(DType.I64, org.nnd.ir.Shape.of(1))));
    }
    List<Call> calls = new ArrayList<>(extents.calls());
    calls.addAll(scope.calls());
    Body body =
        new Body(inputs, new Body(inputs, calls, List.of()).renamed(renamed).calls(), outputs)
            .pruned();
    Set<String> read = body.read();
    inputs.forEach(input -> read.add(input.name()));
    initializers.keySet().retainAll(read);
    return new Program(body, initializers);
  }

  /** {@return the name of a constant} */
  String constant(Literal value) {
    return constants.computeIfAbsent(
        value,
        v -> {
          String name = names.fresh("constant");
          initializers.put(name, v);
          return name;
        });
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
          if (!java.util.Arrays.equals(value.shape(), type.shape().at(1))) {
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
