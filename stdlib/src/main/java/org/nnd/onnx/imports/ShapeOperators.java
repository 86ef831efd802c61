package org.nnd.onnx.imports;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;

/** Shapes as values, and rearrangements that keep every element; cuts are in {@link Cutting}. */
final class ShapeOperators {
  private ShapeOperators() {}

  static Map<String, Lowered> operators() {
    Map<String, Lowered> all = new HashMap<>();
    all.put("Shape", ShapeOperators::shape);
    all.put("Size", ShapeOperators::size);
    all.put("Reshape", ShapeOperators::reshape);
    all.put("Flatten", ShapeOperators::flatten);
    all.put("Squeeze", ShapeOperators::squeeze);
    all.put("Unsqueeze", ShapeOperators::unsqueeze);
    all.put("Transpose", ShapeOperators::transpose);
    all.put("Expand", ShapeOperators::expand);
    all.put("Tile", ShapeOperators::tile);
    all.put("DepthToSpace", ShapeOperators::depthToSpace);
    all.put("SpaceToDepth", ShapeOperators::spaceToDepth);
    return all;
  }

  private static List<Value> shape(NodeScope scope) {
    Shape shape =
        scope.value(0) instanceof Value.Strings s ? fixed(s.shape()) : scope.tensor(0).shape();
    int start = clamp(scope.integer("start", 0), shape.rank());
    int end = clamp(scope.integer("end", shape.rank()), shape.rank());
    return List.of(vector(shape.dims().subList(start, Math.max(start, end))));
  }

  private static Shape fixed(int[] shape) {
    return Shape.of(Arrays.stream(shape).asLongStream().toArray());
  }

  private static int clamp(long axis, int rank) {
    return (int) Math.max(0, Math.min(rank, axis < 0 ? axis + rank : axis));
  }

  /** {@return extents as an i64 vector: known, or computed from the batch size} */
  static Value vector(List<Dim> dims) {
    if (dims.stream().allMatch(Dim::isFixed)) {
      return Value.Known.of(
          Literal.of(dims.stream().mapToLong(dim -> dim.at(0)).toArray(), dims.size()));
    }
    List<Node> parts =
        dims.stream()
            .map(dim -> Operations.reshape(Operations.size(DType.I64, dim), Shape.of(1)))
            .toList();
    return Value.Symbolic.of(Operations.concatenate(parts, 0));
  }

  private static List<Value> size(NodeScope scope) {
    if (scope.value(0) instanceof Value.Strings strings) {
      long count = strings.values().size();
      return List.of(Value.Known.of(Literal.of(new long[] {count}, new int[0])));
    }
    Dim count = scope.tensor(0).shape().count();
    return List.of(
        count.isFixed()
            ? Value.Known.of(Literal.of(new long[] {count.at(0)}, new int[0]))
            : Value.Symbolic.of(Operations.size(DType.I64, count)));
  }

  private static List<Value> reshape(NodeScope scope) {
    List<Dim> wanted =
        scope.opset() < 5
            ? scope.integers("shape").orElse(List.of()).stream().map(Dim::of).toList()
            : scope.extents(1);
    boolean zeroStays = !scope.flag("allowzero", false);
    Shape own =
        scope.value(0) instanceof Value.Strings s ? fixed(s.shape()) : scope.tensor(0).shape();
    Shape target = target(scope, own, wanted, zeroStays);
    if (scope.value(0) instanceof Value.Strings strings) {
      return List.of(new Value.Strings(strings.values(), target.at(1)));
    }
    return List.of(scope.like(0, Operations.reshape(scope.node(0), target)));
  }

  /** 0 keeps the extent of that axis; one -1 is what is left. */
  private static Shape target(NodeScope scope, Shape own, List<Dim> wanted, boolean zeroStays) {
    List<Dim> dims = new ArrayList<>(wanted);
    int open = -1;
    Dim known = Dim.ONE;
    for (int i = 0; i < dims.size(); i++) {
      if (dims.get(i).is(0) && zeroStays) {
        if (i >= own.rank()) {
          throw scope.error("the shape %s keeps axis %d of %s".formatted(wanted, i, own));
        }
        dims.set(i, own.dim(i));
      }
      if (dims.get(i).is(-1)) {
        if (open >= 0) {
          throw scope.error("the shape %s leaves two extents open".formatted(wanted));
        }
        open = i;
      } else {
        known = known.times(dims.get(i));
      }
    }
    Optional<Shape> forAnyBatch = forAnyBatch(scope, own, dims);
    if (forAnyBatch.isPresent()) {
      return forAnyBatch.get();
    }
    if (open >= 0) {
      boolean fits = !known.is(0) && own.count().isDivisibleBy(known);
      if (!fits && !own.count().is(0)) {
        throw scope.error("%s cannot be reshaped to %s".formatted(own, wanted));
      }
      dims.set(open, known.is(0) ? Dim.ZERO : own.count().dividedBy(known));
    }
    return new Shape(dims);
  }

  /**
   * What is wanted, with the batch size left open, where the file was made for one batch size and
   * has it in the shape: the axis before which there are as many elements as before the batch.
   */
  private static Optional<Shape> forAnyBatch(NodeScope scope, Shape own, List<Dim> wanted) {
    boolean open = wanted.stream().anyMatch(dim -> dim.is(-1));
    Dim known = wanted.stream().filter(dim -> !dim.is(-1)).reduce(Dim.ONE, Dim::times);
    boolean fits = open ? own.count().isDivisibleBy(known) : own.count().equals(known);
    if (fits || own.isFixed() || !known.isFixed() || scope.batch().isEmpty()) {
      return Optional.empty();
    }
    int batch = scope.batch().getAsInt();
    int at = 0;
    while (own.dim(at).isFixed()) {
      at++;
    }
    Dim before = own.slice(0, at).count();
    Dim passed = Dim.ONE;
    for (int i = 0; i < wanted.size() && !wanted.get(i).is(-1); i++) {
      long extent = wanted.get(i).at(0);
      if (passed.equals(before) && extent % batch == 0) {
        List<Dim> dims = new ArrayList<>(wanted);
        dims.set(i, Dim.BATCH.times(extent / batch));
        Dim all = dims.stream().filter(dim -> !dim.is(-1)).reduce(Dim.ONE, Dim::times);
        if (open && own.count().isDivisibleBy(all)) {
          dims.replaceAll(dim -> dim.is(-1) ? own.count().dividedBy(all) : dim);
        }
        Shape shape = new Shape(dims);
        return shape.count().equals(own.count()) ? Optional.of(shape) : Optional.empty();
      }
      passed = passed.times(extent);
    }
    return Optional.empty();
  }

  private static List<Value> flatten(NodeScope scope) {
    Node x = scope.node(0);
    long given = scope.integer("axis", 1);
    int axis = given == x.rank() ? x.rank() : scope.axis(given, Math.max(1, x.rank()));
    Dim rows = x.shape().slice(0, axis).count();
    Dim columns = x.shape().slice(axis, x.rank()).count();
    return List.of(scope.like(0, Operations.reshape(x, Shape.of(rows, columns))));
  }

  /** The axes are an attribute before version 13, an input from then on. */
  static Optional<List<Long>> axes(NodeScope scope, int input) {
    if (scope.opset() < 13) {
      return scope.integers("axes");
    }
    return scope.has(input)
        ? Optional.of(Arrays.stream(scope.longs(input)).boxed().toList())
        : Optional.empty();
  }

  private static List<Value> squeeze(NodeScope scope) {
    Node x = scope.node(0);
    List<Integer> axes =
        axes(scope, 1)
            .map(given -> scope.axes(given, x.rank()))
            .orElseGet(
                () ->
                    IntStream.range(0, x.rank())
                        .filter(axis -> x.shape().dim(axis).is(1))
                        .boxed()
                        .toList());
    for (int axis : axes) {
      if (!x.shape().dim(axis).is(1)) {
        throw scope.error("axis %d of %s has not the extent 1".formatted(axis, x.shape()));
      }
    }
    return List.of(scope.like(0, Operations.reshape(x, x.shape().without(axes))));
  }

  private static List<Value> unsqueeze(NodeScope scope) {
    Node x = scope.node(0);
    List<Long> given = axes(scope, 1).orElseThrow(() -> scope.error("the axes are missing"));
    List<Integer> axes = scope.axes(given, x.rank() + given.size());
    Shape shape = x.shape();
    for (int axis : axes.stream().sorted().toList()) {
      shape = shape.insert(axis, Dim.ONE);
    }
    return List.of(scope.like(0, Operations.reshape(x, shape)));
  }

  private static List<Value> transpose(NodeScope scope) {
    Node x = scope.node(0);
    List<Integer> backwards =
        IntStream.range(0, x.rank()).map(i -> x.rank() - 1 - i).boxed().toList();
    List<Integer> permutation =
        scope.integers("perm").map(perm -> scope.axes(perm, x.rank())).orElse(backwards);
    return List.of(scope.like(0, Operations.transpose(x, permutation)));
  }

  private static List<Value> expand(NodeScope scope) {
    Node x = scope.node(0);
    Shape wanted = new Shape(scope.extents(1));
    Shape shape = Broadcasting.common(List.of(x.shape(), wanted));
    return List.of(scope.like(0, Operations.broadcastTrailing(x, shape)));
  }

  private static List<Value> tile(NodeScope scope) {
    Node x = scope.node(0);
    List<Dim> repeats = scope.extents(1);
    if (scope.opset() < 6) {
      List<Dim> one = new ArrayList<>(Collections.nCopies(x.rank(), Dim.ONE));
      one.set(scope.axis(scope.longs(2)[0], x.rank()), Dim.of(scope.longs(1)[0]));
      repeats = one;
    }
    if (repeats.size() != x.rank()) {
      throw scope.error("%d repeats for a tensor of rank %d".formatted(repeats.size(), x.rank()));
    }
    // [a, b] repeated [r, s] times is [1, a, 1, b] broadcast to [r, a, s, b].
    List<Dim> wide = new ArrayList<>();
    List<Dim> result = new ArrayList<>();
    List<Integer> axes = new ArrayList<>();
    for (int i = 0; i < x.rank(); i++) {
      wide.add(repeats.get(i));
      wide.add(x.shape().dim(i));
      axes.add(2 * i + 1);
      result.add(repeats.get(i).times(x.shape().dim(i)));
    }
    Node repeated = Operations.broadcast(x, new Shape(wide), axes);
    return List.of(scope.like(0, Operations.reshape(repeated, new Shape(result))));
  }

  /** [N, C, H, W] with blocks of channels spread over squares of b × b pixels. */
  private static List<Value> depthToSpace(NodeScope scope) {
    Node x = scope.node(0);
    Dim b = Dim.of(block(scope, x));
    Dim n = x.shape().dim(0);
    Dim h = x.shape().dim(2);
    Dim w = x.shape().dim(3);
    if (!x.shape().dim(1).isDivisibleBy(b.times(b))) {
      throw scope.error("%s channels in blocks of %s x %s".formatted(x.shape().dim(1), b, b));
    }
    Dim c = x.shape().dim(1).dividedBy(b.times(b));
    boolean columnsFirst = scope.text("mode", "DCR").equals("CRD");
    Node split =
        columnsFirst
            ? Operations.reshape(x, Shape.of(n, c, b, b, h, w))
            : Operations.reshape(x, Shape.of(n, b, b, c, h, w));
    Node moved =
        columnsFirst
            ? Operations.transpose(split, 0, 1, 4, 2, 5, 3)
            : Operations.transpose(split, 0, 3, 4, 1, 5, 2);
    return List.of(
        scope.like(0, Operations.reshape(moved, Shape.of(n, c, h.times(b), w.times(b)))));
  }

  private static List<Value> spaceToDepth(NodeScope scope) {
    Node x = scope.node(0);
    Dim b = Dim.of(block(scope, x));
    Dim n = x.shape().dim(0);
    Dim c = x.shape().dim(1);
    if (!x.shape().dim(2).isDivisibleBy(b) || !x.shape().dim(3).isDivisibleBy(b)) {
      throw scope.error("%s in blocks of %s x %s".formatted(x.shape(), b, b));
    }
    Dim h = x.shape().dim(2).dividedBy(b);
    Dim w = x.shape().dim(3).dividedBy(b);
    Node moved =
        Operations.transpose(Operations.reshape(x, Shape.of(n, c, h, b, w, b)), 0, 3, 5, 1, 2, 4);
    return List.of(
        scope.like(0, Operations.reshape(moved, Shape.of(n, c.times(b).times(b), h, w))));
  }

  private static long block(NodeScope scope, Node x) {
    long block = scope.integer("blocksize");
    if (x.rank() != 4 || block < 1) {
      throw scope.error("blocks of %d of a tensor of rank %d".formatted(block, x.rank()));
    }
    return block;
  }
}
