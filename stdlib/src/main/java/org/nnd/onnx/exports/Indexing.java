package org.nnd.onnx.exports;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;

/** Reading and adding at indices, and sorting. */
final class Indexing {
  private Indexing() {}

  static String gather(Scope s, Node node, int axis) {
    Node data = node.operand(0);
    Node indices = node.operand(1);
    Dim extent = data.shape().dim(axis);
    if (extent.is(0)) {
      return s.full(node.type(), 0);
    }
    Map<String, Object> attributes = Map.of("axis", (long) axis);
    String index = s.value(indices);
    if (isInside(indices, extent)) {
      return s.call("Gather", List.of(s.value(data), index), attributes);
    }
    // ONNX has no meaning for an index outside, where the graph reads zero.
    String inside = inside(s, index, extent);
    String safe = s.call("Where", List.of(inside, index, s.scalar(DType.I32, 0)));
    String read = s.call("Gather", List.of(s.value(data), safe), attributes);
    Shape ones = new Shape(Collections.nCopies(data.rank() - axis - 1, Dim.ONE));
    String mask = s.reshape(inside, indices.shape(), indices.shape().concat(ones));
    return s.where(mask, read, s.scalar(node.dtype(), 0), node.dtype());
  }

  private static String inside(Scope s, String index, Dim extent) {
    String limit = s.cast(s.extent(extent), DType.I64, DType.I32);
    return s.call(
        "And",
        List.of(
            s.call("GreaterOrEqual", List.of(index, s.scalar(DType.I32, 0))),
            s.call("Less", List.of(index, limit))));
  }

  /** Whether indices are known to lie inside an axis. */
  private static boolean isInside(Node indices, Dim extent) {
    return switch (indices.op()) {
      case Op.Constant c ->
          extent.isFixed()
              && Arrays.stream(c.value().toDoubles()).allMatch(i -> i >= 0 && i < extent.fixed());
      case Op.Iota iota -> iota.type().shape().dim(iota.axis()).equals(extent);
      case Op.ArgSort sort -> indices.operand(0).shape().dim(sort.axis()).equals(extent);
      case Op.ArgReduce arg -> indices.operand(0).shape().dim(arg.axis()).equals(extent);
      case Op.TopK top -> {
        Shape shape = indices.operand(0).shape();
        yield shape.dim(shape.rank() - 1).equals(extent);
      }
      case Op.Reshape r -> isInside(indices.operand(0), extent);
      case Op.Broadcast b -> isInside(indices.operand(0), extent);
      default -> false;
    };
  }

  /** Indices outside go to a row more, which is cut off again. */
  static String scatterAdd(Scope s, Node node, int axis) {
    Node data = node.operand(0);
    Node indices = node.operand(1);
    Node updates = node.operand(2);
    DType dtype = node.dtype();
    if (node.shape().dims().stream().anyMatch(dim -> dim.is(0))
        || updates.shape().dims().stream().anyMatch(dim -> dim.is(0))) {
      return s.value(data);
    }
    DType working = ElementTypes.working(dtype);
    Shape shape = data.shape();
    Dim count = indices.shape().count();
    Shape flat = shape.with(axis, count);
    List<Dim> aligned = new ArrayList<>(Collections.nCopies(shape.rank(), Dim.ONE));
    aligned.set(axis, count);
    String index = s.value(indices);
    boolean inside = isInside(indices, shape.dim(axis));
    String x = s.cast(s.value(data), dtype, working);
    if (!inside) {
      String end = s.cast(s.extent(shape.dim(axis)), DType.I64, DType.I32);
      index = s.call("Where", List.of(inside(s, index, shape.dim(axis)), index, end));
      String row = s.full(new TensorType(working, shape.with(axis, Dim.ONE)), 0);
      x = s.call("Concat", List.of(x, row), Map.of("axis", (long) axis));
    }
    String spread =
        s.call(
            "Expand",
            List.of(s.reshape(index, indices.shape(), new Shape(aligned)), s.extents(flat.dims())));
    String change = s.reshape(s.cast(s.value(updates), dtype, working), updates.shape(), flat);
    String sum =
        s.call(
            "ScatterElements",
            List.of(x, spread, change),
            Map.of("axis", (long) axis, "reduction", "add"));
    if (!inside) {
      sum =
          s.slice(
              sum, List.of(Dim.ZERO), List.of(shape.dim(axis)), new long[] {axis}, new long[] {1});
    }
    return s.cast(sum, working, dtype);
  }

  static String argSort(Scope s, Node node, Op.ArgSort sort) {
    Dim extent = node.shape().dim(sort.axis());
    double last = sort.descending() ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    return largest(s, node, extent, sort.axis(), sort.descending(), last);
  }

  static String topK(Scope s, Node node, int k) {
    int axis = node.rank() - 1;
    return largest(s, node, Dim.of(k), axis, true, Double.NEGATIVE_INFINITY);
  }

  /** ONNX's TopK takes the first of equals first. {@code nan}: what a NaN is taken for. */
  private static String largest(
      Scope s, Node node, Dim k, int axis, boolean descending, double nan) {
    Node x = node.operand(0);
    if (node.shape().dims().stream().anyMatch(dim -> dim.is(0))) {
      return s.full(node.type(), 0);
    }
    DType working = ElementTypes.working(x.dtype());
    String value = s.cast(s.value(x), x.dtype(), working);
    if (working == DType.F32) {
      String isNaN = s.call("IsNaN", List.of(value));
      value = s.call("Where", List.of(isNaN, s.scalar(DType.F32, nan), value));
    }
    List<String> found =
        s.call(
            "TopK",
            List.of(value, s.extents(List.of(k))),
            Map.of("axis", (long) axis, "largest", descending ? 1L : 0L, "sorted", 1L),
            2);
    return s.cast(found.get(1), DType.I64, DType.I32);
  }
}
