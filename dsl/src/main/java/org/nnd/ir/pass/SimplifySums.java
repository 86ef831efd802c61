package org.nnd.ir.pass;

import java.util.ArrayList;
import java.util.List;
import org.nnd.ir.Dim;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.Window;

/** Simplification of reductions and contractions: views become part of them. */
final class SimplifySums {
  private SimplifySums() {}

  static Node reduce(Op.Reduce op, Node node) {
    Node x = node.operand(0);
    if (op.axes().stream().allMatch(axis -> x.shape().dim(axis).is(1))) {
      return Operations.reshape(x, node.shape());
    }
    return switch (x.op()) {
      case Op.Reduce inner when inner.reduction() == op.reduction() -> {
        List<Integer> kept = new ArrayList<>(Operations.axes(x.operand(0).rank()));
        kept.removeAll(inner.axes());
        List<Integer> axes = new ArrayList<>(inner.axes());
        op.axes().forEach(axis -> axes.add(kept.get(axis)));
        yield Operations.reduce(op.reduction(), x.operand(0), axes);
      }
      case Op.Transpose inner -> {
        List<Integer> axes = op.axes().stream().map(inner.permutation()::get).toList();
        List<Integer> rest = new ArrayList<>(inner.permutation());
        rest.removeAll(axes);
        boolean sameOrder = rest.equals(rest.stream().sorted().toList());
        yield sameOrder ? Operations.reduce(op.reduction(), x.operand(0), axes) : node;
      }
      case Op.Broadcast inner -> reduceOfBroadcast(op, inner, node);
      default -> node;
    };
  }

  /** n equal elements: their max is one of them, their sum n times one. */
  private static Node reduceOfBroadcast(Op.Reduce op, Op.Broadcast inner, Node node) {
    Node x = node.operand(0).operand(0);
    boolean repeated = op.axes().stream().noneMatch(inner.axes()::contains);
    Shape removed = new Shape(op.axes().stream().map(inner.shape()::dim).toList());
    if (!repeated || !removed.isFixed() || removed.count().is(0)) {
      return node;
    }
    List<Integer> kept = new ArrayList<>(Operations.axes(inner.shape().rank()));
    kept.removeAll(op.axes());
    List<Integer> axes = inner.axes().stream().map(kept::indexOf).toList();
    return switch (op.reduction()) {
      case MAX, MIN -> Operations.broadcast(x, node.shape(), axes);
      case SUM -> {
        // A count that the type does not hold would saturate, where the sum wraps.
        double count = removed.count().at(0);
        boolean held = Literal.ofDoubles(x.dtype(), new double[] {count}).get(0) == count;
        yield held && x.shape().equals(node.shape()) ? Operations.multiply(x, count) : node;
      }
      case PRODUCT -> node;
    };
  }

  static Node cumulative(Op.Cumulative op, Node node) {
    return node.shape().dim(op.axis()).is(1) ? node.operand(0) : node;
  }

  static Node reduceWindow(Op.ReduceWindow op, Node node) {
    return op.window().equals(Window.of(op.window().size()))
            && op.window().size().stream().allMatch(n -> n == 1)
        ? node.operand(0)
        : node;
  }

  static Node dot(Op.Dot op, Node node) {
    Node x = node.operand(0);
    Node y = node.operand(1);
    if (x.op() instanceof Op.Transpose t && keepsFree(t, op.leftBatch(), op.leftContracting())) {
      return Operations.dot(
          x.operand(0),
          y,
          through(t, op.leftBatch()),
          op.rightBatch(),
          through(t, op.leftContracting()),
          op.rightContracting());
    }
    if (y.op() instanceof Op.Transpose t && keepsFree(t, op.rightBatch(), op.rightContracting())) {
      return Operations.dot(
          x,
          y.operand(0),
          op.leftBatch(),
          through(t, op.rightBatch()),
          op.leftContracting(),
          through(t, op.rightContracting()));
    }
    return node;
  }

  private static List<Integer> through(Op.Transpose transpose, List<Integer> axes) {
    return axes.stream().map(transpose.permutation()::get).toList();
  }

  /** Whether the free axes lie in the same order without the transpose. */
  private static boolean keepsFree(
      Op.Transpose transpose, List<Integer> batch, List<Integer> contracting) {
    List<Integer> free = new ArrayList<>(Operations.axes(transpose.permutation().size()));
    free.removeAll(batch);
    free.removeAll(contracting);
    List<Integer> through = through(transpose, free);
    return through.equals(through.stream().sorted().toList());
  }

  /** Zeros around and between the input's elements become the window's padding and dilation. */
  static Node convolution(Op.Convolution op, Node node) {
    Node x = node.operand(0);
    if (!(x.op() instanceof Op.Pad pad) || pad.value() != 0) {
      return node;
    }
    Window window = op.window();
    boolean spatialOnly =
        List.of(0, 1).stream()
            .allMatch(
                axis ->
                    pad.low().get(axis).is(0)
                        && pad.high().get(axis).is(0)
                        && pad.interior().get(axis) == 0);
    if (!spatialOnly
        || window.inputDilation().stream().anyMatch(d -> d != 1)
        || !SimplifyParts.composes(spatial(pad.low()), dims(window.low()))
        || !SimplifyParts.composes(spatial(pad.high()), dims(window.high()))
        || !new Shape(spatial(pad.low())).isFixed()
        || !new Shape(spatial(pad.high())).isFixed()) {
      return node;
    }
    List<Integer> low = new ArrayList<>();
    List<Integer> high = new ArrayList<>();
    List<Integer> dilation = new ArrayList<>();
    for (int i = 0; i < window.rank(); i++) {
      low.add(window.low().get(i) + pad.low().get(i + 2).fixed());
      high.add(window.high().get(i) + pad.high().get(i + 2).fixed());
      dilation.add(1 + pad.interior().get(i + 2));
    }
    return Operations.convolution(
        x.operand(0),
        node.operand(1),
        window.padding(low, high).inputDilation(dilation),
        op.featureGroups(),
        op.batchGroups());
  }

  private static List<Dim> spatial(List<Dim> dims) {
    return dims.subList(2, dims.size());
  }

  private static List<Dim> dims(List<Integer> sizes) {
    return sizes.stream().map(Dim::of).toList();
  }
}
