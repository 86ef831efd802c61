package org.nnd.layers;

import java.util.List;
import org.nnd.dsl.Check;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.UnaryLayer;
import org.nnd.ir.composite.Normalizations;

/**
 * Normalises {@code [N, C, spatial…]} over groups of channels and all positions (Wu and He 2018).
 * {@code groups} 0 makes every channel a group: instance normalisation (Ulyanov et al. 2016).
 * Variables: {@code weight}, {@code bias}, both {@code [C]}.
 */
public record GroupNorm(int groups, double eps, boolean affine, Site site) implements UnaryLayer {
  /** {@return this with another number above 0 in the denominator, against division by zero} */
  public GroupNorm eps(double value) {
    Check.positive(kind(), "eps", value);
    return new GroupNorm(groups, value, affine, site);
  }

  /** {@return this with a learnt weight and bias for each channel, or without} */
  public GroupNorm affine(boolean wanted) {
    return new GroupNorm(groups, eps, wanted, site);
  }

  @Override
  public Tensor lower(Lowering at, Tensor x) {
    Expect.rankAtLeast(at, kind(), x, groups == 0 ? 3 : 2, "[N, C, …]");
    Expect.floats(at, kind(), x);
    int channels = Expect.fixed(at, kind(), x, 1, "channels");
    int parts = groups == 0 ? channels : groups;
    Expect.divides(at, kind(), parts, "groups", channels, "channels");
    Norms.Affine to = Norms.affine(at, affine, channels);
    return Tensor.of(
        groups == 0
            ? Normalizations.instanceNorm(x.node(), to.scale(), to.shift(), eps)
            : Normalizations.groupNorm(x.node(), to.scale(), to.shift(), groups, eps));
  }

  @Override
  public String kind() {
    return groups == 0 ? "instanceNorm" : "groupNorm";
  }

  @Override
  public String toString() {
    String head = groups == 0 ? "instanceNorm()" : "groupNorm(" + groups + ")";
    return Norms.text(head, List.of(), eps, 1e-5, affine);
  }
}
