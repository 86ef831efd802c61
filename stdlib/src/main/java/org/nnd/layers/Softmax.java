package org.nnd.layers;

import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.UnaryLayer;

/** Exponentials over their sum along an axis, negative ones counted from the end. */
public record Softmax(int axis, Site site) implements UnaryLayer {
  @Override
  public Tensor lower(Lowering at, Tensor x) {
    Expect.floats(at, "softmax", x);
    return x.softmax(axis);
  }

  @Override
  public String toString() {
    return "softmax(" + axis + ")";
  }
}
