package org.nnd.onnx.exports;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Shape;

/**
 * Repeated values. ONNX's elementwise operators repeat by themselves, so that they take a value
 * that is broadcast in a compact form: of the rank of its result, or less, with extents 1.
 */
final class Broadcasts {
  /** Elements of a repeated constant that are written out. */
  private static final int MOST_REPEATED = 4096;

  /** A value and its shape, which may be aligned at the last axis and repeated. */
  record Compact(String name, Shape shape) {}

  private Broadcasts() {}

  /** {@return whether a node is best written where it is used} */
  static boolean isCheap(Node node) {
    return switch (node.op()) {
      case Op.Broadcast b -> true;
      case Op.Iota i -> true;
      case Op.Constant c -> true;
      case Op.Parameter p -> true;
      case Op.Size s -> true;
      default -> false;
    };
  }

  /** {@return operands of an elementwise node whose shapes together give the node's} */
  static List<Compact> operands(Scope scope, Node node) {
    Shape shape = node.operand(node.operands().size() - 1).shape();
    List<Compact> compact = new ArrayList<>();
    for (Node operand : node.operands()) {
      compact.add(compact(scope, operand));
    }
    for (int axis = 0; axis < shape.rank(); axis++) {
      int a = axis;
      if (compact.stream().noneMatch(c -> covers(c.shape(), shape, a))) {
        compact.set(0, new Compact(scope.operand(node, 0), shape));
        break;
      }
    }
    return compact;
  }

  private static boolean covers(Shape part, Shape whole, int axis) {
    int at = axis - (whole.rank() - part.rank());
    return at >= 0 && part.dim(at).equals(whole.dim(axis));
  }

  private static Compact compact(Scope scope, Node node) {
    return switch (node.op()) {
      case Op.Broadcast broadcast -> {
        Node x = node.operand(0);
        Shape aligned = trimmed(aligned(x.shape(), broadcast.axes(), broadcast.shape().rank()));
        yield new Compact(scope.reshape(scope.value(x), x.shape(), aligned), aligned);
      }
      case Op.Iota iota -> compact(scope, iota);
      default -> new Compact(scope.value(node), node.shape());
    };
  }

  /** The operand's shape with ones at the axes that are new. */
  private static Shape aligned(Shape x, List<Integer> axes, int rank) {
    List<Dim> dims = new ArrayList<>(Collections.nCopies(rank, Dim.ONE));
    for (int i = 0; i < axes.size(); i++) {
      dims.set(axes.get(i), x.dim(i));
    }
    return new Shape(dims);
  }

  private static Shape trimmed(Shape shape) {
    int from = 0;
    while (from < shape.rank() && shape.dim(from).is(1)) {
      from++;
    }
    return shape.slice(from, shape.rank());
  }

  private static Compact compact(Scope scope, Op.Iota iota) {
    Shape shape = iota.type().shape();
    DType dtype = iota.type().dtype();
    Dim extent = shape.dim(iota.axis());
    List<Dim> dims = new ArrayList<>(Collections.nCopies(shape.rank() - iota.axis(), Dim.ONE));
    dims.set(0, extent);
    Shape aligned = new Shape(dims);
    if (extent.isFixed()) {
      double[] counts = IntStream.range(0, extent.fixed()).asDoubleStream().toArray();
      return new Compact(scope.constant(Literal.ofDoubles(dtype, counts, aligned.at(1))), aligned);
    }
    String counts =
        scope.call(
            "Range", List.of(scope.extent(Dim.ZERO), scope.extent(extent), scope.extent(Dim.ONE)));
    String cast = scope.cast(counts, DType.I64, dtype);
    return new Compact(scope.reshape(cast, Shape.of(extent), aligned), aligned);
  }

  static String iota(Scope scope, Op.Iota iota) {
    return expanded(scope, compact(scope, iota), iota.type().shape(), iota.type().dtype());
  }

  static String broadcast(Scope scope, Node node) {
    return expanded(scope, compact(scope, node), node.shape(), node.dtype());
  }

  private static boolean isSmall(Shape shape) {
    return shape.isFixed() && shape.count().fixed() <= MOST_REPEATED;
  }

  /** {@return whether a node is this value everywhere} */
  static boolean isAll(Node node, double value) {
    return switch (node.op()) {
      case Op.Broadcast broadcast -> isAll(node.operand(0), value);
      case Op.Constant constant ->
          constant.value().count() == 1 && constant.value().get(0) == value;
      default -> false;
    };
  }

  private static String expanded(Scope scope, Compact compact, Shape shape, DType dtype) {
    if (compact.shape().equals(shape)) {
      return compact.name();
    }
    Optional<Literal> constant = scope.constantOf(compact.name());
    if (constant.isPresent() && constant.get().count() == 1 && isSmall(shape)) {
      double[] values = new double[shape.count().fixed()];
      Arrays.fill(values, constant.get().get(0));
      return scope.constant(Literal.ofDoubles(dtype, values, shape.at(1)));
    }
    DType wide = dtype == DType.BF16 ? DType.F32 : dtype;
    String result =
        scope.call(
            "Expand",
            List.of(scope.cast(compact.name(), dtype, wide), scope.extents(shape.dims())),
            Map.of());
    return scope.cast(result, wide, dtype);
  }
}
