package org.nnd.onnx.imports;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.nnd.ir.DType;
import org.nnd.ir.Graph;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.TensorType;

/**
 * Makes graphs of bodies that were lowered among the nodes around them: what a body uses from
 * outside becomes further inputs of its graph.
 */
final class Closure {
  /** Smaller constants are copied into the bodies that use them. */
  private static final int FEW = 64;

  /** Nodes with smaller serial numbers were there before the body. */
  private final long begin = Operations.scalar(DType.BOOL, 0).serial();

  private final List<Node> inputs = new ArrayList<>();

  /** {@return an input of the body; its name is nobody else's} */
  Node input(TensorType type) {
    Node input = Operations.input("body " + begin + " input " + inputs.size(), type);
    inputs.add(input);
    return input;
  }

  /**
   * {@return the results of a body as tensors; empty where it cannot be one graph for all turns}
   */
  Optional<List<Value.Tensor>> results(Supplier<List<Value>> body) {
    try {
      return Values.tensors(body.get());
    } catch (NeedsValue needed) {
      if (!isInside(needed)) {
        throw needed;
      }
      return Optional.empty();
    } catch (NndException unsuitable) {
      // Unrolled it may be right; if not, that says what is wrong.
      return Optional.empty();
    }
  }

  /** {@return whether a value is wanted of what is only known when the body runs} */
  private static boolean isInside(NeedsValue needed) {
    return needed.inputs().stream().anyMatch(name -> name.startsWith("body "));
  }

  /** {@return the nodes from outside that the results use, in the order they were made} */
  Set<Node> captured(List<Node> results) {
    Set<Node> captured = new LinkedHashSet<>();
    for (Node node : reachable(results)) {
      if (isOutside(node)) {
        captured.add(node);
      }
    }
    return captured;
  }

  /**
   * {@return the graph of the results, with the body's inputs in the order given, then one for each
   * captured node}
   */
  Graph graph(List<Node> bodyInputs, List<Node> captured, List<Node> results) {
    Map<Node, Node> copies = new IdentityHashMap<>();
    List<Node> arguments = new ArrayList<>(bodyInputs);
    arguments.addAll(captured);
    List<Node> declared = new ArrayList<>();
    for (Node argument : arguments) {
      Node input = Operations.input("x" + declared.size(), argument.type());
      declared.add(input);
      copies.put(argument, input);
    }
    for (Node node : reachable(results)) {
      if (!copies.containsKey(node)) {
        copies.put(node, node.withOperands(node.operands().stream().map(copies::get).toList()));
      }
    }
    Map<String, Node> outputs = new LinkedHashMap<>();
    for (Node result : results) {
      outputs.put("y" + outputs.size(), copies.get(result));
    }
    return Graph.of(declared, outputs);
  }

  /** What the results need down to what lies outside, operands before users. */
  private List<Node> reachable(List<Node> results) {
    Set<Node> seen = new HashSet<>(results);
    List<Node> open = new ArrayList<>(seen);
    for (int i = 0; i < open.size(); i++) {
      if (!isOutside(open.get(i))) {
        open.get(i).operands().stream().filter(seen::add).forEach(open::add);
      }
    }
    open.sort(Comparator.comparingLong(Node::serial));
    return open;
  }

  private boolean isOutside(Node node) {
    return switch (node.op()) {
      case Op.Parameter parameter -> true;
      case Op.Size size -> false;
      case Op.Constant constant -> node.serial() < begin && constant.value().count() > FEW;
      default -> node.serial() < begin;
    };
  }
}
