package org.nnd.onnx.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.nnd.ir.BinaryOp;
import org.nnd.ir.Comparison;
import org.nnd.ir.DType;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;
import org.nnd.onnx.ElementType;
import org.nnd.onnx.OnnxGraph;
import org.nnd.onnx.ValueType;

/**
 * The operator Loop: a body from (turn, condition, state) to (condition, state, elements of result
 * sequences), run while the condition holds and at most a number of times. A few turns, and turns
 * that change the shapes of the state or work on lists, are unrolled; others become a scan or a
 * while loop.
 */
record Loop(NodeScope scope) {
  private static final long FEW_TURNS = 16;

  List<Value> lower() {
    Optional<List<Value.Tensor>> state = Values.tensors(state());
    boolean few = turns().isPresent() && turns().getAsLong() <= FEW_TURNS;
    if (state.isEmpty()) {
      return unrolled();
    }
    if (!few) {
      return structured(state.get()).orElseGet(this::unrolled);
    }
    try {
      return unrolled();
    } catch (NeedsValue needed) {
      return structured(state.get()).orElseThrow(() -> needed);
    }
  }

  private OnnxGraph body() {
    return scope.graph("body");
  }

  private List<Value> state() {
    List<Value> state = new ArrayList<>();
    for (int i = 2; i < scope.inputs(); i++) {
      state.add(scope.value(i));
    }
    return state;
  }

  /** The largest number of turns, if it is known. */
  private OptionalLong turns() {
    if (!scope.has(0)) {
      return OptionalLong.of(Long.MAX_VALUE);
    }
    return scope.literalIfKnown(0).isPresent()
        ? OptionalLong.of(scope.longs(0)[0])
        : OptionalLong.empty();
  }

  // Unrolled.

  private List<Value> unrolled() {
    long most = scope.has(0) ? scope.longs(0)[0] : Long.MAX_VALUE;
    boolean holds = !scope.has(1) || scope.number(1) != 0;
    List<Value> state = state();
    int carried = state.size();
    List<List<Node>> sequences = new ArrayList<>();
    List<ElementType> types = new ArrayList<>();
    for (long turn = 0; turn < most && holds; turn++) {
      if (turn == Turns.MOST) {
        throw scope.error("it has not ended after %,d turns".formatted(turn));
      }
      List<Value> arguments = new ArrayList<>();
      arguments.add(Value.Known.of(Literal.of(new long[] {turn})));
      arguments.add(yes());
      arguments.addAll(state);
      List<Value> results = scope.call(body(), arguments);
      if (!(results.get(0) instanceof Value.Tensor condition)) {
        throw scope.error("the body's first result is not a condition");
      }
      holds = scope.literal(condition).get(0) != 0;
      state = results.subList(1, 1 + carried);
      for (int i = 1 + carried; i < results.size(); i++) {
        if (!(results.get(i) instanceof Value.Tensor element)) {
          throw scope.unsupported("a result sequence of other than tensors");
        }
        if (turn == 0) {
          sequences.add(new ArrayList<>());
          types.add(element.type());
        }
        sequences.get(i - 1 - carried).add(element.node());
      }
    }
    List<Value> all = new ArrayList<>(state);
    for (int i = 0; i < sequences.size(); i++) {
      all.add(new Value.Symbolic(Values.stacked(sequences.get(i), 0), types.get(i)));
    }
    int results = body().outputs().size() - 1;
    while (all.size() < results) {
      all.add(nothing(body().outputs().get(all.size() + 1)));
    }
    return all;
  }

  private static Value yes() {
    return Value.Known.of(Literal.ofDoubles(DType.BOOL, new double[] {1}));
  }

  /** A result sequence of no turns, by the type that the body declares. */
  private Value nothing(OnnxGraph.Port port) {
    if (!(port.type() instanceof ValueType.Tensor type)) {
      throw scope.unsupported("no turns with the result " + port.name());
    }
    Shape shape = Shape.of(0);
    for (ValueType.Dimension dimension : type.dimensions().orElse(List.of())) {
      long size = dimension instanceof ValueType.Dimension.Fixed fixed ? fixed.size() : 0;
      shape = shape.concat(Shape.of(size));
    }
    Node empty = Operations.full(new TensorType(scope.storage(type.element()), shape), 0);
    return new Value.Symbolic(empty, type.element());
  }

  // In the graph.

  /** A scan or a while loop; nothing where the body is not made for one. */
  private Optional<List<Value>> structured(List<Value.Tensor> initial) {
    Closure closure = new Closure();
    Node turn = closure.input(TensorType.scalar(DType.I64));
    List<Node> inputs = new ArrayList<>();
    List<Value> arguments = new ArrayList<>();
    arguments.add(Value.Symbolic.of(turn));
    // The body runs only where the condition holds.
    arguments.add(yes());
    for (Value.Tensor tensor : initial) {
      Node input = closure.input(tensor.node().type());
      inputs.add(input);
      arguments.add(new Value.Symbolic(input, tensor.type()));
    }
    Optional<List<Value.Tensor>> results = closure.results(() -> scope.call(body(), arguments));
    if (results.isEmpty()) {
      return Optional.empty();
    }
    Value.Tensor condition = results.get().get(0);
    List<Value.Tensor> after = results.get().subList(1, results.get().size());
    List<Node> nodes = after.stream().map(Value.Tensor::node).toList();
    if (!Values.types(nodes.subList(0, inputs.size())).equals(Values.types(inputs))) {
      return Optional.empty();
    }
    boolean always =
        condition instanceof Value.Known known
            && known.literal().get(0) != 0
            && (!scope.has(1) || scope.literalIfKnown(1).filter(c -> c.get(0) != 0).isPresent());
    List<Node> start = initial.stream().map(Value.Tensor::node).toList();
    if (always && turns().isPresent()) {
      if (!scope.has(0)) {
        throw scope.error("its condition always holds, and it has no largest number of turns");
      }
      if (turns().getAsLong() > Turns.MOST) {
        throw Turns.tooMany(turns().getAsLong());
      }
      return Optional.of(Values.of(after, scan(closure, turn, inputs, nodes, start)));
    }
    if (nodes.size() > inputs.size()) {
      return Optional.empty();
    }
    return Optional.of(
        Values.of(after, repeated(closure, turn, inputs, condition.node(), nodes, start)));
  }

  private List<Node> scan(
      Closure closure, Node turn, List<Node> inputs, List<Node> results, List<Node> start) {
    int length = (int) Math.max(0, turns().orElseThrow());
    List<Node> captured = List.copyOf(closure.captured(results));
    List<Node> bodyInputs = new ArrayList<>(inputs);
    bodyInputs.add(turn);
    Graph body = closure.graph(bodyInputs, captured, results);
    List<Node> operands = new ArrayList<>(start);
    operands.add(Operations.iota(DType.I64, Shape.of(length), 0));
    operands.addAll(captured);
    return Operations.results(
        Node.of(Turns.checked(new Op.Scan(body, inputs.size(), 1, length, false)), operands));
  }

  /**
   * State: turn, condition, the loop's own, the most turns, and what the body uses from outside.
   */
  private List<Node> repeated(
      Closure closure,
      Node turn,
      List<Node> inputs,
      Node condition,
      List<Node> results,
      List<Node> start) {
    Node most =
        scope.has(0)
            ? scalar(scope.node(0), DType.I64)
            : Operations.constant(Literal.of(new long[] {Long.MAX_VALUE}));
    Node limit = closure.input(TensorType.scalar(DType.I64));
    Node holds = closure.input(TensorType.scalar(DType.BOOL));
    Node again =
        Operations.binary(BinaryOp.AND, holds, Operations.compare(Comparison.LT, turn, limit));
    List<Node> after = new ArrayList<>();
    after.add(Operations.add(turn, 1));
    after.add(scalar(condition, DType.BOOL));
    after.addAll(results);
    after.add(limit);
    List<Node> captured = List.copyOf(closure.captured(after));
    after.addAll(captured);
    List<Node> state = new ArrayList<>(List.of(turn, holds));
    state.addAll(inputs);
    state.add(limit);
    List<Node> operands = new ArrayList<>();
    operands.add(Operations.constant(Literal.of(new long[] {0})));
    operands.add(
        scope.has(1) ? scalar(scope.node(1), DType.BOOL) : Operations.scalar(DType.BOOL, 1));
    operands.addAll(start);
    operands.add(Operations.reshape(most, Shape.SCALAR));
    operands.addAll(captured);
    Node loop =
        Node.of(
            new Op.While(
                closure.graph(state, captured, List.of(again)),
                closure.graph(state, captured, after)),
            operands);
    return Operations.results(loop).subList(2, 2 + inputs.size());
  }

  private static Node scalar(Node x, DType dtype) {
    return Operations.convert(Operations.reshape(x, Shape.SCALAR), dtype);
  }
}
