package org.nnd.onnx.imports;

import java.util.List;
import java.util.stream.IntStream;
import org.nnd.ir.BinaryOp;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.composite.Interpolation;

/**
 * How ONNX's Resize comes to its results.
 *
 * @param mode {@code nearest}, {@code linear} or {@code cubic}
 * @param nearest the {@code nearest_mode}
 * @param extrapolation the result where tf_crop_and_resize looks outside the operand
 */
record ResizeRule(
    String mode,
    String coordinates,
    String nearest,
    double cubicCoefficient,
    boolean excludeOutside,
    double extrapolation) {

  /** One axis of a resize: its new extent, the scale, and the region of interest. */
  record Axis(int axis, int size, float scale, float begin, float end) {}

  Node apply(Node x, List<Axis> axes) {
    List<Axis> changed = axes.stream().filter(axis -> changes(x, axis)).toList();
    if (x.dtype().isInteger() && !mode.equals("nearest")) {
      return Operations.convert(apply(Operations.convert(x, DType.F32), axes), x.dtype());
    }
    if (isInterpolation(x, axes)) {
      List<Integer> sizes =
          IntStream.range(2, x.rank()).mapToObj(i -> sizeOf(i, axes, x.shape().dim(i))).toList();
      return mode.equals("linear")
          ? Interpolation.interpolateLinear(x, sizes)
          : Interpolation.interpolateNearest(x, sizes);
    }
    Node result = x;
    for (Axis axis : changed) {
      result = taps(along(x, axis)).apply(result, axis.axis());
    }
    if (!coordinates.equals("tf_crop_and_resize")) {
      return result;
    }
    Node outside = null;
    for (Axis axis : changed) {
      Node there = AxisTaps.outside(along(x, axis), result.shape(), axis.axis());
      outside = outside == null ? there : Operations.binary(BinaryOp.OR, outside, there);
    }
    return outside == null
        ? result
        : Operations.select(outside, Operations.full(result.type(), extrapolation), result);
  }

  private static int sizeOf(int axis, List<Axis> axes, Dim otherwise) {
    return axes.stream()
        .filter(a -> a.axis() == axis)
        .map(Axis::size)
        .findFirst()
        .orElseGet(otherwise::fixed);
  }

  private boolean changes(Node x, Axis axis) {
    return !x.shape().dim(axis.axis()).is(axis.size())
        || axis.scale() != 1
        || coordinates.equals("tf_crop_and_resize");
  }

  /** Whether this is what the tensor graph has an operation of its own for. */
  private boolean isInterpolation(Node x, List<Axis> axes) {
    boolean rule =
        mode.equals("linear") && coordinates.equals("half_pixel") && !excludeOutside
            || mode.equals("nearest")
                && coordinates.equals("asymmetric")
                && (nearest.equals("floor") || nearest.equals("simple"));
    return rule
        && x.rank() > 2
        && x.dtype() == DType.F32
        && axes.stream()
            .allMatch(
                axis ->
                    axis.axis() >= 2
                        ? axis.size() == axis.scale() * x.shape().size(axis.axis())
                            && (mode.equals("linear") || axis.scale() >= 1)
                        : !changes(x, axis));
  }

  private AxisTaps.Coordinates along(Node x, Axis axis) {
    return new AxisTaps.Coordinates(
        coordinates,
        x.shape().size(axis.axis()),
        axis.size(),
        axis.scale(),
        axis.begin(),
        axis.end());
  }

  private AxisTaps taps(AxisTaps.Coordinates along) {
    return switch (mode) {
      case "nearest" -> AxisTaps.nearest(along, nearest);
      case "linear" -> AxisTaps.linear(along, excludeOutside);
      case "cubic" -> AxisTaps.cubic(along, cubicCoefficient, excludeOutside);
      default ->
          throw new NndException("mode is '%s', expected nearest, linear or cubic".formatted(mode));
    };
  }
}
