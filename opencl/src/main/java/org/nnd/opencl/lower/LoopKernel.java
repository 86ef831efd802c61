package org.nnd.opencl.lower;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Shape;
import org.nnd.opencl.kernel.Array;
import org.nnd.opencl.kernel.Body;
import org.nnd.opencl.kernel.Expr;
import org.nnd.opencl.kernel.Index;
import org.nnd.opencl.kernel.Kernel;

/**
 * One attempt at the kernel of an elementwise or row-wise group: its grid, passes and steps. See
 * {@link Loops} for the loop nest.
 */
final class LoopKernel {
  /** Elements a work-item should handle, so that a work-group's cost of some 100 ns is small. */
  private static final int ITEM = 16384;

  /** The longest row of values that is kept from one pass to the next, in private memory. */
  private static final int KEPT_ROW = 8192;

  /** Vectors accumulated side by side, to hide the latency of an addition. */
  private static final int SIDE_BY_SIDE = 4;

  /** Rows from this length on are reduced side by side. */
  private static final int LONG_ROW = 1024;

  private final Task task;
  private final Group group;
  private final Target target;
  private final Loops.Split split;
  private final boolean anySize;
  private final Body top = Body.top();
  private final Task.Arguments arguments;
  private final Emitter emitter;
  private final Map<Node, Integer> passes;
  private final KeptRows kept;
  private final boolean innerReduced;
  private final Shape outerShape;
  private final Shape innerShape;
  private final Dim inner;
  private final Vectors vectors;

  private final NextRow next;
  private final boolean fetchesAhead;

  /** The row after the present one. */
  private List<Index> nextRow = List.of();

  LoopKernel(Task task, Target target, Loops.Split split, boolean anySize) {
    this.task = task;
    this.group = task.group();
    this.target = target;
    this.arguments = task.arguments(top);
    this.emitter = new Emitter(arguments.loads);
    this.passes = Chains.passes(task);
    this.split = split;
    this.anySize = anySize;
    Shape space = group.space();
    this.outerShape = space.slice(0, Math.min(split.from(), space.rank()));
    this.innerShape = space.slice(Math.min(split.from(), space.rank()), space.rank());
    this.inner = anySize ? Dim.BATCH : innerShape.count();
    this.innerReduced =
        !group.reduced().isEmpty() && group.reduced().contains(Loops.lastAxis(group));
    this.vectors = new Vectors(inner, split.lanes(), split.chunk(), ITEM);
    this.kept = new KeptRows(task, emitter, passes, outerShape, innerShape);
    this.next = NextRow.of(task, target, arguments, passes, passes());
    this.fetchesAhead = rowsStayNear() && next.isWorthIt();
  }

  KernelCall write() {
    Shape rows = rowShape();
    Shape outerReduced = reducedShape();
    Dim rowCount = rows.count();
    int chunk = chunk(rowCount, outerReduced.count());
    int perItem = split.rows() > 0 ? split.rows() : rowsPerItem(outerReduced.count(), chunk);
    Kernel.GroupCount rowGroups = new Kernel.GroupCount(rowCount, perItem);
    List<Kernel.GroupCount> groups = new ArrayList<>();
    Index from = Index.ZERO;
    Index to = Index.of(inner);
    if (chunk > 0) {
      Kernel.GroupCount chunks = new Kernel.GroupCount(inner, chunk);
      groups.add(chunks);
      from = Kernel.group(0, chunks).times(chunk);
      to = top.letIndex("end", Index.least(from.plus(chunk), to), inner.plus(1));
    }
    Index start = Kernel.group(groups.size(), rowGroups).times(perItem);
    groups.add(rowGroups);
    if (perItem == 1) {
      nextRow = Index.unflatten(start.plus(1), rows.dims());
      rowBody(top, Index.unflatten(start, rows.dims()), from, to);
    } else {
      Index end =
          top.letIndex(
              "row_end", Index.least(start.plus(perItem), Index.of(rowCount)), rowCount.plus(1));
      Index first = from;
      Index limit = to;
      int together = rowsTogether(perItem, rowCount);
      top.loop(
          "row",
          start,
          end,
          together,
          together,
          rowCount,
          (body, row) -> {
            if (together > 1) {
              reduceTogether(body, row, together, rows, first, limit);
              return;
            }
            nextRow = Index.unflatten(row.plus(1), rows.dims());
            rowBody(body, Index.unflatten(row, rows.dims()), first, limit);
          });
    }
    List<Integer> local = new ArrayList<>();
    groups.forEach(g -> local.add(1));
    String lanes =
        "%d lanes along axes %d..%d"
            .formatted(split.lanes(), split.from(), group.space().rank() - 1);
    return task.call(
        group.reduced().isEmpty() ? "loop" : "rows",
        List.of("schedule cpu, " + lanes),
        arguments,
        groups,
        local,
        top.statements(),
        anySize ? group.space().count() : Dim.BATCH);
  }

  /** Elements of the inner axes that a work-item takes; 0 for all of them. */
  private int chunk(Dim rowCount, Dim outerReduced) {
    if (split.chunk() > 0) {
      return split.chunk();
    }
    if (innerReduced) {
      return 0;
    }
    if (runsDown()) {
      return downWidth();
    }
    boolean fewRows = rowCount.isFixed() && rowCount.fixed() < 8 * target.computeUnits();
    if (!outerReduced.is(1)) {
      // Rows lie in the lanes: enough work-items to go round, each a few vectors wide.
      int step = split.lanes() * SIDE_BY_SIDE;
      if (!fewRows || !inner.isFixed() || inner.fixed() <= step) {
        return 0;
      }
      int pieces = Math.ceilDiv(8 * target.computeUnits(), Math.max(1, rowCount.fixed()));
      return Math.min(ITEM, Math.ceilDiv(Math.ceilDiv(inner.fixed(), pieces), step) * step);
    }
    boolean longRows = !inner.isFixed() || inner.fixed() > 2 * ITEM || rowCount.is(1);
    return longRows ? ITEM : 0;
  }

  private int rowsPerItem(Dim outerReduced, int chunk) {
    Dim width = chunk > 0 ? Dim.of(chunk) : inner;
    Dim perRow = width.times(outerReduced);
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

  /**
   * How many rows a work-item reduces side by side. One core reads several stretches of memory at
   * once a quarter faster than one: its prefetchers follow each.
   */
  private int rowsTogether(int perItem, Dim rowCount) {
    boolean onePass =
        innerReduced
            && passes() == 1
            && reducedShape().count().is(1)
            && !group.has(Group.Kind.FULL)
            && inner.isFixed()
            && inner.fixed() >= LONG_ROW;
    boolean whole =
        perItem % SIDE_BY_SIDE == 0 && rowCount.isFixed() && rowCount.fixed() % SIDE_BY_SIDE == 0;
    return onePass && whole ? SIDE_BY_SIDE : 1;
  }

  private void reduceTogether(
      Body body, Index first, int together, Shape rows, Index from, Index to) {
    List<List<Index>> row = new ArrayList<>();
    List<List<RowAccumulator>> accumulators = new ArrayList<>();
    for (int r = 0; r < together; r++) {
      row.add(Index.unflatten(first.plus(r), rows.dims()));
      accumulators.add(reductions().map(node -> accumulator(body, node, Lanes.NONE, 1)).toList());
    }
    vectors.write(
        body,
        from,
        to,
        1,
        (deep, positions, lanes) -> {
          for (int r = 0; r < together; r++) {
            List<Index> point = point(row.get(r), Index.ZERO, positions.get(0));
            step(deep, point, lanes, 0, accumulators.get(r), 0);
          }
        });
    for (int r = 0; r < together; r++) {
      accumulators.get(r).forEach(a -> emitter.bind(a.node(), a.finish(body, 0)));
      rowValues(body, row.get(r), Index.ZERO, Lanes.NONE, 0);
      group.members().forEach(member -> emitter.unbind(member.node()));
    }
  }

  private void rowBody(Body body, List<Index> row, Index from, Index to) {
    if (runsDown()) {
      runDown(body, row, from, to);
      return;
    }
    if (group.reduced().isEmpty() || innerReduced) {
      runPasses(body, row, from, to, List.of(Index.ZERO), Lanes.NONE);
      return;
    }
    // Rows side by side in the lanes: the passes lie inside. A later pass reads what an earlier
    // one made of its own vector of rows, so then there is only one.
    int several = group.has(Group.Kind.FULL) || passes() > 1 ? 1 : SIDE_BY_SIDE;
    vectors.write(
        body,
        from,
        to,
        several,
        (block, positions, lanes) ->
            runPasses(block, row, Index.ZERO, Index.of(1), positions, lanes));
  }

  /** All reductions of a stretch of columns, down the rows of memory. */
  private void runDown(Body body, List<Index> row, Index from, Index to) {
    List<RunningRow> running =
        reductions()
            .map(node -> RunningRow.declare(body, emitter, node, downWidth(), from))
            .toList();
    int depth = reducedShape().count().fixed();
    int first = 1 + (depth - 1) % RunningRow.ROWS;
    downRows(body, row, Index.ZERO, first, true, running, from, to);
    body.loop(
        "q",
        Index.of(first),
        Index.of(depth),
        RunningRow.ROWS,
        RunningRow.ROWS,
        Dim.of(depth),
        (block, q) -> downRows(block, row, q, RunningRow.ROWS, false, running, from, to));
    vectors.write(
        body,
        from,
        to,
        1,
        (block, positions, lanes) -> {
          running.forEach(r -> emitter.bind(r.node(), r.result(block, positions.get(0), lanes)));
          rowValues(block, row, positions.get(0), lanes, 0);
          group.members().forEach(member -> emitter.unbind(member.node()));
        });
  }

  /** Adds some rows of memory to the running ones. */
  private void downRows(
      Body body,
      List<Index> row,
      Index q,
      int rows,
      boolean start,
      List<RunningRow> running,
      Index from,
      Index to) {
    vectors.write(
        body,
        from,
        to,
        1,
        (block, positions, lanes) -> {
          for (RunningRow accumulator : running) {
            List<List<Index>> points = new ArrayList<>();
            for (int r = 0; r < rows; r++) {
              points.add(point(row, q.plus(r), positions.get(0)));
            }
            accumulator.add(block, points, positions.get(0), lanes, start);
          }
        });
  }

  /** Whether to run down whole rows of memory rather than down some vectors of each. */
  private boolean runsDown() {
    return passes() == 1
        && !group.reduced().isEmpty()
        && !innerReduced
        && !group.has(Group.Kind.FULL)
        && reducedShape().count().isFixed()
        && reducedShape().count().fixed() >= 2 * RunningRow.ROWS
        && inner.isFixed()
        && inner.fixed() > split.lanes() * SIDE_BY_SIDE
        && split.lanes() == target.width();
  }

  private Stream<Node> reductions() {
    return group.members().stream()
        .filter(member -> member.kind() == Group.Kind.REDUCTION)
        .map(Group.Member::node);
  }

  /** The columns that a work-item runs down. */
  private int downWidth() {
    return Math.min(inner.fixed(), RunningRow.WIDTH / Math.toIntExact(reductions().count()));
  }

  /**
   * All passes of one row, or of the rows in the lanes.
   *
   * @param rowsAt inner positions of the rows where the inner axes are kept (the loop over them
   *     lies outside), else only zero
   */
  private void runPasses(
      Body body, List<Index> row, Index from, Index to, List<Index> rowsAt, Lanes outer) {
    boolean rowsInLanes = !group.reduced().isEmpty() && !innerReduced;
    for (int p = 0; p < passes(); p++) {
      int pass = p;
      List<RowAccumulator> accumulators = new ArrayList<>();
      for (Group.Member member : group.members()) {
        if (member.kind() == Group.Kind.REDUCTION && passes.get(member.node()) == pass) {
          if (rowsStayNear()) {
            kept.keep(body, member.node().operand(0), pass);
          }
          int count = rowsInLanes ? rowsAt.size() : sideBySide();
          accumulators.add(accumulator(body, member.node(), outer, count));
        }
      }
      if (!accumulators.isEmpty() || storesIn(pass)) {
        body.loop(
            "q",
            reducedShape().count(),
            (block, q) -> {
              if (rowsInLanes) {
                for (int u = 0; u < rowsAt.size(); u++) {
                  step(block, point(row, q, rowsAt.get(u)), outer, pass, accumulators, u);
                }
              } else {
                vectors.write(
                    block,
                    from,
                    to,
                    accumulators.isEmpty() && !fetchesAhead ? 1 : sideBySide(),
                    (deep, positions, lanes) -> {
                      for (int u = 0; u < positions.size(); u++) {
                        if (fetchesAhead && next.isDue(pass, u, sideBySide())) {
                          next.fetch(deep, point(nextRow, q, positions.get(u)), lanes);
                        }
                        step(deep, point(row, q, positions.get(u)), lanes, pass, accumulators, u);
                      }
                    });
              }
            });
      }
      kept.read(point(row, Index.ZERO, Index.ZERO).subList(0, outerShape.rank()));
      for (int u = 0; u < rowsAt.size(); u++) {
        for (RowAccumulator accumulator : accumulators) {
          emitter.bind(accumulator.node(), accumulator.finish(body, u));
        }
        rowValues(body, row, rowsAt.get(u), outer, pass);
      }
    }
    group.members().forEach(member -> emitter.unbind(member.node()));
    kept.forget();
  }

  /** Whether each row is one stretch of memory that is short enough to stay near. */
  private boolean rowsStayNear() {
    return innerReduced
        && reducedShape().count().is(1)
        && inner.isFixed()
        && inner.fixed() <= KEPT_ROW;
  }

  /** Vectors per step of a reduction along the inner axes. */
  private int sideBySide() {
    boolean shortRows =
        inner.isFixed() && inner.fixed() < 2 * SIDE_BY_SIDE * Math.max(1, split.lanes());
    return reductions().count() > 3 || shortRows ? 1 : SIDE_BY_SIDE;
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
      Body body,
      List<Index> point,
      Lanes lanes,
      int pass,
      List<RowAccumulator> accumulators,
      int which) {
    for (RowAccumulator accumulator : accumulators) {
      Node summed = accumulator.node().operand(0);
      Expr value = emitter.value(body, summed, point, lanes);
      accumulator.add(body, value, lanes, which);
      kept.store(body, summed, point, value, lanes);
    }
    Map<Node, Expr> values = new LinkedHashMap<>();
    for (Group.Member member : group.members()) {
      if (member.kind() == Group.Kind.FULL
          && task.stored().contains(member.node())
          && passes.get(member.node()) == pass) {
        List<Index> at = at(member, point);
        values.put(member.node(), emitter.value(body, member.node(), at, lanes));
      }
    }
    boolean streaming = split.chunk() == 0 && Loops.streams(task, target);
    values.forEach(
        (node, value) -> {
          Array array = arguments.stores.get(node);
          Index flat = Index.flatten(at(group.member(node), point), node.shape().dims());
          boolean whole = streaming && lanes.count() == target.width() && aligned(flat, lanes);
          emitter.store(body, whole ? array.streamed() : array, flat, value, lanes);
        });
  }

  /** Whether a vector of results starts at a multiple of its length. */
  private boolean aligned(Index flat, Lanes lanes) {
    Dim length = Dim.of(lanes.count());
    // The lane axis itself runs in steps of whole vectors from a multiple of them.
    return (split.from() == 0 || (inner.isFixed() && inner.fixed() % lanes.count() == 0))
        && flat.constant().isDivisibleBy(length)
        && flat.atoms().stream()
            .allMatch(
                atom -> atom.equals(lanes.axis()) || flat.coefficient(atom).isDivisibleBy(length));
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
        emitter.bind(member.node(), (b, c, l) -> Loops.widen(named, l));
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

  /** A reduction that starts: over rows in the lanes, or along the inner axes. */
  private RowAccumulator accumulator(Body body, Node node, Lanes outer, int count) {
    boolean rowsInLanes = !innerReduced;
    int lanes = rowsInLanes ? outer.count() : inner.is(1) ? 1 : split.lanes();
    return new RowAccumulator(body, node, rowsInLanes, lanes, count);
  }

  /** {@return how many vectors had to be put together lane by lane} */
  int packs() {
    return emitter.packs();
  }

  /** {@return how many of them had each lane computed apart} */
  int scalarised() {
    return emitter.scalarised();
  }
}
