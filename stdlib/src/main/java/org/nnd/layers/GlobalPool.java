package org.nnd.layers;

import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.UnaryLayer;
import org.nnd.ir.composite.Pooling;

/**
 * The largest or average element over all positions: {@code [N, C, spatial…]} to {@code [N, C]}.
 */
public record GlobalPool(boolean max, Site site) implements UnaryLayer {
  @Override
  public Tensor lower(Lowering at, Tensor x) {
    Expect.rankAtLeast(at, kind(), x, 3, "[N, C, spatial…]");
    Expect.floats(at, kind(), x);
    return Tensor.of(max ? Pooling.globalMaxPool(x.node()) : Pooling.globalAvgPool(x.node()));
  }

  @Override
  public String kind() {
    return max ? "globalMaxPool" : "globalAvgPool";
  }

  @Override
  public String toString() {
    return kind() + "()";
  }
}
