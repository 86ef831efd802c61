package org.nnd.onnx.imports;

import java.util.Arrays;
import java.util.List;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.onnx.ElementType;
import org.nnd.onnx.OnnxTensor;

/** What a name of an ONNX graph stands for while the graph is imported. */
public sealed interface Value {
  /** A tensor of numbers: in host memory or computed by the graph. */
  sealed interface Tensor extends Value {
    /** {@return the element type by ONNX's rules; the graph may hold a wider one} */
    ElementType type();

    /** {@return the tensor in the graph, as a constant where it is known} */
    Node node();

    default Shape shape() {
      return node().shape();
    }

    default int rank() {
      return shape().rank();
    }
  }

  /** Numbers on the host. */
  record Known(Literal literal, ElementType type) implements Tensor {
    public static Known of(Literal literal) {
      return new Known(literal, ElementType.of(literal.dtype()));
    }

    @Override
    public Node node() {
      return Operations.constant(literal);
    }

    @Override
    public Shape shape() {
      return literal.type().shape();
    }
  }

  /** A tensor that the graph computes, a parameter or an input. */
  record Symbolic(Node node, ElementType type) implements Tensor {
    public static Symbolic of(Node node) {
      return new Symbolic(node, ElementType.of(node.dtype()));
    }
  }

  /** Strings, on the host always. */
  record Strings(List<String> values, int[] shape) implements Value {
    public Strings {
      values = List.copyOf(values);
    }

    @Override
    public String toString() {
      return "strings" + Arrays.toString(shape);
    }
  }

  /** A list of tensors; how many there are is always known. */
  record Sequence(List<Value> elements) implements Value {
    public Sequence {
      elements = List.copyOf(elements);
    }
  }

  /** An optional value without an element. */
  record Absent() implements Value {}

  static Value of(OnnxTensor tensor) {
    return switch (tensor) {
      case OnnxTensor.Numbers numbers -> new Known(numbers.literal(), numbers.type());
      case OnnxTensor.Strings strings -> new Strings(strings.values(), strings.shape());
    };
  }
}
