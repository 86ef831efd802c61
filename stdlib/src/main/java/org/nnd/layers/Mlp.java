package org.nnd.layers;

import static org.nnd.dsl.Combinators.named;
import static org.nnd.dsl.Combinators.sequential;

import org.nnd.dsl.Check;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Recipe;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensors;

/**
 * The feed-forward part of a transformer, on the last axis: {@code fc2(act(fc1(x)))} with {@code
 * ratio} times as many features inside, each followed by dropout. Variables as in timm.
 */
public record Mlp(double ratio, Activation activation, double dropout, Site site)
    implements Recipe {
  public Mlp {
    Check.positive("mlp", "the ratio", ratio);
  }

  /** {@return this with the function of the given name} */
  public Mlp activation(String name) {
    return new Mlp(ratio, new Activation(Activation.Function.named(name)), dropout, site);
  }

  /**
   * {@return this with a share {@code rate} of the features zeroed in training, after each of the
   * two layers}
   */
  public Mlp dropout(double rate) {
    Check.fraction("mlp", "dropout", rate);
    return new Mlp(ratio, activation, rate, site);
  }

  @Override
  public Layer body(Lowering at, Tensors inputs) {
    Expect.rankAtLeast(at, "mlp", inputs.one(), 2, "[N, …, features]");
    int features = Expect.fixed(at, "mlp", inputs.one(), -1, "features");
    return sequential(
        named("fc1", Layers.dense((int) (features * ratio))),
        named("act", activation),
        named("drop1", Layers.dropout(dropout)),
        named("fc2", Layers.dense(features)),
        named("drop2", Layers.dropout(dropout)));
  }

  @Override
  public String toString() {
    String function = activation.function().toString();
    return "mlp("
        + ratio
        + ")"
        + (function.equals("gelu") ? "" : ".activation(\"" + function + "\")")
        + (dropout == 0 ? "" : ".dropout(" + dropout + ")");
  }
}
