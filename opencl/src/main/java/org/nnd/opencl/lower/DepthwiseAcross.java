package org.nnd.opencl.lower;

import java.util.ArrayList;
import java.util.List;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Shape;
import org.nnd.ir.Window;
import org.nnd.opencl.kernel.Array;
import org.nnd.opencl.kernel.Body;
import org.nnd.opencl.kernel.Expr;
import org.nnd.opencl.kernel.Index;
import org.nnd.opencl.kernel.Kernel;

/**
 * The template of depthwise convolutions of small maps, CPU schedule with lanes along the features:
 * no lane is lost to rows that are shorter than a vector, and nothing is multiplied with padding or
 * with the zeros between elements.
 *
 * <pre>
 * work-item = (W features, some examples)
 * taps[ky, kx] = kernel[W features][ky, kx]             // turned in registers
 * for each example:
 *   x[iy, ix] = input[W features][iy, ix]               // turned
 *   for each output row oy, for each input row iy it sees:
 *     acc[ox] += x[iy, ix] * taps[ky, kx]               // for all ox, kx that meet data
 *   result[W features][oy, ox] = epilogue(acc)          // turned back
 * </pre>
 */
final class DepthwiseAcross {
  /** Rows and columns of the result: a row of sums stays in registers. */
  private static final int MOST_RESULTS = 8;

  /** Rows and columns of the input. */
  private static final int MOST_INPUTS = 16;

  /** Taps whose vectors stay near. */
  private static final int MOST_TAPS = 1024;

  /** Taps from which on multiplications take longer than turning. */
  private static final int MANY_TAPS = 100;

  /** Positions of a map that is turned in less time than columns are dealt to phases. */
  private static final int FEW_INPUTS = 64;

  /** Examples per work-item, each of which uses the turned kernel. */
  private static final int EXAMPLES = 16;

  private final Task task;
  private final Node anchor;
  private final Node input;
  private final Node kernel;
  private final Window window;
  private final int lanes;
  private final DType dtype;
  private final Target target;
  private final Body top = Body.top();
  private final Task.Arguments arguments;
  private final Emitter emitter;

  private DepthwiseAcross(Task task, Target target) {
    this.task = task;
    this.target = target;
    this.anchor = task.group().anchor();
    this.input = anchor.operand(0);
    this.kernel = anchor.operand(1);
    this.window = ((Op.Convolution) anchor.op()).window();
    this.lanes = target.width();
    this.dtype = Emitter.computed(anchor.dtype());
    this.arguments = task.arguments(top);
    this.emitter = new Emitter(arguments.loads);
  }

  /** {@return whether the template computes a depthwise convolution} */
  static boolean fits(Node node, Target target) {
    boolean narrow = node.operands().stream().anyMatch(x -> Emitter.isNarrow(x.dtype()));
    if (!DepthwisePlan.fits(node, target) || node.rank() != 4 || narrow) {
      return false;
    }
    Node input = node.operand(0);
    Window window = ((Op.Convolution) node.op()).window();
    Shape taps = node.operand(1).shape().slice(2, 4);
    return node.shape().dim(1).equals(input.shape().dim(1))
        && node.shape().size(1) >= target.width()
        && isMap(node.shape(), MOST_RESULTS, target)
        && isMap(input.shape(), MOST_INPUTS, target)
        && taps.count().fixed() <= MOST_TAPS
        && isWorthTurning(taps.count().fixed(), window, input.shape().slice(2, 4))
        && window.dilation().stream().allMatch(d -> d == 1);
  }

  private static boolean isWorthTurning(int taps, Window window, Shape map) {
    boolean strided =
        window.stride().stream().anyMatch(s -> s > 1)
            || window.inputDilation().stream().anyMatch(d -> d > 1);
    return taps >= MANY_TAPS || (strided && map.count().fixed() <= FEW_INPUTS);
  }

  private static boolean isMap(Shape shape, int most, Target target) {
    return shape.size(2) <= most
        && shape.size(3) <= most
        && shape.size(2) * shape.size(3) >= target.width();
  }

  static KernelCall lower(Task task, Target target) {
    return new DepthwiseAcross(task, target).write();
  }

  private KernelCall write() {
    int features = anchor.shape().size(1);
    int examples = examplesPerItem(features);
    Kernel.GroupCount blocks = new Kernel.GroupCount(Dim.of(features), lanes);
    Kernel.GroupCount batches = new Kernel.GroupCount(anchor.shape().dim(0), examples);
    // The last block is shifted back to end with the last feature.
    Index first =
        Index.least(Kernel.group(0, blocks).times(lanes), Index.of((long) features - lanes));
    Index feature = top.axis("feature", first, Dim.of(features));
    Array taps = vectors(top, "taps", count(kernel));
    turn(
        top,
        kernel,
        count(kernel),
        feature,
        taps,
        List.of(feature, Index.ZERO),
        kernel.shape().slice(2, 4));
    Array x = vectors(top, "x", count(input));
    Array y = vectors(top, "y", count(anchor));
    Index from = Kernel.group(1, batches).times(examples);
    Dim all = anchor.shape().dim(0);
    Index end = top.letIndex("end", Index.least(from.plus(examples), Index.of(all)), all.plus(1));
    top.loop(
        "example",
        from,
        end,
        1,
        1,
        all,
        (body, example) -> {
          turn(
              body,
              input,
              count(input),
              feature,
              x,
              List.of(example, feature),
              input.shape().slice(2, 4));
          for (int row = 0; row < anchor.shape().size(2); row++) {
            row(body, taps, x, y, row);
          }
          turnBack(body, example, feature, y);
        });
    return task.call(
        "depthwise",
        List.of(
            "schedule cpu, %d lanes along the features, %d examples per item"
                .formatted(lanes, examples)),
        arguments,
        List.of(blocks, batches),
        List.of(1, 1),
        top.statements(),
        Dim.BATCH);
  }

  private int examplesPerItem(int features) {
    Dim all = anchor.shape().dim(0);
    int examples = all.isFixed() ? Math.min(EXAMPLES, Math.max(1, all.fixed())) : EXAMPLES / 4;
    int blocks = Math.ceilDiv(features, lanes);
    while (examples > 1
        && all.isFixed()
        && blocks * Math.ceilDiv(all.fixed(), examples) < 4 * target.computeUnits()) {
      examples /= 2;
    }
    return examples;
  }

  private static int count(Node node) {
    return node.shape().slice(2, 4).count().fixed();
  }

  private Array vectors(Body body, String name, int count) {
    return body.declare(Array.scratch(name, dtype, count * lanes)).aligned(lanes);
  }

  /** Copies the maps of the features, or their kernels, to a vector for each position. */
  private void turn(
      Body body, Node node, int count, Index feature, Array to, List<Index> before, Shape map) {
    Lanes along = Lanes.along(feature, lanes);
    Body.LoopBody square =
        (block, first) ->
            Squares.rows(
                emitter,
                first,
                lanes,
                false,
                position -> {
                  List<Index> at = new ArrayList<>(before);
                  at.addAll(Index.unflatten(position, map.dims()));
                  block.store(to, position.times(lanes), emitter.value(block, node, at, along));
                });
    if (count >= lanes) {
      pieces(body, count, square);
      return;
    }
    body.loop(
        "position",
        Dim.of(count),
        (block, position) -> {
          List<Index> at = new ArrayList<>(before);
          at.addAll(Index.unflatten(position, map.dims()));
          block.store(to, position.times(lanes), emitter.value(block, node, at, along));
        });
  }

  /** Squares of positions; the last one is shifted back to end with the last position. */
  private void pieces(Body body, int count, Body.LoopBody piece) {
    int whole = count / lanes * lanes;
    body.loop("position", Index.ZERO, Index.of(whole), lanes, 1, Dim.of(count), piece);
    if (whole < count) {
      piece.write(body, body.axis("position", Index.of((long) count - lanes), Dim.of(count)));
    }
  }

  /** The sums of a row of results, over the rows of the input and the columns that they meet. */
  private void row(Body body, Array taps, Array x, Array y, int row) {
    int columns = anchor.shape().size(3);
    List<Expr.Variable> acc = new ArrayList<>();
    for (int c = 0; c < columns; c++) {
      acc.add(body.mutable("acc", Plane.zero(dtype, lanes)));
    }
    int step = window.inputDilation().get(0);
    int start = row * window.stride().get(0) - window.low().get(0);
    int from = Math.max(0, Math.ceilDiv(start, step));
    int to =
        Math.min(input.shape().size(2), Math.floorDiv(start + window.size().get(0) - 1, step) + 1);
    if (from < to) {
      body.loop(
          "iy",
          Index.of(from),
          Index.of(to),
          1,
          1,
          Dim.of(input.shape().size(2)),
          (block, iy) -> columns(block, taps, x, iy, iy.times(step).minus(Index.of(start)), acc));
    }
    for (int c = 0; c < columns; c++) {
      body.store(y, Index.of(((long) row * columns + c) * lanes), acc.get(c));
    }
  }

  private void columns(
      Body body, Array taps, Array x, Index iy, Index ky, List<Expr.Variable> acc) {
    int step = window.inputDilation().get(1);
    int width = input.shape().size(3);
    int size = window.size().get(1);
    for (int kx = 0; kx < size; kx++) {
      for (int ox = 0; ox < acc.size(); ox++) {
        int at = ox * window.stride().get(1) + kx - window.low().get(1);
        if (at < 0 || at % step != 0 || at / step >= width) {
          continue;
        }
        Index value = iy.times(width).plus(at / step).times(lanes);
        Index tap = ky.times(size).plus(kx).times(lanes);
        Expr a = body.once(List.of(x, value), "x", () -> new Expr.Load(x, value, lanes));
        Expr b = body.once(List.of(taps, tap), "tap", () -> new Expr.Load(taps, tap, lanes));
        body.assign(acc.get(ox), MatMul.multiplyAdd(a, b, acc.get(ox)));
      }
    }
  }

  /** Stores a feature's results together, a vector of positions at a time. */
  private void turnBack(Body body, Index example, Index feature, Array y) {
    Shape map = anchor.shape().slice(2, 4);
    pieces(
        body,
        count(anchor),
        (block, first) -> {
          List<Expr> across = new ArrayList<>();
          for (int i = 0; i < lanes; i++) {
            Index at = first.plus(i).times(lanes);
            across.add(block.let("across", new Expr.Load(y, at, lanes)));
          }
          List<Expr> along = Squares.transposed(block, List.of(y, first), across);
          Lanes positions = Lanes.along(first, lanes);
          for (int lane = 0; lane < lanes; lane++) {
            List<Index> point = new ArrayList<>(List.of(example, feature.plus(lane)));
            point.addAll(Index.unflatten(first, map.dims()));
            Epilogue.write(task, arguments, emitter, block, point, positions, along.get(lane));
          }
        });
  }
}
