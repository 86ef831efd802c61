package org.nnd.onnx.imports;

import java.util.List;
import org.nnd.ir.BinaryOp;
import org.nnd.ir.Comparison;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.UnaryOp;

/**
 * Pictures {@code [N, C, H, W]} looked at in given points {@code [N, H', W', 2]} (Jaderberg et al.
 * 2015): x and y from -1 to 1.
 *
 * @param mode {@code nearest}, {@code bilinear} or {@code bicubic}
 * @param padding what lies outside: {@code zeros}, {@code border} or {@code reflection}
 * @param alignCorners whether -1 and 1 are the centres of the outermost elements, or their edges
 */
record GridSampling(String mode, String padding, boolean alignCorners) {
  private static final double KEYS = -0.75;

  /** {@return the samples, {@code [N, C, H', W']}} */
  Node apply(Node pictures, Node grid) {
    Shape shape = pictures.shape();
    Shape points = grid.shape().slice(0, 3);
    Node x = place(Operations.reshape(Operations.slice(grid, 3, 0, 1), points), shape.size(3));
    Node y = place(Operations.reshape(Operations.slice(grid, 3, 1, 2), points), shape.size(2));
    Dim rows = shape.dim(0).times(shape.dim(2)).times(shape.dim(3));
    Node elements =
        Operations.reshape(
            Operations.transpose(pictures, 0, 2, 3, 1), Shape.of(rows, shape.dim(1)));
    Node samples =
        switch (mode) {
          case "nearest" -> {
            Node right = Operations.unary(UnaryOp.ROUND, x);
            Node down = Operations.unary(UnaryOp.ROUND, y);
            yield taken(elements, shape, right, down);
          }
          case "bilinear", "linear" -> weighted(elements, shape, x, y, 2);
          case "bicubic", "cubic" -> weighted(elements, shape, x, y, 4);
          default ->
              throw new NndException(
                  "mode is '%s', expected nearest, bilinear or bicubic".formatted(mode));
        };
    return Operations.transpose(samples, 0, 3, 1, 2);
  }

  /** Coordinates from -1 to 1 as places on an axis, folded back into it as the padding has it. */
  private Node place(Node x, int extent) {
    Node place =
        alignCorners
            ? Operations.multiply(Operations.add(x, 1), (extent - 1) / 2.0)
            : Operations.add(Operations.multiply(Operations.add(x, 1), extent / 2.0), -0.5);
    // The neighbours of a bicubic sample are folded back one by one.
    return mode.endsWith("cubic") ? place : folded(place, extent);
  }

  private Node folded(Node place, int extent) {
    return switch (padding) {
      case "zeros" -> place;
      case "border" -> clamped(place, extent);
      case "reflection" -> clamped(reflected(place, extent), extent);
      default ->
          throw new NndException(
              "padding_mode is '%s', expected zeros, border or reflection".formatted(padding));
    };
  }

  private static Node clamped(Node place, int extent) {
    return Operations.minimum(
        Operations.maximum(place, 0), Operations.full(place.type(), extent - 1.0));
  }

  /** A triangle wave between the centres, or the edges, of the outermost elements. */
  private Node reflected(Node place, int extent) {
    double low = alignCorners ? 0 : -0.5;
    double span = alignCorners ? extent - 1 : extent;
    if (span == 0) {
      return Operations.full(place.type(), 0);
    }
    Node distance = Operations.unary(UnaryOp.ABS, Operations.add(place, -low));
    Node period = Operations.full(place.type(), 2 * span);
    Node within = Operations.binary(BinaryOp.REMAINDER, distance, period);
    return Operations.add(Operations.minimum(within, Operations.subtract(period, within)), low);
  }

  /** The sum over {@code taps} by {@code taps} neighbours. */
  private Node weighted(Node elements, Shape shape, Node x, Node y, int taps) {
    Node left = Operations.add(Operations.unary(UnaryOp.FLOOR, x), 1 - taps / 2);
    Node top = Operations.add(Operations.unary(UnaryOp.FLOOR, y), 1 - taps / 2);
    Node sum = null;
    for (int i = 0; i < taps; i++) {
      Node row = Operations.add(top, i);
      Node rowWeight = weight(Operations.subtract(y, row), taps);
      for (int j = 0; j < taps; j++) {
        Node column = Operations.add(left, j);
        Node weight = Operations.multiply(rowWeight, weight(Operations.subtract(x, column), taps));
        Node at =
            taps == 2
                ? taken(elements, shape, column, row)
                : taken(elements, shape, folded(column, shape.size(3)), folded(row, shape.size(2)));
        Node term =
            Operations.multiply(at, Operations.broadcast(weight, at.shape(), List.of(0, 1, 2)));
        sum = sum == null ? term : Operations.add(sum, term);
      }
    }
    return sum;
  }

  private static Node weight(Node distance, int taps) {
    Node d = Operations.unary(UnaryOp.ABS, distance);
    if (taps == 2) {
      return Operations.maximum(Operations.add(Operations.negate(d), 1), 0);
    }
    Node square = Operations.square(d);
    Node near =
        Operations.add(
            Operations.multiply(
                Operations.add(Operations.multiply(d, KEYS + 2), -KEYS - 3), square),
            1);
    Node outer =
        Operations.add(
            Operations.multiply(
                Operations.add(
                    Operations.multiply(Operations.add(Operations.multiply(d, KEYS), -5 * KEYS), d),
                    8 * KEYS),
                d),
            -4 * KEYS);
    return Operations.select(Operations.compare(Comparison.LE, d, 1), near, outer);
  }

  /** The elements {@code [N, H', W', C]} at whole places; zero outside. */
  private static Node taken(Node elements, Shape shape, Node x, Node y) {
    Node inside =
        Operations.binary(BinaryOp.AND, inside(x, shape.size(3)), inside(y, shape.size(2)));
    Node column = Operations.convert(x, DType.I32);
    Node row = Operations.convert(y, DType.I32);
    Node example = Operations.iota(DType.I32, column.shape(), 0);
    Node line = Operations.add(Operations.multiply(example, shape.size(2)), row);
    Node index = Operations.add(Operations.multiply(line, shape.size(3)), column);
    Node safe = Operations.select(inside, index, Operations.full(index.type(), -1));
    return Operations.gather(elements, safe, 0);
  }

  private static Node inside(Node place, int extent) {
    return Operations.binary(
        BinaryOp.AND,
        Operations.compare(Comparison.GE, place, 0),
        Operations.compare(Comparison.LE, place, extent - 1));
  }
}
