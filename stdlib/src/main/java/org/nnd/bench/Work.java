package org.nnd.bench;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.nnd.dsl.Tensor;
import org.nnd.ir.DType;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.TensorType;
import org.nnd.ir.gradient.Gradient;
import org.nnd.train.Optimizer;

/**
 * What a case computes. A work names its forward computation and what is wanted of it, rather than
 * a finished graph, because a peer that differentiates by itself should do so in its own way.
 *
 * <p>The inputs of {@link #forward()} are data, new at each run in earnest; its parameters are
 * weights, which a peer may prepare beforehand. All shapes are fixed.
 */
public sealed interface Work {
  Graph forward();

  Values values();

  /** {@return the whole computation: what NND compiles, and a peer without gradients} */
  Graph graph();

  /** The outputs, and the updates of variables. */
  record Forward(Graph forward, Values values) implements Work {
    public Forward {
      Fixed.check(forward);
    }

    @Override
    public Graph graph() {
      return forward;
    }
  }

  /**
   * The gradients of the only output with respect to inputs or parameters, for the cotangent {@code
   * dy}, called {@code d.NAME}. The output is linear in each of them, so that the forward
   * computation is no part of the work.
   */
  record Pullback(Graph forward, List<String> wrt, Values values) implements Work {
    public static final String COTANGENT = "dy";

    public Pullback {
      Fixed.check(forward);
      wrt = List.copyOf(wrt);
    }

    @Override
    public Graph graph() {
      Node cotangent = Operations.input(COTANGENT, forward.output().type());
      List<Node> variables = wrt.stream().map(name -> Fixed.leaf(forward, name)).toList();
      List<Node> gradients =
          Gradient.pullback(List.of(forward.output()), List.of(cotangent), variables);
      Map<String, Node> outputs = new LinkedHashMap<>();
      for (int i = 0; i < wrt.size(); i++) {
        outputs.put("d." + wrt.get(i), gradients.get(i));
      }
      return Graph.of(List.of(), outputs);
    }
  }

  /**
   * A step of training: the output {@code loss}, its gradients, the updates of the parameters by an
   * optimiser, and the forward computation's own updates (running statistics). What the optimiser
   * keeps for a parameter is a variable {@code optimizer.STATE.PATH}.
   */
  record Step(Graph forward, Set<String> trained, Optimizer optimizer, Values values)
      implements Work {
    public static final String LOSS = "loss";

    public Step {
      Fixed.check(forward);
      trained = new TreeSet<>(trained);
    }

    @Override
    public Graph graph() {
      List<String> paths = List.copyOf(trained);
      List<Node> variables = paths.stream().map(path -> Fixed.leaf(forward, path)).toList();
      Node loss = forward.outputs().get(LOSS);
      List<Node> gradients = Gradient.of(loss, variables);
      Map<String, Node> updates = new LinkedHashMap<>(forward.updates());
      Map<String, Tensor> scalars = new LinkedHashMap<>();
      optimizer.scalars(1).forEach((name, value) -> scalars.put(name, scalar(value)));
      for (int i = 0; i < paths.size(); i++) {
        update(paths.get(i), variables.get(i), gradients.get(i), scalars, updates);
      }
      return Graph.of(List.of(), Map.of(LOSS, loss), updates);
    }

    private static Tensor scalar(double value) {
      return Tensor.of(Operations.scalar(DType.F32, value));
    }

    private void update(
        String path,
        Node variable,
        Node gradient,
        Map<String, Tensor> scalars,
        Map<String, Node> updates) {
      Map<String, Tensor> state = new LinkedHashMap<>();
      for (String name : optimizer.state()) {
        state.put(name, Tensor.of(Operations.parameter(state(name, path), variable.type())));
      }
      Optimizer.Change change =
          optimizer.change(
              new Optimizer.At(
                  Tensor.of(variable),
                  Tensor.of(gradient),
                  state,
                  scalars,
                  scalar(optimizer.learningRate()),
                  optimizer.weightDecay()));
      updates.put(path, change.parameter().node());
      change.state().forEach((name, value) -> updates.put(state(name, path), value.node()));
    }

    /** {@return the name of what an optimiser keeps for a parameter} */
    public static String state(String name, String path) {
      return "optimizer." + name + "." + path;
    }

    @Override
    public Values values() {
      return (name, type) ->
          name.startsWith("optimizer.")
              ? Literal.zeros(type.dtype(), type.shape().at(1))
              : values.of(name, type);
    }
  }

  /** Leaves of graphs of fixed shapes. */
  final class Fixed {
    private Fixed() {}

    private static void check(Graph graph) {
      Set<String> names = new LinkedHashSet<>();
      for (Node node : leaves(graph)) {
        if (!node.shape().isFixed()) {
          throw new NndException("a case wants fixed shapes, got " + node.op());
        }
        if (!names.add(name(node))) {
          throw new NndException("an input and a parameter of a case are called " + name(node));
        }
      }
    }

    /** {@return inputs, then parameters} */
    public static List<Node> leaves(Graph graph) {
      return graph.nodes().stream()
          .filter(node -> node.op() instanceof Op.Input || node.op() instanceof Op.Parameter)
          .toList();
    }

    /** {@return the name of an input or a parameter} */
    public static String name(Node leaf) {
      return switch (leaf.op()) {
        case Op.Input(String name, TensorType type) -> name;
        case Op.Parameter(String name, TensorType type) -> name;
        default -> throw new IllegalArgumentException("not a leaf: " + leaf);
      };
    }

    private static Node leaf(Graph graph, String name) {
      return leaves(graph).stream()
          .filter(node -> name(node).equals(name))
          .findFirst()
          .orElseThrow(() -> new NndException("a case has neither input nor parameter " + name));
    }
  }
}
