package org.nnd.ir.pass;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nnd.ir.Graph;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.TensorType;

/** Checks what every graph promises, so that a wrong pass is found where it went wrong. */
public final class Verifier {
  private Verifier() {}

  /**
   * {@return the graph, if it is well-formed: operands precede their users and belong to it, types
   * are those of the type rules, no computation occurs twice, and an update has the type of its
   * variable}
   *
   * @throws IllegalStateException naming the node that is wrong
   */
  public static Graph check(Graph graph) {
    Set<Node> before = new HashSet<>();
    Set<List<Object>> computed = new HashSet<>();
    Map<String, TensorType> variables = new HashMap<>();
    for (Node node : graph.nodes()) {
      require(before.containsAll(node.operands()), "an operand does not precede its user", node);
      List<TensorType> types = Node.of(node.op(), node.operands()).types();
      require(types.equals(node.types()), "the type rule gives " + types, node);
      require(computed.add(List.of(node.op(), node.operands())), "computed twice", node);
      before.add(node);
      switch (node.op()) {
        case Op.Parameter p -> variables.put(p.name(), p.type());
        case Op.Scan scan -> check(scan.body());
        case Op.While loop -> {
          check(loop.condition());
          check(loop.body());
        }
        case Op.Cond cond -> {
          check(cond.then());
          check(cond.otherwise());
        }
        case Op.Composite composite -> check(composite.body());
        case Op.Custom custom -> {
          custom.gradient().ifPresent(Verifier::check);
          custom.reference().ifPresent(Verifier::check);
        }
        default -> {}
      }
    }
    graph.outputs().forEach((name, node) -> requireResult(before, node, "output " + name));
    graph.updates().forEach((name, node) -> requireResult(before, node, "update of " + name));
    graph
        .updates()
        .forEach(
            (name, node) ->
                require(
                    node.type().equals(variables.getOrDefault(name, node.type())),
                    "an update of another type than its variable " + name,
                    node));
    return graph;
  }

  private static void requireResult(Set<Node> nodes, Node node, String what) {
    require(nodes.contains(node) && node.types().size() == 1, "not usable as " + what, node);
  }

  private static void require(boolean condition, String message, Node node) {
    if (!condition) {
      throw new IllegalStateException(message + ": " + node);
    }
  }
}
