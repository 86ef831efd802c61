package org.nnd.layers;

import java.util.List;
import org.nnd.dsl.Check;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.UnaryLayer;
import org.nnd.ir.composite.Normalizations;

/**
 * Normalises every position over its features (Ba, Kiros and Hinton 2016): the last axis, or axis 1
 * of {@code [N, C, …]} with channels first. Variables: {@code weight}, {@code bias}, both {@code
 * [features]}.
 */
public record LayerNorm(double eps, boolean isChannelsFirst, boolean affine, Site site)
    implements UnaryLayer {
  /** {@return this with another number above 0 in the denominator, against division by zero} */
  public LayerNorm eps(double value) {
    Check.positive("layerNorm", "eps", value);
    return new LayerNorm(value, isChannelsFirst, affine, site);
  }

  /** {@return this over axis 1, for pictures} */
  public LayerNorm channelsFirst() {
    return new LayerNorm(eps, true, affine, site);
  }

  /** {@return this with a learnt weight and bias for each channel, or without} */
  public LayerNorm affine(boolean wanted) {
    return new LayerNorm(eps, isChannelsFirst, wanted, site);
  }

  @Override
  public Tensor lower(Lowering at, Tensor x) {
    Expect.rankAtLeast(at, "layerNorm", x, 2, isChannelsFirst ? "[N, C, …]" : "[N, …, features]");
    Expect.floats(at, "layerNorm", x);
    int axis = isChannelsFirst ? 1 : x.rank() - 1;
    int features = Expect.fixed(at, "layerNorm", x, axis, "features");
    Norms.Affine to = Norms.affine(at, affine, features);
    return Tensor.of(
        Normalizations.layerNorm(x.node(), to.scale(), to.shift(), List.of(axis), eps));
  }

  @Override
  public String toString() {
    List<String> options = isChannelsFirst ? List.of(".channelsFirst()") : List.of();
    return Norms.text("layerNorm()", options, eps, 1e-5, affine);
  }
}
