package org.nnd.ir.composite;

import static org.nnd.ir.Operations.add;
import static org.nnd.ir.Operations.broadcastTrailing;
import static org.nnd.ir.Operations.matmul;
import static org.nnd.ir.Operations.multiply;
import static org.nnd.ir.Operations.subtract;

import java.util.List;
import java.util.Map;
import java.util.function.IntBinaryOperator;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Reduction;
import org.nnd.ir.Shape;

/**
 * Inverses of the matrices on the last two axes, made of matrix products. Their gradient is the
 * closed form {@code dA = -Yᵀ dY Yᵀ} of the inverse {@code Y}, whatever the products were.
 */
public final class Inverses {
  private Inverses() {}

  /**
   * {@return (I + L)⁻¹ for the part {@code L} of a matrix below its diagonal; the rest is not read}
   * Blocks of 1, 2, 4, … rows are inverted in turn, two of them at a time: with {@code X} the
   * inverse of the diagonal blocks and {@code E} what lies below them in the next larger ones, the
   * inverse of those is {@code X - X E X}. As stable as forward substitution, in log n steps.
   *
   * @param matrix {@code [batch…, n, n]}, n fixed
   */
  public static Node unitLowerInverse(Node matrix) {
    int n = rows("unitLowerInverse", matrix);
    return Operations.composite(
        "unitLowerInverse",
        Map.of(),
        List.of(matrix),
        operands -> {
          Node l = operands.get(0);
          Node x = broadcastTrailing(identity(l.dtype(), n), l.shape());
          for (int s = 1; s < n; s *= 2) {
            int size = s;
            Node mask =
                table(
                    l.dtype(),
                    n,
                    (i, j) ->
                        i / (2 * size) == j / (2 * size) && i / size % 2 == 1 && j / size % 2 == 0
                            ? 1
                            : 0);
            Node below = multiply(l, broadcastTrailing(mask, l.shape()));
            x = subtract(x, s == 1 ? below : matmul(matmul(x, below), x));
          }
          return x;
        });
  }

  /**
   * {@return an approximation of (A + ridge I)⁻¹ for symmetric positive semi-definite {@code A}
   * without negative elements} by Newton's iteration {@code Y ← 2 Y - Y (A + ridge I) Y} (Schulz
   * 1933) from {@code Y = α (A + ridge I)}. It converges for {@code α < 2 / ‖A + ridge I‖₁²} (Lu et
   * al. 2021, "SOFT", proposition 1); {@code 1.8 / ‖A‖₁²} as in the official implementation, where
   * that is less.
   *
   * @param matrix {@code [batch…, n, n]}, n fixed
   */
  public static Node newtonInverse(Node matrix, int iterations, double ridge) {
    int n = rows("newtonInverse", matrix);
    return Operations.composite(
        "newtonInverse",
        Map.of("iterations", iterations, "ridge", ridge),
        List.of(matrix),
        operands -> {
          Node a = operands.get(0);
          Node eye = broadcastTrailing(identity(a.dtype(), n), a.shape());
          Node p = ridge == 0 ? a : add(a, multiply(eye, ridge));
          Node alpha = Operations.minimum(start(a, 1.8), start(p, 1.99));
          Node y =
              multiply(p, Operations.expand(alpha, p.shape(), List.of(a.rank() - 2, a.rank() - 1)));
          for (int i = 0; i < iterations; i++) {
            y = subtract(multiply(y, 2), matmul(matmul(y, p), y));
          }
          return y;
        });
  }

  /** {@return factor / ‖x‖₁² of each of the symmetric matrices, which are not negative} */
  private static Node start(Node x, double factor) {
    Node sums = Operations.sum(x, List.of(x.rank() - 1));
    Node norm = Operations.reduce(Reduction.MAX, sums, List.of(x.rank() - 2));
    return Operations.divide(Operations.full(norm.type(), factor), Operations.square(norm));
  }

  /** {@return the identity matrix} */
  private static Node identity(DType dtype, int n) {
    return table(dtype, n, (i, j) -> i == j ? 1 : 0);
  }

  private static Node table(DType dtype, int n, IntBinaryOperator element) {
    double[] values = new double[n * n];
    for (int i = 0; i < values.length; i++) {
      values[i] = element.applyAsInt(i / n, i % n);
    }
    return Operations.constant(Literal.ofDoubles(dtype, values, n, n));
  }

  private static int rows(String name, Node matrix) {
    Shape shape = matrix.shape();
    int rank = matrix.rank();
    boolean square =
        rank >= 2
            && shape.dim(rank - 1).isFixed()
            && shape.dim(rank - 1).equals(shape.dim(rank - 2));
    if (!square) {
      throw new NndException(
          "%s wants square matrices [batch…, n, n] of fixed size, got %s"
              .formatted(name, matrix.type()));
    }
    return shape.dim(rank - 1).fixed();
  }
}
