package org.nnd.ir.composite;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.nnd.ir.Dim;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Reduction;
import org.nnd.ir.TensorType;
import org.nnd.ir.Window;

/** Pooling over the spatial axes of {@code [N, C, spatial…]}. */
public final class Pooling {
  private Pooling() {}

  /**
   * {@return the largest element of each window; attribute {@code window}}
   *
   * @param window over the spatial axes
   */
  public static Node maxPool(Node x, Window window) {
    return Operations.composite(
        "maxPool",
        Map.of("window", window),
        List.of(x),
        a -> Operations.reduceWindow(Reduction.MAX, a.get(0), window.overAllAxes()));
  }

  /**
   * {@return the mean of each window; attributes {@code window}, {@code countPadding}}
   *
   * @param window over the spatial axes
   * @param countPadding whether padding counts as zeros, or not at all
   */
  public static Node avgPool(Node x, Window window, boolean countPadding) {
    return Operations.composite(
        "avgPool",
        Map.of("window", window, "countPadding", countPadding),
        List.of(x),
        a -> {
          Node sum = Operations.reduceWindow(Reduction.SUM, a.get(0), window.overAllAxes());
          if (countPadding) {
            int count = window.size().stream().reduce(1, Math::multiplyExact);
            return Operations.divide(sum, Operations.full(sum.type(), count));
          }
          return Operations.divide(sum, counts(x, sum.type(), window));
        });
  }

  /** How many elements of the operand each window holds, repeated over examples and channels. */
  private static Node counts(Node x, TensorType result, Window window) {
    TensorType plane = x.type().withShape(x.shape().slice(2, x.rank()));
    Node ones = Operations.full(plane, 1);
    Node counts = Operations.reduceWindow(Reduction.SUM, ones, window);
    return Operations.broadcastTrailing(counts, result.shape());
  }

  private static List<Integer> spatial(Node x) {
    return IntStream.range(2, x.rank()).boxed().toList();
  }

  /** {@return the mean over all positions, {@code [N, C]}} */
  public static Node globalAvgPool(Node x) {
    return Operations.composite(
        "globalAvgPool", Map.of(), List.of(x), a -> Operations.mean(a.get(0), spatial(x)));
  }

  /** {@return the largest element of each channel, {@code [N, C]}} */
  public static Node globalMaxPool(Node x) {
    return Operations.composite(
        "globalMaxPool",
        Map.of(),
        List.of(x),
        a -> Operations.reduce(Reduction.MAX, a.get(0), spatial(x)));
  }

  /**
   * {@return means of {@code sizes} windows along each spatial axis, as even as can be: window i of
   * m over n elements holds those from ⌊i n / m⌋ to ⌈(i + 1) n / m⌉ (PyTorch's rule); attribute
   * {@code sizes}}
   */
  public static Node adaptiveAvgPool(Node x, List<Integer> sizes) {
    return adaptive("adaptiveAvgPool", x, sizes, true);
  }

  /** {@return the largest elements of the windows of {@link #adaptiveAvgPool}} */
  public static Node adaptiveMaxPool(Node x, List<Integer> sizes) {
    return adaptive("adaptiveMaxPool", x, sizes, false);
  }

  private static Node adaptive(String name, Node x, List<Integer> sizes, boolean average) {
    if (sizes.size() != x.rank() - 2) {
      throw new NndException(
          "adaptive pooling of %s to the sizes %s: one size per spatial axis is wanted"
              .formatted(x.type(), sizes));
    }
    return Operations.composite(
        name,
        Map.of("sizes", List.copyOf(sizes)),
        List.of(x),
        a -> {
          Node result = a.get(0);
          for (int i = 0; i < sizes.size(); i++) {
            result = adapt(result, 2 + i, sizes.get(i), average);
          }
          return result;
        });
  }

  /** Pools one axis: by a plain window where the windows are equal, one slice each otherwise. */
  private static Node adapt(Node x, int axis, int size, boolean average) {
    int extent = x.shape().size(axis);
    Reduction reduction = average ? Reduction.SUM : Reduction.MAX;
    if (extent % size == 0) {
      List<Integer> ones = Collections.nCopies(x.rank(), 1);
      List<Integer> reach = new ArrayList<>(ones);
      reach.set(axis, extent / size);
      Node pooled = Operations.reduceWindow(reduction, x, Window.of(reach).stride(reach));
      return average ? divide(pooled, extent / size) : pooled;
    }
    List<Node> parts = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      int start = (int) ((long) i * extent / size);
      int limit = (int) (((i + 1L) * extent + size - 1) / size);
      Node slice = Operations.slice(x, axis, start, limit);
      Node part = Operations.reduce(reduction, slice, List.of(axis));
      Node mean = average ? divide(part, limit - start) : part;
      parts.add(Operations.reshape(mean, x.shape().with(axis, Dim.ONE)));
    }
    return Operations.concatenate(parts, axis);
  }

  private static Node divide(Node x, int count) {
    return Operations.divide(x, Operations.full(x.type(), count));
  }
}
