package org.nnd.opencl.lower;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.nnd.ir.Dim;
import org.nnd.ir.Graph;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.Window;
import org.nnd.ir.pass.Rewriter;

/**
 * Convolutions of inputs with zeros between their elements (transposed ones, gradients of strided
 * ones) as convolutions of the inputs themselves: results a stride apart meet the same taps, so
 * each phase of the results is computed with every stride-th tap, as a channel of its own (the
 * sub-pixel convolution of Shi et al. 2016, arXiv:1609.07009) or, where that would multiply by many
 * zeros, by a convolution of its own. The phases take turns in the result.
 *
 * <p>Along an axis with stride s, padding low = s L + m, 0 <= m < s, results p = s q + r and taps k
 * = s t + m - r: {@code y[s q + r] = Σ_t x[q + t - L] w[s t + m - r]}.
 */
final class DilatedInputs {
  /** Channels of a group from which on a convolution for each phase has rows enough. */
  private static final int MANY = 16;

  /** Multiplications by zero that are worth a single convolution: 7 taps as twice 4, not 3. */
  private static final double WASTE = 1.1;

  /** Results along an axis below which a pass over memory takes longer than zeros do. */
  private static final int SMALL = 16;

  private DilatedInputs() {}

  static Graph apply(Graph graph) {
    return Rewriter.bottomUp(graph, DilatedInputs::rule);
  }

  private static Node rule(Node node) {
    if (!(node.op() instanceof Op.Convolution op) || node.shape().count().is(0)) {
      return node;
    }
    Window window = op.window();
    if (isKernelGradient(node, op)) {
      return exchanged(node, op);
    }
    for (int i = 0; i < window.rank(); i++) {
      boolean plain =
          window.size().get(i) > 0 && window.stride().get(i) == 1 && window.dilation().get(i) == 1;
      if (window.inputDilation().get(i) > 1 && plain && !isSmall(node, op, i)) {
        return window.size().get(i) == 1 ? spreadAfterwards(node, op, i) : byPhase(node, op, i);
      }
    }
    return node;
  }

  /**
   * Whether a depthwise convolution's results do not divide into phases and are few: what must be
   * cut off goes through memory once more, which takes longer than the zeros.
   */
  private static boolean isSmall(Node node, Op.Convolution op, int spatial) {
    int extent = node.shape().size(spatial + 2);
    boolean whole = extent % op.window().inputDilation().get(spatial) == 0;
    return isDepthwise(node, op) && extent < SMALL && !whole;
  }

  private static boolean isDepthwise(Node node, Op.Convolution op) {
    return node.operand(1).shape().dim(1).is(1) && !op.featureGroups().is(1);
  }

  /** Whether the kernel is a picture of results, as in the gradient of a transposed kernel. */
  private static boolean isKernelGradient(Node node, Op.Convolution op) {
    Window window = op.window();
    long taps = window.size().stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
    return window.inputDilation().stream().anyMatch(d -> d > 1)
        && window.stride().stream().allMatch(s -> s == 1)
        && window.dilation().stream().allMatch(d -> d == 1)
        && op.featureGroups().is(1)
        && op.batchGroups().is(1)
        && taps > node.shape().slice(2, node.rank()).count().fixed();
  }

  /**
   * Input and kernel exchange their parts, and the results are reversed: {@code y[p] = Σ_k x[(p + k
   * - low) / s] w[k] = Σ_i w[s i - p + low] x[i]}, a convolution with taps s apart.
   */
  private static Node exchanged(Node node, Op.Convolution op) {
    Window window = op.window();
    List<Integer> size = new ArrayList<>();
    List<Integer> low = new ArrayList<>();
    List<Integer> high = new ArrayList<>();
    for (int i = 0; i < window.rank(); i++) {
      int extent = node.operand(0).shape().size(i + 2);
      int results = node.shape().size(i + 2);
      size.add(extent);
      low.add(results - 1 - window.low().get(i));
      int reach = (extent - 1) * window.inputDilation().get(i) + 1;
      high.add(results - 1 + reach - window.reach(i) - low.get(i));
    }
    Window other =
        new Window(size, window.stride(), low, high, window.dilation(), window.inputDilation());
    Node result = Operations.convolution(node.operand(1), node.operand(0), other, Dim.ONE, Dim.ONE);
    List<Integer> order = new ArrayList<>(Operations.axes(node.rank()));
    Collections.swap(order, 0, 1);
    List<Integer> spatial = order.subList(2, order.size());
    return Operations.reverse(Operations.transpose(result, order), spatial);
  }

  /** A kernel of one tap gives zeros between its results where its input has them. */
  private static Node spreadAfterwards(Node node, Op.Convolution op, int spatial) {
    Window window = op.window();
    int axis = spatial + 2;
    int extent = node.operand(0).shape().size(axis);
    Node dense = convolution(node, op, node.operand(1), spatial, 1, 0, extent);
    List<Dim> low = zeros(node.rank());
    List<Dim> high = zeros(node.rank());
    List<Integer> interior = new ArrayList<>(Collections.nCopies(node.rank(), 0));
    low.set(axis, Dim.of(window.low().get(spatial)));
    high.set(axis, Dim.of(window.high().get(spatial)));
    interior.set(axis, extent == 0 ? 0 : window.inputDilation().get(spatial) - 1);
    return Operations.pad(dense, low, high, interior, 0);
  }

  private static Node byPhase(Node node, Op.Convolution op, int spatial) {
    int stride = op.window().inputDilation().get(spatial);
    int size = op.window().size().get(spatial);
    int taps = taps(op.window(), spatial);
    Dim groups = op.featureGroups().times(op.batchGroups());
    Dim each = node.operand(1).shape().dim(0).dividedBy(groups);
    boolean many = each.isFixed() && each.fixed() >= MANY;
    return many && size >= stride && taps * stride > WASTE * size
        ? apart(node, op, spatial)
        : together(node, op, spatial);
  }

  /** {@return the taps of the longest phase} */
  private static int taps(Window window, int spatial) {
    int stride = window.inputDilation().get(spatial);
    int phase = Math.floorMod(window.low().get(spatial), stride);
    return Math.floorDiv(window.size().get(spatial) - 1 - phase + stride - 1, stride) + 1;
  }

  /** All phases by one convolution, with zeros for the taps that some do not have. */
  private static Node together(Node node, Op.Convolution op, int spatial) {
    Window window = op.window();
    int axis = spatial + 2;
    int stride = window.inputDilation().get(spatial);
    int low = Math.floorDiv(window.low().get(spatial), stride);
    int phase = Math.floorMod(window.low().get(spatial), stride);
    int taps = taps(window, spatial);
    int each = Math.ceilDiv(node.shape().size(axis), stride);
    Node kernel = phases(node.operand(1), axis, stride, taps, stride - 1 - phase);
    Node turns = convolution(node, op, kernel, spatial, taps, low, each);
    Shape apart = node.shape().with(axis, Dim.of(each)).insert(2, Dim.of(stride));
    Node channels = Operations.reshape(turns, apart);
    if (axis + 1 < node.rank() || isDepthwise(node, op)) {
      List<Integer> order = new ArrayList<>(Operations.axes(apart.rank()));
      order.remove(2);
      order.add(axis + 1, 2);
      return inTurns(node, axis, Operations.transpose(channels, order));
    }
    // Products would be stored element by element along memory; a kernel of its own turns vectors.
    List<Node> phases = new ArrayList<>();
    for (int r = 0; r < stride; r++) {
      Node one = Operations.slice(channels, 2, r, r + 1);
      phases.add(Operations.reshape(one, apart.without(List.of(2)).insert(axis + 1, Dim.ONE)));
    }
    return inTurns(node, axis, Operations.concatenate(phases, axis + 1));
  }

  /** A convolution for each phase. */
  private static Node apart(Node node, Op.Convolution op, int spatial) {
    Window window = op.window();
    int axis = spatial + 2;
    int stride = window.inputDilation().get(spatial);
    int low = window.low().get(spatial);
    int each = Math.ceilDiv(node.shape().size(axis), stride);
    List<Node> phases = new ArrayList<>();
    for (int r = 0; r < stride; r++) {
      int first = Math.floorMod(low - r, stride);
      Node kernel = everyOther(node.operand(1), axis, first, stride);
      int taps = kernel.shape().size(axis);
      int before = Math.floorDiv(low - r, stride);
      Node result = convolution(node, op, kernel, spatial, taps, before, each);
      phases.add(Operations.reshape(result, result.shape().insert(axis + 1, Dim.ONE)));
    }
    return inTurns(node, axis, Operations.concatenate(phases, axis + 1));
  }

  /** {@return {@code [.., Q, s, ..]} as {@code [.., P, ..]}, the axes at axis and behind as one} */
  private static Node inTurns(Node node, int axis, Node turns) {
    int extent = turns.shape().size(axis) * turns.shape().size(axis + 1);
    Node all = Operations.reshape(turns, node.shape().with(axis, Dim.of(extent)));
    return Operations.slice(all, axis, 0, node.shape().size(axis));
  }

  private static Node everyOther(Node kernel, int axis, int first, int stride) {
    List<Dim> start = zeros(kernel.rank());
    start.set(axis, Dim.of(first));
    List<Integer> steps = new ArrayList<>(Collections.nCopies(kernel.rank(), 1));
    steps.set(axis, stride);
    return Operations.slice(kernel, start, kernel.shape().dims(), steps);
  }

  /**
   * {@return the kernel {@code [O, C, .., K, ..]} as {@code [O s, C, .., T, ..]}: channel {@code o
   * s + r} has tap {@code s t + s - 1 - r - before} at t, zero where there is none}
   */
  private static Node phases(Node kernel, int axis, int stride, int taps, int before) {
    List<Dim> low = zeros(kernel.rank());
    List<Dim> high = zeros(kernel.rank());
    low.set(axis, Dim.of(before));
    high.set(axis, Dim.of((long) taps * stride - before).minus(kernel.shape().dim(axis)));
    List<Integer> interior = Collections.nCopies(kernel.rank(), 0);
    Node padded = Operations.pad(kernel, low, high, interior, 0);
    Shape split = padded.shape().with(axis, Dim.of(taps)).insert(axis + 1, Dim.of(stride));
    List<Integer> order = new ArrayList<>(Operations.axes(split.rank()));
    order.remove(axis + 1);
    order.add(1, axis + 1);
    Node turned =
        Operations.transpose(
            Operations.reverse(Operations.reshape(padded, split), List.of(axis + 1)), order);
    Shape shape = kernel.shape();
    return Operations.reshape(
        turned, shape.with(0, shape.dim(0).times(stride)).with(axis, Dim.of(taps)));
  }

  /** The convolution with another kernel and no zeros in the input, along an axis. */
  private static Node convolution(
      Node node, Op.Convolution op, Node kernel, int spatial, int size, int low, int outputs) {
    int high = outputs - node.operand(0).shape().size(spatial + 2) - low + size - 1;
    return Operations.convolution(
        node.operand(0),
        kernel,
        op.window().dense(spatial, size, low, high),
        op.featureGroups(),
        op.batchGroups());
  }

  private static List<Dim> zeros(int rank) {
    return new ArrayList<>(Collections.nCopies(rank, Dim.ZERO));
  }
}
