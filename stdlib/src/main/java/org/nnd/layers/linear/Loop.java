package org.nnd.layers.linear;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.nnd.dsl.Tensor;
import org.nnd.ir.Graph;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.TensorType;

/** Loops and composites on tensors. */
final class Loop {
  private Loop() {}

  /** What a loop carries at last, and what its steps gave, one after the other on axis 0. */
  record Result(List<Tensor> carries, List<Tensor> rows) {}

  /**
   * Runs {@code step} for each element of axis 0 of the sequences.
   *
   * @param step from the carries and one element of each sequence to the new carries and one
   *     element of each result
   */
  static Result over(
      List<Tensor> carries, List<Tensor> sequences, UnaryOperator<List<Tensor>> step) {
    int length = sequences.get(0).size(0);
    List<Node> operands = new ArrayList<>(nodes(carries));
    operands.addAll(nodes(sequences));
    List<TensorType> types = new ArrayList<>();
    carries.forEach(x -> types.add(x.type()));
    sequences.forEach(x -> types.add(x.type().withShape(x.shape().slice(1, x.rank()))));
    Graph body = Operations.trace(types, x -> nodes(step.apply(tensors(x))));
    Op.Scan scan = new Op.Scan(body, carries.size(), sequences.size(), length, false);
    List<Tensor> results = tensors(Operations.results(Node.of(scan, operands)));
    return new Result(
        List.copyOf(results.subList(0, carries.size())),
        List.copyOf(results.subList(carries.size(), results.size())));
  }

  /** {@return a named operation with several results, whose meaning is {@code body}} */
  static List<Tensor> composite(
      String name,
      Map<String, Object> attributes,
      List<Tensor> operands,
      Function<List<Tensor>, List<Tensor>> body) {
    List<TensorType> types = operands.stream().map(Tensor::type).toList();
    Graph graph = Operations.trace(types, x -> nodes(body.apply(tensors(x))));
    Op op = new Op.Composite(name, new LinkedHashMap<>(attributes), graph);
    return tensors(Operations.results(Node.of(op, nodes(operands))));
  }

  private static List<Node> nodes(List<Tensor> tensors) {
    return tensors.stream().map(Tensor::node).toList();
  }

  private static List<Tensor> tensors(List<Node> nodes) {
    return nodes.stream().map(Tensor::of).toList();
  }
}
