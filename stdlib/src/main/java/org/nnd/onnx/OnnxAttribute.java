package org.nnd.onnx;

import java.util.List;

/** The value of an attribute of an operator. */
public sealed interface OnnxAttribute {
  record Real(float value) implements OnnxAttribute {}

  record Int(long value) implements OnnxAttribute {}

  record Text(String value) implements OnnxAttribute {}

  record Tensor(OnnxTensor value) implements OnnxAttribute {}

  record Subgraph(OnnxGraph value) implements OnnxAttribute {}

  record Type(ValueType value) implements OnnxAttribute {}

  record Reals(List<Float> values) implements OnnxAttribute {
    public Reals {
      values = List.copyOf(values);
    }
  }

  record Ints(List<Long> values) implements OnnxAttribute {
    public Ints {
      values = List.copyOf(values);
    }
  }

  record Texts(List<String> values) implements OnnxAttribute {
    public Texts {
      values = List.copyOf(values);
    }
  }

  /** In the body of a function: the attribute of that name at the function's call. */
  record Reference(String name) implements OnnxAttribute {}

  /** A kind that no operator of ONNX's own domain uses where it is supported here. */
  record Other(String kind) implements OnnxAttribute {}
}
