package org.nnd.onnx.imports;

import static org.nnd.ir.Operations.compare;
import static org.nnd.ir.Operations.convert;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nnd.ir.Comparison;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.onnx.ElementType;

/** Elements by their indices; writing to indices is in {@link Scattering}. */
final class Indexing {
  private Indexing() {}

  static Map<String, Lowered> operators() {
    Map<String, Lowered> all = new HashMap<>();
    all.put("Gather", Indexing::gather);
    all.put("GatherElements", Indexing::gatherElements);
    all.put("GatherND", Indexing::gatherTuples);
    all.put("TopK", Indexing::topK);
    all.put("OneHot", Indexing::oneHot);
    all.put("ReverseSequence", Indexing::reverseSequence);
    all.put("Trilu", Indexing::triangle);
    return all;
  }

  private static List<Value> gather(NodeScope scope) {
    Node x = scope.node(0);
    int axis = scope.axis(scope.integer("axis", 0), x.rank());
    Node indices = Indices.normal(scope.node(1), x.shape().dim(axis));
    return List.of(scope.like(0, Operations.gather(x, indices, axis)));
  }

  private static Node flat(Node x) {
    return Operations.reshape(x, Shape.of(x.shape().count()));
  }

  private static List<Value> gatherElements(NodeScope scope) {
    Node x = scope.node(0);
    int axis = scope.axis(scope.integer("axis", 0), x.rank());
    Node positions = Indices.along(scope.node(1), x.shape(), axis);
    return List.of(scope.like(0, Operations.gather(flat(x), positions, 0)));
  }

  private static List<Value> gatherTuples(NodeScope scope) {
    Node x = scope.node(0);
    Node indices = scope.node(1);
    int batch = (int) scope.integer("batch_dims", 0);
    int leading = batch + indices.shape().size(indices.rank() - 1);
    if (batch < 0 || leading > x.rank()) {
      throw scope.error(
          "%d batch axes and tuples of %d for a tensor of rank %d"
              .formatted(batch, leading - batch, x.rank()));
    }
    Node rows =
        Operations.reshape(
            x, x.shape().slice(leading, x.rank()).prepend(x.shape().slice(0, leading).count()));
    Node positions = Indices.tuples(indices, x.shape(), batch);
    return List.of(scope.like(0, Operations.gather(rows, positions, 0)));
  }

  /** The indices of the k largest or smallest along an axis, the first of equals first. */
  private static List<Value> topK(NodeScope scope) {
    Node x = scope.node(0);
    long k = scope.opset() < 10 ? scope.integer("k") : (long) scope.number(1);
    int axis = scope.axis(scope.integer("axis", -1), x.rank());
    Dim extent = x.shape().dim(axis);
    if (k < 0 || extent.isFixed() && k > extent.at(0)) {
      throw scope.error("the %d largest of an axis of extent %s".formatted(k, extent));
    }
    List<Integer> last = new ArrayList<>(Operations.axes(x.rank()));
    last.remove(axis);
    last.add(axis);
    List<Integer> back = new ArrayList<>();
    for (int i = 0; i < x.rank(); i++) {
      back.add(last.indexOf(i));
    }
    Node moved = Operations.transpose(x, last);
    int end = x.rank() - 1;
    Node found =
        scope.flag("largest", true)
            ? Operations.topK(moved, (int) k)
            : Operations.slice(Operations.argSort(moved, end, false), end, 0, (int) k);
    Node values = Operations.transpose(Operations.takeAlong(moved, found, end), back);
    Node indices = convert(Operations.transpose(found, back), DType.I64);
    return List.of(scope.like(0, values), scope.of(ElementType.INT64, indices));
  }

  /** An index outside [-depth, depth) has no hot element. */
  private static List<Value> oneHot(NodeScope scope) {
    Node indices = scope.node(0);
    Dim depth = Dim.of((long) scope.number(1));
    Node values = scope.node(2);
    int axis = scope.axis(scope.integer("axis", -1), indices.rank() + 1);
    Shape shape = indices.shape().insert(axis, depth);
    Node hot = Operations.expand(Indices.normal(indices, depth), shape, List.of(axis));
    Node is = compare(Comparison.EQ, hot, Operations.iota(DType.I32, shape, axis));
    Node on = Operations.reshape(Operations.slice(values, 0, 1, 2), Shape.SCALAR);
    Node off = Operations.reshape(Operations.slice(values, 0, 0, 1), Shape.SCALAR);
    return List.of(
        scope.like(
            2,
            Operations.select(
                is,
                Operations.broadcast(on, shape, List.of()),
                Operations.broadcast(off, shape, List.of()))));
  }

  /** The first elements of each sequence of a batch backwards, the others where they are. */
  private static List<Value> reverseSequence(NodeScope scope) {
    Node x = scope.node(0);
    int time = scope.axis(scope.integer("time_axis", 0), x.rank());
    int batch = scope.axis(scope.integer("batch_axis", 1), x.rank());
    Node lengths =
        Operations.broadcast(convert(scope.node(1), DType.I32), x.shape(), List.of(batch));
    Node at = Operations.iota(DType.I32, x.shape(), time);
    Node mirrored = Operations.add(Operations.subtract(lengths, at), -1);
    Node from = Operations.select(compare(Comparison.LT, at, lengths), mirrored, at);
    return List.of(scope.like(0, Operations.takeAlong(x, from, time)));
  }

  private static List<Value> triangle(NodeScope scope) {
    Node x = scope.node(0);
    long k = scope.has(1) ? (long) scope.number(1) : 0;
    boolean upper = scope.flag("upper", true);
    long clamped = Math.clamp(k, -(1L << 30), 1L << 30);
    Node above = Comparisons.above(x.shape(), upper ? clamped : clamped + 1);
    Node zeros = Operations.full(x.type(), 0);
    Node result = upper ? Operations.select(above, x, zeros) : Operations.select(above, zeros, x);
    return List.of(scope.like(0, result));
  }

  /** {@return a known vector of i64} */
  static Value longs(long[] values, int... shape) {
    return Value.Known.of(Literal.of(values, shape));
  }
}
