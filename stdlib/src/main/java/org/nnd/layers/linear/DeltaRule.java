package org.nnd.layers.linear;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nnd.dsl.Check;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Vocabulary;
import org.nnd.ir.Dim;
import org.nnd.ir.composite.Inverses;

/**
 * Fast weights that are corrected by the delta rule (Schlag, Irie and Schmidhuber 2021, eq. 24):
 * {@code W_t = W_(t-1) + k_t beta_t (v_t - k_t^T W_(t-1))^T}, {@code y_t = q_t^T W_t}. Queries and
 * keys {@code [N, heads, L, K]}, values {@code [N, heads, L, V]}, beta {@code [N, heads, L, 1]}.
 */
@Vocabulary
public final class DeltaRule {
  private DeltaRule() {}

  /**
   * One step after the other. In pieces of about √L steps, so that the gradient keeps the weights
   * between pieces only and computes those within again.
   */
  public static Attended sequential(
      Tensor q, Tensor k, Tensor v, Tensor beta, Optional<Tensor> memory) {
    int length = check(q, k, v, beta);
    Tensor start = Chunks.weights(memory, k, v);
    int size = (int) Math.ceil(Math.sqrt(length));
    List<Tensor> results =
        Loop.composite(
            "deltaRule",
            Map.of(),
            List.of(q, k, v, beta, start),
            x -> {
              List<Tensor> pieces =
                  x.subList(0, 4).stream().map(s -> Chunks.outward(Chunks.split(s, size))).toList();
              Loop.Result all =
                  Loop.over(
                      List.of(x.get(4)), pieces, p -> piece(p.get(0), p.subList(1, p.size())));
              Tensor y = Chunks.join(Chunks.inward(all.rows().get(0)), length);
              return List.of(y, all.carries().get(0));
            });
    return Attended.of(results.get(0), new AttentionState(results.get(1), Optional.empty()));
  }

  /** Queries, keys, values and betas of one piece; gives the memory and the answers. */
  private static List<Tensor> piece(Tensor memory, List<Tensor> piece) {
    List<Tensor> steps = piece.stream().map(s -> s.permute(2, 0, 1, 3)).toList();
    Loop.Result result =
        Loop.over(
            List.of(memory),
            steps,
            x -> {
              Tensor weights = x.get(0);
              Tensor query = x.get(1).unsqueeze(2);
              Tensor key = x.get(2).unsqueeze(2);
              Tensor error = x.get(3).unsqueeze(2).sub(key.matmul(weights));
              Tensor inserted = error.mul(x.get(4).unsqueeze(2));
              Tensor next = weights.add(key.transpose().mul(inserted));
              return List.of(next, query.matmul(next).squeeze(2));
            });
    return List.of(result.carries().get(0), result.rows().get(0).permute(1, 2, 0, 3));
  }

  /**
   * The same in chunks (Yang, Wang, Zhang, Shen and Kim 2024, "Parallelizing Linear Transformers
   * with the Delta Rule over Sequence Length", section 3.2). With {@code T = (I + lower(diag(beta)
   * K K^T))^(-1)}, what a chunk inserts is {@code U - Y W} for {@code U = T diag(beta) V}, {@code Y
   * = T diag(beta) K} and the memory W before it: matrix products, and as many steps as chunks.
   */
  public static Attended chunked(
      Tensor q, Tensor k, Tensor v, Tensor beta, Optional<Tensor> memory, int chunk) {
    Check.positive("delta rule", "the chunk size", chunk);
    int length = check(q, k, v, beta);
    Tensor start = Chunks.weights(memory, k, v);
    int size = Math.min(chunk, length);
    List<Tensor> results =
        Loop.composite(
            "chunkedDeltaRule",
            Map.of("chunk", size),
            List.of(q, k, v, beta, start),
            x -> {
              Tensor queries = Chunks.split(x.get(0), size);
              Tensor keys = Chunks.split(x.get(1), size);
              Tensor rates = Chunks.split(x.get(3), size);
              Tensor scaled = keys.mul(rates);
              Tensor products = scaled.matmul(keys.transpose());
              Tensor inverse = Tensor.of(Inverses.unitLowerInverse(products.node()));
              Tensor values = inverse.matmul(Chunks.split(x.get(2), size).mul(rates));
              Tensor removed = inverse.matmul(scaled);
              Tensor within = Chunks.lower(queries.matmul(keys.transpose()), true);
              List<Tensor> pieces =
                  List.of(queries, keys, values, removed, within).stream()
                      .map(Chunks::outward)
                      .toList();
              Loop.Result all = Loop.over(List.of(x.get(4)), pieces, DeltaRule::chunk);
              return List.of(
                  Chunks.join(Chunks.inward(all.rows().get(0)), length), all.carries().get(0));
            });
    return Attended.of(results.get(0), new AttentionState(results.get(1), Optional.empty()));
  }

  private static List<Tensor> chunk(List<Tensor> x) {
    Tensor memory = x.get(0);
    Tensor inserted = x.get(3).sub(x.get(4).matmul(memory));
    Tensor y = x.get(1).matmul(memory).add(x.get(5).matmul(inserted));
    return List.of(memory.add(x.get(2).transpose().matmul(inserted)), y);
  }

  /** {@return the length} */
  private static int check(Tensor q, Tensor k, Tensor v, Tensor beta) {
    boolean fits =
        q.rank() == 4
            && q.shape().equals(k.shape())
            && v.rank() == 4
            && v.shape().slice(0, 3).equals(q.shape().slice(0, 3))
            && beta.shape().equals(q.shape().with(3, Dim.ONE))
            && q.dim(2).isFixed();
    if (!fits) {
      throw Check.error(
          "delta rule: expected queries and keys [N, heads, L, K], values [N, heads, L, V] and beta"
              + " [N, heads, L, 1], got %s, %s, %s and %s",
          q.shape(), k.shape(), v.shape(), beta.shape());
    }
    return q.size(2);
  }
}
