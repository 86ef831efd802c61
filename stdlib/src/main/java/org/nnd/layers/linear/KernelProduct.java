package org.nnd.layers.linear;

import java.util.Optional;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.ir.Dim;
import org.nnd.ir.Shape;
import org.nnd.layers.Expect;
import org.nnd.layers.ScaledDotProduct;

/**
 * {@link LinearAttention} without projections: what {@link ScaledDotProduct} computes, by a kernel
 * of feature maps in O(L + S). Queries {@code [..., L, D]}, keys {@code [..., S, D]} and values
 * {@code [..., S, V]}, three inputs in this order, or one that is all three. Variables: those of
 * the feature map, under {@code feature_map}.
 *
 * @param eps what is added to the sum of a query's weights
 */
public record KernelProduct(FeatureMap features, double eps, boolean isCausal, Site site)
    implements Layer {
  private static final String NAME = "kernelProduct";

  static KernelProduct of(int features, Site site) {
    return new KernelProduct(FeatureMap.favor(features), 1e-6, false, site);
  }

  /** {@return this with another map of queries and keys to features} */
  public KernelProduct features(FeatureMap map) {
    return new KernelProduct(map, eps, isCausal, site);
  }

  /** {@return this with another number added to the sums that are divided by} */
  public KernelProduct eps(double value) {
    return new KernelProduct(features, value, isCausal, site);
  }

  /** {@return this where query {@code i} sees keys up to {@code i} only} */
  public KernelProduct causal() {
    return new KernelProduct(features, eps, true, site);
  }

  @Override
  public Tensors lower(Lowering at, Tensors inputs) {
    if (inputs.find("mask").isPresent()) {
      throw at.error(
          "%s takes no mask: its cost is linear because all queries see the same keys, or with"
              + " causal() those up to their own place",
          NAME);
    }
    ScaledDotProduct.Attending given = ScaledDotProduct.Attending.of(at, NAME, inputs);
    Shape shape = given.query().shape();
    int rank = shape.rank();
    Expect.fixed(at, NAME, given.query(), rank - 2, "queries");
    Expect.fixed(at, NAME, given.query(), rank - 1, "features");
    Expect.fixed(at, NAME, given.value(), rank - 1, "features of values");
    LinearAttention attention =
        LinearAttention.of(1, features, site).eps(eps).order(LinearAttention.Order.LINEAR);
    Tensor y =
        (isCausal ? attention.causal() : attention)
            .attend(
                Variables.in(at).under("feature_map"),
                oneHead(given.query()),
                oneHead(given.key()),
                oneHead(given.value()),
                Optional.empty(),
                Optional.empty())
            .y();
    return Tensors.of(y.reshape(shape.with(rank - 1, given.value().dim(rank - 1))));
  }

  /** {@code [..., L, D]} to {@code [N, 1, L, D]}. */
  private static Tensor oneHead(Tensor x) {
    int rank = x.rank();
    return x.reshape(
        x.shape().slice(0, rank - 2).count(), Dim.ONE, x.dim(rank - 2), x.dim(rank - 1));
  }

  @Override
  public String toString() {
    boolean usual = features instanceof FavorFeatures f && f.equals(FeatureMap.favor(f.features()));
    int count = features instanceof FavorFeatures f ? f.features() : 2;
    return NAME
        + "("
        + count
        + ")"
        + (usual ? "" : ".features(" + features + ")")
        + (eps == 1e-6 ? "" : ".eps(" + eps + ")")
        + (isCausal ? ".causal()" : "");
  }
}
