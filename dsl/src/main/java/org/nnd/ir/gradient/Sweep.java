package org.nnd.ir.gradient;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Supplier;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;

/**
 * The walk from results to operands: users before operands (by falling serial number), adding up
 * the cotangents of each value. Only nodes between the variables and the results are visited.
 */
final class Sweep {
  /** One result of a node. */
  private record Value(Node node, int index) {}

  private final List<Node> wrt;
  private final Set<Op> leaves = new HashSet<>();
  private final Set<Node> variables = new HashSet<>();
  private final Map<Node, Boolean> active = new HashMap<>();
  private final Map<Value, Node> cotangents = new HashMap<>();
  private final Map<Op, Node> leafCotangents = new HashMap<>();
  private final PriorityQueue<Node> open =
      new PriorityQueue<>(Comparator.comparingLong(n -> -n.serial()));
  private final Set<Node> opened = new HashSet<>();
  private int barriers;

  Sweep(List<Node> wrt) {
    this.wrt = wrt;
    for (Node variable : wrt) {
      if (isLeaf(variable)) {
        leaves.add(variable.op());
      } else {
        variables.add(variable);
      }
    }
  }

  private static boolean isLeaf(Node node) {
    return node.op() instanceof Op.Input || node.op() instanceof Op.Parameter;
  }

  List<Node> pullback(List<Node> results, List<Node> seeds) {
    for (int i = 0; i < results.size(); i++) {
      add(results.get(i), seeds.get(i));
    }
    while (!open.isEmpty()) {
      Node node = open.poll();
      if (isLeaf(node)) {
        leafCotangents.merge(node.op(), cotangent(node, 0).orElseThrow(), Operations::add);
      } else {
        node.origin()
            .during(
                () -> {
                  Pullback.apply(node, this);
                  return node;
                });
      }
    }
    List<Node> gradients = new ArrayList<>();
    for (Node variable : wrt) {
      Node gradient =
          isLeaf(variable)
              ? leafCotangents.get(variable.op())
              : cotangents.get(new Value(variable, 0));
      gradients.add(gradient == null ? Operations.full(variable.type(), 0) : gradient);
    }
    return gradients;
  }

  /** Adds to the cotangent of a node with one result, if the variables matter to it. */
  void add(Node node, Node cotangent) {
    add(node, 0, cotangent);
  }

  /** Adds to the cotangent of result {@code index} of a node. */
  void add(Node node, int index, Node cotangent) {
    if (isActive(node) && node.types().get(index).dtype().isFloat()) {
      cotangents.merge(new Value(node, index), cotangent, Operations::add);
      if (opened.add(node)) {
        open.add(node);
      }
    }
  }

  /** Adds to the cotangent of an operand; the term is built only if it is wanted. */
  void operand(Node node, int index, Supplier<Node> cotangent) {
    if (wants(node, index)) {
      add(node.operand(index), cotangent.get());
    }
  }

  /** {@return whether the variables matter to an operand} */
  boolean wants(Node node, int index) {
    Node operand = node.operand(index);
    return isActive(operand) && operand.dtype().isFloat();
  }

  /** {@return the cotangent of a result; empty: zero} */
  Optional<Node> cotangent(Node node, int index) {
    return Optional.ofNullable(cotangents.get(new Value(node, index)));
  }

  /** {@return a tag for the barriers of one recomputation} */
  int nextBarrier() {
    return ++barriers;
  }

  private boolean isActive(Node node) {
    Deque<Node> stack = new ArrayDeque<>(List.of(node));
    while (!stack.isEmpty()) {
      Node top = stack.peek();
      if (active.containsKey(top)) {
        stack.pop();
        continue;
      }
      if (variables.contains(top) || isLeaf(top)) {
        active.put(top, variables.contains(top) || leaves.contains(top.op()));
        continue;
      }
      if (top.op() instanceof Op.StopGradient) {
        active.put(top, false);
        continue;
      }
      List<Node> unknown = top.operands().stream().filter(o -> !active.containsKey(o)).toList();
      if (unknown.isEmpty()) {
        active.put(top, top.operands().stream().anyMatch(active::get));
      } else {
        unknown.forEach(stack::push);
      }
    }
    return active.get(node);
  }
}
