package org.nnd.layers;

import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.UnaryLayer;

/** Every example as one vector: {@code [N, …]} to {@code [N, features]}. */
public record Flatten(Site site) implements UnaryLayer {
  @Override
  public Tensor lower(Lowering at, Tensor x) {
    return x.rank() < 2 ? x.unsqueeze(-1) : x.flatten(1);
  }

  @Override
  public String toString() {
    return "flatten()";
  }
}
