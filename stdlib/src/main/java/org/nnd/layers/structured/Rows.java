package org.nnd.layers.structured;

import java.util.List;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Tensor;
import org.nnd.ir.Dim;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.layers.Expect;

/** The leading axes of an input as one: a layer on the last axis sees rows. */
record Rows(Shape leading, Dim count, Tensor x, int features) {
  static Rows of(Lowering at, String layer, Tensor x) {
    Expect.floats(at, layer, x);
    Expect.rankAtLeast(at, layer, x, 2, "[N, …, features]");
    int features = Expect.fixed(at, layer, x, -1, "features");
    Shape leading = x.shape().slice(0, x.rank() - 1);
    Dim count = leading.count();
    return new Rows(leading, count, x.reshape(count, Dim.of(features)), features);
  }

  /** {@return {@code [rows, features]} with the leading axes as they were} */
  Tensor restore(Tensor y) {
    return y.reshape(leading.insert(leading.rank(), y.dim(-1)));
  }

  /**
   * {@return for every block the product of its rows with the transposed matrix} {@code x [blocks,
   * rows, k]} and {@code w [blocks, m, k]} give {@code [blocks, rows, m]}.
   */
  static Tensor product(Tensor x, Tensor w) {
    return Tensor.of(
        Operations.dot(x.node(), w.node(), List.of(0), List.of(0), List.of(2), List.of(2)));
  }
}
