package org.nnd.layers;

import java.util.Collections;
import org.nnd.dsl.Check;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.UnaryLayer;
import org.nnd.ir.Dim;
import org.nnd.ir.Shape;

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
    Shape shape = x.shape();
    if (perExample) {
      Shape ones = new Shape(Collections.nCopies(x.rank() - 1, Dim.ONE));
      shape = ones.prepend(x.dim(0));
    }
    Tensor keep = at.uniform(shape).ge(rate);
    return x.mul(keep.cast(x.dtype()).mul(1 / (1 - rate)));
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
