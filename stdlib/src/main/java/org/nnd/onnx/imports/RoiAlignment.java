package org.nnd.onnx.imports;

import java.util.ArrayList;
import java.util.List;
import org.nnd.ir.BinaryOp;
import org.nnd.ir.Comparison;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Reduction;
import org.nnd.ir.Shape;
import org.nnd.ir.UnaryOp;

/**
 * Pooling of regions of pictures without rounding their edges (He et al. 2017, RoIAlign): each of
 * {@code height} by {@code width} bins is the mean, or the largest, of {@code samples}² bilinear
 * samples.
 *
 * @param scale of the regions' coordinates to the pictures' elements
 * @param halfPixel whether coordinates are those of elements' edges, and not of their centres
 */
record RoiAlignment(
    int height, int width, int down, int across, double scale, boolean halfPixel, boolean largest) {

  /**
   * {@return {@code [R, C, height, width]}}
   *
   * @param x {@code [N, C, H, W]}
   * @param regions {@code [R, 4]}: x and y of the first corner, then of the last
   * @param examples {@code [R]}, which example each region is of
   */
  Node apply(Node x, Node regions, Node examples) {
    Shape shape = x.shape();
    Node horizontal = places(regions, 0, width, across);
    Node vertical = places(regions, 1, height, down);
    Shape points =
        Shape.of(
            regions.shape().dim(0), Dim.of((long) height * down), Dim.of((long) width * across));
    Node column = Operations.broadcast(horizontal, points, List.of(0, 2));
    Node row = Operations.broadcast(vertical, points, List.of(0, 1));
    Node inside =
        Operations.binary(BinaryOp.AND, near(column, shape.size(3)), near(row, shape.size(2)));
    Node x0 = clamped(column, shape.size(3));
    Node y0 = clamped(row, shape.size(2));
    Dim rows = shape.dim(0).times(shape.dim(2)).times(shape.dim(3));
    Node elements =
        Operations.reshape(Operations.transpose(x, 0, 2, 3, 1), Shape.of(rows, shape.dim(1)));
    Node example =
        Operations.broadcast(Operations.convert(examples, DType.I32), points, List.of(0));
    Node pooled = null;
    for (int corner = 0; corner < 4; corner++) {
      Node dx = corner % 2 == 0 ? low(x0) : high(x0, shape.size(3));
      Node dy = corner / 2 == 0 ? low(y0) : high(y0, shape.size(2));
      Node share = Operations.multiply(share(x0, corner % 2), share(y0, corner / 2));
      Node line =
          Operations.add(
              Operations.multiply(example, shape.size(2)), Operations.convert(dy, DType.I32));
      Node index =
          Operations.add(
              Operations.multiply(line, shape.size(3)), Operations.convert(dx, DType.I32));
      Node safe = Operations.select(inside, index, Operations.full(index.type(), -1));
      Node taken = Operations.gather(elements, safe, 0);
      Node term =
          Operations.multiply(taken, Operations.broadcast(share, taken.shape(), List.of(0, 1, 2)));
      // ONNX Runtime, whose operator this is, takes the largest weighted corner, not sample.
      pooled =
          pooled == null
              ? term
              : largest ? Operations.maximum(pooled, term) : Operations.add(pooled, term);
    }
    Shape bins =
        Shape.of(
            points.dim(0),
            Dim.of(height),
            Dim.of(down),
            Dim.of(width),
            Dim.of(across),
            shape.dim(1));
    Node split = Operations.reshape(pooled, bins);
    Node reduced =
        largest
            ? Operations.reduce(Reduction.MAX, split, List.of(2, 4))
            : Operations.mean(split, List.of(2, 4));
    return Operations.transpose(reduced, 0, 3, 1, 2);
  }

  /**
   * {@return {@link #apply} with as many samples as each bin has elements, which the regions'
   * values tell}
   */
  Node adaptive(Node x, Node regions, Node examples, Literal values) {
    List<Node> results = new ArrayList<>();
    for (int r = 0; r < values.shape()[0]; r++) {
      RoiAlignment one =
          new RoiAlignment(
              height,
              width,
              samples(values, r, 1, height),
              samples(values, r, 0, width),
              scale,
              halfPixel,
              largest);
      results.add(
          one.apply(
              x, Operations.slice(regions, 0, r, r + 1), Operations.slice(examples, 0, r, r + 1)));
    }
    if (results.isEmpty()) {
      throw new NndException("there are no regions");
    }
    return Operations.concatenate(results, 0);
  }

  private int samples(Literal regions, int r, int which, int bins) {
    double extent = (regions.get(4 * r + which + 2) - regions.get(4 * r + which)) * scale;
    double used = halfPixel ? extent : Math.max(extent, 1);
    return Math.max(1, (int) Math.ceil(used / bins));
  }

  /** Where the samples of each region lie along one axis of the picture, {@code [R, bins S]}. */
  private Node places(Node regions, int which, int bins, int samples) {
    Node begin = corner(regions, which);
    Node extent = Operations.subtract(corner(regions, which + 2), begin);
    if (!halfPixel) {
      extent = Operations.maximum(extent, 1);
    }
    Shape shape = Shape.of(regions.shape().dim(0), Dim.of((long) bins * samples));
    Node number = Operations.iota(regions.dtype(), shape, 1);
    Node share = Operations.multiply(Operations.add(number, 0.5), 1.0 / ((double) bins * samples));
    return Operations.add(
        Operations.multiply(share, Operations.broadcast(extent, shape, List.of(0))),
        Operations.broadcast(begin, shape, List.of(0)));
  }

  private Node corner(Node regions, int which) {
    Node corner = Operations.slice(regions, 1, which, which + 1);
    Node scaled = Operations.multiply(corner, scale);
    return Operations.reshape(
        halfPixel ? Operations.add(scaled, -0.5) : scaled, regions.shape().slice(0, 1));
  }

  /** Samples more than one element outside the picture are zero. */
  private static Node near(Node place, int extent) {
    return Operations.binary(
        BinaryOp.AND,
        Operations.compare(Comparison.GE, place, -1),
        Operations.compare(Comparison.LE, place, extent));
  }

  private static Node clamped(Node place, int extent) {
    return Operations.minimum(
        Operations.maximum(place, 0), Operations.full(place.type(), extent - 1.0));
  }

  private static Node low(Node place) {
    return Operations.unary(UnaryOp.FLOOR, place);
  }

  private static Node high(Node place, int extent) {
    return Operations.minimum(
        Operations.add(low(place), 1), Operations.full(place.type(), extent - 1.0));
  }

  /** The weight of the lower ({@code 0}) or the higher neighbour. */
  private static Node share(Node place, int side) {
    Node fraction = Operations.subtract(place, low(place));
    return side == 1 ? fraction : Operations.add(Operations.negate(fraction), 1);
  }
}
