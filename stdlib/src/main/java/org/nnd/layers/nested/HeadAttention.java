package org.nnd.layers.nested;

import org.nnd.dsl.Check;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.UnaryLayer;
import org.nnd.ir.Dim;
import org.nnd.layers.Expect;

/**
 * Self-attention of tokens {@code [N, L, E]} with heads of a given size, whatever E is (Vaswani et
 * al. 2017, section 3.2.2): the first heads of such a layer are a smaller one, so that it can be
 * elastic in its heads. Variables: {@code q_proj.weight}, {@code k_proj.weight}, {@code
 * v_proj.weight}, all {@code [heads * size, E]} with biases, {@code out_proj.weight [E, heads *
 * size]} and {@code out_proj.bias [E]}.
 *
 * @param size features of a head
 */
public record HeadAttention(int heads, int size, Site site) implements UnaryLayer {
  public HeadAttention {
    Check.positive("headAttention", "the number of heads", heads);
    Check.positive("headAttention", "the size of a head", size);
  }

  @Override
  public Tensor lower(Lowering at, Tensor x) {
    Expect.rank(at, "headAttention", x, 3, "[N, length, features]");
    Expect.floats(at, "headAttention", x);
    int features = Expect.fixed(at, "headAttention", x, 2, "features");
    Tensor query = split(projection(at, "q_proj", x, heads * size, features));
    Tensor key = split(projection(at, "k_proj", x, heads * size, features));
    Tensor value = split(projection(at, "v_proj", x, heads * size, features));
    Tensor weights = query.matmul(key.transpose()).mul(1 / Math.sqrt(size)).softmax(-1);
    Tensor mixed = weights.matmul(value).transpose(1, 2);
    Tensor joined = mixed.reshape(x.dim(0), x.dim(1), Dim.of((long) heads * size));
    return projection(at, "out_proj", joined, features, heads * size);
  }

  private static Tensor projection(Lowering at, String name, Tensor x, int out, int in) {
    Tensor weight = at.parameter(name + ".weight", Initializer.xavier(), out, in);
    return x.matmul(weight.transpose()).add(at.parameter(name + ".bias", Initializer.zeros(), out));
  }

  /** {@code [N, L, heads * size]} to {@code [N, heads, L, size]}. */
  private Tensor split(Tensor x) {
    return x.reshape(x.dim(0), x.dim(1), Dim.of(heads), Dim.of(size)).transpose(1, 2);
  }

  @Override
  public String toString() {
    return "headAttention(" + heads + ", " + size + ")";
  }
}
