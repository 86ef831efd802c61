package org.nnd.opencl.lower;

import java.util.ArrayList;
import java.util.List;
import org.nnd.ir.Dim;
import org.nnd.opencl.kernel.Body;
import org.nnd.opencl.kernel.Index;

/**
 * All reductions of a stretch of columns, down whole rows of memory rather than down some vectors
 * of each.
 */
record DownRows(RowMembers members, RowSpace space, Vectors vectors, Emitter emitter) {
  /** Whether there are rows and columns enough for that. */
  static boolean suits(RowMembers members, RowSpace space, Loops.Split split, Target target) {
    return members.passCount() == 1
        && space.rowsInLanes()
        && !space.group().has(Group.Kind.FULL)
        && space.depth().isFixed()
        && space.depth().fixed() >= 2 * RunningRow.ROWS
        && space.inner().isFixed()
        && space.inner().fixed() > split.lanes() * LoopKernel.SIDE_BY_SIDE
        && split.lanes() == target.width();
  }

  /** {@return the columns that a work-item runs down} */
  static int width(RowMembers members, RowSpace space, Loops.Split split, Target target) {
    int near = RunningRow.WIDTH / Math.toIntExact(members.reductions().count());
    Dim rows = space.rows().count();
    int inner = space.inner().fixed();
    int pieces =
        rows.isFixed() ? Math.ceilDiv(4 * target.computeUnits(), Math.max(1, rows.fixed())) : 1;
    int step = split.lanes() * LoopKernel.SIDE_BY_SIDE;
    int share = Math.ceilDiv(Math.ceilDiv(inner, pieces), step) * step;
    return Math.min(inner, Math.min(near, share));
  }

  void write(Body body, List<Index> row, int width, Index from, Index to) {
    List<RunningRow> running =
        members
            .reductions()
            .map(node -> RunningRow.declare(body, emitter, node, width, from))
            .toList();
    int depth = space.depth().fixed();
    int first = 1 + (depth - 1) % RunningRow.ROWS;
    add(body, row, Index.ZERO, first, true, running, from, to);
    body.loop(
        "q",
        Index.of(first),
        Index.of(depth),
        RunningRow.ROWS,
        RunningRow.ROWS,
        Dim.of(depth),
        (block, q) -> add(block, row, q, RunningRow.ROWS, false, running, from, to));
    vectors.write(
        body,
        from,
        to,
        1,
        (block, positions, lanes) -> {
          Index at = positions.get(0);
          RowMembers.Row column = new RowMembers.Row();
          running.forEach(r -> members.note(column, r.node(), r.result(block, at, lanes)));
          members.finish(block, column, space.point(row, Index.ZERO, at), lanes, 0);
          members.leaveRows();
        });
  }

  /** Adds some rows of memory to the running ones. */
  private void add(
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
              points.add(space.point(row, q.plus(r), positions.get(0)));
            }
            accumulator.add(block, points, positions.get(0), lanes, start);
          }
        });
  }
}
