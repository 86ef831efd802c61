package org.nnd.ir.pass;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;

/** Simplification of reshapes, transposes, broadcasts and reverses: they compose, or vanish. */
final class SimplifyViews {
  private SimplifyViews() {}

  /**
   * {@return for each axis of {@code from} the axis of {@code to} that holds its elements; empty if
   * the shapes differ in more than axes of extent 1, or if {@code from} has such an axis}
   */
  private static Optional<List<Integer>> sameButUnits(Shape from, Shape to) {
    List<Integer> axes = new ArrayList<>();
    int next = 0;
    for (int axis = 0; axis < from.rank(); axis++) {
      while (next < to.rank() && to.dim(next).is(1)) {
        next++;
      }
      boolean same = next < to.rank() && from.dim(axis).equals(to.dim(next));
      if (!same || from.dim(axis).is(1)) {
        return Optional.empty();
      }
      axes.add(next++);
    }
    for (; next < to.rank(); next++) {
      if (!to.dim(next).is(1)) {
        return Optional.empty();
      }
    }
    return Optional.of(axes);
  }

  static Node reshape(Op.Reshape op, Node node) {
    Node x = node.operand(0);
    if (x.shape().equals(op.shape())) {
      return x;
    } else if (x.op() instanceof Op.Reshape) {
      return Operations.reshape(x.operand(0), op.shape());
    } else if (x.op() instanceof Op.Broadcast broadcast) {
      return broadcastReshaped(op, broadcast, x.operand(0), node);
    }
    return node;
  }

  /** A reshape that only adds or drops axes of extent 1 becomes part of a broadcast. */
  private static Node broadcastReshaped(
      Op.Reshape op, Op.Broadcast broadcast, Node x, Node otherwise) {
    if (x.rank() == 0) {
      return Operations.broadcast(x, op.shape(), List.of());
    }
    List<Integer> solid = new ArrayList<>(Operations.axes(broadcast.shape().rank()));
    solid.removeIf(axis -> broadcast.shape().dim(axis).is(1));
    Shape dense = new Shape(solid.stream().map(broadcast.shape()::dim).toList());
    Optional<List<Integer>> places = sameButUnits(dense, op.shape());
    if (places.isEmpty() || !solid.containsAll(broadcast.axes())) {
      return otherwise;
    }
    List<Integer> axes =
        broadcast.axes().stream().map(axis -> places.get().get(solid.indexOf(axis))).toList();
    return Operations.broadcast(x, op.shape(), axes);
  }

  static Node transpose(Op.Transpose op, Node node) {
    Node x = node.operand(0);
    List<Integer> permutation = op.permutation();
    List<Integer> solid = new ArrayList<>(permutation);
    solid.removeIf(axis -> x.shape().dim(axis).is(1));
    if (solid.equals(solid.stream().sorted().toList())) { // only axes of extent 1 move
      return Operations.reshape(x, node.shape());
    }
    return switch (x.op()) {
      case Op.Transpose inner ->
          Operations.transpose(
              x.operand(0), permutation.stream().map(inner.permutation()::get).toList());
      case Op.Broadcast inner -> {
        List<Integer> axes = inner.axes().stream().map(permutation::indexOf).toList();
        boolean increasing = axes.equals(axes.stream().sorted().toList());
        yield increasing ? Operations.broadcast(x.operand(0), node.shape(), axes) : node;
      }
      case Op.Dot inner -> swapped(inner, x, permutation, node);
      default -> node;
    };
  }

  /** (xy)ᵀ = yᵀxᵀ: a transpose that exchanges the free axes of a dot exchanges its operands. */
  private static Node swapped(Op.Dot dot, Node product, List<Integer> permutation, Node otherwise) {
    int batch = dot.leftBatch().size();
    int left = product.operand(0).rank() - batch - dot.leftContracting().size();
    List<Integer> all = Operations.axes(product.rank());
    List<Integer> exchange = new ArrayList<>(all.subList(0, batch));
    exchange.addAll(all.subList(batch + left, product.rank()));
    exchange.addAll(all.subList(batch, batch + left));
    return permutation.equals(exchange)
        ? Operations.dot(
            product.operand(1),
            product.operand(0),
            dot.rightBatch(),
            dot.leftBatch(),
            dot.rightContracting(),
            dot.leftContracting())
        : otherwise;
  }

  static Node broadcast(Op.Broadcast op, Node node) {
    Node x = node.operand(0);
    if (x.rank() > 0 && x.shape().count().equals(op.shape().count()) && keepsExtents(op, x)) {
      return Operations.reshape(x, op.shape()); // only adds axes of extent 1
    }
    return switch (x.op()) {
      case Op.Broadcast inner ->
          Operations.broadcast(
              x.operand(0), op.shape(), inner.axes().stream().map(op.axes()::get).toList());
      case Op.Reshape inner ->
          sameButUnits(x.operand(0).shape(), x.shape())
              .map(places -> places.stream().map(op.axes()::get).toList())
              .map(axes -> Operations.broadcast(x.operand(0), op.shape(), axes))
              .orElse(node);
      default -> node;
    };
  }

  private static boolean keepsExtents(Op.Broadcast op, Node x) {
    for (int axis = 0; axis < op.shape().rank(); axis++) {
      int from = op.axes().indexOf(axis);
      boolean kept =
          from < 0 ? op.shape().dim(axis).is(1) : op.shape().dim(axis).equals(x.shape().dim(from));
      if (!kept) {
        return false;
      }
    }
    return true;
  }

  static Node reverse(Op.Reverse op, Node node) {
    Node x = node.operand(0);
    List<Integer> axes = new ArrayList<>(op.axes());
    axes.removeIf(axis -> x.shape().dim(axis).is(1));
    if (x.op() instanceof Op.Reverse inner) {
      List<Integer> once = new ArrayList<>(inner.axes());
      once.removeAll(axes);
      axes.removeAll(inner.axes());
      once.addAll(axes);
      return Operations.reverse(x.operand(0), once.stream().sorted().toList());
    }
    if (x.op() instanceof Op.Broadcast broadcast) { // repeated elements are equal
      axes.removeIf(
          axis ->
              !broadcast.axes().contains(axis)
                  || x.operand(0).shape().dim(broadcast.axes().indexOf(axis)).is(1));
    }
    return axes.equals(op.axes()) ? node : Operations.reverse(x, axes);
  }
}
