package org.nnd.layers;

import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.UnaryLayer;

/** The positions of a picture as a sequence: {@code [N, C, spatial…]} to {@code [N, length, C]}. */
public record Tokens(Site site) implements UnaryLayer {
  @Override
  public Tensor lower(Lowering at, Tensor x) {
    Expect.rankAtLeast(at, "tokens", x, 3, "[N, C, spatial…]");
    return x.flatten(2).transpose(1, 2);
  }

  @Override
  public String toString() {
    return "tokens()";
  }
}
