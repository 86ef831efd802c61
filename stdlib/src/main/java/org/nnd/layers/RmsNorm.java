package org.nnd.layers;

import java.util.List;
import org.nnd.dsl.Check;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.UnaryLayer;
import org.nnd.ir.Shape;
import org.nnd.ir.composite.Normalizations;

/**
 * Divides {@code [N, …, features]} by the root of the mean square over the features (Zhang and
 * Sennrich 2019). Variable: {@code weight [features]}.
 */
public record RmsNorm(double eps, boolean affine, Site site) implements UnaryLayer {
  /** {@return this with another number above 0 in the denominator, against division by zero} */
  public RmsNorm eps(double value) {
    Check.positive("rmsNorm", "eps", value);
    return new RmsNorm(value, affine, site);
  }

  /** {@return this with a learnt weight and bias for each channel, or without} */
  public RmsNorm affine(boolean wanted) {
    return new RmsNorm(eps, wanted, site);
  }

  @Override
  public Tensor lower(Lowering at, Tensor x) {
    Expect.rankAtLeast(at, "rmsNorm", x, 2, "[N, …, features]");
    Expect.floats(at, "rmsNorm", x);
    int features = Expect.fixed(at, "rmsNorm", x, -1, "features");
    Tensor scale =
        affine
            ? at.parameter("weight", Initializer.ones(), features)
            : Tensor.full(x.dtype(), Shape.of(features), 1);
    List<Integer> last = List.of(x.rank() - 1);
    return Tensor.of(Normalizations.rmsNorm(x.node(), scale.node(), last, eps));
  }

  @Override
  public String toString() {
    return Norms.text("rmsNorm()", List.of(), eps, 1e-6, affine);
  }
}
