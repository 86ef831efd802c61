package org.nnd.onnx.imports;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.nnd.ir.BinaryOp;
import org.nnd.ir.Comparison;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Reduction;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;
import org.nnd.ir.UnaryOp;
import org.nnd.ir.Window;
import org.nnd.ir.composite.Pooling;

/** ONNX's poolings of {@code [N, C, …]} as operations of the tensor graph. */
final class Poolings {
  /** Every place of a window costs a few operations. */
  private static final int MOST_PLACES = 4096;

  private Poolings() {}

  static Node max(Node x, SlidingWindow sliding) {
    return Pooling.maxPool(x, sliding.over(Convolving.spatial(x.shape())));
  }

  /**
   * {@return the mean of each window}
   *
   * @param countPadding whether padding counts as zeros; what a last window has beyond the padding
   *     never counts
   */
  static Node average(Node x, SlidingWindow sliding, boolean countPadding) {
    List<Integer> extents = Convolving.spatial(x.shape());
    Window declared = sliding.declared(extents);
    Window window = sliding.over(extents);
    if (!countPadding || window.equals(declared)) {
      boolean padded =
          IntStream.concat(
                  window.low().stream().mapToInt(i -> i), window.high().stream().mapToInt(i -> i))
              .anyMatch(p -> p != 0);
      return Pooling.avgPool(x, window, countPadding || !padded);
    }
    List<Integer> none = Collections.nCopies(window.rank(), 0);
    List<Integer> rest =
        IntStream.range(0, window.rank())
            .mapToObj(i -> window.high().get(i) - declared.high().get(i))
            .toList();
    return Pooling.avgPool(
        padded(x, declared.low(), declared.high(), 0), window.padding(none, rest), false);
  }

  /** Puts elements around the spatial axes. */
  private static Node padded(Node x, List<Integer> low, List<Integer> high, double value) {
    List<Dim> before = new ArrayList<>(Collections.nCopies(x.rank() - low.size(), Dim.ZERO));
    List<Dim> after = new ArrayList<>(before);
    low.forEach(p -> before.add(Dim.of(p)));
    high.forEach(p -> after.add(Dim.of(p)));
    return Operations.pad(x, before, after, Collections.nCopies(x.rank(), 0), value);
  }

  /** {@return {@code (Σ |x|^p)^(1/p)} of each window} */
  static Node lp(Node x, SlidingWindow sliding, double p) {
    Window window = sliding.over(Convolving.spatial(x.shape())).overAllAxes();
    return root(Operations.reduceWindow(Reduction.SUM, powers(x, p), window), p);
  }

  /** {@return {@code (Σ |x|^p)^(1/p)} of each channel, {@code [N, C, 1, …]}} */
  static Node globalLp(Node x, double p) {
    List<Integer> space = IntStream.range(2, x.rank()).boxed().toList();
    return spaceOfOne(root(Operations.sum(powers(x, p), space), p), x.rank());
  }

  /** {@return {@code [N, C]} as {@code [N, C, 1, …]} of the given rank} */
  static Node spaceOfOne(Node x, int rank) {
    Shape ones = new Shape(Collections.nCopies(rank - 2, Dim.ONE));
    return Operations.reshape(x, x.shape().concat(ones));
  }

  private static Node powers(Node x, double p) {
    if (p == 2) {
      return Operations.square(x);
    }
    Node size = Operations.unary(UnaryOp.ABS, x);
    return p == 1 ? size : Operations.binary(BinaryOp.POWER, size, Operations.full(size.type(), p));
  }

  private static Node root(Node x, double p) {
    if (p == 2) {
      return Operations.sqrt(x);
    }
    return p == 1 ? x : Operations.binary(BinaryOp.POWER, x, Operations.full(x.type(), 1 / p));
  }

  /**
   * {@return for each window the i64 position of its largest element (the first of equals) in the
   * whole of {@code x}, laid out in one row}
   *
   * @param columnMajor whether positions within a plane run down its columns; planes always follow
   *     one another
   */
  static Node argMax(Node x, SlidingWindow sliding, boolean columnMajor) {
    if (sliding.size().stream().mapToDouble(s -> s).reduce(1, (a, b) -> a * b) > MOST_PLACES) {
      throw new NndException(
          "positions of the largest elements of windows of %s; windows of at most %,d elements are supported"
              .formatted(sliding.size(), MOST_PLACES));
    }
    List<Integer> extents = Convolving.spatial(x.shape());
    Window window = sliding.over(extents);
    Node data = padded(x, window.low(), window.high(), Double.NEGATIVE_INFINITY);
    Shape plane = x.shape().slice(2, x.rank());
    Node places = padded(positions(plane, columnMajor), window.low(), window.high(), 0);
    Node best = null;
    Node where = null;
    int[] offset = new int[window.rank()];
    do {
      Node value = taken(data, window, offset, extents);
      Node taken = taken(places, window, offset, extents);
      Node place = Operations.broadcastTrailing(taken, value.shape());
      if (best == null) {
        best = value;
        where = place;
      } else {
        Node larger = Operations.compare(Comparison.GT, value, best);
        best = Operations.select(larger, value, best);
        where = Operations.select(larger, place, where);
      }
    } while (next(offset, window.size()));
    Node planes = Operations.iota(DType.I64, Shape.of(x.shape().slice(0, 2).count()), 0);
    Node byChannel = Operations.reshape(planes, x.shape().slice(0, 2));
    Node first = Operations.multiply(byChannel, plane.count().fixed());
    return Operations.add(where, Operations.broadcast(first, where.shape(), List.of(0, 1)));
  }

  /** The i64 positions of a plane's elements, in the plane's shape. */
  private static Node positions(Shape plane, boolean columnMajor) {
    Node positions = Operations.full(new TensorType(DType.I64, plane), 0);
    int step = 1;
    for (int i = 0; i < plane.rank(); i++) {
      int axis = columnMajor ? i : plane.rank() - 1 - i;
      Node along = Operations.iota(DType.I64, plane, axis);
      positions = Operations.add(positions, Operations.multiply(along, step));
      step *= plane.size(axis);
    }
    return positions;
  }

  /** The elements at one place of every window. */
  private static Node taken(Node padded, Window window, int[] offset, List<Integer> extents) {
    int skip = padded.rank() - window.rank();
    List<Dim> start = new ArrayList<>(Collections.nCopies(skip, Dim.ZERO));
    List<Dim> limit = new ArrayList<>(padded.shape().dims().subList(0, skip));
    List<Integer> stride = new ArrayList<>(Collections.nCopies(skip, 1));
    for (int i = 0; i < window.rank(); i++) {
      int begin = offset[i] * window.dilation().get(i);
      int count = window.outputs(i, extents.get(i));
      start.add(Dim.of(begin));
      limit.add(Dim.of(begin + (count - 1) * window.stride().get(i) + 1));
      stride.add(window.stride().get(i));
    }
    return Operations.slice(padded, start, limit, stride);
  }

  /** Moves on to the next place within a window; false after the last. */
  private static boolean next(int[] offset, List<Integer> size) {
    for (int i = offset.length - 1; i >= 0; i--) {
      if (++offset[i] < size.get(i)) {
        return true;
      }
      offset[i] = 0;
    }
    return false;
  }

  /**
   * {@return the inverse of a pooling that gave values and positions: zeros of the given shape with
   * each value at its position}
   *
   * @param positions i64, as of {@link #argMax}
   */
  static Node unpooled(Node x, Node positions, Shape shape) {
    Shape flat = Shape.of(x.shape().count());
    Node zeros = Operations.full(new TensorType(x.dtype(), Shape.of(shape.count())), 0);
    Node at = Operations.convert(Operations.reshape(positions, flat), DType.I32);
    return Operations.reshape(
        Operations.scatterAddUnique(zeros, at, Operations.reshape(x, flat), 0), shape);
  }

  /**
   * {@return the largest element of each bin of one region (Girshick 2015, RoI pooling), {@code [1,
   * C, bins…]}; an empty bin is zero}
   *
   * @param region the example, then x and y of the first element and of the last
   * @param bins rows and columns
   */
  static Node region(Node x, double[] region, List<Integer> bins, double scale) {
    Node result = Operations.slice(x, 0, (int) region[0], (int) region[0] + 1);
    for (int i = 0; i < 2; i++) {
      int axis = 2 + i;
      long begin = Math.round(region[2 - i] * scale);
      long end = Math.round(region[4 - i] * scale);
      double bin = Math.max(end - begin + 1, 1) / (double) bins.get(i);
      List<Node> parts = new ArrayList<>();
      for (int b = 0; b < bins.get(i); b++) {
        int extent = x.shape().size(axis);
        int from = clamp((long) Math.floor(b * bin) + begin, extent);
        int to = clamp((long) Math.ceil((b + 1) * bin) + begin, extent);
        Shape one = result.shape().with(axis, Dim.ONE);
        parts.add(
            to <= from
                ? Operations.full(x.type().withShape(one), 0)
                : Operations.reshape(
                    Operations.reduce(
                        Reduction.MAX, Operations.slice(result, axis, from, to), List.of(axis)),
                    one));
      }
      result = Operations.concatenate(parts, axis);
    }
    return result;
  }

  private static int clamp(long place, int extent) {
    return (int) Math.max(0, Math.min(extent, place));
  }
}
