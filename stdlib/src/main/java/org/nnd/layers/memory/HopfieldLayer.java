package org.nnd.layers.memory;

import org.nnd.dsl.Block;
import org.nnd.dsl.Check;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.layers.Expect;

/**
 * Look-up in trained patterns (Ramsauer et al. 2021, HopfieldLayer): states {@code [N, L, D]} to
 * {@code [N, L, out]}. Variables: {@code lookup_weights [1, quantity, E]}, {@code target_weights}
 * where these are separate from what they are found by, and those of Hopfield under {@code
 * hopfield}.
 */
public record HopfieldLayer(
    Association association,
    int quantity,
    boolean separated,
    boolean trainable,
    boolean targetsTrainable,
    Site site)
    implements Block, HopfieldOptions<HopfieldLayer> {
  public HopfieldLayer {
    Check.positive("hopfieldLayer", "quantity", quantity);
  }

  @Override
  public HopfieldLayer with(Association other) {
    return new HopfieldLayer(other, quantity, separated, trainable, targetsTrainable, site);
  }

  /** {@return this where what is retrieved is trained apart from what it is found by} */
  public HopfieldLayer separatedTargets() {
    return new HopfieldLayer(association, quantity, true, trainable, targetsTrainable, site);
  }

  /** {@return this where the stored patterns, and the separate targets, are trained or not} */
  public HopfieldLayer trainable(boolean stored, boolean targets) {
    return new HopfieldLayer(association, quantity, separated, stored, targets, site);
  }

  /** {@return this with stored patterns of so many features} */
  public HopfieldLayer storedSize(int size) {
    Check.positive("hopfieldLayer", "the size of the stored patterns", size);
    Association.Sizes s = association.sizes();
    return with(
        association.with(
            new Association.Sizes(
                s.input(), s.hidden(), s.output(), s.pattern(), size, s.projection())));
  }

  /** {@return this with separate targets of so many features} */
  public HopfieldLayer targetSize(int size) {
    Check.positive("hopfieldLayer", "the size of the targets", size);
    Association.Sizes s = association.sizes();
    return with(
        association.with(
            new Association.Sizes(
                s.input(), s.hidden(), s.output(), s.pattern(), s.stored(), size)));
  }

  @Override
  public Tensors lower(Lowering at, Tensors inputs) {
    Tensor x = inputs.one();
    Expect.rank(at, "hopfieldLayer", x, 3, "states [N, length, features]");
    int features = Expect.fixed(at, "hopfieldLayer", x, 2, "features");
    Association.Sizes sizes = association.sizes();
    int stored = sizes.stored() > 0 ? sizes.stored() : features;
    if (association.statics().stored()) {
      stored = sizes.hidden() > 0 ? sizes.hidden() : features / association.heads();
    }
    if (!separated && sizes.projection() > 0 && sizes.projection() != stored) {
      throw at.error(
          "hopfieldLayer: targets of %d features differ from the %d of the stored patterns; they"
              + " need separatedTargets()",
          sizes.projection(), stored);
    }
    Tensor keys = Trained.patterns(at, "lookup_weights", trainable, quantity, stored);
    int target = sizes.projection() > 0 ? sizes.projection() : stored;
    Tensor targets =
        separated
            ? Trained.patterns(at, "target_weights", targetsTrainable, quantity, target)
            : keys;
    Projections.Patterns patterns = new Projections.Patterns(keys, x, targets);
    return Tensors.of(Trained.inside(at, "hopfield", association, patterns, inputs, x.dim(0)))
        .with(inputs.masks());
  }

  @Override
  public String toString() {
    return "hopfieldLayer("
        + quantity
        + ")"
        + (separated ? ".separatedTargets()" : "")
        + association;
  }
}
