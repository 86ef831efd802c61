package org.nnd.onnx.imports;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;

/** Parts of tensors: Slice, Split, Concat, Pad. */
final class Cutting {
  private Cutting() {}

  static Map<String, Lowered> operators() {
    Map<String, Lowered> all = new HashMap<>();
    all.put("Slice", Cutting::slice);
    all.put("Split", Cutting::split);
    all.put("Concat", Cutting::concat);
    all.put("Pad", Padding::pad);
    return all;
  }

  private static List<Value> slice(NodeScope scope) {
    Node x = scope.node(0);
    boolean attributes = scope.opset() < 10;
    long[] starts = attributes ? array(scope, "starts") : scope.longs(1);
    long[] ends = attributes ? array(scope, "ends") : scope.longs(2);
    Optional<List<Long>> given =
        attributes
            ? scope.integers("axes")
            : scope.has(3)
                ? Optional.of(Arrays.stream(scope.longs(3)).boxed().toList())
                : Optional.empty();
    List<Integer> axes =
        given
            .map(list -> scope.axes(list, x.rank()))
            .orElseGet(() -> Operations.axes(starts.length));
    long[] steps = new long[starts.length];
    Arrays.fill(steps, 1);
    if (!attributes && scope.has(4)) {
      steps = scope.longs(4);
    }
    if (ends.length != starts.length
        || axes.size() != starts.length
        || steps.length != starts.length
        || starts.length > x.rank()) {
      throw scope.error(
          "%d starts, %d ends, %d axes and %d steps for a tensor of rank %d"
              .formatted(starts.length, ends.length, axes.size(), steps.length, x.rank()));
    }
    Node result = x;
    for (int i = 0; i < starts.length; i++) {
      result = slice(scope, result, axes.get(i), starts[i], ends[i], steps[i]);
    }
    return List.of(scope.like(0, result));
  }

  private static long[] array(NodeScope scope, String name) {
    return scope.integers(name).orElseThrow(() -> scope.error(name + " is missing")).stream()
        .mapToLong(v -> v)
        .toArray();
  }

  /** Python's slices: negative bounds count from the end, others are limited to the axis. */
  private static Node slice(NodeScope scope, Node x, int axis, long start, long end, long step) {
    Dim extent = x.shape().dim(axis);
    if (step == 0) {
      throw scope.error("a step of 0");
    }
    if (!extent.isFixed()) {
      return alongBatch(scope, x, axis, start, end, step);
    }
    long size = extent.at(0);
    long from = start < 0 ? start + size : start;
    long to = end < 0 ? (end < -size ? -1 : end + size) : end;
    if (step > 0) {
      from = Math.clamp(from, 0, size);
      to = Math.clamp(to, from, size);
      return strided(x, axis, from, to, step);
    }
    from = Math.clamp(from, -1, size - 1);
    to = Math.clamp(to, -1, from);
    // From the element `from` down to the one above `to`, every -step: reversed, then forwards.
    Node backwards = Operations.reverse(x, List.of(axis));
    return strided(backwards, axis, size - 1 - from, size - 1 - to, -step);
  }

  private static Node strided(Node x, int axis, long from, long to, long step) {
    List<Dim> starts = new ArrayList<>(Collections.nCopies(x.rank(), Dim.ZERO));
    List<Dim> limits = new ArrayList<>(x.shape().dims());
    List<Integer> strides = new ArrayList<>(Collections.nCopies(x.rank(), 1));
    starts.set(axis, Dim.of(from));
    limits.set(axis, Dim.of(to));
    strides.set(axis, (int) Math.min(step, Integer.MAX_VALUE));
    return Operations.slice(x, starts, limits, strides);
  }

  /** Of an axis that depends on the batch size only the whole is known to exist. */
  private static Node alongBatch(
      NodeScope scope, Node x, int axis, long start, long end, long step) {
    if (start == 0 && end >= Integer.MAX_VALUE && step == 1) {
      return x;
    }
    if (start == 0 && end < 0 && end > Integer.MIN_VALUE && step == 1) {
      return Operations.slice(x, axis, Dim.ZERO, x.shape().dim(axis).plus(end));
    }
    throw new NeedsValue(Set.of(), scope.operator());
  }

  private static List<Value> split(NodeScope scope) {
    Node x = scope.node(0);
    int axis = scope.axis(scope.integer("axis", 0), x.rank());
    Dim extent = x.shape().dim(axis);
    List<Dim> sizes = sizes(scope, extent);
    Dim sum = sizes.stream().reduce(Dim.ZERO, Dim::plus);
    if (!sum.equals(extent)) {
      throw scope.error("an axis of extent %s in parts of %s".formatted(extent, sizes));
    }
    List<Value> parts = new ArrayList<>();
    Dim start = Dim.ZERO;
    for (Dim size : sizes) {
      Dim end = start.plus(size);
      parts.add(scope.like(0, Operations.slice(x, axis, start, end)));
      start = end;
    }
    return parts;
  }

  private static List<Dim> sizes(NodeScope scope, Dim extent) {
    Optional<List<Long>> given =
        scope.opset() < 13
            ? scope.integers("split")
            : scope.has(1)
                ? Optional.of(Arrays.stream(scope.longs(1)).boxed().toList())
                : Optional.empty();
    if (given.isPresent()) {
      return given.get().stream().map(Dim::of).toList();
    }
    int count = (int) scope.integer("num_outputs", scope.outputs());
    if (extent.isDivisibleBy(Dim.of(count))) {
      return Collections.nCopies(count, extent.dividedBy(count));
    }
    // From version 18 on the last part may be smaller.
    Dim size = Dim.of(Math.ceilDiv(extent.fixed(), count));
    List<Dim> sizes = new ArrayList<>(Collections.nCopies(count - 1, size));
    sizes.add(extent.minus(size.times(count - 1)));
    return sizes;
  }

  private static List<Value> concat(NodeScope scope) {
    if (scope.value(0) instanceof Value.Strings) {
      throw scope.unsupported("tensors of strings");
    }
    List<Node> parts = scope.tensors().stream().map(Value.Tensor::node).toList();
    int axis = scope.axis(scope.integer("axis", 1), parts.get(0).rank());
    return List.of(scope.like(0, Operations.concatenate(forAnyBatch(scope, parts, axis), axis)));
  }

  /** Repeats parts that the file has for its batch of one example, such as a class token. */
  private static List<Node> forAnyBatch(NodeScope scope, List<Node> parts, int axis) {
    if (axis == 0 || scope.batch().orElse(0) != 1) {
      return parts;
    }
    Dim batch =
        parts.stream().map(p -> p.shape().dim(0)).filter(d -> !d.is(1)).findFirst().orElse(Dim.ONE);
    return parts.stream()
        .map(
            part ->
                part.shape().dim(0).is(1)
                    ? Operations.broadcastTrailing(part, part.shape().with(0, batch))
                    : part)
        .toList();
  }

  /** {@return positions as an i32 constant} */
  static Node positions(int[] positions) {
    return Operations.constant(new Literal(DType.I32, new int[] {positions.length}, positions));
  }
}
