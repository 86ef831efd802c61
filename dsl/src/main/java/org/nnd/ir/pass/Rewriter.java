package org.nnd.ir.pass;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.nnd.ir.Graph;
import org.nnd.ir.Node;
import org.nnd.ir.Op;

/** Applies a rule to every node of a graph, operands first, to its bodies as well. */
public final class Rewriter {
  private static final int MOST_STEPS = 1000;

  private record Instruction(Op op, List<Node> operands) {}

  /** Gives another node of the same meaning and types, or the node itself. */
  public interface Rule {
    /**
     * @param original the node as it stands in the graph, by which its users are known
     * @param node the same with operands that are rewritten already
     */
    Node apply(Node original, Node node);
  }

  private final Rule rule;
  private final Map<Node, Node> done = new IdentityHashMap<>();
  private final Map<Instruction, Node> known = new HashMap<>();
  private int steps;

  private Rewriter(Rule rule) {
    this.rule = rule;
  }

  /**
   * {@return the graph in which no node can be rewritten any more}
   *
   * @param rule gives another node of the same meaning and types, made from the node's operands, or
   *     the node itself; it sees operands that are rewritten already, and its results are offered
   *     to it again. New nodes get the origin of the node.
   */
  public static Graph bottomUp(Graph graph, UnaryOperator<Node> rule) {
    return bottomUp(graph, (original, node) -> rule.apply(node));
  }

  /** As {@link #bottomUp(Graph, UnaryOperator)}, for a rule that asks for a node's users. */
  public static Graph bottomUp(Graph graph, Rule rule) {
    Rewriter rewriter = new Rewriter(rule);
    for (Node node : graph.nodes()) {
      rewriter.steps = 0;
      rewriter.visit(node);
    }
    return Graph.of(graph.inputs(), rewriter.all(graph.outputs()), rewriter.all(graph.updates()));
  }

  private Map<String, Node> all(Map<String, Node> results) {
    Map<String, Node> rewritten = new LinkedHashMap<>();
    results.forEach((name, node) -> rewritten.put(name, done.get(node)));
    return rewritten;
  }

  private Node visit(Node node) {
    Node known = done.get(node);
    if (known != null) {
      return known;
    }
    Node result = rewrite(node, renewed(node, node.operands().stream().map(this::visit).toList()));
    done.put(node, result);
    done.put(result, result);
    return result;
  }

  /**
   * {@return a copy, younger than all nodes visited before} The order of the nodes stays, and with
   * it how long values live, though some are replaced and others not.
   */
  static Node renewed(Node node, List<Node> operands) {
    return node.op() instanceof Op.Input
        ? node
        : node.origin().during(() -> Node.of(node.op(), operands));
  }

  private Node rewrite(Node original, Node node) {
    if (node.op() instanceof Op.Input) {
      return node;
    }
    Node merged = known.computeIfAbsent(new Instruction(node.op(), node.operands()), i -> node);
    Node before = done.get(merged);
    if (before != null) {
      return before;
    }
    Node next = merged.origin().during(() -> rule.apply(original, withBodies(merged)));
    if (next == merged) {
      return merged;
    }
    if (!next.types().equals(merged.types())) {
      throw new IllegalStateException("a rule turned " + merged + " into " + next);
    }
    if (++steps > MOST_STEPS) {
      throw new IllegalStateException("the rules do not come to rest at " + next);
    }
    Node result = visit(next);
    done.put(merged, result);
    return result;
  }

  private Node withBodies(Node node) {
    Op op =
        switch (node.op()) {
          case Op.Scan s ->
              new Op.Scan(body(s.body()), s.carries(), s.sequences(), s.length(), s.reverse());
          case Op.While w -> new Op.While(body(w.condition()), body(w.body()));
          case Op.Cond c -> new Op.Cond(body(c.then()), body(c.otherwise()));
          case Op.Composite c -> new Op.Composite(c.name(), c.attributes(), body(c.body()));
          default -> node.op();
        };
    return op.equals(node.op()) ? node : Node.of(op, node.operands());
  }

  private Graph body(Graph graph) {
    return bottomUp(graph, rule);
  }
}
