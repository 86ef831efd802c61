package org.nnd.ir.pass;

import java.util.ArrayList;
import java.util.List;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;

/** Simplification of slices, pads and concatenations. */
final class SimplifyParts {
  private SimplifyParts() {}

  static Node slice(Op.Slice op, Node node) {
    Node x = node.operand(0);
    if (op.limit().equals(x.shape().dims()) && node.shape().equals(x.shape())) {
      return x;
    }
    return switch (x.op()) {
      case Op.Slice inner -> sliceOfSlice(op, inner, node);
      case Op.Broadcast inner -> sliceOfBroadcast(op, inner, node);
      case Op.Pad inner -> sliceOfPad(op, inner, node);
      case Op.Concatenate inner -> sliceOfConcatenate(op, inner, node);
      default -> node;
    };
  }

  private static Node sliceOfSlice(Op.Slice op, Op.Slice inner, Node node) {
    List<Dim> start = new ArrayList<>();
    List<Dim> limit = new ArrayList<>();
    List<Integer> stride = new ArrayList<>();
    for (int axis = 0; axis < node.rank(); axis++) {
      int innerStride = inner.stride().get(axis);
      int outerStride = op.stride().get(axis);
      Dim count = node.shape().dim(axis);
      if (innerStride == 1 && outerStride == 1) {
        start.add(inner.start().get(axis).plus(op.start().get(axis)));
        limit.add(inner.start().get(axis).plus(op.limit().get(axis)));
      } else if (count.is(0)) {
        start.add(Dim.ZERO);
        limit.add(Dim.ZERO);
      } else if (count.isFixed()) {
        Dim first = inner.start().get(axis).plus(op.start().get(axis).times(innerStride));
        start.add(first);
        limit.add(first.plus((count.fixed() - 1L) * innerStride * outerStride + 1));
      } else {
        return node;
      }
      stride.add(innerStride * outerStride);
    }
    return Operations.slice(node.operand(0).operand(0), start, limit, stride);
  }

  /** A slice along repeated axes only is a smaller broadcast. */
  private static Node sliceOfBroadcast(Op.Slice op, Op.Broadcast inner, Node node) {
    Node x = node.operand(0).operand(0);
    for (int i = 0; i < x.rank(); i++) {
      int axis = inner.axes().get(i);
      boolean whole =
          op.limit().get(axis).equals(inner.shape().dim(axis))
              && node.shape().dim(axis).equals(inner.shape().dim(axis));
      if (!x.shape().dim(i).is(1) && !whole) {
        return node;
      }
    }
    return Operations.broadcast(x, node.shape(), inner.axes());
  }

  /** A slice that sees no padding along any axis is a slice of the operand. */
  private static Node sliceOfPad(Op.Slice op, Op.Pad inner, Node node) {
    Node x = node.operand(0).operand(0);
    List<Dim> start = new ArrayList<>();
    List<Dim> limit = new ArrayList<>();
    for (int axis = 0; axis < x.rank(); axis++) {
      Dim from = op.start().get(axis).minus(inner.low().get(axis));
      Dim to = op.limit().get(axis).minus(inner.low().get(axis));
      boolean untouched = inner.low().get(axis).is(0) && inner.high().get(axis).is(0);
      boolean inside =
          from.isFixed()
              && to.isFixed()
              && x.shape().dim(axis).isFixed()
              && from.fixed() >= 0
              && to.fixed() <= x.shape().size(axis);
      if (inner.interior().get(axis) != 0 || !(untouched || inside)) {
        return node;
      }
      start.add(from);
      limit.add(to);
    }
    return Operations.slice(x, start, limit, op.stride());
  }

  /** A slice within one part is a slice of the part. */
  private static Node sliceOfConcatenate(Op.Slice op, Op.Concatenate inner, Node node) {
    int axis = inner.axis();
    Dim before = Dim.ZERO;
    for (Node part : node.operand(0).operands()) {
      Dim from = op.start().get(axis).minus(before);
      Dim to = op.limit().get(axis).minus(before);
      Dim extent = part.shape().dim(axis);
      boolean whole = from.is(0) && to.equals(extent);
      boolean inside =
          from.isFixed()
              && to.isFixed()
              && extent.isFixed()
              && from.fixed() >= 0
              && to.fixed() <= extent.fixed();
      if (whole || inside) {
        List<Dim> start = new ArrayList<>(op.start());
        List<Dim> limit = new ArrayList<>(op.limit());
        start.set(axis, from);
        limit.set(axis, to);
        return Operations.slice(part, start, limit, op.stride());
      }
      before = before.plus(extent);
    }
    return node;
  }

  static Node pad(Op.Pad op, Node node) {
    Node x = node.operand(0);
    boolean holes = op.interior().stream().anyMatch(i -> i != 0);
    if (!holes
        && x.op() instanceof Op.Pad inner
        && inner.value() == op.value()
        && composes(inner.low(), op.low())
        && composes(inner.high(), op.high())) {
      return padOfPad(op, inner, node);
    }
    if (!holes && allAtMostZero(op.low()) && allAtMostZero(op.high())) { // crops, or does nothing
      List<Dim> limit = new ArrayList<>();
      for (int axis = 0; axis < x.rank(); axis++) {
        limit.add(x.shape().dim(axis).plus(op.high().get(axis)));
      }
      List<Dim> start = op.low().stream().map(d -> d.times(-1)).toList();
      return Operations.slice(x, start, limit, op.interior().stream().map(i -> 1).toList());
    }
    return node;
  }

  private static boolean allAtMostZero(List<Dim> dims) {
    return dims.stream().allMatch(d -> d.isFixed() && d.fixed() <= 0);
  }

  private static Node padOfPad(Op.Pad op, Op.Pad inner, Node node) {
    List<Dim> low = new ArrayList<>();
    List<Dim> high = new ArrayList<>();
    for (int axis = 0; axis < node.rank(); axis++) {
      low.add(inner.low().get(axis).plus(op.low().get(axis)));
      high.add(inner.high().get(axis).plus(op.high().get(axis)));
    }
    return Operations.pad(node.operand(0).operand(0), low, high, inner.interior(), op.value());
  }

  /** Unless the first crops what the second would put back, as padding. */
  static boolean composes(List<Dim> first, List<Dim> second) {
    for (int axis = 0; axis < first.size(); axis++) {
      Dim a = first.get(axis);
      Dim b = second.get(axis);
      boolean fine = b.is(0) || a.isFixed() && b.isFixed() && (a.fixed() >= 0 || b.fixed() <= 0);
      if (!fine) {
        return false;
      }
    }
    return true;
  }

  static Node concatenate(Op.Concatenate op, Node node) {
    List<Node> parts = new ArrayList<>();
    for (Node part : node.operands()) {
      if (part.op().equals(op)) {
        parts.addAll(part.operands());
      } else if (!part.shape().dim(op.axis()).is(0)) {
        parts.add(part);
      }
    }
    if (parts.isEmpty()) {
      return node.operand(0);
    }
    return parts.equals(node.operands()) && parts.size() > 1
        ? node
        : Operations.concatenate(parts, op.axis());
  }
}
