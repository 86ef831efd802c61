package org.nnd.layers.linear;

import java.util.List;
import java.util.Map;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Vocabulary;
import org.nnd.ir.composite.Inverses;

/**
 * Attention by the Gaussian kernel instead of softmax (Lu et al. 2021, "SOFT: Softmax-free
 * Transformer with Linear Complexity"): {@code S_ij = exp(-|q_i - k_j|² / 2√d)}.
 */
@Vocabulary
public final class GaussianProducts {
  private GaussianProducts() {}

  /** {@return {@code exp(-|q - k|² / 2)}, {@code [..., L, S]}} */
  public static Tensor kernel(Tensor q, Tensor k) {
    Tensor squares =
        q.square().keepDims(Tensor::sum, -1).add(k.square().keepDims(Tensor::sum, -1).transpose());
    // Rounding may make the distance of near points negative.
    Tensor distance = squares.sub(q.matmul(k.transpose()).mul(2)).maximum(0);
    return distance.mul(-0.5).exp();
  }

  /** {@return the values weighted by the whole kernel, {@code [..., L, V]}: O(L²)} */
  public static Tensor exact(Tensor q, Tensor k, Tensor v) {
    double scale = Math.pow(q.size(-1), -0.25);
    return kernel(q.mul(scale), k.mul(scale)).matmul(v);
  }

  /**
   * {@return the same by Nyström's approximation {@code C A⁻¹ Cᵀ V}: O(L m)}, for tokens {@code q
   * [..., L, d]} that are queries and keys at once. {@code C} is the kernel of tokens and
   * landmarks, {@code A} that of the landmarks, inverted by Newton's iteration.
   *
   * @param landmarks {@code [..., m, d]}
   * @param ridge what is added to the diagonal of A
   * @param normalized whether the inverse is scaled by {@code 1 / √(row sums of A)} on both sides
   */
  public static Tensor nystrom(
      Tensor q, Tensor landmarks, Tensor v, int iterations, double ridge, boolean normalized) {
    return Loop.composite(
            "nystromAttention",
            Map.of("iterations", iterations, "ridge", ridge, "normalized", normalized),
            List.of(q, landmarks, v),
            x -> {
              double scale = Math.pow(q.size(-1), -0.25);
              Tensor points = x.get(1).mul(scale);
              Tensor across = kernel(x.get(0).mul(scale), points);
              Tensor among = kernel(points, points);
              Tensor inverse = Tensor.of(Inverses.newtonInverse(among.node(), iterations, ridge));
              Tensor read = across.transpose().matmul(x.get(2));
              if (!normalized) {
                return List.of(across.matmul(inverse.matmul(read)));
              }
              Tensor share = among.keepDims(Tensor::sum, -1).rsqrt();
              return List.of(across.matmul(inverse.matmul(read.mul(share)).mul(share)));
            })
        .get(0);
  }
}
