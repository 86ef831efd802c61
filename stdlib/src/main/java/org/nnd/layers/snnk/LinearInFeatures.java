package org.nnd.layers.snnk;

import java.util.Optional;
import org.nnd.dsl.Expanded;
import org.nnd.dsl.Layer;

/**
 * A layer whose outputs are linear in a trained matrix {@code [out, width]} and otherwise in fixed
 * features, so that the matrix of least squares has a closed form.
 */
public sealed interface LinearInFeatures extends Layer permits SnnkLayer, Bundle {
  /** {@return the layer as one of these, also where its children are explicit} */
  static Optional<LinearInFeatures> of(Layer layer) {
    return switch (layer) {
      case LinearInFeatures linear -> Optional.of(linear);
      case Expanded expanded -> of(expanded.block());
      default -> Optional.empty();
    };
  }

  /** {@return the features, to be called in this layer's place} */
  Layer features();

  /** {@return the name of the matrix} */
  String solved();

  /** {@return whether a variable {@code bias} is added to the outputs} */
  default boolean hasBias() {
    return this instanceof Bundle bundle && bundle.bias();
  }
}
