package org.nnd.opencl.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Reduction;
import org.nnd.ir.Shape;
import org.nnd.opencl.kernel.Body;
import org.nnd.opencl.kernel.Expr;
import org.nnd.opencl.kernel.Index;
import org.nnd.opencl.kernel.Kernel;

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
  /** Elements a work-item should handle, so that a work-group's cost of some 100 ns is small. */
  private static final int ITEM = 16384;

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

  /** Which axes are inner ({@code from} on), and how many lanes run along them. */
  private record Split(int from, int lanes) {}

  private KernelCall write() {
    int rank = group.space().rank();
    int last = lastAxis();
    boolean innerReduced = group.reduced().contains(last);
    int first = last;
    while (first > 0
        && (group.reduced().contains(first - 1) == innerReduced
            || group.space().dim(first - 1).is(1))) {
      first--;
    }
    for (int from = first; from <= last; from++) {
      int lanes = lanes(from);
      Writing trial = new Writing(new Split(from, lanes), false);
      KernelCall call = trial.write();
      if (trial.emitter.packs() == 0) {
        boolean flat = from == 0 && group.reduced().isEmpty() && onlyElementwise();
        return flat ? new Writing(new Split(0, lanes), true).write() : call;
      }
    }
    return new Writing(new Split(Math.max(0, Math.min(last, rank - 1)), 1), false).write();
  }

  /** The innermost axis longer than 1. */
  private int lastAxis() {
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

  /** One attempt at the kernel. */
  private final class Writing {
    private final Split split;
    private final boolean anySize;
    private final Body top = Body.top();
    private final Task.Arguments arguments = task.arguments(top);
    private final Emitter emitter = new Emitter(arguments.loads);
    private final Map<Node, Integer> passes = Chains.passes(task);
    private final boolean innerReduced;
    private final Shape outerShape;
    private final Shape innerShape;
    private final Dim inner;

    Writing(Split split, boolean anySize) {
      this.split = split;
      this.anySize = anySize;
      Shape space = group.space();
      this.outerShape = space.slice(0, Math.min(split.from, space.rank()));
      this.innerShape = space.slice(Math.min(split.from, space.rank()), space.rank());
      this.inner = anySize ? Dim.BATCH : innerShape.count();
      this.innerReduced = !group.reduced().isEmpty() && group.reduced().contains(lastAxis());
    }

    KernelCall write() {
      Shape rows = rowShape();
      Shape outerReduced = reducedShape();
      Dim rowCount = rows.count();
      boolean chunked = !innerReduced && outerReduced.count().is(1) && rowsFew(rowCount);
      List<Kernel.GroupCount> groups = new ArrayList<>();
      if (chunked) {
        Kernel.GroupCount rowGroups = new Kernel.GroupCount(rowCount, 1);
        Kernel.GroupCount chunks = new Kernel.GroupCount(inner, ITEM);
        groups.add(chunks);
        groups.add(rowGroups);
        Index row = Kernel.group(1, rowGroups);
        Index chunk = Kernel.group(0, chunks);
        Index from = chunk.times(ITEM);
        Index to =
            top.letIndex("end", Index.least(from.plus(ITEM), Index.of(inner)), inner.plus(1));
        rowBody(top, Index.unflatten(row, rows.dims()), from, to);
      } else {
        int perItem = rowsPerItem(outerReduced.count());
        Kernel.GroupCount rowGroups = new Kernel.GroupCount(rowCount, perItem);
        groups.add(rowGroups);
        Index block = Kernel.group(0, rowGroups).times(perItem);
        if (perItem == 1) {
          rowBody(top, Index.unflatten(block, rows.dims()), Index.ZERO, Index.of(inner));
        } else {
          Index end =
              top.letIndex(
                  "end", Index.least(block.plus(perItem), Index.of(rowCount)), rowCount.plus(1));
          top.loop(
              "row",
              block,
              end,
              1,
              1,
              rowCount,
              (body, row) ->
                  rowBody(body, Index.unflatten(row, rows.dims()), Index.ZERO, Index.of(inner)));
        }
      }
      List<Integer> local = new ArrayList<>();
      groups.forEach(g -> local.add(1));
      String lanes =
          "%d lanes along axes %d..%d".formatted(split.lanes, split.from, group.space().rank() - 1);
      return task.call(
          group.reduced().isEmpty() ? "loop" : "rows",
          List.of("schedule cpu, " + lanes),
          arguments,
          groups,
          local,
          top.statements(),
          anySize ? group.space().count() : Dim.BATCH);
    }

    private boolean rowsFew(Dim rows) {
      return !inner.isFixed() || inner.fixed() > 2 * ITEM || rows.is(1);
    }

    private int rowsPerItem(Dim outerReduced) {
      Dim perRow = inner.times(outerReduced);
      if (!perRow.isFixed()) {
        return 1;
      }
      return Math.max(1, ITEM / Math.max(1, perRow.fixed() * Math.max(1, passes())));
    }

    private int passes() {
      return 1 + passes.values().stream().max(Integer::compare).orElse(0);
    }

    private Shape rowShape() {
      List<Dim> dims = new ArrayList<>();
      for (int i = 0; i < outerShape.rank(); i++) {
        if (!group.reduced().contains(i)) {
          dims.add(outerShape.dim(i));
        }
      }
      return new Shape(dims);
    }

    private Shape reducedShape() {
      List<Dim> dims = new ArrayList<>();
      for (int i = 0; i < outerShape.rank(); i++) {
        if (group.reduced().contains(i)) {
          dims.add(outerShape.dim(i));
        }
      }
      return new Shape(dims);
    }

    /** The coordinates of the space's axes. */
    private List<Index> point(List<Index> row, Index q, Index i) {
      List<Index> reduced = Index.unflatten(q, reducedShape().dims());
      List<Index> point = new ArrayList<>();
      int nextRow = 0;
      int nextReduced = 0;
      for (int axis = 0; axis < outerShape.rank(); axis++) {
        point.add(group.reduced().contains(axis) ? reduced.get(nextReduced++) : row.get(nextRow++));
      }
      point.addAll(Index.unflatten(i, innerShape.dims()));
      return point;
    }

    private void rowBody(Body body, List<Index> row, Index from, Index to) {
      if (group.reduced().isEmpty() || innerReduced) {
        runPasses(body, row, from, to, Index.ZERO, Lanes.NONE);
        return;
      }
      // Rows side by side in the lanes: the passes lie inside.
      vectors(
          body,
          from,
          to,
          (block, i, lanes) -> runPasses(block, row, Index.ZERO, Index.of(1), i, lanes));
    }

    /** Writes a body for each vector and each element of the tail. */
    private interface VectorBody {
      void write(Body body, Index i, Lanes lanes);
    }

    private void vectors(Body body, Index from, Index to, VectorBody vector) {
      int lanes = split.lanes;
      if (inner.is(1)) {
        vector.write(body, Index.ZERO, Lanes.NONE);
        return;
      }
      if (lanes > 1) {
        body.loop(
            "i",
            from,
            to,
            lanes,
            lanes,
            inner,
            (block, i) -> vector.write(block, i, Lanes.along(i, lanes)));
      }
      boolean whole =
          inner.isFixed()
              && inner.fixed() % lanes == 0
              && (from.is(0) || ITEM % lanes == 0)
              && lanes > 1;
      if (!whole) {
        // The tail starts at the last multiple of the vector length.
        Index start =
            lanes == 1 ? from : from.plus(to.minus(from).dividedBy(Dim.of(lanes)).times(lanes));
        body.loop("i", start, to, 1, 1, inner, (block, i) -> vector.write(block, i, Lanes.NONE));
      }
    }

    /**
     * All passes of one row, or of the rows in the lanes.
     *
     * @param innerAt the inner position where the inner axes are kept (the loop over them lies
     *     outside), else zero
     */
    private void runPasses(
        Body body, List<Index> row, Index from, Index to, Index innerAt, Lanes outer) {
      boolean rowsInLanes = !group.reduced().isEmpty() && !innerReduced;
      for (int p = 0; p < passes(); p++) {
        int pass = p;
        List<Accumulator> accumulators = new ArrayList<>();
        for (Group.Member member : group.members()) {
          if (member.kind() == Group.Kind.REDUCTION && passes.get(member.node()) == pass) {
            accumulators.add(new Accumulator(body, member.node(), outer));
          }
        }
        if (!accumulators.isEmpty() || storesIn(pass)) {
          Dim outerReduced = reducedShape().count();
          body.loop(
              "q",
              outerReduced,
              (block, q) -> {
                if (rowsInLanes) {
                  step(block, point(row, q, innerAt), outer, pass, accumulators);
                } else {
                  vectors(
                      block,
                      from,
                      to,
                      (deep, i, lanes) -> step(deep, point(row, q, i), lanes, pass, accumulators));
                }
              });
        }
        for (Accumulator accumulator : accumulators) {
          accumulator.finish(body);
        }
        rowValues(body, row, innerAt, outer, pass);
      }
      group.members().forEach(member -> emitter.unbind(member.node()));
    }

    private boolean storesIn(int pass) {
      return group.members().stream()
          .anyMatch(
              m ->
                  m.kind() == Group.Kind.FULL
                      && task.stored().contains(m.node())
                      && passes.get(m.node()) == pass);
    }

    /** One point, or a vector of them. */
    private void step(
        Body body, List<Index> point, Lanes lanes, int pass, List<Accumulator> accumulators) {
      for (Accumulator accumulator : accumulators) {
        accumulator.add(
            body, emitter.value(body, accumulator.node.operand(0), point, lanes), lanes);
      }
      Map<Node, Expr> values = new java.util.LinkedHashMap<>();
      for (Group.Member member : group.members()) {
        if (member.kind() == Group.Kind.FULL
            && task.stored().contains(member.node())
            && passes.get(member.node()) == pass) {
          List<Index> at = at(member, point);
          values.put(member.node(), emitter.value(body, member.node(), at, lanes));
        }
      }
      values.forEach(
          (node, value) ->
              emitter.store(
                  body,
                  arguments.stores.get(node),
                  Index.flatten(at(group.member(node), point), node.shape().dims()),
                  value,
                  lanes));
    }

    private List<Index> at(Group.Member member, List<Index> point) {
      return Points.at(group, member, point);
    }

    /** Stores finished reductions and computes and stores the values per row. */
    private void rowValues(Body body, List<Index> row, Index innerAt, Lanes lanes, int pass) {
      List<Index> point = point(row, Index.ZERO, innerAt);
      for (Group.Member member : group.members()) {
        boolean ready =
            switch (member.kind()) {
              case REDUCTION -> passes.get(member.node()) == pass;
              case ROW ->
                  passes.get(member.node()) == pass + 1
                      || (passes.get(member.node()) == 0 && pass == 0);
              default -> false;
            };
        if (!ready) {
          continue;
        }
        List<Index> at = at(member, point);
        Expr value = emitter.value(body, member.node(), at, lanes);
        if (member.kind() == Group.Kind.ROW) {
          Expr named = body.let("row_value", value);
          emitter.bind(member.node(), (b, c, l) -> widen(named, l));
        }
        if (task.stored().contains(member.node())) {
          emitter.store(
              body,
              arguments.stores.get(member.node()),
              Index.flatten(at, member.node().shape().dims()),
              value,
              lanes);
        }
      }
    }

    /** A reduction's running value, in one or several lanes. */
    private final class Accumulator {
      private final Node node;
      private final Reduction reduction;
      private final boolean rowsInLanes;
      private final Expr.Variable vector;
      private final Expr.Variable scalar;

      Accumulator(Body body, Node node, Lanes outer) {
        this.node = node;
        this.reduction = ((Op.Reduce) node.op()).reduction();
        this.rowsInLanes = !innerReduced;
        DType dtype = Emitter.computed(node.dtype());
        Expr identity = new Expr.Real(identity(reduction, dtype), dtype);
        int lanes = rowsInLanes ? outer.count() : inner.is(1) ? 1 : split.lanes;
        this.vector = body.mutable("acc", lanes == 1 ? identity : new Expr.Splat(identity, lanes));
        this.scalar = lanes == 1 || rowsInLanes ? vector : body.mutable("tail", identity);
      }

      void add(Body body, Expr value, Lanes lanes) {
        Expr.Variable into = lanes.isScalar() && !rowsInLanes ? scalar : vector;
        body.assign(into, new Expr.Binary(reduction.combiner(), into, value));
      }

      void finish(Body body) {
        Expr result = vector;
        if (!rowsInLanes && vector != scalar) {
          result = body.let("sum", new Expr.Binary(reduction.combiner(), across(body), scalar));
        }
        Expr done = result;
        emitter.bind(node, (b, at, lanes) -> widen(done, lanes));
      }

      /** Combines the lanes, halving each time. */
      private Expr across(Body body) {
        Expr value = vector;
        while (value.type().lanes() > 1) {
          Expr low = lower(value, true);
          Expr high = lower(value, false);
          value = body.let("half", new Expr.Binary(reduction.combiner(), low, high));
        }
        return value;
      }

      private Expr lower(Expr value, boolean low) {
        return value.type().lanes() == 2
            ? new Expr.Lane(value, low ? 0 : 1)
            : new Expr.Half(value, low ? 2 : 3);
      }
    }
  }

  private static Expr widen(Expr value, Lanes lanes) {
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
