package org.nnd.layers.linear;

import java.util.Optional;
import org.nnd.dsl.Check;
import org.nnd.dsl.Tensor;
import org.nnd.ir.Comparison;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;

/** Sequences {@code [N, heads, L, d]} in pieces of equal length. */
final class Chunks {
  private Chunks() {}

  /** {@return {@code [N, heads, ceil(L / size), size, d]}, the last piece filled up with zeros} */
  static Tensor split(Tensor x, int size) {
    int length = x.size(2);
    int count = (length + size - 1) / size;
    Tensor full = count * size == length ? x : x.pad(2, 0, (long) count * size - length, 0);
    return full.reshape(x.dim(0), x.dim(1), Dim.of(count), Dim.of(size), x.dim(3));
  }

  /** {@return the inverse of {@link #split}} */
  static Tensor join(Tensor x, int length) {
    Dim all = x.dim(2).times(x.dim(3));
    return x.reshape(x.dim(0), x.dim(1), all, x.dim(4)).slice(2, 0, length);
  }

  /** {@return pieces {@code [N, heads, count, …]} with their number first, for a loop over them} */
  static Tensor outward(Tensor x) {
    return x.permute(2, 0, 1, 3, 4);
  }

  static Tensor inward(Tensor x) {
    return x.permute(1, 2, 0, 3, 4);
  }

  /** {@return matrices with zeros where the column is after the row, or at it if not wanted} */
  static Tensor lower(Tensor x, boolean diagonal) {
    Node node = x.node();
    Node row = Operations.iota(DType.I32, x.shape(), x.rank() - 2);
    Node column = Operations.iota(DType.I32, x.shape(), x.rank() - 1);
    Comparison comparison = diagonal ? Comparison.GE : Comparison.GT;
    return Tensor.of(
        Operations.select(
            Operations.compare(comparison, row, column), node, Operations.full(x.type(), 0)));
  }

  /** {@return the memory given, or an empty one} */
  static Tensor weights(Optional<Tensor> given, Tensor keys, Tensor values) {
    Shape shape = Shape.of(keys.dim(0), keys.dim(1), keys.dim(3), values.dim(3));
    given.ifPresent(
        state -> {
          if (!state.shape().equals(shape)) {
            throw Check.error(
                "the memory must be [N, heads, keys, values] = %s, got %s", shape, state.shape());
          }
        });
    return given.orElseGet(
        () -> Tensor.of(Operations.full(new TensorType(keys.dtype(), shape), 0)));
  }
}
