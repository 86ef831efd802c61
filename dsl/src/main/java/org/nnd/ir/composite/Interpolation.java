package org.nnd.ir.composite;

import java.util.List;
import java.util.Map;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;

/**
 * Other sizes of the spatial axes of {@code [N, C, spatial…]} by interpolation, one axis after the
 * other as a product with the matrix of its weights: position i of m lies at {@code (i + 1/2) n / m
 * - 1/2} of n (PyTorch's align_corners=False).
 */
public final class Interpolation {
  private Interpolation() {}

  /**
   * {@return linear between the two neighbours of each position, bilinear for pictures; the edge
   * goes on outside; attribute {@code sizes}}
   */
  public static Node interpolateLinear(Node x, List<Integer> sizes) {
    return resize("interpolateLinear", x, sizes, Interpolation::linearWeights);
  }

  /** {@return the element {@code ⌊i n / m⌋} of each axis; attribute {@code sizes}} */
  public static Node interpolateNearest(Node x, List<Integer> sizes) {
    return resize("interpolateNearest", x, sizes, Interpolation::nearestWeights);
  }

  /** The weights {@code [in, out]} of one axis. */
  private interface Weights {
    double[] of(int in, int out);
  }

  private static Node resize(String name, Node x, List<Integer> sizes, Weights weights) {
    if (sizes.size() != x.rank() - 2 || sizes.stream().anyMatch(size -> size < 1)) {
      throw new NndException(
          "%s of %s to the sizes %s: one positive size per spatial axis is wanted"
              .formatted(name, x.type(), sizes));
    }
    return Operations.composite(
        name,
        Map.of("sizes", List.copyOf(sizes)),
        List.of(x),
        a -> {
          Node result = a.get(0);
          // A product puts the axis that it sums over last, and so brings the next one to its
          // place.
          for (int size : sizes) {
            int in = result.shape().size(2);
            Literal matrix = Literal.ofDoubles(x.dtype(), weights.of(in, size), in, size);
            List<Integer> none = List.of();
            result =
                Operations.dot(
                    result, Operations.constant(matrix), none, none, List.of(2), List.of(0));
          }
          return result;
        });
  }

  private static double[] linearWeights(int in, int out) {
    double[] weights = new double[in * out];
    for (int i = 0; i < out; i++) {
      double at = Math.max(0, (i + 0.5) * in / out - 0.5);
      int low = Math.min((int) at, in - 1);
      int high = Math.min(low + 1, in - 1);
      weights[low * out + i] += 1 - (at - low);
      weights[high * out + i] += at - low;
    }
    return weights;
  }

  private static double[] nearestWeights(int in, int out) {
    double[] weights = new double[in * out];
    for (int i = 0; i < out; i++) {
      weights[(int) ((long) i * in / out) * out + i] = 1;
    }
    return weights;
  }
}
