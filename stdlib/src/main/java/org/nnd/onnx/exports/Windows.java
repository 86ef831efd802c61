package org.nnd.onnx.exports;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Reduction;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;
import org.nnd.ir.Window;

/**
 * Windows that slide: ONNX's pooling where it fits, and otherwise one axis after the other, as the
 * reduction of the slices that the elements of a window see.
 */
final class Windows {
  private Windows() {}

  static String reduce(Scope s, Node node, Op.ReduceWindow reduce) {
    Node x = node.operand(0);
    DType dtype = x.dtype();
    DType working = ElementTypes.working(dtype);
    String value = s.cast(s.value(x), dtype, working);
    Window window = reduce.window();
    boolean pools =
        working == DType.F32
            && isSpatial(window)
            && node.shape().dims().stream().noneMatch(d -> d.is(0));
    String result =
        switch (reduce.reduction()) {
          case MAX -> pools ? max(s, value, spatial(window)) : slide(s, value, x, reduce);
          case SUM ->
              pools && !isDilated(window)
                  ? sum(s, value, spatial(window))
                  : slide(s, value, x, reduce);
          case MIN ->
              pools
                  ? s.call("Neg", List.of(max(s, s.call("Neg", List.of(value)), spatial(window))))
                  : slide(s, value, x, reduce);
          case PRODUCT -> slide(s, value, x, reduce);
        };
    return s.cast(result, working, dtype);
  }

  /** Whether the first two axes are left alone and pooling operators know the others. */
  static boolean isSpatial(Window window) {
    return window.rank() >= 3
        && isTrivial(window, 0)
        && isTrivial(window, 1)
        && fits(spatial(window));
  }

  /** Whether pooling operators know a window over the spatial axes; some want no dilation. */
  private static boolean fits(Window window) {
    return window.rank() >= 1
        && window.rank() <= 3
        && IntStream.range(0, window.rank())
            .allMatch(
                axis ->
                    window.inputDilation().get(axis) == 1
                        && window.size().get(axis) >= 1
                        && window.low().get(axis) >= 0
                        && window.high().get(axis) >= 0
                        && window.low().get(axis) < window.size().get(axis)
                        && window.high().get(axis) < window.size().get(axis));
  }

  /** {@return whether AveragePool knows a window over the spatial axes} */
  static boolean averages(Window window) {
    return fits(window) && !isDilated(window);
  }

  private static boolean isDilated(Window window) {
    return window.dilation().stream().anyMatch(d -> d != 1);
  }

  static boolean isTrivial(Window window, int axis) {
    return window.size().get(axis) == 1
        && window.stride().get(axis) == 1
        && window.low().get(axis) == 0
        && window.high().get(axis) == 0
        && window.inputDilation().get(axis) == 1;
  }

  static Window spatial(Window w) {
    int rank = w.rank();
    return new Window(
        w.size().subList(2, rank),
        w.stride().subList(2, rank),
        w.low().subList(2, rank),
        w.high().subList(2, rank),
        w.inputDilation().subList(2, rank),
        w.dilation().subList(2, rank));
  }

  private static String max(Scope s, String x, Window window) {
    return s.call(
        "MaxPool",
        List.of(x),
        Map.of(
            "kernel_shape", Scope.integers(window.size()),
            "strides", Scope.integers(window.stride()),
            "dilations", Scope.integers(window.dilation()),
            "pads", pads(window)));
  }

  /** The mean with padding counted, times the size of the window. */
  private static String sum(Scope s, String x, Window window) {
    int count = window.size().stream().reduce(1, Math::multiplyExact);
    String mean = average(s, x, window, true);
    return s.call("Mul", List.of(mean, s.scalar(DType.F32, count)));
  }

  static String average(Scope s, String x, Window window, boolean countPadding) {
    return s.call(
        "AveragePool",
        List.of(x),
        Map.of(
            "kernel_shape", Scope.integers(window.size()),
            "strides", Scope.integers(window.stride()),
            "pads", pads(window),
            "count_include_pad", countPadding ? 1L : 0L));
  }

  static List<Long> pads(Window window) {
    List<Integer> pads = new ArrayList<>(window.low());
    pads.addAll(window.high());
    return Scope.integers(pads);
  }

  private static String slide(Scope s, String value, Node x, Op.ReduceWindow reduce) {
    String result = value;
    Shape shape = x.shape();
    for (int axis = 0; axis < shape.rank(); axis++) {
      if (!isTrivial(reduce.window(), axis)) {
        result = slide(s, result, x.type().withShape(shape), reduce, axis);
        int extent = shape.size(axis);
        shape = shape.with(axis, Dim.of(reduce.window().outputs(axis, extent)));
      }
    }
    return result;
  }

  private static String slide(
      Scope s, String value, TensorType type, Op.ReduceWindow reduce, int axis) {
    Window w = reduce.window();
    Shape shape = type.shape();
    DType dtype = ElementTypes.working(type.dtype());
    double nothing = Reductions.identity(reduce.reduction(), type.dtype());
    Reduction reduction = reduce.reduction();
    int outputs = w.outputs(axis, shape.size(axis));
    TensorType result = new TensorType(dtype, shape.with(axis, Dim.of(outputs)));
    if (outputs == 0 || w.size().get(axis) == 0) {
      return s.full(result, nothing);
    }
    String padded = Views.pad(s, value, dtype, shape, padding(w, axis, shape.rank(), nothing));
    List<String> parts = new ArrayList<>();
    for (int k = 0; k < w.size().get(axis); k++) {
      int start = k * w.dilation().get(axis);
      int stride = w.stride().get(axis);
      parts.add(
          s.slice(
              padded,
              List.of(Dim.of(start)),
              List.of(Dim.of(start + (outputs - 1L) * stride + 1)),
              new long[] {axis},
              new long[] {stride}));
    }
    return combined(s, parts, reduction);
  }

  private static String combined(Scope s, List<String> parts, Reduction reduction) {
    String result = parts.get(0);
    for (String part : parts.subList(1, parts.size())) {
      result = s.call(Reductions.combiner(reduction), List.of(result, part));
    }
    return result;
  }

  /** The padding and the holes of the input along one axis of a tensor. */
  private static Op.Pad padding(Window w, int axis, int rank, double value) {
    long[] none = LongStream.generate(() -> 0).limit(rank).toArray();
    List<Dim> low = new ArrayList<>(Shape.of(none).dims());
    List<Dim> high = new ArrayList<>(low);
    List<Integer> interior = new ArrayList<>(Collections.nCopies(rank, 0));
    low.set(axis, Dim.of(w.low().get(axis)));
    high.set(axis, Dim.of(w.high().get(axis)));
    interior.set(axis, w.inputDilation().get(axis) - 1);
    return new Op.Pad(low, high, interior, value);
  }
}
