package org.nnd.layers.linear;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nnd.dsl.Check;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Vocabulary;
import org.nnd.ir.Dim;

/**
 * Attention by a kernel {@code phi(q) phi(k)}, given the features of queries and keys
 * (Katharopoulos et al. 2020): answer i is the mean of the values weighted by it. Queries {@code
 * [N, heads, L, R]}, keys {@code [N, heads, S, R]}, values {@code [N, heads, S, V]}; keys that do
 * not count are zero.
 */
@Vocabulary
public final class KernelProducts {
  private KernelProducts() {}

  /** {@return {@code phi(Q) (phi(K)^T V)} over {@code phi(Q) sum phi(K) + eps}: O(L + S)} */
  public static Tensor linear(Tensor q, Tensor k, Tensor v, double eps) {
    return Loop.composite(
            "linearAttention",
            Map.of("eps", eps, "causal", false),
            List.of(q, k, v),
            x -> {
              Tensor memory = x.get(1).transpose().matmul(x.get(2));
              Tensor keySum = x.get(1).keepDims(Tensor::sum, 2);
              Tensor weight = x.get(0).matmul(keySum.transpose());
              return List.of(x.get(0).matmul(memory).div(weight.add(eps)));
            })
        .get(0);
  }

  /** {@return the same as {@link #linear}, by way of all the products of queries and keys} */
  public static Tensor quadratic(Tensor q, Tensor k, Tensor v, double eps, boolean causal) {
    return Loop.composite(
            "quadraticAttention",
            Map.of("eps", eps, "causal", causal),
            List.of(q, k, v),
            x -> {
              Tensor all = x.get(0).matmul(x.get(1).transpose());
              Tensor weights = causal ? Chunks.lower(all, true) : all;
              Tensor sum = weights.keepDims(Tensor::sum, -1);
              return List.of(weights.matmul(x.get(2)).div(sum.add(eps)));
            })
        .get(0);
  }

  /**
   * Position i sees the keys up to i and the memory. Within chunks by all products, between them by
   * the sums of the chunks before, all chunks at once.
   *
   * @param eps what is added to the sum of weights; empty: answers are sums, not means
   * @param memory what was read before, of the same kind
   */
  public static Attended causal(
      Tensor q,
      Tensor k,
      Tensor v,
      Optional<Double> eps,
      int chunk,
      Optional<AttentionState> memory) {
    Check.positive("causal linear attention", "the chunk size", chunk);
    if (!q.dim(2).equals(k.dim(2))) {
      throw Check.error(
          "causal linear attention wants as many queries as keys, got %s and %s",
          q.dim(2), k.dim(2));
    }
    Tensor start = Chunks.weights(memory.map(AttentionState::weights), k, v);
    List<Tensor> operands = new ArrayList<>(List.of(q, k, v, start));
    memory.flatMap(AttentionState::keySum).ifPresent(operands::add);
    Map<String, Object> attributes = Map.of("eps", eps.orElse(0.0), "causal", true);
    List<Tensor> results =
        Loop.composite(
            "causalLinearAttention",
            attributes,
            operands,
            x -> {
              List<Tensor> sums = sums(x.get(0), x.get(1), x.get(2), x.get(3), chunk);
              if (eps.isEmpty()) {
                return sums;
              }
              Tensor keys = x.get(1).cumsum(2);
              Tensor keySums = x.size() > 4 ? keys.add(x.get(4)) : keys;
              Tensor weight = x.get(0).mul(keySums).keepDims(Tensor::sum, -1);
              Tensor y = sums.get(0).div(weight.add(eps.get()));
              return List.of(y, sums.get(1), keySums.slice(2, -1, keySums.size(2)));
            });
    Optional<Tensor> keySum = eps.map(e -> results.get(2));
    return Attended.of(results.get(0), new AttentionState(results.get(1), keySum));
  }

  /** Answers without division, and the memory at the end. */
  private static List<Tensor> sums(Tensor q, Tensor k, Tensor v, Tensor memory, int chunk) {
    int length = q.size(2);
    int size = Math.min(chunk, length);
    Tensor queries = Chunks.split(q, size);
    Tensor keys = Chunks.split(k, size);
    Tensor values = Chunks.split(v, size);
    Tensor within = Chunks.lower(queries.matmul(keys.transpose()), true).matmul(values);
    Tensor upTo = keys.transpose().matmul(values).cumsum(2);
    int count = upTo.size(2);
    Tensor first = memory.unsqueeze(2);
    // The sums before each chunk: those up to the chunk before it.
    Tensor before = count == 1 ? first : first.concat(2, upTo.slice(2, 0, count - 1L).add(first));
    Tensor y = Chunks.join(within.add(queries.matmul(before)), length);
    Tensor last = upTo.slice(2, count - 1L, count).add(first);
    return List.of(y, last.reshape(memory.shape()));
  }

  /** {@return whether the linear order needs fewer products than the quadratic one} */
  static boolean linearIsCheaper(Tensor q, Tensor k, Tensor v) {
    Dim queries = q.dim(2);
    Dim keys = k.dim(2);
    if (!queries.isFixed() || !keys.isFixed()) {
      return true;
    }
    long features = q.size(3);
    long width = v.size(3);
    long linear = features * width * ((long) queries.fixed() + keys.fixed());
    long quadratic = (features + width) * queries.fixed() * keys.fixed();
    return linear <= quadratic;
  }
}
