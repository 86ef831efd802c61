package org.nnd.onnx;

import java.util.List;
import org.nnd.ir.Literal;

/** A tensor of a file. */
public sealed interface OnnxTensor {
  ElementType type();

  int[] shape();

  /** Numbers, in the type of the tensor graph that holds {@code type}. */
  record Numbers(ElementType type, Literal literal) implements OnnxTensor {
    @Override
    public int[] shape() {
      return literal.shape();
    }
  }

  record Strings(List<String> values, int[] shape) implements OnnxTensor {
    public Strings {
      values = List.copyOf(values);
    }

    @Override
    public ElementType type() {
      return ElementType.STRING;
    }
  }
}
