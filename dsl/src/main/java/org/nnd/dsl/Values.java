package org.nnd.dsl;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.pass.Rewriter;

/**
 * The values of nodes: of leaves made from data, and of nodes that were looked at. Values are kept
 * as long as their node is.
 */
final class Values {
  private static final Map<Node, Literal> KNOWN = new WeakHashMap<>();
  private static final AtomicLong NAMES = new AtomicLong();

  /** Looked up when the first value is computed. */
  private static Evaluator evaluator;

  private Values() {}

  static Node leaf(Literal value) {
    Node node = Operations.parameter("value." + NAMES.getAndIncrement(), value.type());
    synchronized (KNOWN) {
      KNOWN.put(node, value);
    }
    return node;
  }

  /** {@return a graph with the values that layers brought along, such as tables, as constants} */
  static Graph constant(Graph graph) {
    Map<String, Literal> values = new HashMap<>();
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Op.Parameter parameter && known(node) != null) {
        values.put(parameter.name(), known(node));
      }
    }
    return values.isEmpty()
        ? graph
        : Rewriter.bottomUp(
            graph,
            node ->
                node.op() instanceof Op.Parameter parameter && values.containsKey(parameter.name())
                    ? Operations.constant(values.get(parameter.name()))
                    : node);
  }

  private static Literal known(Node node) {
    synchronized (KNOWN) {
      return KNOWN.get(node);
    }
  }

  /** {@return whether everything that a node depends on has a value} */
  static boolean isValue(Node node) {
    return unbound(node, new IdentityHashMap<>()) == null;
  }

  /** The first input or variable without a value that a node depends on, or null. */
  private static Node unbound(Node node, Map<Node, Boolean> seen) {
    List<Node> open = new ArrayList<>(List.of(node));
    while (!open.isEmpty()) {
      Node next = open.remove(open.size() - 1);
      if (seen.put(next, true) == null && known(next) == null) {
        if (next.op() instanceof Op.Input || next.op() instanceof Op.Parameter) {
          return next;
        }
        open.addAll(next.operands());
      }
    }
    return null;
  }

  private static String name(Node leaf) {
    return leaf.op() instanceof Op.Input input ? input.name() : ((Op.Parameter) leaf.op()).name();
  }

  /** {@return the value of a node, computed by the {@link Evaluator} unless it is known} */
  static Literal of(Node node) {
    Literal known = known(node);
    if (known != null) {
      return known;
    }
    Node unbound = unbound(node, new IdentityHashMap<>());
    if (unbound != null) {
      throw new NndException(
          "this tensor (%s) has no value yet: it depends on '%s', known only when the network runs"
              .formatted(node.type(), name(unbound)));
    }
    Map<String, Literal> parameters = new LinkedHashMap<>();
    Node cut = new Cut(parameters).of(node);
    Graph graph = Graph.of(List.of(), Map.of("y", cut));
    Literal value = evaluator().evaluate(graph, parameters, 1).get(0);
    synchronized (KNOWN) {
      KNOWN.put(node, value);
    }
    return value;
  }

  /** Copies what a node depends on, with known nodes as parameters of canonical names. */
  private record Cut(Map<String, Literal> parameters, Map<Node, Node> copies) {
    Cut(Map<String, Literal> parameters) {
      this(parameters, new IdentityHashMap<>());
    }

    /** Visits operands before users without recursion: graphs of values grow long. */
    Node of(Node root) {
      List<Node> open = new ArrayList<>(List.of(root));
      while (!open.isEmpty()) {
        Node node = open.get(open.size() - 1);
        List<Node> missing =
            known(node) != null
                ? List.of()
                : node.operands().stream().filter(n -> !copies.containsKey(n)).toList();
        if (missing.isEmpty()) {
          open.remove(open.size() - 1);
          copies.computeIfAbsent(node, this::copy);
        } else {
          open.addAll(missing);
        }
      }
      return copies.get(root);
    }

    private Node copy(Node node) {
      Literal value = known(node);
      if (value == null) {
        return node.withOperands(node.operands().stream().map(copies::get).toList());
      }
      String name = "v" + parameters.size();
      parameters.put(name, value);
      return Operations.parameter(name, node.type());
    }
  }

  private static synchronized Evaluator evaluator() {
    if (evaluator == null) {
      evaluator =
          ServiceLoader.load(Evaluator.class, Values.class.getClassLoader())
              .findFirst()
              .orElseThrow(
                  () ->
                      new NndException(
                          "no backend to compute tensors with: put nnd-opencl on the class path"));
    }
    return evaluator;
  }
}
