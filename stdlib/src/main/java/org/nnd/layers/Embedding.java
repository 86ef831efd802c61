package org.nnd.layers;

import org.nnd.dsl.Check;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.UnaryLayer;
import org.nnd.ir.DType;

/**
 * The row of a table for each i32 index: {@code [N, …]} to {@code [N, …, features]}. An index
 * outside the table reads zeros. Variable: {@code weight [count, features]}.
 */
public record Embedding(int count, int features, Site site) implements UnaryLayer {
  public Embedding {
    Check.positive("embedding", "the number of rows", count);
    Check.positive("embedding", "the number of features", features);
  }

  @Override
  public Tensor lower(Lowering at, Tensor x) {
    Expect.dtype(at, "embedding", x, DType.I32);
    return at.parameter("weight", Initializer.normal(0, 1), count, features).gather(x, 0);
  }

  @Override
  public String toString() {
    return "embedding(" + count + ", " + features + ")";
  }
}
