package org.nnd.layers.associative;

import org.nnd.dsl.Check;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.UnaryLayer;
import org.nnd.layers.Expect;

/**
 * Noise on binary activity in training (Coyac et al. 2017): an active neuron falls silent with the
 * probability of an erasure, a silent one (0) becomes active (1) with that of an insertion.
 */
public record BinaryNoise(double insertions, double erasures, Site site) implements UnaryLayer {
  public BinaryNoise {
    Check.fraction("binaryNoise", "the probability of an insertion", insertions);
    Check.fraction("binaryNoise", "the probability of an erasure", erasures);
  }

  @Override
  public Tensor lower(Lowering at, Tensor x) {
    Expect.floats(at, "binaryNoise", x);
    if (!at.training()) {
      return x;
    }
    Tensor draw = at.uniform(x.shape()).cast(x.dtype());
    Tensor active = draw.lt(erasures).where(0, x);
    Tensor silent = draw.lt(insertions).where(1, x);
    return x.gt(0).where(active, silent);
  }

  @Override
  public String toString() {
    return "binaryNoise(" + insertions + ", " + erasures + ")";
  }
}
