package org.nnd.opencl.lower;

import java.util.ArrayList;
import java.util.List;
import org.nnd.ir.BinaryOp;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.opencl.kernel.Body;
import org.nnd.opencl.kernel.Expr;
import org.nnd.opencl.kernel.Index;
import org.nnd.opencl.kernel.Kernel;

/**
 * The template of contractions, CPU schedule with lanes along {@code k}: for operands that both run
 * along memory in the contracted axes, such as {@code x W^T} and the gradients of weights.
 *
 * <pre>
 * work-item = (batch, outer, block of rows m, tile of T columns n)
 * for each tile of R rows:
 *   acc[R][T] = 0 (vectors)
 *   for each k outside, each vector of k inside:
 *     acc[R][T] += left[R][k] * right[T][k]          // R + T loads for R * T fma
 *   result[R][T] = epilogue(sum of the lanes of acc)
 * </pre>
 *
 * <p>Where the inner axis is not a multiple of the vector length, the last vector is shifted back
 * to end with the axis, and the lanes that were counted before are zeroed.
 */
final class DotProducts {
  private static final int ROWS = 4;
  private static final int COLUMNS = 5;
  private static final int ROWS_PER_ITEM = 64;

  private final Task task;
  private final Contraction c;
  private final Target target;
  private final int from;
  private final int lanes;
  private final Dim inside;
  private final Body top = Body.top();
  private final Task.Arguments arguments;
  private final Emitter emitter;
  private final DType dtype;
  private final Dim m;
  private final Dim n;
  private final int rows;
  private final int columns;

  private DotProducts(Task task, Target target, Contraction c, int from) {
    this.task = task;
    this.target = target;
    this.c = c;
    this.from = from;
    this.inside = Contraction.product(c.k().subList(from, c.k().size()));
    this.lanes = Math.min(target.width(), Integer.highestOneBit(inside.fixed()));
    this.arguments = task.arguments(top);
    this.emitter = new Emitter(arguments.loads);
    this.dtype = Emitter.computed(task.group().anchor().dtype());
    this.m = Contraction.product(c.m());
    this.n = Contraction.product(c.n());
    this.rows = m.isFixed() ? Math.max(1, Math.min(ROWS, m.fixed())) : ROWS;
    this.columns = n.isFixed() ? Math.max(1, Math.min(COLUMNS, n.fixed())) : COLUMNS;
  }

  /** {@return the kernel, or null where the operands do not both run along memory in k} */
  static KernelCall tryLower(Task task, Target target) {
    Contraction c = Contraction.of(task.group().anchor()).withOuterInColumns();
    for (int from = 0; from < c.k().size(); from++) {
      Dim inside = Contraction.product(c.k().subList(from, c.k().size()));
      if (!inside.isFixed() || inside.fixed() < target.width()) {
        continue;
      }
      Dim all = Contraction.product(c.k());
      boolean enough = !all.isFixed() || all.fixed() >= 8 * target.width();
      DotProducts attempt = new DotProducts(task, target, c, from);
      if (enough && attempt.runsAlongMemory()) {
        return attempt.write();
      }
    }
    return null;
  }

  private boolean runsAlongMemory() {
    Body trial = Body.top();
    Index k = trial.axis("k", Index.ZERO, inside);
    Index row = trial.axis("row", Index.ZERO, m);
    Index column = trial.axis("column", Index.ZERO, n);
    List<Index> outsideK = new ArrayList<>();
    for (Dim dim : c.k().subList(0, from)) {
      outsideK.add(trial.axis("o", Index.ZERO, dim));
    }
    List<Index> batch = c.batch().stream().map(d -> Index.axis("b", d)).toList();
    List<Index> outer = c.outer().stream().map(d -> Index.axis("u", d)).toList();
    Lanes along = Lanes.along(k, lanes);
    left(trial, batch, row, outsideK, k, along);
    right(trial, batch, outer, column, outsideK, k, along);
    return emitter.packs() == 0;
  }

  private Expr left(
      Body body, List<Index> batch, Index row, List<Index> outsideK, Index k, Lanes along) {
    List<Index> at = c.access().left(batch, Index.unflatten(row, c.m()), coordinates(outsideK, k));
    return emitter.value(body, c.left(), at, along);
  }

  private Expr right(
      Body body,
      List<Index> batch,
      List<Index> outer,
      Index column,
      List<Index> outsideK,
      Index k,
      Lanes along) {
    List<Index> at =
        c.access().right(batch, outer, Index.unflatten(column, c.n()), coordinates(outsideK, k));
    return emitter.value(body, c.right(), at, along);
  }

  private List<Index> coordinates(List<Index> outsideK, Index k) {
    List<Index> at = new ArrayList<>(outsideK);
    at.addAll(Index.unflatten(k, c.k().subList(from, c.k().size())));
    return at;
  }

  private KernelCall write() {
    int rowBlock = rowBlock();
    Kernel.GroupCount columnGroups = new Kernel.GroupCount(n, columns);
    Kernel.GroupCount rowGroups = new Kernel.GroupCount(m, rowBlock);
    Dim outerCount = Contraction.product(c.outer());
    Kernel.GroupCount outside =
        new Kernel.GroupCount(Contraction.product(c.batch()).times(outerCount), 1);
    Index where = Kernel.group(2, outside);
    List<Index> batch = Index.unflatten(where.dividedBy(outerCount), c.batch());
    List<Index> outer = Index.unflatten(where.modulo(outerCount), c.outer());
    Index firstColumn = Kernel.group(0, columnGroups).times(columns);
    Index firstRow = Kernel.group(1, rowGroups).times(rowBlock);
    Index rowEnd =
        top.letIndex("row_end", Index.least(firstRow.plus(rowBlock), Index.of(m)), m.plus(1));
    Place place = new Place(batch, outer, firstRow, rowEnd);
    boolean evenColumns = n.isFixed() && n.fixed() % columns == 0;
    if (evenColumns) {
      rows(top, place, top.axis("column", firstColumn, n), columns);
    } else {
      top.when(
          Body.below(firstColumn.plus(columns - 1L), Index.of(n)),
          body -> rows(body, place, body.axis("column", firstColumn, n), columns),
          body ->
              body.loop(
                  "column",
                  firstColumn,
                  Index.of(n),
                  1,
                  1,
                  n,
                  (block, column) -> rows(block, place, column, 1)));
    }
    return task.call(
        "dots",
        List.of(
            "schedule cpu, tile %d x %d of %d lanes along k, rows per item %d"
                .formatted(rows, columns, lanes, rowBlock)),
        arguments,
        List.of(columnGroups, rowGroups, outside),
        List.of(1, 1, 1),
        top.statements(),
        Dim.BATCH);
  }

  private int rowBlock() {
    if (!m.isFixed()) {
      return ROWS_PER_ITEM;
    }
    int block = Math.min(ROWS_PER_ITEM, Math.ceilDiv(Math.max(1, m.fixed()), rows) * rows);
    Dim others = Contraction.product(c.batch()).times(Contraction.product(c.outer()));
    while (others.isFixed()
        && n.isFixed()
        && block > rows
        && (long) others.fixed() * Math.ceilDiv(n.fixed(), columns) * Math.ceilDiv(m.fixed(), block)
            < 8L * target.computeUnits()) {
      block = Math.ceilDiv(block / 2, rows) * rows;
    }
    return block;
  }

  private record Place(List<Index> batch, List<Index> outer, Index firstRow, Index rowEnd) {}

  private void rows(Body body, Place place, Index column, int columnCount) {
    body.loop(
        "row",
        place.firstRow,
        place.rowEnd,
        rows,
        rows,
        m,
        (block, row) -> tile(block, place, row, rows, column, columnCount));
    boolean even = m.isFixed() && m.fixed() % rows == 0;
    if (rows > 1 && !even) {
      Index rest =
          place.firstRow.plus(
              place.rowEnd.minus(place.firstRow).dividedBy(Dim.of(rows)).times(rows));
      body.loop(
          "row",
          rest,
          place.rowEnd,
          1,
          1,
          m,
          (block, row) -> tile(block, place, row, 1, column, columnCount));
    }
  }

  private void tile(
      Body body, Place place, Index row, int rowCount, Index column, int columnCount) {
    Expr.Variable[][] acc = new Expr.Variable[rowCount][columnCount];
    for (int r = 0; r < rowCount; r++) {
      for (int t = 0; t < columnCount; t++) {
        acc[r][t] = body.mutable("acc_%d_%d".formatted(r, t), Plane.zero(dtype, lanes));
      }
    }
    outside(
        body,
        new ArrayList<>(),
        (block, outsideK) -> {
          int whole = inside.fixed() / lanes * lanes;
          block.loop(
              "k",
              Index.ZERO,
              Index.of(whole),
              lanes,
              1,
              inside,
              (deep, k) -> step(deep, place, row, column, outsideK, k, acc, 0));
          if (whole < inside.fixed()) {
            Index last = block.axis("k", Index.of((long) inside.fixed() - lanes), inside);
            int counted = lanes - (inside.fixed() - whole);
            step(block, place, row, column, outsideK, last, acc, counted);
          }
        });
    for (int r = 0; r < rowCount; r++) {
      for (int t = 0; t < columnCount; t++) {
        Expr sum = AcrossLanes.combine(body, BinaryOp.ADD, acc[r][t]);
        List<Index> at =
            c.access()
                .result(
                    place.batch,
                    place.outer,
                    Index.unflatten(row.plus(r), c.m()),
                    Index.unflatten(column.plus(t), c.n()));
        Epilogue.write(task, arguments, emitter, body, at, Lanes.NONE, sum);
      }
    }
  }

  private interface OutsideBody {
    void write(Body body, List<Index> outsideK);
  }

  private void outside(Body body, List<Index> at, OutsideBody write) {
    if (at.size() == from) {
      write.write(body, at);
      return;
    }
    body.loop(
        "k_outer",
        c.k().get(at.size()),
        (block, k) -> {
          List<Index> deeper = new ArrayList<>(at);
          deeper.add(k);
          outside(block, deeper, write);
        });
  }

  /**
   * One vector along k.
   *
   * @param counted leading lanes that an earlier vector has counted
   */
  private void step(
      Body body,
      Place place,
      Index row,
      Index column,
      List<Index> outsideK,
      Index k,
      Expr.Variable[][] acc,
      int counted) {
    Lanes along = Lanes.along(k, lanes);
    Expr[] b = new Expr[acc[0].length];
    for (int t = 0; t < b.length; t++) {
      Expr value = right(body, place.batch, place.outer, column.plus(t), outsideK, k, along);
      b[t] = masked(body, value, counted);
    }
    for (int r = 0; r < acc.length; r++) {
      Expr a = masked(body, left(body, place.batch, row.plus(r), outsideK, k, along), counted);
      for (int t = 0; t < b.length; t++) {
        body.assign(acc[r][t], MatMul.multiplyAdd(a, b[t], acc[r][t]));
      }
    }
  }

  private Expr masked(Body body, Expr value, int counted) {
    if (counted == 0) {
      return value;
    }
    List<Expr> keep = new ArrayList<>();
    for (int lane = 0; lane < lanes; lane++) {
      keep.add(new Expr.Real(lane < counted ? 0 : 1, DType.BOOL));
    }
    Expr mask = body.once("mask " + counted, "mask", () -> new Expr.Pack(keep));
    return body.let("masked", new Expr.Choose(mask, value, Plane.zero(dtype, lanes)));
  }
}
