package org.nnd.layers.memory;

import org.nnd.dsl.Block;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.ir.Dim;

/** Patterns that are variables of the layer, the same for all examples. */
final class Trained {
  private Trained() {}

  /** {@return patterns {@code [1, quantity, features]}} */
  static Tensor patterns(Lowering at, String name, boolean trainable, int quantity, int features) {
    Initializer small = Initializer.normal(0, 0.02);
    return trainable
        ? at.parameter(name, small, 1, quantity, features)
        : at.buffer(name, small, 1, quantity, features);
  }

  /** {@return the association of some of these patterns, its variables under {@code name}} */
  static Tensor inside(
      Lowering at,
      String name,
      Association association,
      Projections.Patterns patterns,
      Tensors inputs,
      Dim batch) {
    return at.call(name, new Inside(association, patterns, batch), inputs).one();
  }

  /** Hopfield with patterns that are no inputs. */
  private record Inside(Association association, Projections.Patterns patterns, Dim batch)
      implements Block {
    @Override
    public Tensors lower(Lowering at, Tensors inputs) {
      return Tensors.of(Hopfield.associate(at, association, patterns, inputs, batch));
    }

    @Override
    public String kind() {
      return "hopfield";
    }

    @Override
    public String toString() {
      return "hopfield()" + association;
    }
  }
}
