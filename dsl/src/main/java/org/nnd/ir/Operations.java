package org.nnd.ir;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Makes nodes. Everything is strict about types and shapes; the only conveniences are scalars as
 * Java numbers, and results that need no node (a reshape to the same shape is its operand).
 */
public final class Operations {
  private Operations() {}

  // Leaves.

  public static Node input(String name, TensorType type) {
    return Node.of(new Op.Input(name, type));
  }

  public static Node parameter(String name, TensorType type) {
    return Node.of(new Op.Parameter(name, type));
  }

  public static Node constant(Literal value) {
    return Node.of(new Op.Constant(value));
  }

  /** {@return a scalar constant} */
  public static Node scalar(DType dtype, double value) {
    return constant(Literal.ofDoubles(dtype, new double[] {value}));
  }

  /** {@return a tensor of the given type with every element equal to {@code value}} */
  public static Node full(TensorType type, double value) {
    return broadcast(scalar(type.dtype(), value), type.shape(), List.of());
  }

  public static Node iota(DType dtype, Shape shape, int axis) {
    return Node.of(new Op.Iota(new TensorType(dtype, shape), axis));
  }

  /** {@return an extent as a scalar of the given type} */
  public static Node size(DType dtype, Dim dim) {
    return dim.isFixed() ? scalar(dtype, dim.at(0)) : convert(Node.of(new Op.Size(dim)), dtype);
  }

  // Elementwise.

  public static Node unary(UnaryOp function, Node x) {
    return Node.of(new Op.Unary(function), x);
  }

  public static Node binary(BinaryOp function, Node x, Node y) {
    return Node.of(new Op.Binary(function), x, y);
  }

  public static Node negate(Node x) {
    return unary(UnaryOp.NEGATE, x);
  }

  public static Node exp(Node x) {
    return unary(UnaryOp.EXP, x);
  }

  public static Node log(Node x) {
    return unary(UnaryOp.LOG, x);
  }

  public static Node sqrt(Node x) {
    return unary(UnaryOp.SQRT, x);
  }

  public static Node rsqrt(Node x) {
    return unary(UnaryOp.RSQRT, x);
  }

  public static Node not(Node x) {
    return unary(UnaryOp.NOT, x);
  }

  public static Node add(Node x, Node y) {
    return binary(BinaryOp.ADD, x, y);
  }

  public static Node add(Node x, double y) {
    return add(x, full(x.type(), y));
  }

  public static Node subtract(Node x, Node y) {
    return binary(BinaryOp.SUBTRACT, x, y);
  }

  public static Node multiply(Node x, Node y) {
    return binary(BinaryOp.MULTIPLY, x, y);
  }

  public static Node multiply(Node x, double y) {
    return multiply(x, full(x.type(), y));
  }

  public static Node square(Node x) {
    return multiply(x, x);
  }

  public static Node divide(Node x, Node y) {
    return binary(BinaryOp.DIVIDE, x, y);
  }

  public static Node maximum(Node x, Node y) {
    return binary(BinaryOp.MAXIMUM, x, y);
  }

  public static Node maximum(Node x, double y) {
    return maximum(x, full(x.type(), y));
  }

  public static Node minimum(Node x, Node y) {
    return binary(BinaryOp.MINIMUM, x, y);
  }

  public static Node compare(Comparison comparison, Node x, Node y) {
    return Node.of(new Op.Compare(comparison), x, y);
  }

  public static Node compare(Comparison comparison, Node x, double y) {
    return compare(comparison, x, full(x.type(), y));
  }

  public static Node select(Node predicate, Node whenTrue, Node whenFalse) {
    return Node.of(new Op.Select(), predicate, whenTrue, whenFalse);
  }

  public static Node convert(Node x, DType dtype) {
    return x.dtype() == dtype ? x : Node.of(new Op.Convert(dtype), x);
  }

  public static Node bitcast(Node x, DType dtype) {
    return x.dtype() == dtype ? x : Node.of(new Op.Bitcast(dtype), x);
  }

  // Shape.

  public static Node reshape(Node x, Shape shape) {
    return x.shape().equals(shape) ? x : Node.of(new Op.Reshape(shape), x);
  }

  public static Node transpose(Node x, List<Integer> permutation) {
    boolean identity = permutation.equals(axes(x.rank()));
    return identity ? x : Node.of(new Op.Transpose(permutation), x);
  }

  public static Node transpose(Node x, Integer... permutation) {
    return transpose(x, List.of(permutation));
  }

  /** {@return the operand repeated to {@code shape}, its axis {@code i} at {@code axes[i]}} */
  public static Node broadcast(Node x, Shape shape, List<Integer> axes) {
    return x.shape().equals(shape) ? x : Node.of(new Op.Broadcast(shape, axes), x);
  }

  /** {@return the operand repeated along leading axes, and along axes of extent 1} */
  public static Node broadcastTrailing(Node x, Shape shape) {
    int skip = shape.rank() - x.rank();
    return broadcast(x, shape, axes(x.rank()).stream().map(axis -> axis + skip).toList());
  }

  /** {@return the inverse of a reduction's shape change: repeats along the {@code removed} axes} */
  public static Node expand(Node x, Shape shape, List<Integer> removed) {
    return broadcast(
        x, shape, axes(shape.rank()).stream().filter(axis -> !removed.contains(axis)).toList());
  }

  public static Node slice(Node x, List<Dim> start, List<Dim> limit, List<Integer> stride) {
    boolean whole =
        limit.equals(x.shape().dims())
            && start.stream().allMatch(d -> d.is(0))
            && stride.stream().allMatch(s -> s == 1);
    return whole ? x : Node.of(new Op.Slice(start, limit, stride), x);
  }

  /** {@return the elements {@code start} to {@code limit} (exclusive) of one axis} */
  public static Node slice(Node x, int axis, Dim start, Dim limit) {
    List<Dim> starts = new ArrayList<>(Collections.nCopies(x.rank(), Dim.ZERO));
    List<Dim> limits = new ArrayList<>(x.shape().dims());
    starts.set(axis, start);
    limits.set(axis, limit);
    return slice(x, starts, limits, Collections.nCopies(x.rank(), 1));
  }

  public static Node slice(Node x, int axis, int start, int limit) {
    return slice(x, axis, Dim.of(start), Dim.of(limit));
  }

  public static Node pad(
      Node x, List<Dim> low, List<Dim> high, List<Integer> interior, double value) {
    boolean nothing =
        low.stream().allMatch(d -> d.is(0))
            && high.stream().allMatch(d -> d.is(0))
            && interior.stream().allMatch(i -> i == 0);
    return nothing ? x : Node.of(new Op.Pad(low, high, interior, value), x);
  }

  public static Node concatenate(List<Node> parts, int axis) {
    return parts.size() == 1 ? parts.get(0) : Node.of(new Op.Concatenate(axis), parts);
  }

  public static Node reverse(Node x, List<Integer> axes) {
    return axes.isEmpty() ? x : Node.of(new Op.Reverse(axes), x);
  }

  // Reductions.

  public static Node reduce(Reduction reduction, Node x, List<Integer> axes) {
    return axes.isEmpty() ? x : Node.of(new Op.Reduce(reduction, sorted(axes)), x);
  }

  public static Node sum(Node x, List<Integer> axes) {
    return reduce(Reduction.SUM, x, axes);
  }

  /** {@return the arithmetic mean over the given axes, which are removed} */
  public static Node mean(Node x, List<Integer> axes) {
    Dim count = axes.stream().map(axis -> x.shape().dim(axis)).reduce(Dim.ONE, Dim::times);
    Node sum = sum(x, axes);
    return divide(sum, broadcast(size(x.dtype(), count), sum.shape(), List.of()));
  }

  public static Node argReduce(Reduction reduction, Node x, int axis) {
    return Node.of(new Op.ArgReduce(reduction, axis), x);
  }

  public static Node reduceWindow(Reduction reduction, Node x, Window window) {
    return Node.of(new Op.ReduceWindow(reduction, window), x);
  }

  public static Node cumulative(Reduction reduction, Node x, int axis, boolean reverse) {
    return Node.of(new Op.Cumulative(reduction, axis, reverse), x);
  }

  // Contractions.

  public static Node dot(
      Node x,
      Node y,
      List<Integer> leftBatch,
      List<Integer> rightBatch,
      List<Integer> leftContracting,
      List<Integer> rightContracting) {
    return Node.of(new Op.Dot(leftBatch, rightBatch, leftContracting, rightContracting), x, y);
  }

  /** {@return the matrix product over the last two axes; leading axes are equal batch axes} */
  public static Node matmul(Node x, Node y) {
    List<Integer> batch = axes(x.rank() - 2);
    return dot(x, y, batch, batch, List.of(x.rank() - 1), List.of(y.rank() - 2));
  }

  public static Node convolution(
      Node x, Node kernel, Window window, Dim featureGroups, Dim batchGroups) {
    return Node.of(new Op.Convolution(window, featureGroups, batchGroups), x, kernel);
  }

  // Indexing.

  public static Node gather(Node data, Node indices, int axis) {
    return Node.of(new Op.Gather(axis), data, indices);
  }

  public static Node scatterAdd(Node data, Node indices, Node updates, int axis) {
    return Node.of(new Op.ScatterAdd(axis), data, indices, updates);
  }

  /** {@return {@link #scatterAdd} of indices of which those inside the axis do not repeat} */
  public static Node scatterAddUnique(Node data, Node indices, Node updates, int axis) {
    return Node.of(new Op.ScatterAdd(axis, true), data, indices, updates);
  }

  public static Node argSort(Node x, int axis, boolean descending) {
    return Node.of(new Op.ArgSort(axis, descending), x);
  }

  public static Node topK(Node x, int k) {
    return Node.of(new Op.TopK(k), x);
  }

  /**
   * {@return for every entry of {@code indices} the element of {@code x} there along {@code axis};
   * the shapes agree but for that axis} As gather over the flattened operand.
   */
  public static Node takeAlong(Node x, Node indices, int axis) {
    return gather(
        reshape(x, Shape.of(x.shape().count())), flatIndices(indices, x.shape(), axis), 0);
  }

  /**
   * {@return the inverse of {@link #takeAlong}: zeros of the given shape, with each update added at
   * its entry of {@code indices} along {@code axis}}
   */
  public static Node scatterAlong(Node updates, Node indices, Shape shape, int axis) {
    Node zeros = full(new TensorType(updates.dtype(), Shape.of(shape.count())), 0);
    return reshape(scatterAdd(zeros, flatIndices(indices, shape, axis), updates, 0), shape);
  }

  /** Row-major positions in {@code shape} of indices along one axis; -1 for those outside. */
  private static Node flatIndices(Node indices, Shape shape, int axis) {
    Node extent = broadcast(size(DType.I32, shape.dim(axis)), indices.shape(), List.of());
    Node inside =
        binary(
            BinaryOp.AND,
            compare(Comparison.GE, indices, 0),
            compare(Comparison.LT, indices, extent));
    Node flat = full(indices.type(), 0);
    Dim stride = Dim.ONE;
    for (int i = shape.rank() - 1; i >= 0; i--) {
      Node index = i == axis ? indices : iota(DType.I32, indices.shape(), i);
      Node step = broadcast(size(DType.I32, stride), indices.shape(), List.of());
      flat = add(flat, multiply(index, step));
      stride = stride.times(shape.dim(i));
    }
    return select(inside, flat, full(indices.type(), -1));
  }

  public static Node fft(Node x, boolean inverse) {
    return Node.of(new Op.Fft(inverse), x);
  }

  public static Node randomBits(Node seed, Node step, Shape shape, long stream, int use) {
    return Node.of(new Op.RandomBits(shape, stream, use), seed, step);
  }

  // Control.

  /** {@return the results of a node that has several} */
  public static List<Node> results(Node node) {
    return node.types().size() == 1
        ? List.of(node)
        : IntStream.range(0, node.types().size())
            .mapToObj(i -> Node.of(new Op.GetResult(i), node))
            .toList();
  }

  public static Node stopGradient(Node x) {
    return Node.of(new Op.StopGradient(), x);
  }

  public static Node barrier(Node x, int tag) {
    return Node.of(new Op.Barrier(tag), x);
  }

  /** {@return the graph of a function of the given operand types, with inputs x0, x1, …} */
  public static Graph trace(List<TensorType> types, Function<List<Node>, List<Node>> function) {
    List<Node> inputs =
        IntStream.range(0, types.size()).mapToObj(i -> input("x" + i, types.get(i))).toList();
    Map<String, Node> outputs = new LinkedHashMap<>();
    List<Node> results = function.apply(inputs);
    for (int i = 0; i < results.size(); i++) {
      outputs.put("y" + i, results.get(i));
    }
    return Graph.of(inputs, outputs);
  }

  /** {@return a named operation with one result, whose meaning is {@code body}} */
  public static Node composite(
      String name,
      Map<String, Object> attributes,
      List<Node> operands,
      Function<List<Node>, Node> body) {
    Graph graph = trace(operands.stream().map(Node::type).toList(), x -> List.of(body.apply(x)));
    return Node.of(new Op.Composite(name, attributes, graph), operands);
  }

  /** {@return 0, 1, …, rank - 1} */
  public static List<Integer> axes(int rank) {
    return IntStream.range(0, rank).boxed().toList();
  }

  public static List<Integer> axes(int... axes) {
    return Arrays.stream(axes).boxed().toList();
  }

  private static List<Integer> sorted(List<Integer> axes) {
    return axes.stream().sorted().toList();
  }
}
