package org.nnd.onnx.exports;

import java.util.List;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.TensorType;

/**
 * The name and the type of an input or output.
 *
 * @param extents numbers, and names of those that are known only when the graph runs
 */
public record Typed(String name, DType dtype, List<String> extents) {
  public Typed {
    extents = List.copyOf(extents);
  }

  Typed(String name, TensorType type) {
    this(name, type.dtype(), type.shape().dims().stream().map(Dim::toString).toList());
  }

  Typed renamed(String other) {
    return new Typed(other, dtype, extents);
  }
}
