package org.nnd.ir.gradient;

import static org.nnd.ir.Operations.axes;
import static org.nnd.ir.Operations.compare;
import static org.nnd.ir.Operations.expand;
import static org.nnd.ir.Operations.full;
import static org.nnd.ir.Operations.multiply;
import static org.nnd.ir.Operations.select;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.nnd.ir.Comparison;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.Reduction;
import org.nnd.ir.Shape;

/** Derivatives of reductions and running reductions. */
final class ReductionRules {
  private ReductionRules() {}

  static Node reduce(Op.Reduce op, Node y, Node g) {
    Node x = y.operand(0);
    return switch (op.reduction()) {
      case SUM -> expand(g, x.shape(), op.axes());
      case MAX, MIN -> extreme(op, y, g);
      case PRODUCT -> product(op.axes(), x, g);
    };
  }

  /** The elements equal to the extreme one share g equally. */
  private static Node extreme(Op.Reduce op, Node y, Node g) {
    Node x = y.operand(0);
    Node equal = compare(Comparison.EQ, x, expand(y, x.shape(), op.axes()));
    Node winners = Operations.convert(equal, x.dtype());
    Node share = Operations.divide(g, Operations.sum(winners, op.axes()));
    return select(equal, expand(share, x.shape(), op.axes()), full(x.type(), 0));
  }

  /** d(Π x)/dx_j = Π_{i<j} x_i · Π_{i>j} x_i, without division, so that zeros are no trouble. */
  private static Node product(List<Integer> removed, Node x, Node g) {
    List<Integer> order = new ArrayList<>(axes(x.rank()));
    order.removeAll(removed);
    int kept = order.size();
    order.addAll(removed);
    Node moved = Operations.transpose(x, order);
    Dim count = moved.shape().slice(kept, x.rank()).count();
    Shape rows = moved.shape().slice(0, kept).insert(kept, count);
    Node row = Operations.reshape(moved, rows);
    Node before = Operations.cumulative(Reduction.PRODUCT, shift(row, kept, 1), kept, false);
    Node after = Operations.cumulative(Reduction.PRODUCT, shift(row, kept, -1), kept, true);
    Node others = multiply(before, after);
    Node back = Operations.reshape(others, moved.shape());
    return multiply(
        expand(g, x.shape(), removed), Operations.transpose(back, ShapeRules.inverse(order)));
  }

  /** Moves the elements along an axis by one; the vacant place holds 1. */
  private static Node shift(Node x, int axis, int by) {
    return pad(x, axis, by, 1);
  }

  private static Node pad(Node x, int axis, int by, double value) {
    List<Dim> low = new ArrayList<>(Collections.nCopies(x.rank(), Dim.ZERO));
    List<Dim> high = new ArrayList<>(low);
    low.set(axis, Dim.of(by));
    high.set(axis, Dim.of(-by));
    return Operations.pad(x, low, high, Collections.nCopies(x.rank(), 0), value);
  }

  static Node cumulative(Op.Cumulative op, Node y, Node g) {
    Node x = y.operand(0);
    int axis = op.axis();
    if (op.reduction() == Reduction.SUM) {
      // y_i = Σ_{j≤i} x_j, so dx_j = Σ_{i≥j} g_i
      return Operations.cumulative(Reduction.SUM, g, axis, !op.reverse());
    }
    List<Integer> flip = op.reverse() ? List.of(axis) : List.of();
    Node forward = Operations.reverse(x, flip);
    Node cotangent = Operations.reverse(g, flip);
    Node result =
        op.reduction() == Reduction.PRODUCT
            ? runningProduct(forward, cotangent, axis)
            : runningExtreme(op.reduction(), forward, cotangent, axis);
    return Operations.reverse(result, flip);
  }

  /**
   * dx_j = Σ_{i≥j} g_i Π_{l≤i, l≠j} x_l. The products are running products of copies of x, one for
   * each j, in which x_j is replaced by 1: quadratic, but without division.
   */
  private static Node runningProduct(Node x, Node g, int axis) {
    int along = axis + 1;
    Shape copies = x.shape().insert(axis, x.shape().dim(axis));
    Node j = Operations.iota(DType.I32, copies, axis);
    Node l = Operations.iota(DType.I32, copies, along);
    Node replaced =
        select(
            compare(Comparison.EQ, j, l),
            full(x.type().withShape(copies), 1),
            expand(x, copies, List.of(axis)));
    Node others = Operations.cumulative(Reduction.PRODUCT, replaced, along, false);
    Node terms = multiply(others, expand(g, copies, List.of(axis)));
    Node reached = compare(Comparison.GE, l, j);
    return Operations.sum(
        select(reached, terms, full(x.type().withShape(copies), 0)), List.of(along));
  }

  /** Every result passes g to the first place of the element that it equals. */
  private static Node runningExtreme(Reduction reduction, Node x, Node g, int axis) {
    Node best = Operations.cumulative(reduction, x, axis, false);
    Node before = pad(best, axis, 1, reduction.identity());
    Comparison better = reduction == Reduction.MAX ? Comparison.GT : Comparison.LT;
    Node place = Operations.iota(DType.I32, x.shape(), axis);
    Node records = select(compare(better, x, before), place, full(place.type(), 0));
    Node winner = Operations.cumulative(Reduction.MAX, records, axis, false);
    return Operations.scatterAlong(g, winner, x.shape(), axis);
  }
}
