package org.nnd.ir.gradient;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;

/** Transposes of the linear maps that move elements. */
final class ShapeRules {
  private ShapeRules() {}

  static Node transpose(Op.Transpose op, Node g) {
    return Operations.transpose(g, inverse(op.permutation()));
  }

  static List<Integer> inverse(List<Integer> permutation) {
    return Operations.axes(permutation.size()).stream().map(permutation::indexOf).toList();
  }

  /** An element that was repeated collects the sum of its copies. */
  static Node broadcast(Op.Broadcast op, Node node, Node g) {
    Shape from = node.operand(0).shape();
    List<Integer> repeated = new ArrayList<>(Operations.axes(op.shape().rank()));
    for (int i = 0; i < from.rank(); i++) {
      int axis = op.axes().get(i);
      if (from.dim(i).equals(op.shape().dim(axis))) {
        repeated.remove(Integer.valueOf(axis));
      }
    }
    return Operations.reshape(Operations.sum(g, repeated), from);
  }

  /** Puts g back at its places, zeros between and around. */
  static Node slice(Op.Slice op, Node node, Node g) {
    Shape from = node.operand(0).shape();
    List<Dim> low = new ArrayList<>();
    List<Dim> high = new ArrayList<>();
    List<Integer> interior = new ArrayList<>();
    for (int axis = 0; axis < from.rank(); axis++) {
      int stride = op.stride().get(axis);
      Dim count = node.shape().dim(axis);
      Dim spread = count.is(0) ? count : count.minus(1).times(stride).plus(1);
      low.add(op.start().get(axis));
      high.add(from.dim(axis).minus(op.start().get(axis)).minus(spread));
      interior.add(stride - 1);
    }
    return Operations.pad(g, low, high, interior, 0);
  }

  /** Crops what was put around, restores zeros for what was cropped, and picks between holes. */
  static Node pad(Op.Pad op, Node node, Node g) {
    Shape from = node.operand(0).shape();
    List<Dim> low = new ArrayList<>();
    List<Dim> high = new ArrayList<>();
    List<Integer> stride = new ArrayList<>();
    for (int axis = 0; axis < from.rank(); axis++) {
      int holes = op.interior().get(axis);
      // A strided slice of an extent that depends on N must come out even.
      int even = from.dim(axis).isFixed() ? 0 : holes;
      low.add(op.low().get(axis).times(-1));
      high.add(op.high().get(axis).times(-1).plus(even));
      stride.add(holes + 1);
    }
    List<Integer> none = Collections.nCopies(from.rank(), 0);
    Node spread = Operations.pad(g, low, high, none, 0);
    return Operations.slice(
        spread, Collections.nCopies(from.rank(), Dim.ZERO), spread.shape().dims(), stride);
  }

  static void concatenate(Op.Concatenate op, Node node, Node g, Sweep to) {
    Dim start = Dim.ZERO;
    for (int i = 0; i < node.operands().size(); i++) {
      Dim from = start;
      Dim limit = start.plus(node.operand(i).shape().dim(op.axis()));
      to.operand(node, i, () -> Operations.slice(g, op.axis(), from, limit));
      start = limit;
    }
  }
}
