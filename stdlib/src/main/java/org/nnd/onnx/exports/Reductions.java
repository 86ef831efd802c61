package org.nnd.onnx.exports;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Reduction;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;

/** Reductions of axes and along axes. */
final class Reductions {
  private Reductions() {}

  static String reduce(Scope s, Node node, Op.Reduce reduce) {
    Node x = node.operand(0);
    DType dtype = x.dtype();
    if (reduce.axes().isEmpty()) {
      return s.value(x);
    }
    if (reduce.axes().stream().anyMatch(axis -> x.shape().dim(axis).is(0))) {
      return s.full(node.type(), identity(reduce.reduction(), dtype));
    }
    DType working = ElementTypes.working(dtype);
    String operand = s.cast(s.value(x), dtype, working);
    return s.cast(reduced(s, operand, reduce.reduction(), reduce.axes()), working, dtype);
  }

  private static String reduced(Scope s, String x, Reduction reduction, List<Integer> axes) {
    long[] at = axes.stream().mapToLong(Integer::longValue).toArray();
    Map<String, Object> attributes = new HashMap<>(Map.of("keepdims", 0L));
    if (reduction == Reduction.SUM) {
      return s.call("ReduceSum", List.of(x, s.longs(at)), attributes);
    }
    attributes.put("axes", Scope.integers(axes));
    String operator =
        switch (reduction) {
          case SUM -> "ReduceSum";
          case PRODUCT -> "ReduceProd";
          case MAX -> "ReduceMax";
          case MIN -> "ReduceMin";
        };
    return s.call(operator, List.of(x), attributes);
  }

  /** {@return whether a shape is that of a call's result had it kept the axes that it reduces} */
  static boolean keeps(Call call, Scope s, Shape result, Shape shape) {
    if (!call.operator().startsWith("Reduce")) {
      return false;
    }
    Stream<Long> axes =
        call.operator().equals("ReduceSum")
            ? LongStream.of((long[]) s.constantOf(call.inputs().get(1)).orElseThrow().array())
                .boxed()
            : ((List<?>) call.attributes().get("axes")).stream().map(axis -> (Long) axis);
    Shape kept = result;
    for (long axis : axes.sorted().toList()) {
      kept = kept.insert((int) axis, Dim.ONE);
    }
    return kept.equals(shape);
  }

  static String argReduce(Scope s, Node node, Op.ArgReduce arg) {
    Node x = node.operand(0);
    if (x.shape().dim(arg.axis()).is(0)) {
      return s.full(node.type(), 0);
    }
    DType working = x.dtype().isFloat() ? DType.F32 : ElementTypes.working(x.dtype());
    String index =
        s.call(
            arg.reduction() == Reduction.MAX ? "ArgMax" : "ArgMin",
            List.of(s.cast(s.value(x), x.dtype(), working)),
            Map.of("axis", (long) arg.axis(), "keepdims", 0L));
    return s.cast(index, DType.I64, DType.I32);
  }

  static String cumulative(Scope s, Node node, Op.Cumulative c) {
    DType dtype = node.dtype();
    DType working = ElementTypes.working(dtype);
    String x = s.cast(s.operand(node, 0), dtype, working);
    if (c.reduction() == Reduction.SUM) {
      long reverse = c.reverse() ? 1 : 0;
      String axis = s.scalar(DType.I64, c.axis());
      String sums = s.call("CumSum", List.of(x, axis), Map.of("reverse", reverse));
      return s.cast(sums, working, dtype);
    }
    return s.cast(scanned(s, x, node.type(), working, c), working, dtype);
  }

  /** A loop along the axis, carrying what the elements so far were reduced to. */
  private static String scanned(Scope s, String x, TensorType type, DType dtype, Op.Cumulative c) {
    Shape shape = type.shape();
    DType given = type.dtype();
    if (shape.dims().stream().anyMatch(dim -> dim.is(0))) {
      return x;
    }
    TensorType row = new TensorType(dtype, shape.without(List.of(c.axis())));
    Scope inner = s.inner();
    String before = inner.fresh("carry");
    String element = inner.fresh("element");
    String after = inner.call(combiner(c.reduction()), List.of(before, element));
    String result = inner.call("Identity", List.of(after));
    Body body =
        new Body(
            List.of(new Typed(before, row), new Typed(element, row)),
            inner.calls(),
            List.of(new Typed(after, row), new Typed(result, row)));
    List<Long> axis = List.of((long) c.axis());
    List<Long> direction = List.of(c.reverse() ? 1L : 0L);
    return s.call(
            "Scan",
            List.of(s.full(row, identity(c.reduction(), given)), x),
            Map.of(
                "body", body,
                "num_scan_inputs", 1L,
                "scan_input_axes", axis,
                "scan_output_axes", axis,
                "scan_input_directions", direction,
                "scan_output_directions", direction),
            2)
        .get(1);
  }

  /** {@return the result of reducing nothing, as far as the type can hold it} */
  static double identity(Reduction reduction, DType dtype) {
    double value = reduction.identity();
    return dtype == DType.BOOL
        ? (value > 0 ? 1 : 0)
        : Literal.ofDoubles(dtype, new double[] {value}).get(0);
  }

  static String combiner(Reduction reduction) {
    return switch (reduction) {
      case SUM -> "Add";
      case PRODUCT -> "Mul";
      case MAX -> "Max";
      case MIN -> "Min";
    };
  }
}
