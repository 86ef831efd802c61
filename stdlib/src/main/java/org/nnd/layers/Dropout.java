package org.nnd.layers;

import org.nnd.dsl.Check;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.UnaryLayer;
import org.nnd.ir.composite.Noise;

/**
 * Sets a share of the numbers to zero in training and scales the others by {@code 1 / (1 - rate)}
 * (Srivastava et al. 2014); whole examples instead with {@code perExample}: the drop path of a
 * residual branch (Huang et al. 2016). The identity in inference.
 */
public record Dropout(double rate, boolean perExample, Site site) implements UnaryLayer {
  public Dropout {
    Check.fraction(perExample ? "dropPath" : "dropout", "the rate", rate);
  }

  @Override
  public Tensor lower(Lowering at, Tensor x) {
    Expect.floats(at, kind(), x);
    if (!at.training() || rate == 0) {
      return x;
    }
    Lowering.RandomKey key = at.randomKey();
    return Tensor.of(
        perExample
            ? Noise.dropPath(x.node(), rate, key.seed(), key.step(), key.stream(), key.use())
            : Noise.dropout(x.node(), rate, key.seed(), key.step(), key.stream(), key.use()));
  }

  @Override
  public String kind() {
    return perExample ? "dropPath" : "dropout";
  }

  @Override
  public String toString() {
    return kind() + "(" + rate + ")";
  }
}
