package org.nnd.layers;

import java.util.Optional;
import org.nnd.dsl.Initializer;

/** How weight and bias of a linear layer start; without a bias given, as in PyTorch. */
public record Initial(Initializer weight, Optional<Initializer> bias) {
  /** PyTorch's: uniform within {@code 1 / sqrt(fanIn)}, for both. */
  static final Initial STANDARD =
      new Initial(Initializer.kaimingUniform(Math.sqrt(5)), Optional.empty());

  /** {@return that of the bias, for a weight of the given fan-in} */
  Initializer bias(long fanIn) {
    return bias.orElseGet(() -> Initializer.kaimingUniform(Math.sqrt(5), fanIn));
  }
}
