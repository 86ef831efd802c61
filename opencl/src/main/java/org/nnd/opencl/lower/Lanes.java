package org.nnd.opencl.lower;

import org.nnd.ir.Dim;
import org.nnd.opencl.kernel.Index;

/**
 * The axis along which values are vectors, and how many lanes they have: lane {@code l} holds the
 * value at {@code axis + l}.
 */
record Lanes(Index.Atom axis, int count) {
  /** Scalars; the axis is one that no index mentions. */
  static final Lanes NONE = new Lanes(new Index.Axis("no lanes", Dim.ONE), 1);

  /** {@return lanes along the only atom of {@code axis}; scalars where that is a constant} */
  static Lanes along(Index axis, int count) {
    return count == 1 || axis.isConstant() ? NONE : new Lanes(axis.atoms().get(0), count);
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
