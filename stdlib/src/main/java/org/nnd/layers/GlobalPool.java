package org.nnd.layers;

import java.util.stream.IntStream;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.UnaryLayer;

/**
 * The largest or average element over all positions: {@code [N, C, spatial…]} to {@code [N, C]}.
 */
public record GlobalPool(boolean max, Site site) implements UnaryLayer {
  @Override
  public Tensor lower(Lowering at, Tensor x) {
    Expect.rankAtLeast(at, kind(), x, 3, "[N, C, spatial…]");
    Expect.floats(at, kind(), x);
    int[] axes = IntStream.range(2, x.rank()).toArray();
    return max ? x.max(axes) : x.mean(axes);
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
