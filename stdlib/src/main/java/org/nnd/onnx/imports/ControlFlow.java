package org.nnd.onnx.imports;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.nnd.ir.DType;
import org.nnd.ir.Graph;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.onnx.OnnxGraph;

/**
 * Branches and loops. Where the condition or the number of turns is known, the branch is taken, or
 * the loop unrolled, at import; otherwise they become operations of the tensor graph.
 */
final class ControlFlow {
  private ControlFlow() {}

  static Map<String, Lowered> operators() {
    return Map.of(
        "If", ControlFlow::branch,
        "Loop", scope -> new Loop(scope).lower(),
        "Scan",
            scope ->
                scope.opset() < 9
                    ? new ScanSteps(scope).ofExamples()
                    : new ScanSteps(scope).lower());
  }

  private static List<Value> branch(NodeScope scope) {
    OnnxGraph then = scope.graph("then_branch");
    OnnxGraph otherwise = scope.graph("else_branch");
    if (scope.literalIfKnown(0).isEmpty()) {
      Optional<List<Value>> results = conditional(scope, then, otherwise);
      if (results.isPresent()) {
        return results.get();
      }
    }
    return scope.call(scope.number(0) != 0 ? then : otherwise, List.of());
  }

  /** Both branches in the graph; nothing where their results are not tensors of equal types. */
  private static Optional<List<Value>> conditional(
      NodeScope scope, OnnxGraph then, OnnxGraph otherwise) {
    Closure closure = new Closure();
    Optional<List<Value.Tensor>> first = Values.tensors(scope.call(then, List.of()));
    Optional<List<Value.Tensor>> second = Values.tensors(scope.call(otherwise, List.of()));
    if (first.isEmpty() || second.isEmpty()) {
      return Optional.empty();
    }
    List<Node> whenTrue = first.get().stream().map(Value.Tensor::node).toList();
    List<Node> whenFalse = second.get().stream().map(Value.Tensor::node).toList();
    if (!Values.types(whenTrue).equals(Values.types(whenFalse))) {
      return Optional.empty();
    }
    Set<Node> all = new LinkedHashSet<>(closure.captured(whenTrue));
    all.addAll(closure.captured(whenFalse));
    List<Node> captured = List.copyOf(all);
    Graph thenGraph = closure.graph(List.of(), captured, whenTrue);
    Graph otherwiseGraph = closure.graph(List.of(), captured, whenFalse);
    List<Node> operands = new ArrayList<>();
    operands.add(Operations.convert(Operations.reshape(scope.node(0), Shape.SCALAR), DType.BOOL));
    operands.addAll(captured);
    Node cond = Node.of(new Op.Cond(thenGraph, otherwiseGraph), operands);
    return Optional.of(Values.of(first.get(), Operations.results(cond)));
  }
}
