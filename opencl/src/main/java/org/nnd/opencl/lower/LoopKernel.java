package org.nnd.opencl.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Shape;
import org.nnd.opencl.kernel.Body;
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
  static final int SIDE_BY_SIDE = 4;

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
  private final KeptRows kept;
  private final RowSpace space;
  private final Dim inner;
  private final RowMembers members;
  private final Vectors vectors;
  private final NextRow next;

  /** The row after the present one. */
  private List<Index> nextRow = List.of();

  LoopKernel(Task task, Target target, Loops.Split split, boolean anySize) {
    this.task = task;
    this.group = task.group();
    this.target = target;
    this.arguments = task.arguments(top);
    this.emitter = new Emitter(arguments.loads);
    this.split = split;
    this.anySize = anySize;
    this.space = RowSpace.of(group, split.from(), anySize);
    this.inner = space.inner();
    this.vectors = new Vectors(inner, split.lanes(), split.chunk(), ITEM);
    Map<Node, Integer> passes = Chains.passes(task);
    this.kept = new KeptRows(task, emitter, passes);
    boolean streams = split.chunk() == 0 && Loops.streams(task, target);
    this.members =
        new RowMembers(task, arguments, emitter, space, passes, kept, streams ? target.width() : 0);
    this.next = NextRow.of(task, target, arguments, passes, passes());
  }

  KernelCall write() {
    Shape rows = space.rows();
    Dim rowCount = rows.count();
    int chunk = chunk(rowCount);
    int perItem = split.rows() > 0 ? split.rows() : rowsPerItem(chunk);
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
  private int chunk(Dim rowCount) {
    if (split.chunk() > 0) {
      return split.chunk();
    }
    if (space.innerReduced()) {
      return 0;
    }
    if (DownRows.suits(members, space, split, target)) {
      return DownRows.width(members, space, split, target);
    }
    boolean fewRows = rowCount.isFixed() && rowCount.fixed() < 8 * target.computeUnits();
    if (!space.depth().is(1)) {
      // Rows lie in the lanes: enough work-items to go round, each a few vectors wide.
      int step = split.lanes() * columnsTogether();
      if (!fewRows || !inner.isFixed() || inner.fixed() <= step) {
        return 0;
      }
      int pieces = Math.ceilDiv(8 * target.computeUnits(), Math.max(1, rowCount.fixed()));
      return Math.min(ITEM, Math.ceilDiv(Math.ceilDiv(inner.fixed(), pieces), step) * step);
    }
    boolean longRows = !inner.isFixed() || inner.fixed() > 2 * ITEM || rowCount.is(1);
    return longRows ? ITEM : 0;
  }

  private int rowsPerItem(int chunk) {
    Dim width = chunk > 0 ? Dim.of(chunk) : inner;
    Dim perRow = width.times(space.depth());
    if (!perRow.isFixed()) {
      return 1;
    }
    return Math.max(1, ITEM / Math.max(1, perRow.fixed() * Math.max(1, passes())));
  }

  private int passes() {
    return members.passCount();
  }

  /**
   * How many rows a work-item reduces side by side. One core reads several stretches of memory at
   * once a quarter faster than one: its prefetchers follow each.
   */
  private int rowsTogether(int perItem, Dim rowCount) {
    boolean onePass =
        space.innerReduced()
            && passes() == 1
            && space.depth().is(1)
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
      accumulators.add(
          members.reductions().map(node -> accumulator(body, node, Lanes.NONE, 1)).toList());
    }
    vectors.write(
        body,
        from,
        to,
        1,
        (deep, positions, lanes) -> {
          for (int r = 0; r < together; r++) {
            List<Index> point = space.point(row.get(r), Index.ZERO, positions.get(0));
            members.step(deep, point, lanes, 0, accumulators.get(r), 0);
          }
        });
    for (int r = 0; r < together; r++) {
      RowMembers.Row done = new RowMembers.Row();
      accumulators.get(r).forEach(a -> members.note(done, a.node(), a.finish(body, 0)));
      List<Index> start = space.point(row.get(r), Index.ZERO, Index.ZERO);
      members.finish(body, done, start, Lanes.NONE, 0);
      members.leaveRows();
    }
  }

  private void rowBody(Body body, List<Index> row, Index from, Index to) {
    if (DownRows.suits(members, space, split, target)) {
      new DownRows(members, space, vectors, emitter)
          .write(body, row, DownRows.width(members, space, split, target), from, to);
    } else if (space.rowsInLanes()) {
      vectors.write(
          body,
          from,
          to,
          columnsTogether(),
          (block, positions, lanes) -> runColumns(block, row, positions, lanes));
    } else {
      runRow(body, row, from, to);
    }
  }

  /** Vectors of columns that go through all passes together. */
  private int columnsTogether() {
    if (passes() == 1) {
      return group.has(Group.Kind.FULL) ? 1 : SIDE_BY_SIDE;
    }
    boolean near = kept.fits(space.depth(), KeptRows.COLUMNS);
    return near ? Math.max(1, KeptRows.COLUMNS / split.lanes()) : 1;
  }

  /** All passes of one row along memory, or of what has no rows. */
  private void runRow(Body body, List<Index> row, Index from, Index to) {
    boolean fetchesAhead = rowsStayNear() && next.isWorthIt();
    RowMembers.Row known = new RowMembers.Row();
    for (int p = 0; p < passes(); p++) {
      int pass = p;
      if (rowsStayNear()) {
        members.reductions(pass).forEach(n -> kept.keep(body, n.operand(0), pass, inner.fixed()));
      }
      List<RowAccumulator> accumulators = accumulators(body, pass, Lanes.NONE, sideBySide());
      if (!accumulators.isEmpty() || members.storesIn(pass)) {
        body.loop(
            "q",
            space.depth(),
            (block, q) ->
                vectors.write(
                    block,
                    from,
                    to,
                    accumulators.isEmpty() && !fetchesAhead ? 1 : sideBySide(),
                    (deep, positions, lanes) -> {
                      for (int u = 0; u < positions.size(); u++) {
                        Index at = positions.get(u);
                        if (fetchesAhead && next.isDue(pass, u, sideBySide())) {
                          next.fetch(deep, space.point(nextRow, q, at), lanes);
                        }
                        List<Index> point = space.point(row, q, at);
                        kept.enter(point, at);
                        members.step(deep, point, lanes, pass, accumulators, u);
                      }
                    }));
      }
      kept.endPass();
      List<Index> start = space.point(row, Index.ZERO, Index.ZERO);
      accumulators.forEach(a -> members.note(known, a.node(), a.finish(body, 0)));
      members.finish(body, known, start, Lanes.NONE, pass);
    }
    members.leaveRows();
    kept.forget();
  }

  /**
   * All passes of the rows that lie side by side in some vectors.
   *
   * @param positions inner ones, of each vector's first row
   */
  private void runColumns(Body body, List<Index> row, List<Index> positions, Lanes lanes) {
    int columns = positions.size() * lanes.count();
    boolean near = passes() > 1 && kept.fits(space.depth(), columns);
    boolean fetchesAhead = near && Loops.streams(task, target);
    List<RowMembers.Row> known = positions.stream().map(at -> new RowMembers.Row()).toList();
    for (int p = 0; p < passes(); p++) {
      int pass = p;
      if (near) {
        int elements = space.depth().fixed() * columns;
        members.reductions(pass).forEach(n -> kept.keepAll(body, n.operand(0), pass, elements));
      }
      List<RowAccumulator> accumulators = accumulators(body, pass, lanes, positions.size());
      if (!accumulators.isEmpty() || members.storesIn(pass)) {
        body.loop(
            "q",
            space.depth(),
            (block, q) -> {
              for (int u = 0; u < positions.size(); u++) {
                Index at = positions.get(u);
                if (fetchesAhead && pass == passes() - 1) {
                  // Memory is read while the last pass writes.
                  next.fetch(block, space.point(row, q, at.plus(columns)), lanes);
                }
                List<Index> point = space.point(row, q, at);
                members.enter(known.get(u));
                kept.enter(point, q.times(columns).plus((long) u * lanes.count()));
                members.step(block, point, lanes, pass, accumulators, u);
              }
            });
      }
      kept.endPass();
      for (int u = 0; u < positions.size(); u++) {
        RowMembers.Row one = known.get(u);
        int which = u;
        members.enter(one);
        accumulators.forEach(a -> members.note(one, a.node(), a.finish(body, which)));
        List<Index> start = space.point(row, Index.ZERO, positions.get(u));
        members.finish(body, one, start, lanes, pass);
      }
    }
    members.leaveRows();
    kept.forget();
  }

  /** Whether each row is one stretch of memory that is short enough to stay near. */
  private boolean rowsStayNear() {
    return space.innerReduced()
        && space.depth().is(1)
        && inner.isFixed()
        && inner.fixed() <= KEPT_ROW;
  }

  /** Vectors per step of a reduction along the inner axes. */
  private int sideBySide() {
    boolean shortRows =
        inner.isFixed() && inner.fixed() < 2 * SIDE_BY_SIDE * Math.max(1, split.lanes());
    return members.reductions().count() > 3 || shortRows ? 1 : SIDE_BY_SIDE;
  }

  /** The reductions that start with a pass. */
  private List<RowAccumulator> accumulators(Body body, int pass, Lanes rows, int count) {
    return members.reductions(pass).map(node -> accumulator(body, node, rows, count)).toList();
  }

  /** A reduction that starts: over rows in the lanes, or along the inner axes. */
  private RowAccumulator accumulator(Body body, Node node, Lanes rows, int count) {
    boolean rowsInLanes = space.rowsInLanes();
    int lanes = rowsInLanes ? rows.count() : inner.is(1) ? 1 : split.lanes();
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
