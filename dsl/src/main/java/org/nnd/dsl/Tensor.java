package org.nnd.dsl;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
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
import org.nnd.ir.TensorType;
import org.nnd.ir.UnaryOp;
import org.nnd.ir.composite.Activations;
import org.nnd.ir.composite.Probabilities;

/**
 * A tensor: an immutable handle on a node of the tensor graph. Inside a layer it stands for a
 * result that is not computed yet; made from data it is a value, and what follows from values is
 * computed when looked at ({@link #value}, {@link #toString}).
 *
 * <p>Operands of unequal shapes broadcast as in numpy; element types must be equal ({@link #cast}).
 * Axes may be negative, counted from the end. Numbers take the tensor's element type.
 */
public final class Tensor {
  /** Replaced by a leaf once its value is known, so that what it was computed from can go. */
  private volatile Node node;

  private Tensor(Node node) {
    this.node = node;
  }

  // Making tensors.

  /** {@return the only result of a node} */
  public static Tensor of(Node node) {
    node.type();
    return new Tensor(node);
  }

  /** {@return a value} */
  public static Tensor of(Literal value) {
    return new Tensor(Values.leaf(value));
  }

  /** {@return an f32 vector} */
  public static Tensor of(float... values) {
    return of(values, values.length);
  }

  /** {@return an f32 tensor of the given shape} */
  public static Tensor of(float[] values, int... shape) {
    return of(Literal.of(values.clone(), shape));
  }

  /**
   * {@return a tensor of nested arrays} {@code float} and {@code double} become f32; {@code int},
   * {@code short} and {@code long} i32; {@code byte} u8; {@code boolean} bool.
   */
  public static Tensor of(Object nestedArray) {
    return of(NestedArrays.literal(nestedArray));
  }

  /** {@return a tensor of this element type and shape filled with a number} */
  public static Tensor full(DType dtype, Shape shape, double value) {
    return new Tensor(Operations.full(new TensorType(dtype, shape), value));
  }

  /** {@return an f32 tensor of zeros} */
  public static Tensor zeros(long... shape) {
    return full(DType.F32, Shape.of(shape), 0);
  }

  /** {@return an f32 tensor of ones} */
  public static Tensor ones(long... shape) {
    return full(DType.F32, Shape.of(shape), 1);
  }

  /**
   * {@return an f32 tensor of standard normal numbers} The same seed gives the same numbers on
   * every machine; {@code Tensor.normal(1, 8, 16).mul(0.1)} has a deviation of 0.1.
   */
  public static Tensor normal(long seed, int... shape) {
    for (int extent : shape) {
      if (extent < 0) {
        throw new NndException("normal: an extent must not be negative, got " + extent);
      }
    }
    return of(Initializer.normal(0, 1).sample(seed, "normal", shape));
  }

  /** {@return 0, 1, … below {@code limit}, as i32} */
  public static Tensor range(int limit) {
    return new Tensor(Operations.iota(DType.I32, Shape.of(limit), 0));
  }

  // What it is.

  /** {@return the node of the graph that this stands for} */
  public Node node() {
    return node;
  }

  /** {@return element type and shape} */
  public TensorType type() {
    return node.type();
  }

  /** {@return the extents of all axes; that of the batch may be open} */
  public Shape shape() {
    return node.shape();
  }

  /** {@return the element type} */
  public DType dtype() {
    return node.dtype();
  }

  /** {@return the number of axes} */
  public int rank() {
    return node.rank();
  }

  /** {@return the extent of an axis, which may depend on the batch size} */
  public Dim dim(int axis) {
    return shape().dim(Axes.one("dim", axis, rank()));
  }

  /** {@return the extent of an axis, which must not depend on the batch size} */
  public int size(int axis) {
    Dim dim = dim(axis);
    if (!dim.isFixed()) {
      throw new NndException(
          "axis %d of %s has the extent %s, which is not a number".formatted(axis, type(), dim));
    }
    return dim.fixed();
  }

  // Elementwise.

  /** {@return {@code this + y}, by elements} */
  public Tensor add(Tensor y) {
    return binary("add", BinaryOp.ADD, y);
  }

  /** {@return {@code this + y}, by elements} */
  public Tensor add(Number y) {
    return add(number("add", y));
  }

  /** {@return {@code this - y}, by elements} */
  public Tensor sub(Tensor y) {
    return binary("sub", BinaryOp.SUBTRACT, y);
  }

  /** {@return {@code this - y}, by elements} */
  public Tensor sub(Number y) {
    return sub(number("sub", y));
  }

  /** {@return {@code this * y}, by elements} */
  public Tensor mul(Tensor y) {
    return binary("mul", BinaryOp.MULTIPLY, y);
  }

  /** {@return {@code this * y}, by elements} */
  public Tensor mul(Number y) {
    return mul(number("mul", y));
  }

  /** {@return {@code this / y}, by elements} */
  public Tensor div(Tensor y) {
    return binary("div", BinaryOp.DIVIDE, y);
  }

  /** {@return {@code this / y}, by elements} */
  public Tensor div(Number y) {
    return div(number("div", y));
  }

  /** {@return {@code this} to the power {@code y}, by elements} */
  public Tensor pow(Tensor y) {
    return binary("pow", BinaryOp.POWER, y);
  }

  /** {@return {@code this} to the power {@code y}, by elements} */
  public Tensor pow(Number y) {
    return y.doubleValue() == 2 ? square() : pow(number("pow", y));
  }

  /** {@return the remainder with the sign of the dividend} */
  public Tensor mod(Tensor y) {
    return binary("mod", BinaryOp.REMAINDER, y);
  }

  /** {@return the remainder with the sign of the dividend} */
  public Tensor mod(Number y) {
    return mod(number("mod", y));
  }

  /** {@return the larger one, by elements} */
  public Tensor maximum(Tensor y) {
    return binary("maximum", BinaryOp.MAXIMUM, y);
  }

  /** {@return the larger one, by elements} */
  public Tensor maximum(Number y) {
    return maximum(number("maximum", y));
  }

  /** {@return the smaller one, by elements} */
  public Tensor minimum(Tensor y) {
    return binary("minimum", BinaryOp.MINIMUM, y);
  }

  /** {@return the smaller one, by elements} */
  public Tensor minimum(Number y) {
    return minimum(number("minimum", y));
  }

  /** {@return every element, brought up to {@code low} and down to {@code high}} */
  public Tensor clamp(Number low, Number high) {
    return maximum(low).minimum(high);
  }

  /** {@return {@code -x} of every element} */
  public Tensor neg() {
    return unary(UnaryOp.NEGATE);
  }

  /** {@return the size of every element} */
  public Tensor abs() {
    return unary(UnaryOp.ABS);
  }

  /** {@return -1, 0 or 1 for every element} */
  public Tensor sign() {
    return unary(UnaryOp.SIGN);
  }

  /** {@return {@code e} to the power of every element} */
  public Tensor exp() {
    return unary(UnaryOp.EXP);
  }

  /** {@return the natural logarithm of every element} */
  public Tensor log() {
    return unary(UnaryOp.LOG);
  }

  /** {@return {@code log(1 + x)} of every element, exact for small ones} */
  public Tensor log1p() {
    return unary(UnaryOp.LOG1P);
  }

  /** {@return the square root of every element} */
  public Tensor sqrt() {
    return unary(UnaryOp.SQRT);
  }

  /** {@return {@code 1 / sqrt(x)} of every element} */
  public Tensor rsqrt() {
    return unary(UnaryOp.RSQRT);
  }

  /** {@return {@code x * x} of every element} */
  public Tensor square() {
    return mul(this);
  }

  /** {@return the sine of every element, in radians} */
  public Tensor sin() {
    return unary(UnaryOp.SIN);
  }

  /** {@return the cosine of every element, in radians} */
  public Tensor cos() {
    return unary(UnaryOp.COS);
  }

  /** {@return every element rounded down} */
  public Tensor floor() {
    return unary(UnaryOp.FLOOR);
  }

  /** {@return every element rounded to the nearest integer, halves to the even one} */
  public Tensor round() {
    return unary(UnaryOp.ROUND);
  }

  /** {@return the error function of every element} */
  public Tensor erf() {
    return unary(UnaryOp.ERF);
  }

  /** {@return the hyperbolic tangent of every element} */
  public Tensor tanh() {
    return unary(UnaryOp.TANH);
  }

  /** {@return {@code 1 / (1 + exp(-x))} of every element} */
  public Tensor sigmoid() {
    return unary(UnaryOp.LOGISTIC);
  }

  /** {@return {@code max(x, 0)} of every element} */
  public Tensor relu() {
    return new Tensor(Activations.relu(node));
  }

  /** {@return {@code x Phi(x)} with the normal distribution function (Hendrycks, Gimpel 2016)} */
  public Tensor gelu() {
    return new Tensor(Activations.gelu(node));
  }

  /** {@return {@code x sigmoid(x)}} */
  public Tensor silu() {
    return new Tensor(Activations.silu(node));
  }

  /** {@return {@code log(1 + exp(x))}, without overflow} */
  public Tensor softplus() {
    return new Tensor(Activations.softplus(node));
  }

  // Comparing and choosing.

  /** {@return bool: {@code this == y}, by elements} */
  public Tensor eq(Tensor y) {
    return compare("eq", Comparison.EQ, y);
  }

  /** {@return bool: {@code this == y}, by elements} */
  public Tensor eq(Number y) {
    return eq(number("eq", y));
  }

  /** {@return bool: {@code this != y}, by elements} */
  public Tensor ne(Tensor y) {
    return compare("ne", Comparison.NE, y);
  }

  /** {@return bool: {@code this != y}, by elements} */
  public Tensor ne(Number y) {
    return ne(number("ne", y));
  }

  /** {@return bool: {@code this < y}, by elements} */
  public Tensor lt(Tensor y) {
    return compare("lt", Comparison.LT, y);
  }

  /** {@return bool: {@code this < y}, by elements} */
  public Tensor lt(Number y) {
    return lt(number("lt", y));
  }

  /** {@return bool: {@code this <= y}, by elements} */
  public Tensor le(Tensor y) {
    return compare("le", Comparison.LE, y);
  }

  /** {@return bool: {@code this <= y}, by elements} */
  public Tensor le(Number y) {
    return le(number("le", y));
  }

  /** {@return bool: {@code this > y}, by elements} */
  public Tensor gt(Tensor y) {
    return compare("gt", Comparison.GT, y);
  }

  /** {@return bool: {@code this > y}, by elements} */
  public Tensor gt(Number y) {
    return gt(number("gt", y));
  }

  /** {@return bool: {@code this >= y}, by elements} */
  public Tensor ge(Tensor y) {
    return compare("ge", Comparison.GE, y);
  }

  /** {@return bool: {@code this >= y}, by elements} */
  public Tensor ge(Number y) {
    return ge(number("ge", y));
  }

  /** {@return bool: whether both are true, by elements} */
  public Tensor and(Tensor y) {
    return binary("and", BinaryOp.AND, y);
  }

  /** {@return bool: whether one of both is true, by elements} */
  public Tensor or(Tensor y) {
    return binary("or", BinaryOp.OR, y);
  }

  /** {@return bool: whether it is false, by elements} */
  public Tensor not() {
    return unary(UnaryOp.NOT);
  }

  /** {@return this condition's choice, element by element} */
  public Tensor where(Tensor whenTrue, Tensor whenFalse) {
    if (dtype() != DType.BOOL) {
      throw new NndException("where: the condition must be bool, got " + type());
    }
    Broadcasting.sameDType("where", whenTrue.node, whenFalse.node);
    Shape pair = Broadcasting.shape("where", whenTrue.shape(), whenFalse.shape());
    Shape all = Broadcasting.shape("where", shape(), pair);
    return new Tensor(
        Operations.select(
            Operations.broadcastTrailing(node, all),
            Operations.broadcastTrailing(whenTrue.node, all),
            Operations.broadcastTrailing(whenFalse.node, all)));
  }

  /** {@return {@code whenTrue} where this bool tensor is true, else the number} */
  public Tensor where(Tensor whenTrue, Number whenFalse) {
    return where(whenTrue, whenTrue.number("where", whenFalse));
  }

  /** {@return the number where this bool tensor is true, else {@code whenFalse}} */
  public Tensor where(Number whenTrue, Tensor whenFalse) {
    return where(whenFalse.number("where", whenTrue), whenFalse);
  }

  /** {@return the elements converted; float to integer truncates, to bool is {@code != 0}} */
  public Tensor cast(DType dtype) {
    return new Tensor(Operations.convert(node, dtype));
  }

  /** {@return this tensor, taken as constant by gradients} */
  public Tensor stopGradient() {
    return new Tensor(Operations.stopGradient(node));
  }

  // Shape.

  /** {@return the same elements in another shape; one size may be -1 and is worked out} */
  public Tensor reshape(long... sizes) {
    return reshape(Axes.reshape(shape(), Arrays.stream(sizes).mapToObj(Dim::of).toList()));
  }

  /** {@return the same elements in another shape, whose sizes may depend on the batch} */
  public Tensor reshape(Dim... sizes) {
    return reshape(Axes.reshape(shape(), List.of(sizes)));
  }

  /** {@return the same elements in C order in another shape with as many} */
  public Tensor reshape(Shape shape) {
    return new Tensor(Operations.reshape(node, shape));
  }

  /** {@return axes {@code from} and later made one; {@code flatten(1)} keeps the batch} */
  public Tensor flatten(int from) {
    int axis = Axes.one("flatten", from, rank());
    Shape kept = shape().slice(0, axis);
    return reshape(kept.insert(axis, shape().slice(axis, rank()).count()));
  }

  /** {@return axis {@code i} of the result is axis {@code axes[i]} of this} */
  public Tensor permute(int... axes) {
    if (axes.length != rank()) {
      throw new NndException(
          "permute: expected all %d axes of %s, got %s"
              .formatted(rank(), type(), Arrays.toString(axes)));
    }
    return new Tensor(Operations.transpose(node, Axes.all("permute", axes, rank())));
  }

  /** {@return two axes exchanged} */
  public Tensor transpose(int axis, int other) {
    int[] axes = new int[rank()];
    Arrays.setAll(axes, i -> i);
    axes[Axes.one("transpose", axis, rank())] = Axes.one("transpose", other, rank());
    axes[Axes.one("transpose", other, rank())] = Axes.one("transpose", axis, rank());
    return permute(axes);
  }

  /** {@return the last two axes exchanged} */
  public Tensor transpose() {
    return transpose(-2, -1);
  }

  /** {@return an axis of extent 1 inserted} */
  public Tensor unsqueeze(int axis) {
    return reshape(shape().insert(Axes.one("unsqueeze", axis, rank() + 1), Dim.ONE));
  }

  /** {@return an axis of extent 1 removed} */
  public Tensor squeeze(int axis) {
    int at = Axes.one("squeeze", axis, rank());
    if (!shape().dim(at).is(1)) {
      throw new NndException("squeeze: axis %d of %s has not the extent 1".formatted(axis, type()));
    }
    return reshape(shape().without(List.of(at)));
  }

  /** {@return this repeated along axes of extent 1 and new leading ones, to a shape} */
  public Tensor broadcastTo(Shape shape) {
    if (!Broadcasting.shape("broadcastTo", shape(), shape).equals(shape)) {
      throw new NndException("broadcastTo: %s does not become %s".formatted(type(), shape));
    }
    return new Tensor(Operations.broadcastTrailing(node, shape));
  }

  /**
   * {@return elements {@code start} to {@code limit} of an axis; negative ones count from the end}
   */
  public Tensor slice(int axis, long start, long limit) {
    int at = Axes.one("slice", axis, rank());
    Dim first = Axes.position(shape().dim(at), start);
    Dim last = Axes.position(shape().dim(at), limit);
    return new Tensor(Operations.slice(node, at, first, last));
  }

  /** {@return {@code length} elements of an axis, from {@code start}} */
  public Tensor narrow(int axis, long start, long length) {
    return slice(axis, start, start + length);
  }

  /** {@return every {@code stride}-th element of an axis} */
  public Tensor stride(int axis, int stride) {
    int at = Axes.one("stride", axis, rank());
    List<Dim> zeros = Collections.nCopies(rank(), Dim.ZERO);
    Integer[] strides = new Integer[rank()];
    Arrays.fill(strides, 1);
    strides[at] = stride;
    return new Tensor(Operations.slice(node, zeros, shape().dims(), List.of(strides)));
  }

  /** {@return the tensor at one position of an axis, which goes} */
  public Tensor select(int axis, long index) {
    int at = Axes.one("select", axis, rank());
    Dim first = Axes.position(shape().dim(at), index);
    Node row = Operations.slice(node, at, first, first.plus(1));
    return new Tensor(row).squeeze(at);
  }

  /** {@return this axis in pieces of the given sizes, which add up to its extent} */
  public List<Tensor> split(int axis, int... sizes) {
    return Axes.split(this, axis, sizes);
  }

  /** {@return the parts one after the other along an axis; their other extents are equal} */
  public static Tensor concat(int axis, List<Tensor> parts) {
    return new Tensor(Axes.concat(axis, parts));
  }

  /** {@return this followed by another tensor along an axis} */
  public Tensor concat(int axis, Tensor other) {
    return concat(axis, List.of(this, other));
  }

  /** {@return an axis with elements of {@code value} before and after; negative sizes crop} */
  public Tensor pad(int axis, long low, long high, double value) {
    return new Tensor(Axes.pad(node, Axes.one("pad", axis, rank()), low, high, value));
  }

  /** {@return the elements along these axes in reverse order} */
  public Tensor reverse(int... axes) {
    return new Tensor(Operations.reverse(node, Axes.all("reverse", axes, rank())));
  }

  // Reductions: over the given axes, or over all if none are given; the axes go.

  /** {@return the sum over these axes, over all if none is named} */
  public Tensor sum(int... axes) {
    return reduce("sum", Reduction.SUM, axes);
  }

  /** {@return the largest element over these axes, over all if none is named} */
  public Tensor max(int... axes) {
    return reduce("max", Reduction.MAX, axes);
  }

  /** {@return the smallest element over these axes, over all if none is named} */
  public Tensor min(int... axes) {
    return reduce("min", Reduction.MIN, axes);
  }

  /** {@return the mean over these axes, over all if none is named} */
  public Tensor mean(int... axes) {
    return new Tensor(Operations.mean(node, Axes.some("mean", axes, rank())));
  }

  /** {@return the mean square distance from the mean (biased)} */
  public Tensor var(int... axes) {
    int[] all = Axes.some("var", axes, rank()).stream().mapToInt(i -> i).toArray();
    return sub(keepDims(Tensor::mean, all)).square().mean(all);
  }

  /** {@return a reduction whose axes stay with extent 1: {@code x.keepDims(Tensor::mean, -1)}} */
  public Tensor keepDims(BiFunction<Tensor, int[], Tensor> reduction, int... axes) {
    Shape shape = shape();
    for (int axis : Axes.some("keepDims", axes, rank())) {
      shape = shape.with(axis, Dim.ONE);
    }
    return reduction.apply(this, axes).reshape(shape);
  }

  /** {@return {@code exp(x)} over its sum along an axis} */
  public Tensor softmax(int axis) {
    return new Tensor(Probabilities.softmax(node, Axes.one("softmax", axis, rank())));
  }

  /** {@return the logarithm of {@link #softmax}} */
  public Tensor logSoftmax(int axis) {
    return new Tensor(Probabilities.logSoftmax(node, Axes.one("logSoftmax", axis, rank())));
  }

  /** {@return sums of the elements so far along an axis} */
  public Tensor cumsum(int axis) {
    int at = Axes.one("cumsum", axis, rank());
    return new Tensor(Operations.cumulative(Reduction.SUM, node, at, false));
  }

  /** {@return the i32 index of the largest element along an axis, the first of equals} */
  public Tensor argmax(int axis) {
    int at = Axes.one("argmax", axis, rank());
    return new Tensor(Operations.argReduce(Reduction.MAX, node, at));
  }

  /** {@return the i32 indices of the k largest elements of the last axis, largest first} */
  public Tensor topK(int k) {
    return new Tensor(Operations.topK(node, k));
  }

  // Products and indexing.

  /**
   * {@return the matrix product over the last two axes} Leading axes broadcast: {@code [..., m, k]}
   * times {@code [k, n]} or {@code [..., k, n]} is {@code [..., m, n]}.
   */
  public Tensor matmul(Tensor y) {
    return new Tensor(Broadcasting.matmul(node, y.node));
  }

  /** {@return this with an axis replaced by the elements at i32 indices of any shape} */
  public Tensor gather(Tensor indices, int axis) {
    return new Tensor(Operations.gather(node, indices.node, Axes.one("gather", axis, rank())));
  }

  /** {@return for every index the element there along an axis; other axes agree} */
  public Tensor takeAlong(Tensor indices, int axis) {
    int at = Axes.one("takeAlong", axis, rank());
    return new Tensor(Operations.takeAlong(node, indices.node, at));
  }

  /** {@return 1 at the position of each i32 element, along a new last axis} */
  public Tensor oneHot(int classes) {
    return unsqueeze(-1).eq(range(classes)).cast(DType.F32);
  }

  // Looking at it.

  /** {@return the elements; computed now, once} */
  public Literal value() {
    Literal value = Values.of(node);
    if (!node.operands().isEmpty()) {
      node = Values.leaf(value);
    }
    return value;
  }

  /** {@return whether this is made of values alone, so that {@link #value} can be computed} */
  public boolean hasValue() {
    return Values.isValue(node);
  }

  /** {@return the elements in C order, computed if they are not yet} */
  public float[] toFloats() {
    return value().toFloats().clone();
  }

  /** {@return the only element} */
  public double item() {
    Literal value = value();
    if (value.count() != 1) {
      throw new NndException("item: " + type() + " has not one element");
    }
    return value.get(0);
  }

  /** Prints type, statistics and elements of a value, the type of a result not computed yet. */
  @Override
  public String toString() {
    return Values.isValue(node) ? TensorText.of(value()) : type().toString();
  }

  private Tensor unary(UnaryOp function) {
    return new Tensor(Operations.unary(function, node));
  }

  private Tensor binary(String name, BinaryOp function, Tensor y) {
    return new Tensor(
        Broadcasting.apply(name, node, y.node, (a, b) -> Operations.binary(function, a, b)));
  }

  private Tensor compare(String name, Comparison comparison, Tensor y) {
    return new Tensor(
        Broadcasting.apply(name, node, y.node, (a, b) -> Operations.compare(comparison, a, b)));
  }

  private Tensor reduce(String name, Reduction reduction, int... axes) {
    return new Tensor(Operations.reduce(reduction, node, Axes.some(name, axes, rank())));
  }

  /** A number as a scalar of this tensor's element type. */
  private Tensor number(String name, Number value) {
    double v = value.doubleValue();
    if (!dtype().isFloat() && v != Math.rint(v)) {
      throw new NndException(
          "%s: %s is not a number of type %s; cast the tensor first"
              .formatted(name, value, dtype()));
    }
    return new Tensor(Operations.scalar(dtype(), v));
  }
}
