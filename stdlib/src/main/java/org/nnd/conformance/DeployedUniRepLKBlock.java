package org.nnd.conformance;

import static org.nnd.dsl.Combinators.identity;
import static org.nnd.dsl.Combinators.named;
import static org.nnd.dsl.Combinators.residual;
import static org.nnd.dsl.Combinators.sequential;
import static org.nnd.layers.Layers.dense;
import static org.nnd.layers.Layers.depthwise;
import static org.nnd.layers.Layers.gelu;
import static org.nnd.layers.Layers.grn;
import static org.nnd.layers.Layers.permute;
import static org.nnd.layers.Layers.squeezeExcite;

import org.nnd.dsl.Layer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Recipe;
import org.nnd.dsl.Tensors;
import org.nnd.layers.UniRepLKBlock;

/**
 * The block that the official implementation builds with {@code deploy=True}: biases instead of
 * batch norms, no shift in GRN, no layer scale.
 */
record DeployedUniRepLKBlock(UniRepLKBlock block) implements Recipe {
  @Override
  public Layer body(Lowering at, Tensors inputs) {
    int channels = inputs.one().size(1);
    int inside = (int) (block.ffnRatio() * channels);
    return residual(
        named("dwconv", large(block.kernel())),
        named("se", squeezeExcite().reduction(4)),
        named("pwconv1", sequential(permute(0, 2, 3, 1), dense(inside))),
        named("act", sequential(gelu(), grn().shift(false))),
        named("pwconv2", sequential(dense(channels), permute(0, 3, 1, 2))));
  }

  private static Layer large(int kernel) {
    if (kernel == 0) {
      return identity();
    }
    return kernel >= 7 ? sequential(named("lk_origin", depthwise(kernel))) : depthwise(kernel);
  }

  @Override
  public String toString() {
    return block + " deployed";
  }
}
