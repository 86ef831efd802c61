package org.nnd.ir.composite;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.nnd.ir.Dim;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;

/** Sums over the neighbours of every position with weights of that position's own. */
public final class Neighbourhoods {
  private Neighbourhoods() {}

  /**
   * {@return convolution with a kernel for every position: {@code y[n, c, i, j] = sum_{k, l} w[n, c
   * mod G, size k + l, i, j] x[n, c, i + k - size / 2, j + l - size / 2]}, zeros outside; attribute
   * {@code size}} Wang et al. 2025 (LSNet), eq. 4: small-kernel aggregation.
   *
   * @param x {@code [N, C, H, W]}
   * @param weights {@code [N, G, size * size, H, W]}, where {@code G} divides {@code C}
   * @param size odd
   */
  public static Node aggregate(Node x, Node weights, int size) {
    Shape shape = x.shape();
    boolean fits =
        x.rank() == 4
            && weights.rank() == 5
            && shape.size(1) % weights.shape().size(1) == 0
            && weights.shape().size(2) == size * size
            && size % 2 == 1
            && weights.shape().without(List.of(1, 2)).equals(shape.without(List.of(1)));
    if (!fits) {
      throw new NndException(
          ("aggregate: expected x [N, C, H, W] and weights [N, G, %d, H, W] with G dividing C and an"
                  + " odd size, got %s and %s")
              .formatted(size * size, x.type(), weights.type()));
    }
    return Operations.composite(
        "aggregate", Map.of("size", size), List.of(x, weights), a -> sum(a.get(0), a.get(1), size));
  }

  private static Node sum(Node x, Node weights, int size) {
    Shape shape = x.shape();
    int groups = weights.shape().size(1);
    // Channel c = q G + g has the weights of group g.
    Shape grouped =
        new Shape(
            List.of(
                shape.dim(0),
                Dim.of(shape.size(1) / groups),
                Dim.of(groups),
                shape.dim(2),
                shape.dim(3)));
    Node split = Operations.reshape(x, grouped);
    Node sum = null;
    for (int k = 0; k < size; k++) {
      for (int l = 0; l < size; l++) {
        Node tap = Operations.slice(weights, 2, size * k + l, size * k + l + 1);
        Node kernel = Operations.reshape(tap, weights.shape().without(List.of(2)));
        Node factor = Operations.broadcast(kernel, grouped, List.of(0, 2, 3, 4));
        Node moved = shifted(shifted(split, 3, k - size / 2), 4, l - size / 2);
        Node term = Operations.multiply(factor, moved);
        sum = sum == null ? term : Operations.add(sum, term);
      }
    }
    return Operations.reshape(sum, shape);
  }

  /** {@code y[…, i, …] = x[…, i + by, …]} along an axis, zeros outside. */
  private static Node shifted(Node x, int axis, int by) {
    if (by == 0) {
      return x;
    }
    List<Dim> low = new ArrayList<>(Collections.nCopies(x.rank(), Dim.ZERO));
    List<Dim> high = new ArrayList<>(low);
    int extent = x.shape().size(axis);
    int inside = Math.max(-extent, Math.min(extent, by));
    low.set(axis, Dim.of(-inside));
    high.set(axis, Dim.of(inside));
    return Operations.pad(x, low, high, Collections.nCopies(x.rank(), 0), 0);
  }
}
