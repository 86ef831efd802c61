package org.nnd.layers.linear;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.nnd.dsl.Block;
import org.nnd.dsl.Check;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.layers.Expect;
import org.nnd.layers.Layers;

/**
 * A fast-weight layer (Schlag, Irie and Schmidhuber 2021): a slow network writes keys and values
 * into the weights of a fast one and reads them by queries, with residual and layer norm. Tokens
 * {@code [N, L, E]} to the same. Variables: {@code qkvb_net.weight} ({@code qkv_net} with the sum
 * rule) without bias, {@code o_net.weight}, {@code layer_norm.weight}, {@code layer_norm.bias}.
 *
 * @param headDim d of a head's queries, keys and values; 0: E / heads
 * @param norms where something is divided by a sum
 * @param chunk how many tokens are taken at once; 0: one after the other
 */
public record FastWeights(
    int heads,
    int headDim,
    Rule rule,
    FeatureMap features,
    Norms norms,
    double dropout,
    int chunk,
    boolean isStreaming,
    Site site)
    implements Block {
  private static final String NAME = "fastWeights";

  /** How an association is written. */
  public enum Rule {
    /** {@code W + k v^T}: what was there stays. */
    SUM,
    /** {@code W + k beta (v - k^T W)^T}: what the key had before is replaced. */
    DELTA
  }

  /**
   * What is normalised.
   *
   * @param before whether the layer norm comes first; the residual is then the normalised input, as
   *     in the official implementation
   * @param features whether features of queries and keys are divided by their sum
   * @param answers whether answers are divided by the sum of the keys' weights
   * @param keys whether that division is undone for what the delta rule removes
   * @param eps what is added to a sum of weights
   */
  public record Norms(boolean before, boolean features, boolean answers, boolean keys, double eps) {
    public Norms {
      Check.positive(NAME, "eps", eps);
    }
  }

  public FastWeights {
    Check.positive(NAME, "the number of heads", heads);
    Check.notNegative(NAME, "the dimension of a head", headDim);
    Check.notNegative(NAME, "the chunk size", chunk);
    Check.fraction(NAME, "dropout", dropout);
    if (norms.keys() && !(norms.answers() && rule == Rule.DELTA)) {
      throw Check.error("%s: only the delta rule with normalized answers normalizes keys", NAME);
    }
    if (chunk == 0 && rule == Rule.SUM) {
      throw Check.error("%s: the sum rule is computed in chunks; chunk must be at least 1", NAME);
    }
  }

  static FastWeights of(int heads, Rule rule, Site site) {
    boolean sum = rule == Rule.SUM;
    Norms norms = new Norms(false, !sum, sum, false, 1e-5);
    return new FastWeights(heads, 0, rule, FeatureMap.elu(), norms, 0, 32, false, site);
  }

  /** {@return this with d of a head's queries, keys and values, instead of E / heads} */
  public FastWeights headDim(int d) {
    Check.positive(NAME, "the dimension of a head", d);
    return new FastWeights(heads, d, rule, features, norms, dropout, chunk, isStreaming, site);
  }

  /** {@return this with another map of queries and keys to features} */
  public FastWeights features(FeatureMap map) {
    return new FastWeights(heads, headDim, rule, map, norms, dropout, chunk, isStreaming, site);
  }

  /** {@return this with other normalisations} */
  public FastWeights norms(Norms all) {
    return new FastWeights(heads, headDim, rule, features, all, dropout, chunk, isStreaming, site);
  }

  /** {@return this with the layer norm first, or last} */
  public FastWeights preNorm(boolean wanted) {
    return norms(new Norms(wanted, norms.features, norms.answers, norms.keys, norms.eps));
  }

  /** {@return this with features of queries and keys divided by their sum, or not} */
  public FastWeights sumNorm(boolean wanted) {
    return norms(new Norms(norms.before, wanted, norms.answers, norms.keys, norms.eps));
  }

  /** {@return this with answers divided by the sum of the keys' weights, or not} */
  public FastWeights normalized(boolean wanted) {
    return norms(new Norms(norms.before, norms.features, wanted, wanted && norms.keys, norms.eps));
  }

  /** {@return this with answers divided so and keys by the weights before them} */
  public FastWeights normalizedKeys() {
    return norms(new Norms(norms.before, norms.features, true, true, norms.eps));
  }

  /** {@return this with another number added to the sums that are divided by} */
  public FastWeights eps(double value) {
    return norms(new Norms(norms.before, norms.features, norms.answers, norms.keys, value));
  }

  /**
   * {@return this with a share {@code rate} of the elements zeroed in training, by {@link
   * Layers#dropout}}
   */
  public FastWeights dropout(double rate) {
    return new FastWeights(heads, headDim, rule, features, norms, rate, chunk, isStreaming, site);
  }

  /** {@return this with so many tokens at once; 0: one after the other} */
  public FastWeights chunk(int tokens) {
    return new FastWeights(
        heads, headDim, rule, features, norms, dropout, tokens, isStreaming, site);
  }

  /** {@return this with its state as further outputs, and inputs where they are given} */
  public FastWeights streaming() {
    return new FastWeights(heads, headDim, rule, features, norms, dropout, chunk, true, site);
  }

  @Override
  public Tensors lower(Lowering at, Tensors inputs) {
    Tensor x = Heads.tokens(inputs).one();
    int width = Heads.width(at, NAME, x);
    if (headDim == 0) {
      Expect.divides(at, NAME, heads, "heads", width, "features");
    }
    UnaryOperator<Tensor> drop =
        dropout == 0 ? UnaryOperator.identity() : y -> at.call("drop", Layers.dropout(dropout), y);
    Optional<Tensor> counting = Heads.counting(at, NAME, inputs, x);
    Attended result = compute(Variables.in(at), x, counting, Heads.state(inputs), drop);
    return Heads.outputs(result.y(), result, isStreaming).with(inputs.masks());
  }

  /**
   * {@return the layer as a function of its variables; the answers are tokens {@code [N, L, E]}}
   *
   * @param counting factors of what a token writes, {@code [N, 1, L, 1]}
   */
  public Attended compute(
      Variables variables,
      Tensor x,
      Optional<Tensor> counting,
      Optional<AttentionState> state,
      UnaryOperator<Tensor> drop) {
    int width = x.size(2);
    int d = headDim == 0 ? width / heads : headDim;
    boolean delta = rule == Rule.DELTA;
    Tensor h = norms.before ? variables.layerNorm("layer_norm", x, 1e-5) : x;
    String net = delta ? "qkvb_net" : "qkv_net";
    int each = 3 * d + (delta ? 1 : 0);
    Tensor all = Heads.split(variables.linear(net, h, heads * each), heads);
    Tensor q = featuresOf(variables, all.narrow(3, 0, d));
    Tensor every = featuresOf(variables, all.narrow(3, d, d));
    Tensor k = counting.map(every::mul).orElse(every);
    Tensor v = all.narrow(3, 2L * d, d);
    Optional<Tensor> memory = state.map(AttentionState::weights);
    Attended read;
    Optional<Tensor> keySum = Optional.empty();
    Tensor weight = null;
    if (norms.answers) {
      Tensor sums = k.cumsum(2);
      Optional<Tensor> before = state.flatMap(AttentionState::keySum);
      Tensor total = before.map(sums::add).orElse(sums);
      keySum = Optional.of(total.slice(2, -1, total.size(2)));
      weight = q.mul(total).keepDims(Tensor::sum, -1);
    }
    if (delta) {
      Tensor rate = all.narrow(3, 3L * d, 1).sigmoid();
      Tensor beta = counting.map(rate::mul).orElse(rate);
      if (norms.keys) {
        Tensor earlier = earlier(k, state.flatMap(AttentionState::keySum));
        beta = beta.mul(earlier);
        k = k.div(earlier.add(norms.eps));
      }
      read =
          chunk == 0
              ? DeltaRule.sequential(q, k, v, beta, memory)
              : DeltaRule.chunked(q, k, v, beta, memory, chunk);
    } else {
      Optional<AttentionState> weights = memory.map(w -> new AttentionState(w, Optional.empty()));
      read = KernelProducts.causal(q, k, v, Optional.empty(), chunk, weights);
    }
    Tensor answers = read.y().mul(1 / Math.sqrt(d));
    Tensor y = weight == null ? answers : answers.div(weight.add(norms.eps));
    Tensor out = h.add(drop.apply(variables.linear("o_net", Heads.join(y), width)));
    Tensor normal = norms.before ? out : variables.layerNorm("layer_norm", out, 1e-5);
    return Attended.of(normal, new AttentionState(read.last().weights(), keySum));
  }

  /** {@return each key times the sum of those before it; 1 for the first of all} */
  private static Tensor earlier(Tensor k, Optional<Tensor> keySum) {
    int length = k.size(2);
    Tensor before = k.cumsum(2).slice(2, 0, length - 1L).pad(2, 1, 0, 0);
    Tensor sums = keySum.map(before::add).orElse(before);
    Tensor products = sums.mul(k).keepDims(Tensor::sum, -1);
    if (keySum.isPresent()) {
      return products;
    }
    return products.slice(2, 1, length).pad(2, 1, 0, 1);
  }

  private Tensor featuresOf(Variables variables, Tensor x) {
    Tensor phi = features.apply(variables, x);
    if (!norms.features) {
      return phi;
    }
    // Where all are zero they stay so.
    Tensor sum = phi.keepDims(Tensor::sum, -1);
    return phi.div(sum.eq(0).where(1, sum));
  }

  @Override
  public String toString() {
    return (rule == Rule.DELTA ? "fastWeights(" : "sumFastWeights(")
        + heads
        + ")"
        + (features instanceof FeatureMap.Elu ? "" : ".features(" + features + ")")
        + (norms.before ? ".preNorm(true)" : "")
        + (isStreaming ? ".streaming()" : "");
  }
}
