package org.nnd.onnx.imports;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.nnd.ir.Dim;
import org.nnd.ir.Graph;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;
import org.nnd.onnx.OnnxGraph;

/**
 * The operator Scan: a body from (state, elements of sequences) to (state, elements of result
 * sequences), run over the sequences.
 */
record ScanSteps(NodeScope scope) {

  List<Value> lower() {
    int sequences = sequences();
    int states = scope.inputs() - sequences;
    List<Long> axes = integers("scan_input_axes", sequences);
    List<Long> directions = integers("scan_input_directions", sequences);
    List<Value.Tensor> inputs = new ArrayList<>(scope.tensors());
    for (int i = 0; i < sequences; i++) {
      Value.Tensor given = inputs.get(states + i);
      Node moved = moved(given.node(), scope.axis(axes.get(i), given.rank()), 0);
      Node directed = directions.get(i) == 1 ? Operations.reverse(moved, List.of(0)) : moved;
      inputs.set(states + i, new Value.Symbolic(directed, given.type()));
    }
    List<Value> results = new ArrayList<>(run(inputs, states));
    List<Long> outputAxes = integers("scan_output_axes", results.size() - states);
    List<Long> outputDirections = integers("scan_output_directions", results.size() - states);
    for (int i = states; i < results.size(); i++) {
      Value.Tensor tensor = (Value.Tensor) results.get(i);
      Node x = tensor.node();
      Node directed = outputDirections.get(i - states) == 1 ? Operations.reverse(x, List.of(0)) : x;
      int axis = scope.axis(outputAxes.get(i - states), x.rank());
      results.set(i, new Value.Symbolic(moved(directed, 0, axis), tensor.type()));
    }
    return results;
  }

  /** Opset 8: a scan of each example by itself; sequences are {@code [B, T, …]}. */
  List<Value> ofExamples() {
    if (scope.has(0)) {
      throw scope.unsupported("sequence_lens");
    }
    int sequences = sequences();
    int states = scope.inputs() - 1 - sequences;
    List<Long> directions = integers("directions", sequences);
    List<List<Value>> examples = new ArrayList<>();
    Dim batch = scope.tensor(1).shape().dim(0);
    if (!batch.isFixed() || batch.is(0)) {
      throw scope.unsupported("%s examples".formatted(batch));
    }
    for (int b = 0; b < batch.fixed(); b++) {
      List<Value.Tensor> inputs = new ArrayList<>();
      for (int i = 0; i < states + sequences; i++) {
        Value.Tensor given = scope.tensor(1 + i);
        Node one = RecurrentCells.entry(given.node(), b);
        boolean reversed = i >= states && directions.get(i - states) == 1;
        inputs.add(
            new Value.Symbolic(reversed ? Operations.reverse(one, List.of(0)) : one, given.type()));
      }
      examples.add(run(inputs, states));
    }
    List<Value> results = new ArrayList<>();
    for (int i = 0; i < examples.get(0).size(); i++) {
      int which = i;
      List<Value.Tensor> parts =
          examples.stream().map(example -> (Value.Tensor) example.get(which)).toList();
      List<Node> nodes = parts.stream().map(Value.Tensor::node).toList();
      results.add(new Value.Symbolic(Values.stacked(nodes, 0), parts.get(0).type()));
    }
    return results;
  }

  private int sequences() {
    int sequences = Math.toIntExact(scope.integer("num_scan_inputs"));
    int most = scope.opset() < 9 ? scope.inputs() - 1 : scope.inputs();
    if (sequences < 1 || sequences > most) {
      throw scope.error("num_scan_inputs is %d of %d inputs".formatted(sequences, most));
    }
    return sequences;
  }

  private List<Long> integers(String name, int count) {
    List<Long> given = scope.integers(name).orElseGet(() -> Collections.nCopies(count, 0L));
    if (given.size() != count) {
      throw scope.error("%s is %s for %d sequences".formatted(name, given, count));
    }
    return given;
  }

  private static Node moved(Node x, int from, int to) {
    List<Integer> order = new ArrayList<>(Operations.axes(x.rank()));
    order.add(to, order.remove(from));
    return Operations.transpose(x, order);
  }

  /** The body over sequences along axis 0. */
  private List<Value> run(List<Value.Tensor> inputs, int states) {
    OnnxGraph body = scope.graph("body");
    Dim extent = inputs.get(states).shape().dim(0);
    for (Value.Tensor sequence : inputs.subList(states, inputs.size())) {
      if (!sequence.shape().dim(0).equals(extent)) {
        throw scope.error(
            "sequences of %s and %s elements".formatted(extent, sequence.shape().dim(0)));
      }
    }
    if (!extent.isFixed()) {
      throw scope.unsupported("a sequence as long as the batch");
    }
    return structured(body, inputs, states, extent.fixed())
        .orElseGet(() -> unrolled(body, inputs, states, extent.fixed()));
  }

  private Optional<List<Value>> structured(
      OnnxGraph body, List<Value.Tensor> given, int states, int length) {
    Closure closure = new Closure();
    List<Node> inputs = new ArrayList<>();
    List<Value> arguments = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      TensorType type = given.get(i).node().type();
      Shape element = type.shape().slice(i < states ? 0 : 1, type.rank());
      inputs.add(closure.input(type.withShape(element)));
      arguments.add(new Value.Symbolic(inputs.get(i), given.get(i).type()));
    }
    Optional<List<Value.Tensor>> results = closure.results(() -> scope.call(body, arguments));
    if (results.isEmpty()) {
      return Optional.empty();
    }
    List<Node> nodes = results.get().stream().map(Value.Tensor::node).toList();
    if (!Values.types(nodes.subList(0, states)).equals(Values.types(inputs.subList(0, states)))) {
      return Optional.empty();
    }
    List<Node> captured = List.copyOf(closure.captured(nodes));
    Graph graph = closure.graph(inputs, captured, nodes);
    List<Node> operands = new ArrayList<>(given.stream().map(Value.Tensor::node).toList());
    operands.addAll(captured);
    Op.Scan scan = Turns.checked(new Op.Scan(graph, states, given.size() - states, length, false));
    return Optional.of(Values.of(results.get(), Operations.results(Node.of(scan, operands))));
  }

  private List<Value> unrolled(OnnxGraph body, List<Value.Tensor> given, int states, int length) {
    if (length == 0) {
      throw scope.unsupported("an empty sequence");
    }
    List<Value> state = new ArrayList<>(given.subList(0, states));
    List<List<Value.Tensor>> steps = new ArrayList<>();
    for (int t = 0; t < length; t++) {
      List<Value> arguments = new ArrayList<>(state);
      for (Value.Tensor sequence : given.subList(states, given.size())) {
        arguments.add(
            new Value.Symbolic(RecurrentCells.entry(sequence.node(), t), sequence.type()));
      }
      List<Value.Tensor> results =
          Values.tensors(scope.call(body, arguments))
              .orElseThrow(() -> scope.unsupported("a body with results other than tensors"));
      state = List.copyOf(results.subList(0, states));
      steps.add(results);
    }
    List<Value> all = new ArrayList<>(state);
    for (int i = states; i < steps.get(0).size(); i++) {
      int which = i;
      List<Node> elements = steps.stream().map(step -> step.get(which).node()).toList();
      all.add(new Value.Symbolic(Values.stacked(elements, 0), steps.get(0).get(i).type()));
    }
    return all;
  }
}
