package org.nnd.tests.peers;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.nnd.ir.DType;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Shape;

/** Statements of a Python function that is being written, and the variables that hold nodes. */
final class TorchScope {
  /** What all functions of a program share. */
  static final class Shared {
    final long batch;
    final boolean inside;
    final Map<Literal, String> constants = new LinkedHashMap<>();
    final Map<String, String> leaves = new LinkedHashMap<>();
    private int names;

    /**
     * @param batch the value of N
     * @param inside whether indices are known to lie inside their axes
     */
    Shared(long batch, boolean inside) {
      this.batch = batch;
      this.inside = inside;
    }
  }

  private final Shared shared;
  private final List<String> lines;
  private final String indent;
  private final Map<Node, List<String>> written = new IdentityHashMap<>();
  private TorchBiases biases = TorchBiases.NONE;

  TorchScope(Shared shared, List<String> lines, String indent) {
    this.shared = shared;
    this.lines = lines;
    this.indent = indent;
  }

  long batch() {
    return shared.batch;
  }

  boolean inside() {
    return shared.inside;
  }

  TorchBiases biases() {
    return biases;
  }

  // Nodes.

  /**
   * Writes what a graph's outputs need; its inputs are held by variables.
   *
   * @return the variables of its outputs
   */
  List<String> write(Graph graph, List<String> arguments) {
    biases = TorchBiases.of(graph);
    for (int i = 0; i < arguments.size(); i++) {
      written.put(graph.inputs().get(i), List.of(arguments.get(i)));
    }
    return graph.outputs().values().stream().map(this::value).toList();
  }

  /** {@return the variables of a graph's results, its statements written into this function} */
  List<String> inline(Graph graph, List<String> arguments) {
    return new TorchScope(shared, lines, indent).write(graph, arguments);
  }

  /** {@return the name of a function that computes a graph, defined here} */
  String function(Graph graph) {
    String name = fresh("f");
    List<String> arguments = graph.inputs().stream().map(input -> fresh("a")).toList();
    lines.add(indent + "def " + name + "(" + String.join(", ", arguments) + "):");
    TorchScope body = new TorchScope(shared, lines, indent + "    ");
    List<String> results = body.write(graph, arguments);
    body.statement("return " + TorchText.tuple(results));
    return name;
  }

  List<String> values(Node node) {
    List<String> known = written.get(node);
    if (known == null) {
      known = TorchOperations.write(this, node);
      written.put(node, known);
    }
    return known;
  }

  String value(Node node) {
    return values(node).get(0);
  }

  String operand(Node node, int index) {
    return value(node.operand(index));
  }

  /** {@return the number that all elements of a node are known to be} */
  static Optional<String> number(Node node) {
    return switch (node.op()) {
      case Op.Constant c when c.value().count() == 1 && node.rank() == 0 ->
          Optional.of(TorchText.number(node.dtype(), c.value().get(0)));
      case Op.Broadcast b when node.operand(0).rank() == 0 -> number(node.operand(0));
      default -> Optional.empty();
    };
  }

  /** {@return a variable that holds a leaf of the program} */
  String leaf(String path) {
    return shared.leaves.computeIfAbsent(path, p -> "self.p" + shared.leaves.size());
  }

  String constant(Literal value) {
    return shared.constants.computeIfAbsent(value, v -> "self.c" + shared.constants.size());
  }

  // Statements.

  String fresh(String prefix) {
    return prefix + shared.names++;
  }

  void statement(String text) {
    lines.add(indent + text);
  }

  /** {@return a new variable for an expression} */
  String let(String expression) {
    String name = fresh("v");
    statement(name + " = " + expression);
    return name;
  }

  List<String> let(String expression, int results) {
    List<String> names = IntStream.range(0, results).mapToObj(i -> fresh("v")).toList();
    statement(names.stream().collect(Collectors.joining(", ", "", ", = ")) + expression);
    return names;
  }

  String call(String function, Object... arguments) {
    return let(
        IntStream.range(0, arguments.length)
            .mapToObj(i -> String.valueOf(arguments[i]))
            .collect(Collectors.joining(", ", function + "(", ")")));
  }

  String sizes(Shape shape) {
    return TorchText.sizes(shape, shared.batch);
  }

  String reshape(String value, Shape from, Shape to) {
    return from.equals(to) ? value : let(value + ".reshape(" + sizes(to) + ")");
  }

  String permute(String value, List<Integer> order) {
    boolean same = IntStream.range(0, order.size()).allMatch(i -> order.get(i) == i);
    return same ? value : let(value + ".permute(" + TorchText.tuple(order) + ")");
  }

  String full(DType dtype, String number, Shape shape) {
    return let(
        "torch.full(%s, %s, dtype=%s)".formatted(sizes(shape), number, TorchText.dtype(dtype)));
  }

  NndException error(Node node, String what) {
    List<String> words = new ArrayList<>(List.of(node.origin().toString()));
    words.removeIf(String::isEmpty);
    words.add("%s cannot be written for PyTorch: %s".formatted(node.op(), what));
    return new NndException(String.join(": ", words));
  }
}
