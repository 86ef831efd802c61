package org.nnd.layers.memory;

import org.nnd.dsl.Check;
import org.nnd.layers.LayerNorm;
import org.nnd.layers.Layers;

/**
 * How patterns are normalised over their features: not at all, by a layer norm, or by one with
 * weight and bias.
 */
public record PatternNorm(boolean wanted, boolean affine, double eps) {
  public static final PatternNorm NONE = new PatternNorm(false, false, 1e-5);
  public static final PatternNorm PLAIN = new PatternNorm(true, false, 1e-5);
  public static final PatternNorm AFFINE = new PatternNorm(true, true, 1e-5);

  public PatternNorm {
    Check.positive("hopfield", "eps of a norm", eps);
    if (affine && !wanted) {
      throw Check.error("hopfield: weight and bias of a norm need the norm; use PatternNorm.NONE");
    }
  }

  /** {@return this with another number added to the variance, against division by zero} */
  public PatternNorm eps(double value) {
    return new PatternNorm(wanted, affine, value);
  }

  LayerNorm layer() {
    return Layers.layerNorm().eps(eps).affine(affine);
  }
}
