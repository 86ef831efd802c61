package org.nnd.bench.suites;

import java.util.List;
import java.util.Map;
import org.nnd.bench.Case;
import org.nnd.bench.Values;
import org.nnd.bench.Work;
import org.nnd.dsl.Tensor;
import org.nnd.ir.DType;
import org.nnd.ir.Graph;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;

/** What cases are written with: data, weights, and works of a single result. */
final class Operands {
  private Operands() {}

  /** {@return data of f32} */
  static Node data(String name, long... shape) {
    return Operations.input(name, TensorType.f32(Shape.of(shape)));
  }

  /** {@return whole numbers} */
  static Node indices(String name, long... shape) {
    return Operations.input(name, new TensorType(DType.I32, Shape.of(shape)));
  }

  static Node weights(String name, long... shape) {
    return Operations.parameter(name, TensorType.f32(Shape.of(shape)));
  }

  static Tensor tensor(Node node) {
    return Tensor.of(node);
  }

  static Work forward(Node result) {
    return forward(result, Values.random());
  }

  static Work forward(Node result, Values values) {
    return new Work.Forward(graph(result), values);
  }

  static Graph graph(Node result) {
    return Graph.of(List.of(), Map.of("y", result));
  }

  /** {@return the case of the gradient of a linear function with respect to an operand} */
  static Case gradient(String name, java.util.function.Supplier<Node> result, String wrt) {
    return new Case(
        name, () -> new Work.Pullback(graph(result.get()), List.of(wrt), Values.random()));
  }
}
