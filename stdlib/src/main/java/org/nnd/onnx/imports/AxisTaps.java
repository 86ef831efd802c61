package org.nnd.onnx.imports;

import java.util.ArrayList;
import java.util.List;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;

/**
 * One axis at another size: every result is a weighted sum of a few elements of the axis.
 *
 * @param indices {@code [tap][result]}, all inside the axis
 * @param weights {@code [tap][result]}
 */
record AxisTaps(int[][] indices, double[][] weights) {

  /**
   * Where the results lie on an axis: ONNX's coordinate transformation, in single precision as ONNX
   * Runtime computes it, because rounding decides which element is nearest.
   *
   * @param scale result extent over operand extent, as given or as it follows from the sizes
   * @param begin of the region of interest, as a share of the axis; used by tf_crop_and_resize
   * @param end likewise
   */
  record Coordinates(String mode, int in, int out, float scale, float begin, float end) {
    double at(int i) {
      return switch (mode) {
        case "half_pixel" -> (i + 0.5f) / scale - 0.5f;
        case "pytorch_half_pixel" -> out > 1 ? (i + 0.5f) / scale - 0.5f : 0;
        case "half_pixel_symmetric" -> {
          float offset = in / 2f * (1 - out / (scale * in));
          yield offset + (i + 0.5f) / scale - 0.5f;
        }
        case "align_corners" -> out > 1 ? i * (in - 1f) / (out - 1f) : 0;
        case "asymmetric" -> i / scale;
        case "tf_half_pixel_for_nn" -> (i + 0.5f) / scale;
        case "tf_crop_and_resize" ->
            out > 1
                ? begin * (in - 1) + i * (end - begin) * (in - 1) / (out - 1)
                : 0.5f * (begin + end) * (in - 1);
        default ->
            throw new NndException(
                "coordinate_transformation_mode is '%s', which is unknown".formatted(mode));
      };
    }
  }

  /** {@return the nearest elements; halves and fractions as {@code nearest_mode} has them} */
  static AxisTaps nearest(Coordinates coordinates, String nearestMode) {
    int[] index = new int[coordinates.out()];
    double[] ones = new double[index.length];
    for (int i = 0; i < index.length; i++) {
      double x = coordinates.at(i);
      double rounded =
          switch (nearestMode) {
            case "round_prefer_floor" -> Math.ceil(x - 0.5);
            case "round_prefer_ceil" -> Math.floor(x + 0.5);
            case "floor" -> Math.floor(x);
            case "ceil" -> Math.ceil(x);
            // The rule before opset 11: up where the axis shrinks, down where it grows.
            case "simple" -> coordinates.scale() < 1 ? Math.ceil(x) : Math.floor(x);
            default ->
                throw new NndException(
                    "nearest_mode is '%s', which is unknown".formatted(nearestMode));
          };
      index[i] = inside((long) rounded, coordinates.in());
      ones[i] = 1;
    }
    return new AxisTaps(new int[][] {index}, new double[][] {ones});
  }

  /** {@return weights of the two neighbours; the edge goes on outside} */
  static AxisTaps linear(Coordinates coordinates, boolean excludeOutside) {
    return kernel(coordinates, 2, excludeOutside, distance -> Math.max(0, 1 - Math.abs(distance)));
  }

  /**
   * {@return weights of the four neighbours (Keys 1981)}
   *
   * @param a the kernel's free coefficient
   */
  static AxisTaps cubic(Coordinates coordinates, double a, boolean excludeOutside) {
    return kernel(coordinates, 4, excludeOutside, distance -> keys(Math.abs(distance), a));
  }

  static double keys(double d, double a) {
    if (d <= 1) {
      return ((a + 2) * d - (a + 3)) * d * d + 1;
    }
    return d < 2 ? ((a * d - 5 * a) * d + 8 * a) * d - 4 * a : 0;
  }

  /** The weight of an element at a distance. */
  private interface Kernel {
    double at(double distance);
  }

  private static AxisTaps kernel(
      Coordinates coordinates, int taps, boolean excludeOutside, Kernel kernel) {
    int in = coordinates.in();
    int[][] indices = new int[taps][coordinates.out()];
    double[][] weights = new double[taps][coordinates.out()];
    for (int i = 0; i < coordinates.out(); i++) {
      double x = coordinates.at(i);
      long first = (long) Math.floor(x) - taps / 2 + 1;
      double sum = 0;
      for (int t = 0; t < taps; t++) {
        boolean outside = first + t < 0 || first + t >= in;
        weights[t][i] = excludeOutside && outside ? 0 : kernel.at(x - (first + t));
        indices[t][i] = inside(first + t, in);
        sum += weights[t][i];
      }
      for (int t = 0; t < taps && excludeOutside; t++) {
        weights[t][i] /= sum;
      }
    }
    return new AxisTaps(indices, weights);
  }

  private static int inside(long index, int extent) {
    return (int) Math.max(0, Math.min(extent - 1, index));
  }

  /** {@return the operand with one axis replaced by these sums} */
  Node apply(Node x, int axis) {
    List<Node> terms = new ArrayList<>();
    for (int t = 0; t < indices.length; t++) {
      int out = indices[t].length;
      Node taken = Operations.gather(x, Operations.constant(Literal.of(indices[t], out)), axis);
      if (indices.length > 1) {
        Node weight = Operations.constant(Literal.ofDoubles(x.dtype(), weights[t], out));
        taken =
            Operations.multiply(taken, Operations.broadcast(weight, taken.shape(), List.of(axis)));
      }
      terms.add(taken);
    }
    return terms.stream().reduce(Operations::add).orElseThrow();
  }

  /** {@return which results of an axis lie outside the operand, as bools of the given shape} */
  static Node outside(Coordinates coordinates, Shape shape, int axis) {
    double[] outside = new double[coordinates.out()];
    for (int i = 0; i < outside.length; i++) {
      double x = coordinates.at(i);
      outside[i] = x < 0 || x > coordinates.in() - 1 ? 1 : 0;
    }
    Node flags = Operations.constant(Literal.ofDoubles(DType.BOOL, outside, outside.length));
    return Operations.broadcast(flags, shape, List.of(axis));
  }
}
