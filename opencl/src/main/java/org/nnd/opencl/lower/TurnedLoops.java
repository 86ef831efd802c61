package org.nnd.opencl.lower;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Shape;
import org.nnd.opencl.kernel.Array;
import org.nnd.opencl.kernel.Body;
import org.nnd.opencl.kernel.Expr;
import org.nnd.opencl.kernel.Index;
import org.nnd.opencl.kernel.Kernel;

/**
 * The template of elementwise groups of which some operands run across memory, CPU schedule: such
 * operands are read in squares along their own memory and turned in registers.
 *
 * <pre>
 * work-item = (outer axes, tile of rows, tile of columns)
 * for each block of W columns, for each block of W rows:
 *   square[W] = W vectors of the operand along the rows, transposed
 *   for each row: compute and store W columns
 * what is left of rows and columns: element by element
 * </pre>
 */
final class TurnedLoops {
  /** Rows of a tile: the longer a stretch of the operand's memory is, the faster it is read. */
  private static final int ROWS = 256;

  private static final int COLUMNS = 64;

  private final Task task;
  private final Group group;
  private final Target target;
  private final Body top = Body.top();
  private final Task.Arguments arguments;
  private final Emitter emitter;
  private final int width;
  private final Shape outer;
  private final Shape rowShape;
  private final int rows;
  private final Shape innerShape;
  private final int columns;
  private final boolean streams;

  private TurnedLoops(Task task, Target target, int rowsFrom, int from) {
    this.task = task;
    this.group = task.group();
    this.target = target;
    this.arguments = task.arguments(top);
    this.emitter = new Emitter(arguments.loads);
    this.width = target.width();
    Shape space = group.space();
    this.outer = space.slice(0, rowsFrom);
    this.rowShape = space.slice(rowsFrom, from);
    this.rows = rowShape.count().fixed();
    this.innerShape = space.slice(from, space.rank());
    this.columns = innerShape.count().fixed();
    this.streams = Loops.streams(task, target);
  }

  /**
   * {@return the kernel with the columns along the axes from {@code from} on and the rows along as
   * many axes before as lie in a row in memory; null where every choice leaves vectors to put
   * together lane by lane}
   */
  static KernelCall tryLower(Task task, Target target, int from) {
    Shape space = task.group().space();
    if (from < 1
        || !space.slice(from, space.rank()).isFixed()
        || space.slice(from, space.rank()).count().fixed() < target.width()) {
      return null;
    }
    for (int rowsFrom = 0; rowsFrom < from; rowsFrom++) {
      Dim rows = space.slice(rowsFrom, from).count();
      if (rows.isFixed() && rows.fixed() >= target.width()) {
        TurnedLoops loops = new TurnedLoops(task, target, rowsFrom, from);
        KernelCall call = loops.write();
        if (loops.emitter.packs() == 0) {
          return call;
        }
      }
    }
    return null;
  }

  private KernelCall write() {
    Kernel.GroupCount columnTiles = new Kernel.GroupCount(Dim.of(columns), COLUMNS);
    Kernel.GroupCount rowTiles = new Kernel.GroupCount(Dim.of(rows), ROWS);
    Kernel.GroupCount outside = new Kernel.GroupCount(outer.count(), 1);
    Index column = Kernel.group(0, columnTiles).times(COLUMNS);
    Index row = Kernel.group(1, rowTiles).times(ROWS);
    List<Index> before = Index.unflatten(Kernel.group(2, outside), outer.dims());
    Index columnEnd = end("column_end", column.plus(COLUMNS), columns);
    Index rowEnd = end("row_end", row.plus(ROWS), rows);
    top.loop(
        "i",
        column,
        columnEnd,
        width,
        width,
        Dim.of(columns),
        (strip, i) -> {
          strip.loop(
              "r",
              row,
              rowEnd,
              width,
              width,
              Dim.of(rows),
              (block, r) -> square(block, before, r, i));
          rest(strip, "r", row, rowEnd, rows, (line, r) -> elements(line, before, r, i));
        });
    rest(
        top,
        "i",
        column,
        columnEnd,
        columns,
        (line, i) ->
            line.loop(
                "r",
                row,
                rowEnd,
                1,
                1,
                Dim.of(rows),
                (block, r) -> step(block, point(before, r, i), Lanes.NONE)));
    return task.call(
        "loop",
        List.of("schedule cpu, squares of %d x %d turned in registers".formatted(width, width)),
        arguments,
        List.of(columnTiles, rowTiles, outside),
        List.of(1, 1, 1),
        top.statements(),
        Dim.BATCH);
  }

  private Index end(String name, Index end, int extent) {
    return top.letIndex(name, Index.least(end, Index.of(extent)), Dim.of(extent + 1L));
  }

  /** What whole blocks of an axis leave over. */
  private void rest(
      Body body, String name, Index from, Index to, int extent, Body.LoopBody element) {
    if (extent % width != 0) {
      Index start = from.plus(to.minus(from).dividedBy(Dim.of(width)).times(width));
      body.loop(name, start, to, 1, 1, Dim.of(extent), element);
    }
  }

  private void square(Body body, List<Index> before, Index r, Index i) {
    Lanes lanes = Lanes.along(i, width);
    Squares.rows(emitter, r, width, streams, row -> step(body, point(before, row, i), lanes));
  }

  private void elements(Body body, List<Index> before, Index r, Index i) {
    body.loop(
        "e",
        i,
        i.plus(width),
        1,
        1,
        Dim.of(columns),
        (block, e) -> step(block, point(before, r, e), Lanes.NONE));
  }

  private List<Index> point(List<Index> before, Index row, Index i) {
    List<Index> point = new ArrayList<>(before);
    point.addAll(Index.unflatten(row, rowShape.dims()));
    point.addAll(Index.unflatten(i, innerShape.dims()));
    return point;
  }

  private void step(Body body, List<Index> point, Lanes lanes) {
    Map<Group.Member, Expr> values = new LinkedHashMap<>();
    for (Group.Member member : group.members()) {
      if (task.stored().contains(member.node())) {
        List<Index> at = Points.at(group, member, point);
        values.put(member, emitter.value(body, member.node(), at, lanes));
      }
    }
    boolean past = streams && columns % width == 0 && !lanes.isScalar();
    values.forEach(
        (member, value) -> {
          Node node = member.node();
          Array array = arguments.stores.get(node);
          Index flat = Index.flatten(Points.at(group, member, point), node.shape().dims());
          emitter.store(body, past ? array.streamed() : array, flat, value, lanes);
        });
  }
}
