package org.nnd.layers;

import java.util.Optional;
import org.nnd.dsl.Check;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.UnaryLayer;

/**
 * {@code x weight^T + bias}: {@code [N, …, in]} to {@code [N, …, out]}. Variables: {@code weight
 * [out, in]}, {@code bias [out]}.
 */
public record Dense(int out, boolean bias, Initial initial, Site site) implements UnaryLayer {
  public Dense {
    Check.positive("dense", "the number of outputs", out);
  }

  /** {@return this with a bias added to the result, or without one} */
  public Dense bias(boolean wanted) {
    return new Dense(out, wanted, initial, site);
  }

  /** {@return this with other initial distributions of weight and bias} */
  public Dense initializer(Initializer weight, Initializer bias) {
    return new Dense(out, this.bias, new Initial(weight, Optional.of(bias)), site);
  }

  @Override
  public Tensor lower(Lowering at, Tensor x) {
    Expect.rankAtLeast(at, "dense", x, 2, "[N, …, features]");
    Expect.floats(at, "dense", x);
    int in = Expect.fixed(at, "dense", x, -1, "features");
    Tensor weight = at.parameter("weight", initial.weight(), out, in);
    Tensor y = x.matmul(weight.transpose());
    return bias ? y.add(at.parameter("bias", initial.bias(in), out)) : y;
  }

  @Override
  public String toString() {
    return "dense(" + out + ")" + (bias ? "" : ".bias(false)");
  }
}
