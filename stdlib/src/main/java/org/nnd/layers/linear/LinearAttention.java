package org.nnd.layers.linear;

import java.util.Optional;
import org.nnd.dsl.Block;
import org.nnd.dsl.Check;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.layers.Expect;

/**
 * Multi-head attention by a kernel of feature maps (Katharopoulos, Vyas, Pappas and Fleuret 2020),
 * of tokens {@code [N, L, E]} to themselves or to a second input {@code [N, S, F]}; cost O(L).
 * Variables as in fast-transformers: {@code query_projection}, {@code key_projection}, {@code
 * value_projection}, {@code out_projection}, and those of the feature map under {@code
 * feature_map}.
 *
 * @param eps what is added to the sum of a query's weights
 * @param order how the products are taken; the result is the same
 * @param chunk how many tokens of a causal sequence are taken at once
 * @param isStreaming whether the state is handed on: {@code memory} and {@code key_sum}
 */
public record LinearAttention(
    int heads,
    FeatureMap features,
    double eps,
    boolean isCausal,
    Order order,
    int chunk,
    boolean bias,
    boolean isStreaming,
    Site site)
    implements Block {
  private static final String NAME = "linearAttention";

  /** The order of the products of queries, keys and values. */
  public enum Order {
    /** {@code phi(Q) (phi(K)^T V)}. */
    LINEAR,
    /** {@code (phi(Q) phi(K)^T) V}. */
    QUADRATIC,
    /** The one of the two that needs fewer multiplications. */
    CHEAPER
  }

  public LinearAttention {
    Check.positive(NAME, "the number of heads", heads);
    Check.positive(NAME, "the chunk size", chunk);
    if (!(eps >= 0)) {
      throw Check.error("%s: eps must not be negative, got %s", NAME, eps);
    }
    if (isStreaming && !isCausal) {
      throw Check.error("%s: only a causal one has a state to hand on; add causal()", NAME);
    }
  }

  static LinearAttention of(int heads, FeatureMap features, Site site) {
    return new LinearAttention(heads, features, 1e-6, false, Order.LINEAR, 64, true, false, site);
  }

  /** {@return this with another map of queries and keys to features} */
  public LinearAttention features(FeatureMap map) {
    return new LinearAttention(heads, map, eps, isCausal, order, chunk, bias, isStreaming, site);
  }

  /** {@return this with another number added to the sums that are divided by} */
  public LinearAttention eps(double value) {
    return new LinearAttention(
        heads, features, value, isCausal, order, chunk, bias, isStreaming, site);
  }

  /** {@return this where token {@code i} sees tokens up to {@code i} only} */
  public LinearAttention causal() {
    return new LinearAttention(heads, features, eps, true, order, chunk, bias, isStreaming, site);
  }

  /** {@return this taking the products in another order; the result is the same} */
  public LinearAttention order(Order wanted) {
    return new LinearAttention(
        heads, features, eps, isCausal, wanted, chunk, bias, isStreaming, site);
  }

  /** {@return this taking so many tokens of a causal sequence at once; 64 unless told} */
  public LinearAttention chunk(int tokens) {
    return new LinearAttention(
        heads, features, eps, isCausal, order, tokens, bias, isStreaming, site);
  }

  /** {@return this with a bias added to the result, or without one} */
  public LinearAttention bias(boolean wanted) {
    return new LinearAttention(
        heads, features, eps, isCausal, order, chunk, wanted, isStreaming, site);
  }

  /** {@return this with its state as further outputs, and inputs where they are given} */
  public LinearAttention streaming() {
    return new LinearAttention(heads, features, eps, isCausal, order, chunk, bias, true, site);
  }

  @Override
  public Tensors lower(Lowering at, Tensors inputs) {
    Tensors tokens = Heads.tokens(inputs);
    if (tokens.size() > 2) {
      throw at.error("%s expects tokens and perhaps a context, got %s", NAME, tokens.names());
    }
    Tensor x = tokens.get(0);
    Tensor context = tokens.size() == 2 ? tokens.get(1) : x;
    int width = Heads.width(at, NAME, x);
    Heads.width(at, NAME, context);
    Expect.divides(at, NAME, heads, "heads", width, "features");
    Variables variables = Variables.in(at);
    Tensor query = Heads.split(project(variables, "query_projection", x, width), heads);
    Tensor key = Heads.split(project(variables, "key_projection", context, width), heads);
    Tensor value = Heads.split(project(variables, "value_projection", context, width), heads);
    Optional<Tensor> counting = Heads.counting(at, NAME, inputs, context);
    Attended answers =
        attend(variables.under("feature_map"), query, key, value, counting, Heads.state(inputs));
    Tensor y = project(variables, "out_projection", Heads.join(answers.y()), width);
    return Heads.outputs(y, answers, isStreaming).with(inputs.masks());
  }

  private Tensor project(Variables variables, String name, Tensor x, int out) {
    return bias ? variables.affine(name, x, out) : variables.linear(name, x, out);
  }

  /**
   * {@return the answers to queries {@code [N, heads, L, d]}, without projections}
   *
   * @param variables those of the feature map
   * @param counting factors of the keys' features, {@code [N, 1, S, 1]}
   */
  public Attended attend(
      Variables variables,
      Tensor query,
      Tensor key,
      Tensor value,
      Optional<Tensor> counting,
      Optional<AttentionState> state) {
    Tensor q = features.apply(variables, query);
    Tensor every = features.apply(variables, key);
    Tensor k = counting.map(every::mul).orElse(every);
    boolean linear =
        switch (order) {
          case LINEAR -> true;
          case QUADRATIC -> false;
          case CHEAPER -> KernelProducts.linearIsCheaper(q, k, value);
        };
    if (isCausal && (linear || isStreaming)) {
      return KernelProducts.causal(q, k, value, Optional.of(eps), chunk, state);
    }
    Tensor y =
        linear
            ? KernelProducts.linear(q, k, value, eps)
            : KernelProducts.quadratic(q, k, value, eps, isCausal);
    return Attended.only(y);
  }

  @Override
  public String toString() {
    return "linearAttention("
        + heads
        + ")"
        + (features instanceof FeatureMap.Elu ? "" : ".features(" + features + ")")
        + (isCausal ? ".causal()" : "")
        + (isStreaming ? ".streaming()" : "");
  }
}
