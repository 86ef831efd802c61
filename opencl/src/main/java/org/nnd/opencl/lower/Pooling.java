package org.nnd.opencl.lower;

import java.util.ArrayList;
import java.util.List;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.Window;
import org.nnd.opencl.kernel.Array;
import org.nnd.opencl.kernel.Body;
import org.nnd.opencl.kernel.Expr;
import org.nnd.opencl.kernel.Index;

/**
 * The template of windowed reductions: per window a loop over its elements, windows side by side in
 * the lanes along trailing axes on which the window does not extend.
 */
final class Pooling {
  private Pooling() {}

  static KernelCall lower(Task task, Op.ReduceWindow op, Target target) {
    Body top = Body.top();
    Task.Arguments arguments = task.arguments(top);
    Emitter emitter = new Emitter(arguments.loads);
    Node anchor = task.group().anchor();
    Array result = arguments.stores.get(anchor);
    Window window = op.window();
    DType dtype = Emitter.computed(anchor.dtype());
    Node padded = padded(anchor.operand(0), window, Loops.identity(op.reduction(), dtype));
    Shape shape = anchor.shape();
    int split = shape.rank();
    while (split > 0 && isTrivial(window, split - 1)) {
      split--;
    }
    List<Dim> taps = window.size().stream().map(Dim::of).toList();
    Dim tapCount = Contraction.product(taps);
    Sweep sweep =
        Sweep.write(
            target,
            top,
            shape.dims().subList(0, split),
            shape.dims().subList(split, shape.rank()),
            2L * tapCount.fixed(),
            (body, outer, inner, lanes) -> {
              List<Index> at = new ArrayList<>(outer);
              at.addAll(inner);
              Expr.Variable sum =
                  body.mutable("acc", AlongAxis.identity(op.reduction(), dtype, lanes));
              taps(
                  body,
                  taps,
                  new ArrayList<>(),
                  (block, tap) -> {
                    Expr value = emitter.value(block, padded, source(window, at, tap), lanes);
                    block.assign(sum, new Expr.Binary(op.reduction().combiner(), sum, value));
                  });
              emitter.store(body, result, Index.flatten(at, shape.dims()), sum, lanes);
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
