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
public record Embedding(int count, int features, Initializer initial, boolean isByRows, Site site)
    implements UnaryLayer {
  public Embedding {
    Check.positive("embedding", "the number of rows", count);
    Check.positive("embedding", "the number of features", features);
  }

  /** {@return this with another initial distribution of the table} */
  public Embedding initializer(Initializer value) {
    return new Embedding(count, features, value, isByRows, site);
  }

  /**
   * {@return this where training changes the rows that a step has read, and no others, so that a
   * step's cost does not grow with the table}
   */
  public Embedding byRows() {
    return new Embedding(count, features, initial, true, site);
  }

  @Override
  public Tensor lower(Lowering at, Tensor x) {
    Expect.dtype(at, "embedding", x, DType.I32);
    Tensor weight =
        isByRows
            ? at.table("weight", initial, count, features)
            : at.parameter("weight", initial, count, features);
    return weight.gather(x, 0);
  }

  @Override
  public String toString() {
    return "embedding(" + count + ", " + features + ")" + (isByRows ? ".byRows()" : "");
  }
}
