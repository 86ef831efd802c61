package org.nnd.onnx.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.TensorType;

/** Lists of values as bodies of loops and branches take and give them. */
final class Values {
  private Values() {}

  /** {@return the values, if all are tensors of numbers} */
  static Optional<List<Value.Tensor>> tensors(List<Value> values) {
    List<Value.Tensor> tensors = new ArrayList<>();
    for (Value value : values) {
      if (!(value instanceof Value.Tensor tensor)) {
        return Optional.empty();
      }
      tensors.add(tensor);
    }
    return Optional.of(tensors);
  }

  static List<TensorType> types(List<Node> nodes) {
    return nodes.stream().map(Node::type).toList();
  }

  /** {@return values with the element types of others} */
  static List<Value> of(List<Value.Tensor> like, List<Node> nodes) {
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < like.size(); i++) {
      values.add(new Value.Symbolic(nodes.get(i), like.get(i).type()));
    }
    return values;
  }

  /** {@return equal tensors one after another along a new axis} */
  static Node stacked(List<Node> parts, int axis) {
    return Operations.concatenate(
        parts.stream()
            .map(part -> Operations.reshape(part, part.shape().insert(axis, Dim.ONE)))
            .toList(),
        axis);
  }
}
