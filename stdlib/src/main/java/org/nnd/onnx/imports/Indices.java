package org.nnd.onnx.imports;

import static org.nnd.ir.Operations.add;
import static org.nnd.ir.Operations.broadcast;
import static org.nnd.ir.Operations.compare;
import static org.nnd.ir.Operations.convert;
import static org.nnd.ir.Operations.multiply;
import static org.nnd.ir.Operations.select;
import static org.nnd.ir.Operations.size;

import java.util.List;
import org.nnd.ir.Comparison;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;

/** Indices as the graph wants them: i32, not negative, or row-major positions. */
final class Indices {
  private Indices() {}

  /** {@return indices counted from 0, of ones that may be counted from the end} */
  static Node normal(Node indices, Dim extent) {
    Node index = convert(indices, DType.I32);
    Node shifted = add(index, broadcast(size(DType.I32, extent), index.shape(), List.of()));
    return select(compare(Comparison.LT, index, 0), shifted, index);
  }

  /**
   * {@return the row-major position in {@code shape} of every element of {@code indices}, whose
   * other coordinates are its own}
   */
  static Node along(Node indices, Shape shape, int axis) {
    Node flat = Operations.full(indices.type().withDType(DType.I32), 0);
    Dim stride = Dim.ONE;
    for (int i = shape.rank() - 1; i >= 0; i--) {
      Node index =
          i == axis
              ? normal(indices, shape.dim(i))
              : Operations.iota(DType.I32, indices.shape(), i);
      flat = add(flat, scaled(index, stride));
      stride = stride.times(shape.dim(i));
    }
    return flat;
  }

  /**
   * {@return the row-major position in the leading axes of {@code shape} of every tuple in the last
   * axis of {@code indices}; the first {@code batch} coordinates are the tuple's own}
   */
  static Node tuples(Node indices, Shape shape, int batch) {
    int last = indices.rank() - 1;
    int count = indices.shape().size(last);
    Shape places = indices.shape().slice(0, last);
    Node flat = Operations.full(new TensorType(DType.I32, places), 0);
    Dim stride = Dim.ONE;
    for (int axis = batch + count - 1; axis >= 0; axis--) {
      Node index =
          axis < batch
              ? Operations.iota(DType.I32, places, axis)
              : normal(column(indices, axis - batch, places), shape.dim(axis));
      flat = add(flat, scaled(index, stride));
      stride = stride.times(shape.dim(axis));
    }
    return flat;
  }

  private static Node column(Node indices, int i, Shape places) {
    return Operations.reshape(Operations.slice(indices, indices.rank() - 1, i, i + 1), places);
  }

  private static Node scaled(Node index, Dim stride) {
    return multiply(index, broadcast(size(DType.I32, stride), index.shape(), List.of()));
  }
}
