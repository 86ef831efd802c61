package org.nnd.layers;

import java.util.List;
import java.util.Optional;
import org.nnd.dsl.Check;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.ir.DType;
import org.nnd.ir.Node;
import org.nnd.ir.Shape;

/**
 * Scaled dot-product attention without projections (Vaswani et al. 2017, eq. 1): {@code softmax(q
 * kᵀ scale) v [..., L, V]} of queries {@code [..., L, D]}, keys {@code [..., S, D]} and values
 * {@code [..., S, V]}, three inputs in this order, or one that is all three. A {@code mask} that
 * can be repeated to {@code [..., L, S]} is bool, true where a query may look, or numbers added to
 * the scaled products. A query that may look nowhere sees zeros.
 *
 * @param scale by default {@code 1 / √D}
 * @param fill what a bool mask puts in place of products; by default nothing, which counts as -∞
 */
public record ScaledDotProduct(
    Optional<Double> scale, boolean isCausal, Optional<Double> fill, Site site) implements Layer {
  private static final String NAME = "scaledDotProduct";

  public ScaledDotProduct {
    if (isCausal && fill.isPresent()) {
      throw Check.error("%s: fill is for masks that are given, causal() has none", NAME);
    }
  }

  static ScaledDotProduct of(Site site) {
    return new ScaledDotProduct(Optional.empty(), false, Optional.empty(), site);
  }

  /** {@return this with another factor of the products of queries and keys than {@code 1 / √D}} */
  public ScaledDotProduct scale(double value) {
    return new ScaledDotProduct(Optional.of(value), isCausal, fill, site);
  }

  /** {@return this where query {@code i} sees keys up to {@code i} only} */
  public ScaledDotProduct causal() {
    return new ScaledDotProduct(scale, true, fill, site);
  }

  /** {@return this where a query that may look nowhere sees the mean of the values} */
  public ScaledDotProduct fill(double value) {
    return new ScaledDotProduct(scale, isCausal, Optional.of(value), site);
  }

  @Override
  public Tensors lower(Lowering at, Tensors inputs) {
    Attending given = Attending.of(at, NAME, inputs);
    Tensor q = given.query();
    Tensor k = given.key();
    Shape scores = q.shape().with(q.rank() - 1, k.dim(k.rank() - 2));
    if (isCausal && !scores.dim(q.rank() - 2).equals(scores.dim(q.rank() - 1))) {
      throw at.error(
          "%s: causal attention wants as many queries as keys, got %s and %s",
          NAME, q.shape(), k.shape());
    }
    if (scale.isEmpty()) {
      Expect.fixed(at, NAME, q, q.rank() - 1, "features");
    }
    Optional<Tensor> mask = inputs.find("mask");
    mask.ifPresent(m -> checkMask(at, m, q.dtype()));
    return Tensors.of(attend(q, k, given.value(), mask.map(m -> m.broadcastTo(scores))));
  }

  private static void checkMask(Lowering at, Tensor mask, DType numbers) {
    if (mask.dtype() != DType.BOOL && mask.dtype() != numbers) {
      throw at.error("%s expects a mask of bool or %s, got %s", NAME, numbers, mask.type());
    }
  }

  /**
   * {@return the answers to the queries}
   *
   * @param mask {@code [..., L, S]}
   */
  public Tensor attend(Tensor q, Tensor k, Tensor v, Optional<Tensor> mask) {
    double factor = scale.orElseGet(() -> 1 / Math.sqrt(q.size(-1)));
    if (fill.isPresent() && mask.isPresent() && mask.get().dtype() == DType.BOOL) {
      Tensor scores = q.matmul(k.transpose()).mul(factor);
      return mask.get().where(scores, fill.get()).softmax(-1).matmul(v);
    }
    Optional<Node> given = mask.map(Tensor::node);
    return Tensor.of(
        org.nnd.ir.composite.Attention.attention(
            q.node(), k.node(), v.node(), given, factor, isCausal));
  }

  @Override
  public String toString() {
    return NAME
        + "()"
        + scale.map(s -> ".scale(" + s + ")").orElse("")
        + (isCausal ? ".causal()" : "")
        + fill.map(f -> ".fill(" + f + ")").orElse("");
  }

  /** Queries {@code [..., L, D]}, keys {@code [..., S, D]} and values {@code [..., S, V]}. */
  public record Attending(Tensor query, Tensor key, Tensor value) {
    /** {@return the inputs of a layer: these three, or one that is all of them} */
    public static Attending of(Lowering at, String layer, Tensors inputs) {
      List<Tensor> main = inputs.main().list();
      if (main.size() != 1 && main.size() != 3) {
        throw at.error(
            "%s expects queries, keys and values, or one tensor that is all three, got %s",
            layer, inputs.main().names());
      }
      Attending given =
          new Attending(main.get(0), main.get(main.size() / 2), main.get(main.size() - 1));
      for (Tensor tensor : main) {
        Expect.rankAtLeast(at, layer, tensor, 3, "[..., length, features]");
        Expect.floats(at, layer, tensor);
      }
      if (!given.fit()) {
        throw at.error(
            "%s: queries [..., L, D], keys [..., S, D] and values [..., S, V] do not fit: %s, %s, %s",
            layer, given.query.shape(), given.key.shape(), given.value.shape());
      }
      return given;
    }

    private boolean fit() {
      int last = query.rank() - 1;
      return key.rank() == query.rank()
          && value.rank() == query.rank()
          && key.shape().slice(0, last - 1).equals(query.shape().slice(0, last - 1))
          && key.dim(last).equals(query.dim(last))
          && value.shape().slice(0, last).equals(key.shape().slice(0, last));
    }
  }
}
