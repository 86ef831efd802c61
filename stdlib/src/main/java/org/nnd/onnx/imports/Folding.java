package org.nnd.onnx.imports;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nnd.ir.DType;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.TensorType;
import org.nnd.ir.reference.ReferenceEvaluator;

/** Computes on the host, by the reference evaluator, what depends on constants alone. */
final class Folding {
  /** The most elements in all nodes of what is computed without need. */
  private static final long MOST_ELEMENTS = 1 << 20;

  private final Map<String, Literal> parameters;

  Folding(Map<String, Literal> parameters) {
    this.parameters = parameters;
  }

  /** What a node depends on. */
  private record Leaves(Set<String> inputs, boolean batch, boolean parameters, long elements) {
    static Leaves of(Node root) {
      Set<String> inputs = new HashSet<>();
      boolean batch = false;
      boolean parameters = false;
      double elements = 0;
      Set<Node> seen = new HashSet<>(Set.of(root));
      Deque<Node> open = new ArrayDeque<>(seen);
      while (!open.isEmpty()) {
        Node node = open.poll();
        for (TensorType type : node.types()) {
          batch |= !type.shape().isFixed();
          elements += type.shape().isFixed() ? type.shape().count().at(1) : 0;
        }
        switch (node.op()) {
          case Op.Input input -> inputs.add(input.name());
          case Op.Size size -> batch = true;
          case Op.Parameter parameter -> parameters = true;
          // Loops may run long; they are computed where the value must be known.
          case Op.While loop -> elements += MOST_ELEMENTS;
          default -> {}
        }
        node.operands().stream().filter(seen::add).forEach(open::add);
      }
      return new Leaves(inputs, batch, parameters, (long) elements);
    }
  }

  /** {@return the value on the host, where that is possible and cheap; else the value itself} */
  Value fold(Value value) {
    if (!(value instanceof Value.Symbolic symbolic) || symbolic.node().types().size() != 1) {
      return value;
    }
    Leaves leaves = Leaves.of(symbolic.node());
    boolean constant = leaves.inputs.isEmpty() && !leaves.batch && !leaves.parameters;
    return constant && leaves.elements <= MOST_ELEMENTS
        ? new Value.Known(evaluate(symbolic.node()), symbolic.type())
        : value;
  }

  /**
   * {@return the value of a node on the host; parameters have their initial values}
   *
   * @throws NeedsValue if it depends on inputs or on the batch size
   */
  Literal literal(Node node, String by) {
    Leaves leaves = Leaves.of(node);
    if (!leaves.inputs.isEmpty() || leaves.batch) {
      throw new NeedsValue(leaves.batch ? Set.of() : leaves.inputs, by);
    }
    return evaluate(node);
  }

  private Literal evaluate(Node node) {
    if (node.op() instanceof Op.Constant constant) {
      return constant.value();
    }
    if (node.op() instanceof Op.Parameter parameter) {
      return parameters.get(parameter.name());
    }
    Graph graph = Graph.of(List.of(), Map.of("y", node));
    return typed(
        ReferenceEvaluator.evaluate(graph, 1, Map.of(), parameters).output(), node.dtype());
  }

  /** {@return a literal in the element type wanted; the evaluator gives floats as f64} */
  static Literal typed(Literal literal, DType dtype) {
    if (literal.dtype() == dtype) {
      return literal;
    }
    double[] values = literal.array() instanceof double[] doubles ? doubles : literal.toDoubles();
    return Literal.ofDoubles(dtype, Arrays.copyOf(values, values.length), literal.shape());
  }
}
