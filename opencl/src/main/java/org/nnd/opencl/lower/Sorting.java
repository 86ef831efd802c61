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
 * The templates of sorting permutations, whole or their first {@code k} entries.
 *
 * <ul>
 *   <li>Short axes: an element's place is the number of elements before it, counted by comparing it
 *       with all.
 *   <li>Few of many: one pass that keeps the best so far, in order.
 *   <li>Else a merge sort per work-item (CPU) or a bitonic sort per work-group (GPU).
 * </ul>
 */
final class Sorting {
  private static final int SHORT_CPU = 256;
  private static final int SHORT_GPU = 1024;
  private static final int SHARE = 2;
  private static final int MOST_KEPT = 128;
  private static final int ITEMS = 256;

  private final Task task;
  private final Target target;
  private final Body top = Body.top();
  private final Task.Arguments arguments;
  private final Emitter emitter;
  private final Node anchor;
  private final Node x;
  private final Array result;
  private final int axis;
  private final Dim length;
  private final Dim kept;
  private final SortOrder order;
  private final List<Dim> outer;
  private final List<Dim> inner;

  private Sorting(Task task, Target target, int axis, SortOrder order) {
    this.task = task;
    this.target = target;
    this.arguments = task.arguments(top);
    this.emitter = new Emitter(arguments.loads);
    this.anchor = task.group().anchor();
    this.x = anchor.operand(0);
    this.result = arguments.stores.get(anchor);
    this.axis = axis;
    this.length = x.shape().dim(axis);
    this.kept = anchor.shape().dim(axis);
    this.order = order;
    this.outer = x.shape().dims().subList(0, axis);
    this.inner = x.shape().dims().subList(axis + 1, x.rank());
  }

  static KernelCall lower(Task task, Op.ArgSort op, Target target) {
    return new Sorting(task, target, op.axis(), new SortOrder(op.descending())).write();
  }

  static KernelCall lower(Task task, Op.TopK op, Target target) {
    int last = task.group().anchor().rank() - 1;
    return new Sorting(task, target, last, new SortOrder(true)).write();
  }

  private KernelCall write() {
    int brief = target.cpu() ? SHORT_CPU : SHORT_GPU;
    if (target.cpu() && keepsFew()) {
      return byInsertion();
    }
    if (length.isFixed() && length.fixed() <= brief) {
      return byRank();
    }
    return target.cpu() ? byMerging() : byNetwork();
  }

  /** Of values in random order about k (1 + ln(n / k)) are among the best when they are met. */
  private boolean keepsFew() {
    return kept.isFixed()
        && kept.fixed() > 0
        && kept.fixed() <= MOST_KEPT
        && length.isFixed()
        && (long) SHARE * kept.fixed() <= length.fixed()
        && inner.isEmpty()
        && BestSoFar.orders(Emitter.computed(x.dtype()));
  }

  private List<Index> at(List<Index> before, Index k, List<Index> after) {
    List<Index> at = new ArrayList<>(before);
    at.add(k);
    at.addAll(after);
    return at;
  }

  private void store(Body body, List<Index> at, Expr value) {
    body.store(result, Index.flatten(at, anchor.shape().dims()), value);
  }

  private Expr value(Body body, List<Index> at, Lanes lanes) {
    return body.let("value", emitter.value(body, x, at, lanes));
  }

  private KernelCall byRank() {
    boolean last = inner.isEmpty();
    List<Dim> rows = new ArrayList<>(outer);
    if (!last) {
      rows.addAll(inner);
      rows.add(length);
    }
    Sweep sweep =
        Sweep.write(
            target,
            top,
            rows,
            last ? List.of(length) : List.of(),
            length.fixed(),
            (body, row, along, lanes) -> {
              Index i = last ? along.get(0) : row.get(row.size() - 1);
              List<Index> before = row.subList(0, axis);
              List<Index> after = last ? List.of() : row.subList(axis, row.size() - 1);
              rank(body, before, i, after, lanes);
            });
    return call("places by counting", sweep.schedule(), sweep.groups(), sweep.local());
  }

  private void rank(Body body, List<Index> before, Index i, List<Index> after, Lanes lanes) {
    Expr mine = value(body, at(before, i, after), lanes);
    Expr here = body.let("here", emitter.position(i, DType.I32, lanes));
    Expr.Variable place = body.mutable("place", Emitter.splat(new Expr.Real(0, DType.I32), lanes));
    body.loop(
        "j",
        length,
        (block, j) -> {
          Expr other = value(block, at(before, j, after), Lanes.NONE);
          Expr first =
              order.before(
                  Emitter.splat(other, lanes),
                  Emitter.splat(new Expr.Position(j, DType.I32), lanes),
                  mine,
                  here);
          block.assign(
              place, new Expr.Binary(BinaryOp.ADD, place, new Expr.Convert(DType.I32, first)));
        });
    for (int lane = 0; lane < lanes.count(); lane++) {
      Expr one = lanes.isScalar() ? place : new Expr.Lane(place, lane);
      Expr value = lanes.isScalar() ? here : new Expr.Lane(here, lane);
      Index there = body.position("there", one);
      if (kept.equals(length)) {
        store(body, at(before, there, after), value);
      } else {
        body.when(
            Body.below(there, Index.of(kept)),
            block -> store(block, at(before, there, after), value));
      }
    }
  }

  private KernelCall byInsertion() {
    List<Dim> rows = new ArrayList<>(outer);
    rows.addAll(inner);
    Sweep sweep =
        Sweep.write(
            target,
            top,
            rows,
            List.of(),
            length.fixed(),
            (body, row, none, lanes) -> {
              List<Index> before = row.subList(0, axis);
              List<Index> after = row.subList(axis, row.size());
              new BestSoFar(
                      order,
                      Emitter.computed(x.dtype()),
                      kept.fixed(),
                      length,
                      target.width(),
                      (block, i) -> value(block, at(before, i, after), Lanes.NONE),
                      (block, p, positions) -> store(block, at(before, p, after), positions))
                  .write(body);
            });
    return call("best so far", sweep.schedule(), sweep.groups(), sweep.local());
  }

  private Dim lines() {
    return Contraction.product(outer).times(Contraction.product(inner));
  }

  private KernelCall.Scratch scratch(int copies) {
    return new KernelCall.Scratch(
        "order" + anchor.serial(), DType.I32, lines().times(length).times(copies));
  }

  private KernelCall byMerging() {
    Array positions = arguments.scratch(top, "order", scratch(2));
    List<Dim> rows = new ArrayList<>(outer);
    rows.addAll(inner);
    long work = length.isFixed() ? 32L * length.fixed() : 1 << 14;
    Sweep sweep =
        Sweep.write(
            target,
            top,
            rows,
            List.of(),
            work,
            (body, row, none, lanes) -> {
              List<Index> before = row.subList(0, axis);
              List<Index> after = row.subList(axis, row.size());
              Index base = Index.flatten(row, rows).times(length.times(2));
              Index start =
                  new MergeSort(
                          positions,
                          base,
                          length,
                          order,
                          (b, p) -> value(b, at(before, p, after), Lanes.NONE))
                      .write(body);
              body.loop(
                  "k",
                  kept,
                  (block, p) ->
                      store(
                          block, at(before, p, after), new Expr.Load(positions, start.plus(p), 1)));
            });
    return call("merge sort", sweep.schedule(), sweep.groups(), sweep.local());
  }

  private KernelCall byNetwork() {
    Array positions = arguments.scratch(top, "order", scratch(1));
    List<Dim> rows = new ArrayList<>(outer);
    rows.addAll(inner);
    Kernel.GroupCount groups = new Kernel.GroupCount(lines(), 1);
    Index line = Kernel.group(0, groups);
    List<Index> row = Index.unflatten(line, rows);
    List<Index> before = row.subList(0, axis);
    List<Index> after = row.subList(axis, row.size());
    Index base = line.times(length);
    new BitonicSort(
            positions,
            base,
            length,
            order,
            (b, p) -> value(b, at(before, p, after), Lanes.NONE),
            ITEMS)
        .write(top);
    top.loop(
        "k",
        Kernel.local(0, ITEMS),
        Index.of(kept),
        ITEMS,
        1,
        kept,
        (block, p) ->
            store(block, at(before, p, after), new Expr.Load(positions, base.plus(p), 1)));
    return call(
        "bitonic sort", "schedule gpu, a work-group per line", List.of(groups), List.of(ITEMS));
  }

  private KernelCall call(
      String method, String schedule, List<Kernel.GroupCount> groups, List<Integer> local) {
    return task.call(
        "sort",
        List.of(method + ", " + schedule),
        arguments,
        groups,
        local,
        top.statements(),
        Dim.BATCH);
  }

  /** {@return whether a value of {@code comparison} holds for two positions} */
  static Expr compare(Comparison comparison, Index x, Index y) {
    return new Expr.Compare(
        comparison, new Expr.Position(x, DType.I64), new Expr.Position(y, DType.I64));
  }
}
