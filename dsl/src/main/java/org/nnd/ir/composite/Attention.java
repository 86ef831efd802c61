package org.nnd.ir.composite;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.nnd.ir.BinaryOp;
import org.nnd.ir.Comparison;
import org.nnd.ir.DType;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;

/** Scaled dot-product attention (Vaswani et al. 2017). */
public final class Attention {
  private Attention() {}

  /**
   * {@return softmax(scale · q kᵀ + mask) v, {@code [batch…, L, V]}} A row whose keys are all
   * masked gives zeros.
   *
   * @param q queries {@code [batch…, L, D]}
   * @param k keys {@code [batch…, S, D]}
   * @param v values {@code [batch…, S, V]}
   * @param mask {@code [batch…, L, S]}: bool (true: may attend) or added to the scores
   * @param scale usually 1 / √D; attribute {@code scale}
   * @param causal whether position i of the queries sees keys up to i only; attribute {@code
   *     causal}
   */
  public static Node attention(
      Node q, Node k, Node v, Optional<Node> mask, double scale, boolean causal) {
    Map<String, Object> attributes =
        Map.of("scale", scale, "causal", causal, "masked", mask.isPresent());
    Shape scores = q.shape().with(q.rank() - 1, k.shape().dim(k.rank() - 2));
    mask.ifPresent(m -> checkMask(m, q, scores));
    List<Node> operands = mask.map(m -> List.of(q, k, v, m)).orElse(List.of(q, k, v));
    Function<List<Node>, Node> body =
        a -> {
          int rank = q.rank();
          List<Integer> batch = Operations.axes(rank - 2);
          List<Integer> features = List.of(rank - 1);
          Node product = Operations.dot(a.get(0), a.get(1), batch, batch, features, features);
          Node score = Operations.multiply(product, scale);
          Optional<Node> allowed = causal ? Optional.of(notAfter(scores)) : Optional.empty();
          if (mask.isPresent() && mask.get().dtype() == DType.BOOL) {
            Node given = a.get(3);
            Node both = allowed.map(c -> Operations.binary(BinaryOp.AND, c, given)).orElse(given);
            return weigh(score, Optional.of(both), a.get(2));
          }
          Node biased = mask.isPresent() ? Operations.add(score, a.get(3)) : score;
          return weigh(biased, allowed, a.get(2));
        };
    return Operations.composite("attention", attributes, operands, body);
  }

  private static void checkMask(Node mask, Node q, Shape scores) {
    boolean fits =
        mask.shape().equals(scores) && (mask.dtype() == DType.BOOL || mask.dtype() == q.dtype());
    if (!fits) {
      throw new NndException(
          "attention wants a mask bool%s or %s%s, got %s"
              .formatted(scores, q.dtype(), scores, mask.type()));
    }
  }

  /** Whether the key's position is not after the query's. */
  private static Node notAfter(Shape scores) {
    Node query = Operations.iota(DType.I32, scores, scores.rank() - 2);
    Node key = Operations.iota(DType.I32, scores, scores.rank() - 1);
    return Operations.compare(Comparison.LE, key, query);
  }

  /** Softmax over the allowed keys, applied to the values. */
  private static Node weigh(Node score, Optional<Node> allowed, Node values) {
    Node never = Operations.full(score.type(), Double.NEGATIVE_INFINITY);
    Node masked = allowed.map(a -> Operations.select(a, score, never)).orElse(score);
    Node weights = Probabilities.softmaxOf(masked, score.rank() - 1);
    // Where no key is allowed softmax divides zero by zero.
    Node safe =
        allowed
            .map(a -> Operations.select(a, weights, Operations.full(weights.type(), 0)))
            .orElse(weights);
    return Operations.matmul(safe, values);
  }
}
