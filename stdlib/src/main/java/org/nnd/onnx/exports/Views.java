package org.nnd.onnx.exports;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Shape;

/** Operations that only move elements. */
final class Views {
  private Views() {}

  static String slice(Scope s, Node node, Op.Slice slice) {
    Shape shape = node.operand(0).shape();
    List<Integer> axes =
        org.nnd.ir.Operations.axes(shape.rank()).stream()
            .filter(
                axis ->
                    !slice.start().get(axis).is(0)
                        || !slice.limit().get(axis).equals(shape.dim(axis))
                        || slice.stride().get(axis) != 1)
            .toList();
    String x = s.operand(node, 0);
    return axes.isEmpty()
        ? x
        : s.slice(
            x,
            axes.stream().map(slice.start()::get).toList(),
            axes.stream().map(slice.limit()::get).toList(),
            axes.stream().mapToLong(Integer::longValue).toArray(),
            axes.stream().mapToLong(axis -> slice.stride().get(axis)).toArray());
  }

  static String pad(Scope s, Node node, Op.Pad pad) {
    return pad(s, s.operand(node, 0), node.operand(0).type().dtype(), node.operand(0).shape(), pad);
  }

  /** Spreads the elements, then pads, then crops. */
  static String pad(Scope s, String value, DType dtype, Shape shape, Op.Pad pad) {
    DType working = dtype == DType.F16 || dtype == DType.BF16 ? DType.F32 : dtype;
    String x = s.cast(value, dtype, working);
    Shape now = shape;
    for (int axis = 0; axis < shape.rank(); axis++) {
      int holes = pad.interior().get(axis);
      if (holes > 0 && !now.dim(axis).is(0)) {
        x = spread(s, x, working, now, axis, holes, pad.value());
        now = now.with(axis, spread(now.dim(axis), holes));
      }
    }
    List<Dim> low = pad.low().stream().map(Views::positive).toList();
    List<Dim> high = pad.high().stream().map(Views::positive).toList();
    x = padded(s, x, working, low, high, pad.value());
    List<Dim> starts = new ArrayList<>();
    List<Dim> ends = new ArrayList<>();
    List<Long> axes = new ArrayList<>();
    for (int axis = 0; axis < shape.rank(); axis++) {
      Dim extent = now.dim(axis).plus(low.get(axis)).plus(high.get(axis));
      Dim start = low.get(axis).minus(pad.low().get(axis));
      Dim end = extent.minus(high.get(axis).minus(pad.high().get(axis)));
      if (!start.is(0) || !end.equals(extent)) {
        starts.add(start);
        ends.add(end);
        axes.add((long) axis);
      }
    }
    if (!axes.isEmpty()) {
      long[] at = axes.stream().mapToLong(Long::longValue).toArray();
      x = s.slice(x, starts, ends, at, LongStream.generate(() -> 1).limit(at.length).toArray());
    }
    return s.cast(x, working, dtype);
  }

  /** What is certainly negative crops; anything else is taken as an extent. */
  private static Dim positive(Dim dim) {
    return dim.coefficient(dim.degree()) < 0 ? Dim.ZERO : dim;
  }

  private static String padded(
      Scope s, String x, DType dtype, List<Dim> low, List<Dim> high, double value) {
    List<Dim> pads = new ArrayList<>(low);
    pads.addAll(high);
    return pads.stream().allMatch(dim -> dim.is(0))
        ? x
        : s.call("Pad", List.of(x, s.extents(pads), s.scalar(dtype, value)));
  }

  private static Dim spread(Dim extent, int holes) {
    return extent.times(holes + 1L).minus(holes);
  }

  /** An axis more, padded on its far side, and taken into the one before it. */
  private static String spread(
      Scope s, String x, DType dtype, Shape shape, int axis, int holes, double value) {
    Shape apart = shape.insert(axis + 1, Dim.ONE);
    List<Dim> none = Collections.nCopies(apart.rank(), Dim.ZERO);
    List<Dim> high = new ArrayList<>(none);
    high.set(axis + 1, Dim.of(holes));
    String wide = padded(s, s.reshape(x, shape, apart), dtype, none, high, value);
    Shape filled = apart.with(axis + 1, Dim.of(holes + 1L));
    Shape joined = shape.with(axis, shape.dim(axis).times(holes + 1L));
    return s.slice(
        s.reshape(wide, filled, joined),
        List.of(Dim.ZERO),
        List.of(spread(shape.dim(axis), holes)),
        new long[] {axis},
        new long[] {1});
  }

  static String concatenate(Scope s, Node node, int axis) {
    List<String> parts = node.operands().stream().map(s::value).toList();
    return s.call("Concat", parts, Map.of("axis", (long) axis));
  }

  /** Slices with step -1 from the last element to before the first. */
  static String reverse(Scope s, Node node, List<Integer> reversed) {
    String x = s.operand(node, 0);
    List<Integer> axes =
        reversed.stream()
            .filter(axis -> !node.shape().dim(axis).is(0) && !node.shape().dim(axis).is(1))
            .toList();
    if (axes.isEmpty()) {
      return x;
    }
    int count = axes.size();
    return s.call(
        "Slice",
        List.of(
            x,
            s.longs(LongStream.generate(() -> -1).limit(count).toArray()),
            s.longs(LongStream.generate(() -> Long.MIN_VALUE).limit(count).toArray()),
            s.longs(axes.stream().mapToLong(Integer::longValue).toArray()),
            s.longs(LongStream.generate(() -> -1).limit(count).toArray())));
  }
}
