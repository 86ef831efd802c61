package org.nnd.opencl.lower;

import java.util.List;
import org.nnd.ir.Dim;
import org.nnd.opencl.kernel.Body;
import org.nnd.opencl.kernel.Index;
import org.nnd.opencl.kernel.Kernel;

/**
 * How a kernel visits positions that are independent of each other: on a CPU a work-item takes a
 * block of them, vectors along the inner axes; on a GPU each work-item takes one.
 *
 * @param groups work-groups per dimension
 * @param local work-items of a group per dimension
 * @param schedule a line for the reader
 */
record Sweep(List<Kernel.GroupCount> groups, List<Integer> local, String schedule) {
  /** Elements a work-item of a CPU should handle, so that a work-group's cost is small. */
  private static final long ITEM = 8192;

  private static final int GROUP = 64;

  /** What is done at one position, or at those in the lanes. */
  interface Visit {
    void write(Body body, List<Index> outer, List<Index> inner, Lanes lanes);
  }

  /**
   * Writes the visit of all positions.
   *
   * @param inner trailing axes, along which values may be vectors
   * @param work elements handled per position, as far as known
   */
  static Sweep write(
      Target target, Body top, List<Dim> outer, List<Dim> inner, long work, Visit visit) {
    return target.cpu()
        ? cpu(target, top, outer, inner, Math.max(1, work), visit)
        : gpu(top, outer, inner, visit);
  }

  private static Sweep gpu(Body top, List<Dim> outer, List<Dim> inner, Visit visit) {
    Dim count = Contraction.product(outer).times(Contraction.product(inner));
    Kernel.GroupCount groups = new Kernel.GroupCount(count, GROUP);
    Index flat = Kernel.group(0, groups).times(GROUP).plus(Kernel.local(0, GROUP));
    Index point = top.axis("point", flat, count);
    top.when(
        Body.below(point, Index.of(count)),
        body -> {
          Dim innerCount = Contraction.product(inner);
          visit.write(
              body,
              Index.unflatten(point.dividedBy(innerCount), outer),
              Index.unflatten(point.modulo(innerCount), inner),
              Lanes.NONE);
        });
    return new Sweep(List.of(groups), List.of(GROUP), "schedule gpu, a work-item per position");
  }

  private static Sweep cpu(
      Target target, Body top, List<Dim> outer, List<Dim> inner, long work, Visit visit) {
    Dim count = Contraction.product(inner);
    Dim rows = Contraction.product(outer);
    int lanes = target.width();
    while (count.isFixed() && lanes > Math.max(1, count.fixed())) {
      lanes /= 2;
    }
    String schedule = "schedule cpu, %d lanes".formatted(lanes);
    boolean wide = !count.isFixed() || count.fixed() * work > ITEM;
    if (wide) {
      int chunk = Math.toIntExact(Math.max(1, ITEM / work / lanes)) * lanes;
      Kernel.GroupCount chunks = new Kernel.GroupCount(count, chunk);
      Kernel.GroupCount rowGroups = new Kernel.GroupCount(rows, 1);
      Index from = Kernel.group(0, chunks).times(chunk);
      Index to = top.letIndex("end", Index.least(from.plus(chunk), Index.of(count)), count.plus(1));
      List<Index> row = Index.unflatten(Kernel.group(1, rowGroups), outer);
      vectors(top, from, to, count, lanes, row, inner, visit);
      return new Sweep(List.of(chunks, rowGroups), List.of(1, 1), schedule);
    }
    int perItem = Math.toIntExact(Math.max(1, ITEM / Math.max(1, work * count.fixed())));
    Kernel.GroupCount blocks = new Kernel.GroupCount(rows, perItem);
    Index block = Kernel.group(0, blocks).times(perItem);
    int width = lanes;
    if (perItem == 1) {
      List<Index> row = Index.unflatten(block, outer);
      vectors(top, Index.ZERO, Index.of(count), count, width, row, inner, visit);
    } else {
      Index end =
          top.letIndex("end", Index.least(block.plus(perItem), Index.of(rows)), rows.plus(1));
      top.loop(
          "row",
          block,
          end,
          1,
          1,
          rows,
          (body, row) ->
              vectors(
                  body,
                  Index.ZERO,
                  Index.of(count),
                  count,
                  width,
                  Index.unflatten(row, outer),
                  inner,
                  visit));
    }
    return new Sweep(
        List.of(blocks), List.of(1), schedule + ", %d rows per work-item".formatted(perItem));
  }

  /** A loop over whole vectors, then one over what is left. */
  private static void vectors(
      Body body,
      Index from,
      Index to,
      Dim count,
      int lanes,
      List<Index> row,
      List<Dim> inner,
      Visit visit) {
    if (count.is(1)) {
      visit.write(body, row, Index.unflatten(Index.ZERO, inner), Lanes.NONE);
      return;
    }
    if (lanes > 1) {
      body.loop(
          "i",
          from,
          to,
          lanes,
          lanes,
          count,
          (block, i) -> visit.write(block, row, Index.unflatten(i, inner), Lanes.along(i, lanes)));
    }
    boolean whole = lanes > 1 && count.isFixed() && count.fixed() % lanes == 0;
    if (!whole) {
      Index start =
          lanes == 1 ? from : from.plus(to.minus(from).dividedBy(Dim.of(lanes)).times(lanes));
      body.loop(
          "i",
          start,
          to,
          1,
          1,
          count,
          (block, i) -> visit.write(block, row, Index.unflatten(i, inner), Lanes.NONE));
    }
  }
}
