package org.nnd.opencl.lower;

import org.nnd.ir.Dim;
import org.nnd.opencl.kernel.Index;

/**
 * The axis along which values are vectors, and how many lanes they have: lane {@code l} holds the
 * value at {@code axis + l}.
 *
 * @param aligned whether {@code axis} is a multiple of {@code count}
 */
record Lanes(Index.Atom axis, int count, boolean aligned) {
  /** Scalars; the axis is one that no index mentions. */
  static final Lanes NONE = new Lanes(new Index.Axis("no lanes", Dim.ONE), 1, true);

  /** {@return lanes along the only atom of {@code axis}; scalars where that is a constant} */
  static Lanes along(Index axis, int count) {
    return count == 1 || axis.isConstant() ? NONE : new Lanes(axis.atoms().get(0), count, false);
  }

  /** {@return lanes along an axis that moves in steps of {@code count} from 0} */
  static Lanes inSteps(Index axis, int count) {
    Lanes lanes = along(axis, count);
    return new Lanes(lanes.axis, lanes.count, true);
  }

  boolean isScalar() {
    return count == 1;
  }

  boolean mentionedBy(Index index) {
    return index.mentions(axis);
  }

  /** {@return the position in one lane} */
  Index at(Index index, int lane) {
    return index.substitute(axis, Index.of(axis).plus(lane));
  }
}
