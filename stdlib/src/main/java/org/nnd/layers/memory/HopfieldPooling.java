package org.nnd.layers.memory;

import org.nnd.dsl.Block;
import org.nnd.dsl.Check;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.layers.Expect;

/**
 * Pooling of a set {@code [N, S, E]} by trained state patterns (Ramsauer et al. 2021,
 * HopfieldPooling): {@code [N, quantity · out]}. A second input is the pattern projection. Masks
 * are those of {@link Hopfield}. Variables: {@code pooling_weights [1, quantity, D]}, and those of
 * Hopfield under {@code hopfield}.
 */
public record HopfieldPooling(Association association, int quantity, boolean trainable, Site site)
    implements Block, HopfieldOptions<HopfieldPooling> {
  public HopfieldPooling {
    Check.positive("hopfieldPooling", "quantity", quantity);
  }

  @Override
  public HopfieldPooling with(Association other) {
    return new HopfieldPooling(other, quantity, trainable, site);
  }

  /** {@return this with so many trained state patterns} */
  public HopfieldPooling quantity(int count) {
    return new HopfieldPooling(association, count, trainable, site);
  }

  /** {@return this where the state patterns stay as they are at first} */
  public HopfieldPooling trainable(boolean wanted) {
    return new HopfieldPooling(association, quantity, wanted, site);
  }

  @Override
  public Tensors lower(Lowering at, Tensors inputs) {
    Tensors main = inputs.main();
    if (main.size() < 1 || main.size() > 2) {
      throw at.error(
          "hopfieldPooling expects a set and perhaps a pattern projection, got %s", main.names());
    }
    Tensor stored = main.get(0);
    Expect.rank(at, "hopfieldPooling", stored, 3, "a set of patterns [N, length, features]");
    Tensor projection = main.get(main.size() - 1);
    int features = Expect.fixed(at, "hopfieldPooling", stored, 2, "features");
    Association.Sizes sizes = association.sizes();
    int input = sizes.input() > 0 ? sizes.input() : features;
    int width =
        association.statics().state()
            ? sizes.hidden() > 0 ? sizes.hidden() : input / association.heads()
            : input;
    Tensor states = Trained.patterns(at, "pooling_weights", trainable, quantity, width);
    Tensor pooled =
        Trained.inside(
            at,
            "hopfield",
            association,
            new Projections.Patterns(stored, states, projection),
            inputs,
            stored.dim(0));
    return Tensors.of(pooled.flatten(1));
  }

  @Override
  public String toString() {
    return "hopfieldPooling()" + (quantity == 1 ? "" : ".quantity(" + quantity + ")") + association;
  }
}
