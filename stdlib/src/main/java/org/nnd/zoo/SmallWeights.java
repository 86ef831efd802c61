package org.nnd.zoo;

import org.nnd.dsl.Initializer;
import org.nnd.dsl.Layer;
import org.nnd.layers.Conv;
import org.nnd.layers.Dense;

/** The initial values of ConvNeXt and its relatives: weights of deviation 0.02, biases 0. */
final class SmallWeights {
  private SmallWeights() {}

  static Layer of(Layer network) {
    Initializer weight = Initializer.truncatedNormal(0.02);
    Initializer bias = Initializer.zeros();
    return network
        .rewrite(Conv.class, conv -> conv.initializer(weight, bias))
        .rewrite(Dense.class, dense -> dense.initializer(weight, bias));
  }
}
