package org.nnd.dsl;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.nnd.ir.Dim;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;

/** The first elements of a variable along every axis, as the variable of a smaller network. */
final class LeadingBlock {
  private LeadingBlock() {}

  /** Wants {@code part} to be of the same kind and type, and no larger along any axis. */
  static void check(Variable whole, Variable part) {
    Shape outer = whole.type().shape();
    Shape inner = part.type().shape();
    boolean fits =
        whole.kind() == part.kind()
            && whole.type().dtype() == part.type().dtype()
            && outer.rank() == inner.rank();
    for (int axis = 0; fits && axis < inner.rank(); axis++) {
      fits = inner.size(axis) <= outer.size(axis);
    }
    if (!fits) {
      throw new NndException(
          "the smaller network's variable '%s' is %s, which is no leading block of the larger one's %s"
              .formatted(part.path(), part.type(), whole.type()));
    }
  }

  static Node of(Node whole, Shape shape) {
    if (whole.shape().equals(shape)) {
      return whole;
    }
    return Operations.slice(
        whole,
        Collections.nCopies(shape.rank(), Dim.ZERO),
        shape.dims(),
        Collections.nCopies(shape.rank(), 1));
  }

  /** {@return {@code whole} with {@code block} in place of its first elements} */
  static Node replaced(Node whole, Node block) {
    Node grown = block;
    for (int axis = whole.rank() - 1; axis >= 0; axis--) {
      Dim size = grown.shape().dim(axis);
      Dim full = whole.shape().dim(axis);
      if (!size.equals(full)) {
        List<Dim> limits = new ArrayList<>(grown.shape().dims());
        limits.set(axis, full);
        List<Dim> starts = new ArrayList<>(Collections.nCopies(whole.rank(), Dim.ZERO));
        starts.set(axis, size);
        Node rest = Operations.slice(whole, starts, limits, Collections.nCopies(whole.rank(), 1));
        grown = Operations.concatenate(List.of(grown, rest), axis);
      }
    }
    return grown;
  }
}
