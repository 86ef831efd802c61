package org.nnd.layers.linear;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.nnd.dsl.Block;
import org.nnd.dsl.Check;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.ir.Dim;
import org.nnd.ir.Shape;
import org.nnd.layers.Expect;
import org.nnd.layers.Layers;

/**
 * A self-referential weight matrix (Irie, Schlag, Csordás and Schmidhuber 2022): weights W that
 * change themselves, {@code [y, q, k, beta] = x W}, {@code W += k sigmoid(beta) (q W - k W)} with
 * {@code q} and {@code k} through softmax, each of the four parts of W at a rate of its own. Tokens
 * {@code [N, L, E]} to the same, with residual; every sequence starts from the trained W.
 * Variables: {@code W_y}, {@code W_q}, {@code W_k} {@code [1, heads, d, d]} and {@code w_b [1,
 * heads, d, 4]} with d = E / heads, {@code out_linear.weight [E, E]}, {@code layer_norm.weight},
 * {@code layer_norm.bias}.
 *
 * @param usesLayerNorm whether the residual is the layer norm of the input
 * @param usesInputSoftmax whether the input of a head goes through softmax
 * @param betaInit the mean of {@code w_b} at the start
 * @param isStreaming whether the state is handed on: {@code memory [N, heads, d, 3 d + 4]}, how far
 *     W has moved from the trained one
 */
public record SelfReferential(
    int heads,
    boolean usesLayerNorm,
    boolean usesInputSoftmax,
    double betaInit,
    double dropout,
    boolean isStreaming,
    Site site)
    implements Block {
  private static final String NAME = "selfReferential";

  public SelfReferential {
    Check.positive(NAME, "the number of heads", heads);
    Check.fraction(NAME, "dropout", dropout);
  }

  static SelfReferential of(int heads, Site site) {
    return new SelfReferential(heads, true, false, -1, 0, false, site);
  }

  /**
   * {@return this with the layer norm of the input as residual (as it is unless told), or the input
   * itself}
   */
  public SelfReferential layerNorm(boolean wanted) {
    return new SelfReferential(
        heads, wanted, usesInputSoftmax, betaInit, dropout, isStreaming, site);
  }

  /**
   * {@return this with softmax of the input before the weights, or without (as it is unless told)}
   */
  public SelfReferential inputSoftmax(boolean wanted) {
    return new SelfReferential(heads, usesLayerNorm, wanted, betaInit, dropout, isStreaming, site);
  }

  /**
   * {@return this where the part of W that makes the rates starts around {@code mean}; -1 unless
   * told}
   */
  public SelfReferential betaInit(double mean) {
    return new SelfReferential(
        heads, usesLayerNorm, usesInputSoftmax, mean, dropout, isStreaming, site);
  }

  /**
   * {@return this with a share {@code rate} of the elements zeroed in training, by {@link
   * Layers#dropout}}
   */
  public SelfReferential dropout(double rate) {
    return new SelfReferential(
        heads, usesLayerNorm, usesInputSoftmax, betaInit, rate, isStreaming, site);
  }

  /** {@return this with its state as a further output, and input where it is given} */
  public SelfReferential streaming() {
    return new SelfReferential(
        heads, usesLayerNorm, usesInputSoftmax, betaInit, dropout, true, site);
  }

  @Override
  public Tensors lower(Lowering at, Tensors inputs) {
    Tensor h = Heads.tokens(inputs).one();
    int width = Heads.width(at, NAME, h);
    Expect.divides(at, NAME, heads, "heads", width, "features");
    UnaryOperator<Tensor> drop =
        dropout == 0 ? UnaryOperator.identity() : y -> at.call("drop", Layers.dropout(dropout), y);
    Optional<Tensor> counting = Heads.counting(at, NAME, inputs, h);
    Optional<Tensor> moved = inputs.find(Heads.WEIGHTS);
    Attended result = compute(Variables.in(at), h, counting, moved, drop);
    return Heads.outputs(result.y(), result, isStreaming).with(inputs.masks());
  }

  /**
   * {@return the layer as a function of its variables; the answers are tokens {@code [N, L, E]}}
   *
   * @param counting factors of the rates of change, {@code [N, 1, L, 1]}
   * @param moved how far W had moved before
   */
  public Attended compute(
      Variables variables,
      Tensor h,
      Optional<Tensor> counting,
      Optional<Tensor> moved,
      UnaryOperator<Tensor> drop) {
    int width = h.size(2);
    Tensor weights = weights(variables, width / heads);
    Tensor x = Heads.split(h, heads);
    Attended read = run(usesInputSoftmax ? x.softmax(-1) : x, weights, counting, moved);
    Tensor out = drop.apply(variables.linear("out_linear", Heads.join(read.y()), width));
    Tensor residual = usesLayerNorm ? variables.layerNorm("layer_norm", h, 1e-5) : h;
    return Attended.of(residual.add(out), read.last());
  }

  /** The trained parts side by side, {@code [1, heads, d, 3 d + 4]}. */
  private Tensor weights(Variables variables, int d) {
    double deviation = 1 / Math.sqrt(d);
    Initializer start = Initializer.normal(0, deviation);
    Initializer rates = Initializer.normal(betaInit, deviation);
    return Tensor.concat(
        3,
        List.of(
            variables.parameter("W_y", start, 1, heads, d, d),
            variables.parameter("W_q", start, 1, heads, d, d),
            variables.parameter("W_k", start, 1, heads, d, d),
            variables.parameter("w_b", rates, 1, heads, d, 4)));
  }

  /**
   * {@return the outputs {@code [N, heads, L, d]} and, as the state's weights, how far W has moved}
   *
   * @param x {@code [N, heads, L, d]}
   * @param weights W before the first token, {@code [1, heads, d, 3 d + 4]}: y, q, k, beta
   * @param counting factors of the rates, {@code [N, 1, L, 1]}
   * @param moved how far W had moved before, {@code [N, heads, d, 3 d + 4]}
   */
  public static Attended run(
      Tensor x, Tensor weights, Optional<Tensor> counting, Optional<Tensor> moved) {
    int length = x.size(2);
    int d = x.size(3);
    Shape shape = Shape.of(x.dim(0), x.dim(1), x.dim(3), weights.dim(3));
    Tensor start =
        weights.add(moved.orElseGet(() -> Tensor.full(x.dtype(), shape, 0))).broadcastTo(shape);
    Tensor factors = counting.orElseGet(() -> Tensor.full(x.dtype(), Shape.of(1, 1, length, 1), 1));
    int size = (int) Math.ceil(Math.sqrt(length));
    List<Tensor> results =
        Loop.composite(
            "selfReferential",
            Map.of(),
            List.of(x, factors.broadcastTo(x.shape().with(3, Dim.ONE)), start),
            t -> {
              List<Tensor> pieces =
                  IntStream.range(0, 2)
                      .mapToObj(i -> Chunks.outward(Chunks.split(t.get(i), size)))
                      .toList();
              Loop.Result all =
                  Loop.over(List.of(t.get(2)), pieces, p -> piece(p.get(0), p.get(1), p.get(2), d));
              Tensor y = Chunks.join(Chunks.inward(all.rows().get(0)), length);
              return List.of(y, all.carries().get(0));
            });
    Tensor last = results.get(1).sub(weights);
    return Attended.of(results.get(0), new AttentionState(last, Optional.empty()));
  }

  /** Some steps, so that the gradient keeps W between pieces only. */
  private static List<Tensor> piece(Tensor weights, Tensor x, Tensor factors, int d) {
    Loop.Result steps =
        Loop.over(
            List.of(weights),
            List.of(x.permute(2, 0, 1, 3), factors.permute(2, 0, 1, 3)),
            t -> step(t.get(0), t.get(1).unsqueeze(2), t.get(2).unsqueeze(2), d));
    return List.of(steps.carries().get(0), steps.rows().get(0).permute(1, 2, 0, 3));
  }

  private static List<Tensor> step(Tensor weights, Tensor x, Tensor factor, int d) {
    List<Tensor> parts = x.matmul(weights).split(3, d, d, d, 4);
    Tensor q = parts.get(1).softmax(-1);
    Tensor k = parts.get(2).softmax(-1);
    Tensor rates = parts.get(3).sigmoid().mul(factor);
    // Both retrievals are linear in the key.
    Tensor change = q.sub(k).matmul(weights);
    Tensor each =
        Tensor.concat(
            3,
            IntStream.range(0, 4)
                .mapToObj(
                    i -> change.narrow(3, (long) i * d, i < 3 ? d : 4).mul(rates.narrow(3, i, 1)))
                .toList());
    return List.of(weights.add(k.transpose().mul(each)), parts.get(0).squeeze(2));
  }

  @Override
  public String toString() {
    return "selfReferential("
        + heads
        + ")"
        + (usesLayerNorm ? "" : ".layerNorm(false)")
        + (usesInputSoftmax ? ".inputSoftmax(true)" : "")
        + (isStreaming ? ".streaming()" : "");
  }
}
