package org.nnd.opencl.lower;

import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Reduction;
import org.nnd.opencl.kernel.Expr;

/**
 * The template of elementwise and row-wise groups, CPU schedule.
 *
 * <pre>
 * for each row of the work-item's block:          // axes kept, outside the inner ones
 *   for each pass:                                // one more than the longest chain of reductions
 *     for q in the reduced axes outside the inner ones:
 *       for i in the inner axes, a vector at a time, then the tail:
 *         accumulate the pass's reductions; store the members that are ready
 *     finish the reductions; compute per-row values
 * </pre>
 *
 * <p>The inner axes are the longest run of trailing axes, all kept or all reduced, along which
 * every load and store is contiguous or constant; where they are kept, the passes lie inside the
 * loop over vectors.
 */
final class Loops {
  /** Rows and columns of a tile where something runs across memory. */
  private static final int TILE = 64;

  private final Task task;
  private final Group group;
  private final Target target;

  private Loops(Task task, Target target) {
    this.task = task;
    this.group = task.group();
    this.target = target;
  }

  static KernelCall lower(Task task, Target target) {
    return new Loops(task, target).write();
  }

  /**
   * Which axes are inner ({@code from} on), how many lanes run along them, and how much of the
   * inner axis and how many rows a work-item takes; 0 where that follows from the work.
   */
  record Split(int from, int lanes, int chunk, int rows) {}

  private KernelCall write() {
    int rank = group.space().rank();
    int last = lastAxis(group);
    boolean innerReduced = group.reduced().contains(last);
    int first = last;
    while (first > 0
        && (group.reduced().contains(first - 1) == innerReduced
            || group.space().dim(first - 1).is(1))) {
      first--;
    }
    for (int from = first; from <= last; from++) {
      int lanes = lanes(from);
      LoopKernel trial = new LoopKernel(task, target, new Split(from, lanes, 0, 0), false);
      KernelCall call = trial.write();
      if (trial.packs() == 0) {
        boolean flat = from == 0 && group.reduced().isEmpty() && onlyElementwise();
        boolean anySize = flat && !streams(task, target);
        return anySize
            ? new LoopKernel(task, target, new Split(0, lanes, 0, 0), true).write()
            : call;
      }
    }
    int from = Math.max(0, Math.min(last, rank - 1));
    if (group.reduced().isEmpty()) {
      for (int columns = first; columns <= last; columns++) {
        KernelCall turned = TurnedLoops.tryLower(task, target, columns);
        if (turned != null) {
          return turned;
        }
      }
      // Something runs across memory: tiles, so that what a line brings is used while it is near.
      LoopKernel tiled =
          new LoopKernel(task, target, new Split(from, lanes(from), TILE, TILE), false);
      KernelCall call = tiled.write();
      if (tiled.scalarised() == 0) {
        return call;
      }
    }
    return new LoopKernel(task, target, new Split(from, 1, 0, 0), false).write();
  }

  /** Whether results are too large to be worth a place in the caches. */
  static boolean streams(Task task, Target target) {
    Dim bytes = Dim.ZERO;
    for (Node node : task.stored()) {
      bytes = bytes.plus(node.shape().count().times(node.dtype().bytes()));
    }
    return target.streams(bytes);
  }

  /** The innermost axis longer than 1. */
  static int lastAxis(Group group) {
    int last = group.space().rank() - 1;
    while (last > 0 && group.space().dim(last).is(1)) {
      last--;
    }
    return Math.max(last, 0);
  }

  private int lanes(int from) {
    Dim inner =
        group.space().rank() == 0
            ? Dim.ONE
            : group.space().slice(from, group.space().rank()).count();
    int lanes = target.width();
    while (inner.isFixed() && lanes > Math.max(1, inner.fixed())) {
      lanes /= 2;
    }
    return lanes;
  }

  /** Whether the kernel's text does not depend on the shape, so that it serves any size. */
  private boolean onlyElementwise() {
    return Costs.computed(group, task.reads()).stream()
        .allMatch(
            node ->
                switch (node.op()) {
                  case Op.Unary u -> true;
                  case Op.Binary b -> true;
                  case Op.Compare c -> true;
                  case Op.Select s -> true;
                  case Op.Convert c -> true;
                  case Op.Bitcast b -> true;
                  default -> false;
                });
  }

  /** {@return a value per row in as many lanes as are wanted} */
  static Expr widen(Expr value, Lanes lanes) {
    return value.type().lanes() == lanes.count() ? value : Emitter.splat(value, lanes);
  }

  /** {@return the reduction's neutral element in a type} */
  static double identity(Reduction reduction, DType dtype) {
    if (dtype != DType.BOOL) {
      return reduction.identity();
    }
    return reduction == Reduction.MIN || reduction == Reduction.PRODUCT ? 1 : 0;
  }
}
