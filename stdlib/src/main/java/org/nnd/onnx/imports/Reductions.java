package org.nnd.onnx.imports;

import static org.nnd.ir.Operations.add;
import static org.nnd.ir.Operations.multiply;
import static org.nnd.ir.Operations.reduce;
import static org.nnd.ir.Operations.sum;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nnd.ir.Comparison;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Reduction;
import org.nnd.ir.Shape;
import org.nnd.ir.UnaryOp;
import org.nnd.onnx.ElementType;

/** Reductions over axes, arg-reductions, running sums. */
final class Reductions {
  private Reductions() {}

  /** A reduction of the given axes, which it removes. */
  @FunctionalInterface
  private interface Reducer {
    Node apply(Node x, List<Integer> axes);
  }

  static Map<String, Lowered> operators() {
    Map<String, Lowered> all = new HashMap<>();
    all.put("ReduceSum", reducing(13, Operations::sum));
    all.put("ReduceMean", reducing(18, Reductions::mean));
    all.put("ReduceMax", reducing(18, (x, axes) -> reduce(Reduction.MAX, x, axes)));
    all.put("ReduceMin", reducing(18, (x, axes) -> reduce(Reduction.MIN, x, axes)));
    all.put("ReduceProd", reducing(18, (x, axes) -> reduce(Reduction.PRODUCT, x, axes)));
    all.put("ReduceL1", reducing(18, (x, axes) -> sum(Operations.unary(UnaryOp.ABS, x), axes)));
    all.put("ReduceL2", reducing(18, Reductions::norm));
    all.put("ReduceSumSquare", reducing(18, (x, axes) -> sum(multiply(x, x), axes)));
    all.put("ReduceLogSum", reducing(18, (x, axes) -> Operations.log(sum(x, axes))));
    all.put("ReduceLogSumExp", reducing(18, Reductions::logSumExp));
    all.put("ArgMax", arg(Reduction.MAX));
    all.put("ArgMin", arg(Reduction.MIN));
    all.put("CumSum", Reductions::cumulativeSum);
    return all;
  }

  /**
   * @param asInput the version from which on the axes are an input
   */
  private static Lowered reducing(int asInput, Reducer reducer) {
    return scope -> {
      Node x = scope.node(0);
      Optional<List<Long>> given =
          scope.opset() < asInput
              ? scope.integers("axes")
              : scope.has(1)
                  ? Optional.of(Arrays.stream(scope.longs(1)).boxed().toList())
                  : Optional.empty();
      boolean none = given.map(List::isEmpty).orElse(true);
      if (none && scope.flag("noop_with_empty_axes", false)) {
        return List.of(scope.value(0));
      }
      List<Integer> axes =
          none ? Operations.axes(x.rank()) : scope.axes(given.orElseThrow(), x.rank());
      Node result = x.rank() == 0 ? reducer.apply(x, List.of()) : reducer.apply(x, axes);
      return List.of(
          scope.like(0, scope.flag("keepdims", true) ? kept(result, x.shape(), axes) : result));
    };
  }

  /** {@return a result with axes of extent 1 where axes were removed} */
  static Node kept(Node result, Shape shape, List<Integer> axes) {
    Shape kept = shape;
    for (int axis : axes) {
      kept = kept.with(axis, Dim.ONE);
    }
    return Operations.reshape(result, kept);
  }

  private static Node mean(Node x, List<Integer> axes) {
    return axes.isEmpty() ? x : Operations.mean(x, axes);
  }

  private static Node norm(Node x, List<Integer> axes) {
    Node square = sum(multiply(x, x), axes);
    return square.dtype().isFloat()
        ? Operations.sqrt(square)
        : Operations.convert(
            Operations.sqrt(Operations.convert(square, DType.F32)), square.dtype());
  }

  /** The largest element is taken out, so that nothing overflows; an infinite one is not. */
  private static Node logSumExp(Node x, List<Integer> axes) {
    Node top = Operations.stopGradient(reduce(Reduction.MAX, x, axes));
    Node finite =
        Operations.compare(
            Comparison.LT,
            Operations.unary(UnaryOp.ABS, top),
            Operations.full(top.type(), Double.POSITIVE_INFINITY));
    Node shift = Operations.select(finite, top, Operations.full(top.type(), 0));
    Node exps = Operations.exp(Operations.subtract(x, Operations.expand(shift, x.shape(), axes)));
    return add(Operations.log(sum(exps, axes)), shift);
  }

  private static Lowered arg(Reduction reduction) {
    return scope -> {
      Node x = scope.node(0);
      int axis = scope.axis(scope.integer("axis", 0), x.rank());
      boolean last = scope.flag("select_last_index", false);
      Node index =
          Operations.argReduce(reduction, last ? Operations.reverse(x, List.of(axis)) : x, axis);
      if (last) {
        Dim end = x.shape().dim(axis).minus(1);
        Node ends = Operations.broadcast(Operations.size(DType.I32, end), index.shape(), List.of());
        index = Operations.subtract(ends, index);
      }
      Node result = scope.flag("keepdims", true) ? kept(index, x.shape(), List.of(axis)) : index;
      return List.of(scope.of(ElementType.INT64, Operations.convert(result, DType.I64)));
    };
  }

  private static List<Value> cumulativeSum(NodeScope scope) {
    Node x = scope.node(0);
    int axis = scope.axis((long) scope.number(1), x.rank());
    boolean reverse = scope.flag("reverse", false);
    if (scope.flag("exclusive", false)) {
      // Shifted by one, so that each element sees those before it only.
      List<Dim> low = new ArrayList<>(Collections.nCopies(x.rank(), Dim.ZERO));
      List<Dim> high = new ArrayList<>(low);
      low.set(axis, Dim.of(reverse ? -1 : 1));
      high.set(axis, Dim.of(reverse ? 1 : -1));
      x = Operations.pad(x, low, high, Collections.nCopies(x.rank(), 0), 0);
    }
    return List.of(scope.like(0, Operations.cumulative(Reduction.SUM, x, axis, reverse)));
  }
}
