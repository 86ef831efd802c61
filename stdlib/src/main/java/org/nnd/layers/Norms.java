package org.nnd.layers;

import java.util.List;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Tensor;
import org.nnd.ir.Node;
import org.nnd.ir.Shape;

/** What the normalisation layers have in common. */
final class Norms {
  private Norms() {}

  /** The vectors {@code scale} and {@code shift} after a normalisation. */
  record Affine(Node scale, Node shift) {}

  /** {@return the variables {@code weight} and {@code bias} of n features, or ones and zeros} */
  static Affine affine(Lowering at, boolean wanted, int n) {
    Tensor scale = wanted ? at.parameter("weight", Initializer.ones(), n) : constant(at, 1, n);
    Tensor shift = wanted ? at.parameter("bias", Initializer.zeros(), n) : constant(at, 0, n);
    return new Affine(scale.node(), shift.node());
  }

  private static Tensor constant(Lowering at, double value, int n) {
    return Tensor.full(at.dtype(), Shape.of(n), value);
  }

  static String text(
      String head, List<String> options, double eps, double standardEps, boolean affine) {
    return head
        + String.join("", options)
        + (eps == standardEps ? "" : ".eps(" + eps + ")")
        + (affine ? "" : ".affine(false)");
  }
}
