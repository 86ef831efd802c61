package org.nnd.onnx.imports;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.nnd.ir.Comparison;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;

/** Pad in all its modes; negative amounts crop. */
final class Padding {
  private Padding() {}

  static List<Value> pad(NodeScope scope) {
    Node x = scope.node(0);
    String mode = scope.text("mode", "constant");
    long[] amounts = amounts(scope);
    List<Integer> axes =
        scope.opset() >= 18 && scope.has(3)
            ? scope.axes(Arrays.stream(scope.longs(3)).boxed().toList(), x.rank())
            : Operations.axes(x.rank());
    if (amounts.length != 2 * axes.size()) {
      throw scope.error("%d amounts for %d axes".formatted(amounts.length, axes.size()));
    }
    long[] low = new long[x.rank()];
    long[] high = new long[x.rank()];
    for (int i = 0; i < axes.size(); i++) {
      low[axes.get(i)] = amounts[i];
      high[axes.get(i)] = amounts[i + axes.size()];
    }
    if (mode.equals("constant")) {
      return List.of(scope.like(0, constant(scope, x, low, high)));
    }
    Node result = x;
    for (int axis = 0; axis < x.rank(); axis++) {
      if (low[axis] != 0 || high[axis] != 0) {
        result = repeated(scope, result, mode, axis, low[axis], high[axis]);
      }
    }
    return List.of(scope.like(0, result));
  }

  private static long[] amounts(NodeScope scope) {
    if (scope.opset() >= 11) {
      return scope.longs(1);
    }
    return scope
        .integers(scope.opset() < 2 ? "paddings" : "pads")
        .orElseThrow(() -> scope.error("the amounts are missing"))
        .stream()
        .mapToLong(v -> v)
        .toArray();
  }

  private static Node constant(NodeScope scope, Node x, long[] low, long[] high) {
    List<Dim> before = Arrays.stream(low).mapToObj(Dim::of).toList();
    List<Dim> after = Arrays.stream(high).mapToObj(Dim::of).toList();
    List<Integer> none = Collections.nCopies(x.rank(), 0);
    if (scope.opset() < 11) {
      return Operations.pad(x, before, after, none, scope.real("value", 0));
    }
    if (!scope.has(2)) {
      return Operations.pad(x, before, after, none, 0);
    }
    if (scope.literalIfKnown(2).isPresent()) {
      return Operations.pad(x, before, after, none, scope.number(2));
    }
    // The value is computed: pad, and put it where there is padding.
    Node padded = Operations.pad(x, before, after, none, 0);
    Node ones = Operations.full(new TensorType(DType.I32, x.shape()), 1);
    Node inside =
        Operations.compare(Comparison.EQ, Operations.pad(ones, before, after, none, 0), 1);
    Node value = Operations.reshape(scope.node(2), Shape.SCALAR);
    return Operations.select(
        inside, padded, Operations.broadcast(value, padded.shape(), List.of()));
  }

  /** Copies of elements of the axis itself, found by their positions. */
  private static Node repeated(
      NodeScope scope, Node x, String mode, int axis, long low, long high) {
    Dim extent = x.shape().dim(axis);
    if (!extent.isFixed()) {
      throw new NeedsValue(Set.of(), scope.operator());
    }
    int size = extent.fixed();
    long count = Math.max(0, low + size + high);
    if (size == 0 && count > 0 || count > Integer.MAX_VALUE) {
      throw scope.error("padding an axis of extent %d by %d and %d".formatted(size, low, high));
    }
    int[] positions =
        IntStream.range(0, (int) count).map(i -> source(scope, mode, i - low, size)).toArray();
    return Operations.gather(x, Cutting.positions(positions), axis);
  }

  private static int source(NodeScope scope, String mode, long i, int size) {
    return switch (mode) {
      case "edge" -> Math.clamp(i, 0, size - 1);
      case "wrap" -> (int) Math.floorMod(i, (long) size);
      case "reflect" -> {
        long period = Math.max(1, 2L * (size - 1));
        long at = Math.floorMod(i, period);
        yield (int) (at < size ? at : period - at);
      }
      default -> throw scope.unsupported("the mode '" + mode + "'");
    };
  }
}
