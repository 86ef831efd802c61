package org.nnd.opencl.lower;

import java.util.ArrayList;
import java.util.List;
import org.nnd.ir.BinaryOp;
import org.nnd.ir.Comparison;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.opencl.kernel.Array;
import org.nnd.opencl.kernel.Body;
import org.nnd.opencl.kernel.Expr;
import org.nnd.opencl.kernel.Index;
import org.nnd.opencl.kernel.Kernel;

/**
 * The template of scatter-add. No atomics: each result sums its updates itself, in the order of
 * their positions, so the same updates always give the same bits.
 *
 * <p>With few updates each result looks at all indices. Else a first kernel sorts the positions of
 * the updates by their index, so that those of one result are neighbours: by counting in one
 * work-item (CPU), by a bitonic sort in one work-group (GPU).
 *
 * <p>Where the result overwrites a variable at indices that do not repeat, a kernel visits the
 * updates instead, and the rest of the variable is not touched:
 *
 * <pre>
 * for each update u: if index[u] is inside: result[index[u], …] += update[u, …]
 * </pre>
 */
final class Scatter {
  private static final int FEW = 32;
  private static final int ITEMS = 256;

  private final Task task;
  private final Target target;
  private final Node anchor;
  private final Node data;
  private final Node indices;
  private final Node updates;
  private final int axis;
  private final Dim count;
  private final Dim extent;
  private final KernelCall.Scratch order;
  private final KernelCall.Scratch ends;

  private Scatter(Task task, Op.ScatterAdd op, Target target) {
    this.task = task;
    this.target = target;
    this.anchor = task.group().anchor();
    this.data = anchor.operand(0);
    this.indices = anchor.operand(1);
    this.updates = anchor.operand(2);
    this.axis = op.axis();
    this.count = indices.shape().count();
    this.extent = data.shape().dim(axis);
    this.order = new KernelCall.Scratch("order" + anchor.serial(), DType.I32, count);
    this.ends = new KernelCall.Scratch("ends" + anchor.serial(), DType.I32, extent);
  }

  static List<KernelCall> lower(Task task, Op.ScatterAdd op, Target target) {
    Scatter scatter = new Scatter(task, op, target);
    if (task.inPlace().containsKey(scatter.anchor)) {
      return List.of(scatter.overwriting());
    }
    if (scatter.count.isFixed() && scatter.count.fixed() <= FEW) {
      return List.of(scatter.looking());
    }
    return List.of(target.cpu() ? scatter.counting() : scatter.sorting(), scatter.summing());
  }

  private Expr index(Emitter emitter, Body body, Index i) {
    return emitter.value(body, indices, Index.unflatten(i, indices.shape().dims()), Lanes.NONE);
  }

  /** What a kernel that writes the results adds up at one of them. */
  private interface Additions {
    void write(
        Body body, Emitter emitter, Expr.Variable sum, List<Index> at, Additional add, Lanes lanes);
  }

  /** Adds one update. */
  private interface Additional {
    void add(Body body, Index i);
  }

  private KernelCall results(
      Body top, Task.Arguments arguments, long work, String method, Additions additions) {
    Emitter emitter = new Emitter(arguments.loads);
    Array result = arguments.stores.get(anchor);
    List<Dim> dims = anchor.shape().dims();
    Sweep sweep =
        Sweep.write(
            target,
            top,
            dims.subList(0, axis + 1),
            dims.subList(axis + 1, dims.size()),
            work,
            (body, outer, inner, lanes) -> {
              List<Index> at = new ArrayList<>(outer);
              at.addAll(inner);
              Expr.Variable sum = body.mutable("sum", emitter.value(body, data, at, lanes));
              Additional add =
                  (block, i) -> {
                    List<Index> from = new ArrayList<>(at.subList(0, axis));
                    from.addAll(Index.unflatten(i, indices.shape().dims()));
                    from.addAll(at.subList(axis + 1, at.size()));
                    Expr update = emitter.value(block, updates, from, lanes);
                    block.assign(sum, new Expr.Binary(BinaryOp.ADD, sum, update));
                  };
              additions.write(body, emitter, sum, at, add, lanes);
              emitter.store(body, result, Index.flatten(at, dims), sum, lanes);
            });
    return task.call(
        "scatter",
        List.of(method + ", " + sweep.schedule()),
        arguments,
        sweep.groups(),
        sweep.local(),
        top.statements(),
        Dim.BATCH);
  }

  private KernelCall overwriting() {
    Body top = Body.top();
    Task.Arguments arguments = task.arguments(top);
    Emitter emitter = new Emitter(arguments.loads);
    Array result = arguments.stores.get(anchor);
    List<Dim> dims = updates.shape().dims();
    int behind = axis + indices.rank();
    Sweep sweep =
        Sweep.write(
            target,
            top,
            dims.subList(0, behind),
            dims.subList(behind, dims.size()),
            2,
            (body, outer, inner, lanes) -> {
              List<Index> from = new ArrayList<>(outer);
              from.addAll(inner);
              Expr index = emitter.value(body, indices, outer.subList(axis, behind), Lanes.NONE);
              Index row = body.position("index", index);
              body.when(
                  Emitter.inRange(row, extent),
                  block -> {
                    List<Index> at = new ArrayList<>(outer.subList(0, axis));
                    at.add(row);
                    at.addAll(inner);
                    Expr before = emitter.value(block, data, at, lanes);
                    Expr update = emitter.value(block, updates, from, lanes);
                    emitter.store(
                        block,
                        result,
                        Index.flatten(at, anchor.shape().dims()),
                        new Expr.Binary(BinaryOp.ADD, before, update),
                        lanes);
                  });
            });
    return task.call(
        "scatter",
        List.of("visits the updates, " + sweep.schedule()),
        arguments,
        sweep.groups(),
        sweep.local(),
        top.statements(),
        Dim.BATCH);
  }

  private KernelCall looking() {
    Body top = Body.top();
    return results(
        top,
        task.arguments(top),
        count.fixed(),
        "looks at all indices",
        (body, emitter, sum, at, add, lanes) ->
            body.loop(
                "i",
                count,
                (block, i) -> {
                  Expr index = index(emitter, block, i);
                  Expr here = new Expr.Position(at.get(axis), DType.I32);
                  block.when(
                      new Expr.Compare(Comparison.EQ, index, here), inner -> add.add(inner, i));
                }));
  }

  /** Adds the updates that the first kernel has put side by side. */
  private KernelCall summing() {
    Body top = Body.top();
    Task.Arguments arguments = task.arguments(top);
    Array sorted = arguments.scratch(top, "order", order);
    Array end = arguments.scratch(top, "ends", ends);
    return results(
        top,
        arguments,
        8,
        "sums neighbours",
        (body, emitter, sum, at, add, lanes) -> {
          Index here = at.get(axis);
          Expr.Variable start = body.mutable("start", SortOrder.i64(0));
          body.when(
              Sorting.compare(Comparison.GT, here, Index.ZERO),
              block ->
                  block.assign(
                      start, new Expr.Convert(DType.I64, new Expr.Load(end, here.plus(-1), 1))));
          Index stop = body.position("stop", new Expr.Load(end, here, 1));
          body.loop(
              "s",
              Body.position(start),
              stop,
              1,
              1,
              count,
              (block, s) -> add.add(block, block.position("update", new Expr.Load(sorted, s, 1))));
        });
  }

  /** Counting sort: {@code ends[d]} becomes the place after the last update of index d. */
  private KernelCall counting() {
    Body top = Body.top();
    Task.Arguments arguments = task.arguments(top);
    Emitter emitter = new Emitter(arguments.loads);
    Array sorted = arguments.scratch(top, "order", order);
    Array end = arguments.scratch(top, "ends", ends);
    top.loop("d", extent, (body, d) -> body.store(end, d, new Expr.Real(0, DType.I32)));
    eachInside(
        top,
        emitter,
        (body, i, index) ->
            body.store(
                end, index, plus(new Expr.Load(end, index, 1), new Expr.Real(1, DType.I32))));
    Expr.Variable before = top.mutable("before", new Expr.Real(0, DType.I32));
    top.loop(
        "d",
        extent,
        (body, d) -> {
          Expr here = body.let("count", new Expr.Load(end, d, 1));
          body.store(end, d, before);
          body.assign(before, plus(before, here));
        });
    eachInside(
        top,
        emitter,
        (body, i, index) -> {
          Expr place = body.let("place", new Expr.Load(end, index, 1));
          body.store(sorted, body.position("at", place), new Expr.Position(i, DType.I32));
          body.store(end, index, plus(place, new Expr.Real(1, DType.I32)));
        });
    return task.call(
        "scatter_order",
        List.of("counting sort of the indices, schedule cpu, one work-item"),
        arguments,
        List.of(Kernel.GroupCount.of(1)),
        List.of(1),
        top.statements(),
        Dim.BATCH);
  }

  private static Expr plus(Expr x, Expr y) {
    return new Expr.Binary(BinaryOp.ADD, x, y);
  }

  private interface EachIndex {
    void write(Body body, Index i, Index index);
  }

  private void eachInside(Body top, Emitter emitter, EachIndex each) {
    top.loop(
        "i",
        count,
        (body, i) -> {
          Index index = body.position("index", index(emitter, body, i));
          body.when(Emitter.inRange(index, extent), block -> each.write(block, i, index));
        });
  }

  /** Sorts in one work-group, then finds by bisection where the updates of each index end. */
  private KernelCall sorting() {
    Body top = Body.top();
    Task.Arguments arguments = task.arguments(top);
    Emitter emitter = new Emitter(arguments.loads);
    Array sorted = arguments.scratch(top, "order", order);
    Array end = arguments.scratch(top, "ends", ends);
    MergeSort.Key key =
        (body, i) -> {
          // Indices outside go to the end, where no result looks for them.
          Expr index = body.let("index", index(emitter, body, i));
          Expr outside = new Expr.Compare(Comparison.LT, index, new Expr.Real(0, DType.I32));
          return body.let(
              "key", new Expr.Choose(outside, new Expr.Real(Integer.MAX_VALUE, DType.I32), index));
        };
    new BitonicSort(sorted, Index.ZERO, count, new SortOrder(false), key, ITEMS).write(top);
    top.loop(
        "d",
        Kernel.local(0, ITEMS),
        Index.of(extent),
        ITEMS,
        1,
        extent,
        (body, d) ->
            body.store(end, d, new Expr.Convert(DType.I32, notAfter(body, sorted, key, d))));
    return task.call(
        "scatter_order",
        List.of("bitonic sort of the indices, schedule gpu, one work-group"),
        arguments,
        List.of(Kernel.GroupCount.of(1)),
        List.of(ITEMS),
        top.statements(),
        Dim.BATCH);
  }

  /** The number of sorted positions whose index is at most {@code d}. */
  private Expr notAfter(Body body, Array sorted, MergeSort.Key key, Index d) {
    Expr.Variable low = body.mutable("low", SortOrder.i64(0));
    Expr.Variable high = body.mutable("high", new Expr.Position(Index.of(count), DType.I64));
    body.loop(
        "bisection",
        Dim.of(Integer.SIZE),
        (block, step) ->
            block.when(
                new Expr.Compare(Comparison.LT, low, high),
                inner -> {
                  Expr middle =
                      inner.let(
                          "middle",
                          new Expr.Binary(
                              BinaryOp.SHIFT_RIGHT_LOGICAL, plus(low, high), SortOrder.i64(1)));
                  Index at =
                      inner.position(
                          "candidate", new Expr.Load(sorted, inner.position("at", middle), 1));
                  inner.when(
                      new Expr.Compare(
                          Comparison.LE, key.at(inner, at), new Expr.Position(d, DType.I32)),
                      yes -> yes.assign(low, plus(middle, SortOrder.i64(1))),
                      no -> no.assign(high, middle));
                }));
    return low;
  }
}
