package org.nnd.layers.associative;

import org.nnd.dsl.Check;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.UnaryLayer;
import org.nnd.layers.Expect;

/**
 * Classes by their distance to prototypes (Snell et al. 2017; Tucker and Shah 2022): encodings
 * {@code [N, D]} to logits {@code -|z - p|^2}, {@code [N, classes]}. Variable: {@code prototypes
 * [classes, D]}.
 */
public record Prototypes(int classes, Site site) implements UnaryLayer {
  public Prototypes {
    Check.positive("prototypes", "the number of classes", classes);
  }

  @Override
  public Tensor lower(Lowering at, Tensor x) {
    Expect.rank(at, "prototypes", x, 2, "encodings [N, D]");
    Expect.floats(at, "prototypes", x);
    int width = Expect.fixed(at, "prototypes", x, 1, "features");
    return logits(x, at.parameter("prototypes", Initializer.normal(0, 1), classes, width));
  }

  /** {@return {@code -|z - p|^2}, {@code [N, classes]}} */
  static Tensor logits(Tensor z, Tensor prototypes) {
    return z.unsqueeze(1).sub(prototypes).square().sum(2).neg();
  }

  @Override
  public String toString() {
    return "prototypes(" + classes + ")";
  }
}
