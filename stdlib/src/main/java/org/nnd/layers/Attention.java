package org.nnd.layers;

import java.util.List;
import java.util.Optional;
import org.nnd.dsl.Block;
import org.nnd.dsl.Check;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Shape;

/**
 * Multi-head attention (Vaswani et al. 2017) of tokens {@code [N, L, E]} to themselves, or to a
 * second input, the context {@code [N, S, F]}. A {@code mask} (bool, true where a query may look)
 * is {@code [N, S]}, {@code [N, L, S]} or {@code [N, heads, L, S]}; a query that may look nowhere
 * sees zeros. Variables as in PyTorch's MultiheadAttention: {@code in_proj_weight [3E, E]} (or
 * {@code q_proj_weight}, {@code k_proj_weight}, {@code v_proj_weight} where {@code F} is not {@code
 * E}), {@code in_proj_bias [3E]}, {@code out_proj.weight}, {@code out_proj.bias}.
 */
public record Attention(int heads, boolean isCausal, boolean bias, Site site) implements Block {
  public Attention {
    Check.positive("attention", "the number of heads", heads);
  }

  /** {@return this where token {@code i} sees tokens up to {@code i} only} */
  public Attention causal() {
    return new Attention(heads, true, bias, site);
  }

  /** {@return this with a bias added to the result, or without one} */
  public Attention bias(boolean wanted) {
    return new Attention(heads, isCausal, wanted, site);
  }

  @Override
  public Tensors lower(Lowering at, Tensors inputs) {
    Tensors main = inputs.main();
    if (main.size() > 2) {
      throw at.error("attention expects tokens and perhaps a context, got %s", main.names());
    }
    Tensor x = main.get(0);
    Tensor context = main.size() == 2 ? main.get(1) : x;
    for (Tensor tensor : List.of(x, context)) {
      Expect.rank(at, "attention", tensor, 3, "tokens [N, length, features]");
      Expect.floats(at, "attention", tensor);
    }
    int features = Expect.fixed(at, "attention", x, 2, "features");
    Expect.divides(at, "attention", heads, "heads", features, "features");
    Projections in = projections(at, x, context, features);
    Node query = split(in.query()).node();
    Node key = split(in.key()).node();
    Shape scores = query.shape().with(3, key.shape().dim(2));
    if (isCausal && !scores.dim(2).equals(scores.dim(3))) {
      throw at.error(
          "attention: causal attention wants as many queries as keys, got %s and %s",
          scores.dim(2), scores.dim(3));
    }
    Optional<Node> mask = inputs.find("mask").map(given -> mask(at, given, scores).node());
    double scale = 1 / Math.sqrt((double) features / heads);
    Tensor seen =
        Tensor.of(
            org.nnd.ir.composite.Attention.attention(
                query, key, split(in.value()).node(), mask, scale, isCausal));
    Tensor joined = seen.transpose(1, 2).flatten(2);
    Dense out = Layers.dense(features).bias(bias);
    return Tensors.of(at.call("out_proj", out, joined)).with(inputs.masks());
  }

  /** Queries, keys and values, each {@code [N, length, E]}. */
  private record Projections(Tensor query, Tensor key, Tensor value) {}

  private Projections projections(Lowering at, Tensor x, Tensor context, int features) {
    int width = Expect.fixed(at, "attention", context, 2, "features");
    Initializer xavier = Initializer.xavier();
    List<Tensor> weights =
        width == features
            ? at.parameter("in_proj_weight", xavier, 3L * features, features)
                .split(0, features, features, features)
            : List.of(
                at.parameter("q_proj_weight", xavier, features, features),
                at.parameter("k_proj_weight", xavier, features, width),
                at.parameter("v_proj_weight", xavier, features, width));
    Tensor query = x.matmul(weights.get(0).transpose());
    Tensor key = context.matmul(weights.get(1).transpose());
    Tensor value = context.matmul(weights.get(2).transpose());
    if (!bias) {
      return new Projections(query, key, value);
    }
    List<Tensor> biases =
        at.parameter("in_proj_bias", Initializer.zeros(), 3L * features)
            .split(0, features, features, features);
    return new Projections(
        query.add(biases.get(0)), key.add(biases.get(1)), value.add(biases.get(2)));
  }

  /** {@code [N, length, E]} to {@code [N, heads, length, E / heads]}. */
  private Tensor split(Tensor x) {
    return x.reshape(x.dim(0), x.dim(1), Dim.of(heads), x.dim(2).dividedBy(heads)).transpose(1, 2);
  }

  private static Tensor mask(Lowering at, Tensor mask, Shape scores) {
    Expect.dtype(at, "attention: the mask", mask, DType.BOOL);
    Shape aligned =
        switch (mask.rank()) {
          case 2 -> mask.shape().insert(1, Dim.ONE).insert(1, Dim.ONE);
          case 3 -> mask.shape().insert(1, Dim.ONE);
          default -> mask.shape();
        };
    for (int axis = 0; axis < 4; axis++) {
      boolean fits =
          aligned.rank() == 4
              && (aligned.dim(axis).is(1) || aligned.dim(axis).equals(scores.dim(axis)));
      if (!fits) {
        throw at.error(
            "attention: the mask %s does not fit the scores [N, heads, queries, keys] = %s",
            mask.shape(), scores);
      }
    }
    return mask.reshape(aligned).broadcastTo(scores);
  }

  @Override
  public String toString() {
    return "attention("
        + heads
        + ")"
        + (isCausal ? ".causal()" : "")
        + (bias ? "" : ".bias(false)");
  }
}
