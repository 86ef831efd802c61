package org.nnd.opencl.lower;

import java.util.ArrayList;
import java.util.List;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.Reduction;
import org.nnd.ir.Shape;
import org.nnd.ir.Window;
import org.nnd.opencl.kernel.Body;
import org.nnd.opencl.kernel.Expr;
import org.nnd.opencl.kernel.Index;

/**
 * The template of windowed reductions: per window a loop over its elements. Windows lie side by
 * side in the lanes along trailing axes on which the window does not extend or, on a CPU, along the
 * last axis where they do not reach over an edge.
 */
final class Pooling {
  private final Task task;
  private final Window window;
  private final Reduction reduction;
  private final Body top = Body.top();
  private final Task.Arguments arguments;
  private final Emitter emitter;
  private final Node anchor;
  private final Node input;
  private final Node padded;
  private final Shape shape;
  private final DType dtype;

  private Pooling(Task task, Op.ReduceWindow op) {
    this.task = task;
    this.window = op.window();
    this.reduction = op.reduction();
    this.arguments = task.arguments(top);
    this.emitter = new Emitter(arguments.loads);
    this.anchor = task.group().anchor();
    this.input = anchor.operand(0);
    this.shape = anchor.shape();
    this.dtype = Emitter.computed(anchor.dtype());
    this.padded = padded(input, window, Loops.identity(reduction, dtype));
  }

  static KernelCall lower(Task task, Op.ReduceWindow op, Target target) {
    return new Pooling(task, op).write(target);
  }

  private KernelCall write(Target target) {
    int split = shape.rank();
    while (split > 0 && isTrivial(window, split - 1)) {
      split--;
    }
    long taps = window.size().stream().mapToLong(n -> n).reduce(1, (x, y) -> x * y);
    boolean banded = target.cpu() && split == shape.rank() && split > 0 && hasInterior(split - 1);
    Sweep sweep =
        banded
            ? Sweep.write(
                target,
                top,
                shape.dims().subList(0, split - 1),
                List.of(),
                2 * taps * shape.dim(split - 1).fixed(),
                (body, row, none, lanes) -> bands(body, row, target.width()))
            : Sweep.write(
                target,
                top,
                shape.dims().subList(0, split),
                shape.dims().subList(split, shape.rank()),
                2 * taps,
                (body, outer, inner, lanes) -> {
                  List<Index> at = new ArrayList<>(outer);
                  at.addAll(inner);
                  window(body, at, lanes);
                });
    return task.call(
        "reduce_window",
        List.of("window " + window.size() + ", " + sweep.schedule()),
        arguments,
        sweep.groups(),
        sweep.local(),
        top.statements(),
        Dim.BATCH);
  }

  /** Whether some windows lie wholly on elements along an axis. */
  private boolean hasInterior(int axis) {
    return shape.dim(axis).isFixed()
        && input.shape().dim(axis).isFixed()
        && window.inputDilation().get(axis) == 1
        && interiorEnd(axis) > interiorStart(axis);
  }

  private int interiorStart(int axis) {
    int low = Math.max(0, window.low().get(axis));
    return Math.min(shape.dim(axis).fixed(), Math.ceilDiv(low, window.stride().get(axis)));
  }

  private int interiorEnd(int axis) {
    int last = input.shape().dim(axis).fixed() + window.low().get(axis) - window.reach(axis);
    int end = Math.floorDiv(last, window.stride().get(axis)) + 1;
    return Math.min(shape.dim(axis).fixed(), end);
  }

  /** One row along the last axis: the windows that overlap an edge apart, the others in lanes. */
  private void bands(Body body, List<Index> row, int width) {
    int axis = shape.rank() - 1;
    int start = interiorStart(axis);
    int end = interiorEnd(axis);
    int count = end - start;
    int lanes = Math.min(width, Integer.highestOneBit(count));
    band(body, row, 0, start, 1);
    band(body, row, start, start + count / lanes * lanes, lanes);
    band(body, row, start + count / lanes * lanes, end, 1);
    band(body, row, end, shape.dim(axis).fixed(), 1);
  }

  private void band(Body body, List<Index> row, int from, int to, int lanes) {
    if (from == to) {
      return;
    }
    Dim extent = Dim.of(to - from);
    Body.LoopBody visit =
        (block, i) -> {
          List<Index> at = new ArrayList<>(row);
          at.add(i.plus(from));
          window(block, at, Lanes.along(i, lanes));
        };
    if (to - from == lanes && lanes > 1) {
      visit.write(body, body.axis("i", Index.ZERO, extent));
    } else {
      body.loop("i", Index.ZERO, Index.of(extent), lanes, lanes, extent, visit);
    }
  }

  /** Reduces one window, or those in the lanes. */
  private void window(Body body, List<Index> at, Lanes lanes) {
    Expr.Variable sum = body.mutable("acc", AlongAxis.identity(reduction, dtype, lanes));
    taps(
        body,
        window.size().stream().map(Dim::of).toList(),
        new ArrayList<>(),
        (block, tap) -> {
          Expr value = emitter.value(block, padded, source(window, at, tap), lanes);
          block.assign(sum, new Expr.Binary(reduction.combiner(), sum, value));
        });
    emitter.store(body, arguments.stores.get(anchor), Index.flatten(at, shape.dims()), sum, lanes);
  }

  private static boolean isTrivial(Window window, int axis) {
    return window.size().get(axis) == 1
        && window.stride().get(axis) == 1
        && window.low().get(axis) == 0
        && window.high().get(axis) == 0
        && window.inputDilation().get(axis) == 1;
  }

  /** The input with padding and holes made explicit, holding the reduction's identity. */
  private static Node padded(Node input, Window window, double identity) {
    List<Dim> low = new ArrayList<>();
    List<Dim> high = new ArrayList<>();
    List<Integer> interior = new ArrayList<>();
    for (int i = 0; i < window.rank(); i++) {
      low.add(Dim.of(window.low().get(i)));
      high.add(Dim.of(window.high().get(i)));
      interior.add(window.inputDilation().get(i) - 1);
    }
    return Operations.pad(input, low, high, interior, identity);
  }

  private static List<Index> source(Window window, List<Index> at, List<Index> tap) {
    List<Index> source = new ArrayList<>();
    for (int i = 0; i < at.size(); i++) {
      source.add(
          at.get(i).times(window.stride().get(i)).plus(tap.get(i).times(window.dilation().get(i))));
    }
    return source;
  }

  private interface TapBody {
    void write(Body body, List<Index> tap);
  }

  private static void taps(Body body, List<Dim> sizes, List<Index> tap, TapBody write) {
    if (tap.size() == sizes.size()) {
      write.write(body, tap);
      return;
    }
    body.loop(
        "tap",
        sizes.get(tap.size()),
        (block, t) -> {
          List<Index> deeper = new ArrayList<>(tap);
          deeper.add(t);
          taps(block, sizes, deeper, write);
        });
  }
}
