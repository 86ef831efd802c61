package org.nnd.opencl.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nnd.ir.BinaryOp;
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
 * The template of contractions, CPU schedule with lanes along {@code n}.
 *
 * <pre>
 * work-item = (batch, outer, block of rows m, panel of columns n)
 * for each block of k:
 *   panel[k][column] = right[k][column]          // packed once, read by every row tile
 *   for each tile of R rows:
 *     acc[R][V vectors] += left[row][k] (broadcast) * panel[k][V vectors]
 * result[row][column] = epilogue(acc)
 * </pre>
 *
 * <p>R * V accumulators, V panel vectors and a broadcast must fit the 32 vector registers. Where
 * the columns are not a multiple of the panel the last work-item does one more panel, shifted back
 * to end with the last column: what it computes twice is equal.
 */
final class MatMul {
  /** Columns per panel are V * lanes; the panel of a k block should stay in the first cache. */
  private static final int K_BLOCK = 512;

  private static final int ROWS_PER_ITEM = 256;

  /** The same where there may be any number. */
  private static final int FREE_ROWS = 64;

  /** Rows from which on turning a panel takes less than putting its vectors together. */
  private static final int TURNING_ROWS = 32;

  /** What packing a panel takes, in rows of results; most of it where rows of columns are short. */
  private static final int PACKING = 4;

  private static final int TURNING = 6;

  /** Rows and columns from which on turned panels are faster than dot products. */
  private static final int LARGE = 64;

  /** Elements of the panels that a work-item packs before it uses them: they stay near. */
  private static final int SPAN = 1 << 14;

  private final Task task;
  private final Contraction c;
  private final Target target;
  private final Body top = Body.top();
  private final Task.Arguments arguments;
  private final Emitter emitter;
  private final DType dtype;

  private final Dim m;
  private final Dim n;
  private final int rows;
  private final int lanes;
  private final int vectors;
  private final int rowBlock;
  private final KBlocks blocks;
  private final int span;

  /** Whether panels are packed by squares along the last axis of k, turned in registers. */
  private final boolean turned;

  private MatMul(
      Task task, Contraction c, Target target, Optional<PaddedInput> padded, boolean turned) {
    this.task = task;
    this.target = target;
    this.dtype = Emitter.computed(task.group().anchor().dtype());
    this.c = c;
    this.arguments = task.arguments(top);
    this.emitter = new Emitter(arguments.loads);
    padded.ifPresent(input -> input.bind(top, arguments, emitter));
    this.m = Contraction.product(c.m());
    this.n = Contraction.product(c.n());
    this.rows = rowTile();
    int widest = n.isFixed() ? Math.max(1, n.fixed()) : target.width();
    this.lanes = Math.min(target.width(), Integer.highestOneBit(widest));
    this.vectors = n.isFixed() && widest >= 2 * lanes && rows * 2 <= 24 ? 2 : 1;
    this.turned = turned;
    this.blocks = turned ? KBlocks.alongLast(c.k(), K_BLOCK, lanes) : KBlocks.of(c.k(), K_BLOCK);
    boolean fixed = m.isFixed() && n.isFixed();
    int most = blocks.several() ? ROWS_PER_ITEM : 4 * ROWS_PER_ITEM;
    int free = m.isFixed() ? Math.min(Math.max(1, m.fixed()), most) : FREE_ROWS;
    this.rowBlock = fixed ? grid().rowBlock(rows, most) : free;
    int near = Math.max(1, SPAN / (blocks.size() * panelWidth()));
    this.span = fixed ? grid().span(rowBlock, near) : 1;
  }

  static List<Step> lower(Task task, Target target) {
    Node anchor = task.group().anchor();
    Contraction c = Contraction.of(anchor).withOuterInColumns();
    Optional<PartialSums> parts = PartialSums.of(c, Emitter.computed(anchor.dtype()));
    if (parts.isPresent()) {
      return DotParts.lower(task, target, parts.get());
    }
    if (anchor.op() instanceof Op.Convolution) {
      Optional<PaddedInput> padded = PaddedInput.of(anchor, c.right(), target.width());
      if (padded.isPresent()) {
        PaddedInput input = padded.get();
        MatMul attempt = new MatMul(task, c, target, padded, false);
        if (attempt.columnsAlongMemory()) {
          return List.of(input.fill(task), attempt.write());
        }
      }
    }
    MatMul plain = new MatMul(task, c, target, Optional.empty(), false);
    if (plain.columnsAlongMemory()) {
      return List.of(plain.write());
    }
    Optional<MatMul> turned = turned(task, c, target);
    if (turned.isPresent() && turned.get().isLarge()) {
      return List.of(turned.get().write());
    }
    KernelCall dots = DotProducts.tryLower(task, target);
    return List.of(dots != null ? dots : turned.orElse(plain).write());
  }

  /** {@return a way with turned panels, of which rows are a run of memory in k} */
  private static Optional<MatMul> turned(Task task, Contraction c, Target target) {
    for (int from = 0; from < c.k().size(); from++) {
      Contraction joined = c.joined(from, c.k().size());
      MatMul attempt = new MatMul(task, joined, target, Optional.empty(), true);
      if (attempt.repaysTurning() && attempt.runsAlongMemoryInK()) {
        return Optional.of(attempt);
      }
    }
    return Optional.empty();
  }

  /** Whether turned panels are used by rows enough even where all cores must have some. */
  private boolean isLarge() {
    return m.at(1) >= LARGE && n.fixed() >= LARGE && rowBlock >= TURNING_ROWS;
  }

  /** Whether a panel that is turned is used by rows enough. */
  private boolean repaysTurning() {
    return m.at(1) >= TURNING_ROWS
        && n.isFixed()
        && lanes == target.width()
        && blocks.inside().get(0).isFixed()
        && blocks.size() >= lanes;
  }

  private boolean runsAlongMemoryInK() {
    Body trial = Body.top();
    Index column = trial.axis("column", Index.ZERO, n);
    Index k = trial.axis("k", Index.ZERO, blocks.inside().get(0));
    emitter.loadApart(new Squares(k.atoms().get(0), 0, false));
    int packs = emitter.packs();
    List<Index> batch = c.batch().stream().map(d -> Index.axis("b", d)).toList();
    List<Index> outer = c.outer().stream().map(d -> Index.axis("u", d)).toList();
    List<Index> along = new ArrayList<>();
    blocks.outside().forEach(dim -> along.add(Index.axis("o", dim)));
    along.add(k);
    List<Index> at = c.access().right(batch, outer, Index.unflatten(column, c.n()), along);
    emitter.value(trial, c.right(), at, Lanes.along(column, lanes));
    emitter.loadApart(Emitter.Apart.NONE);
    return emitter.packs() == packs;
  }

  /** Whether a panel's row is a run of memory, so that packing it costs a load and a store. */
  private boolean columnsAlongMemory() {
    Body trial = Body.top();
    Index column = trial.axis("column", Index.ZERO, n);
    emitter.loadApart(new RowSegments(trial));
    int packs = emitter.packs();
    List<Index> batch = c.batch().stream().map(d -> Index.axis("b", d)).toList();
    List<Index> outer = c.outer().stream().map(d -> Index.axis("u", d)).toList();
    List<Index> k = c.k().stream().map(d -> Index.axis("k", d)).toList();
    List<Index> at = c.access().right(batch, outer, Index.unflatten(column, c.n()), k);
    emitter.value(trial, c.right(), at, Lanes.along(column, Math.max(2, lanes)));
    return emitter.packs() == packs && !n.is(1);
  }

  /** Rows per register tile: up to 8 (12 for a single vector), dividing m evenly if it can be. */
  private int rowTile() {
    if (!m.isFixed()) {
      return 8;
    }
    int best = 1;
    double least = Double.MAX_VALUE;
    for (int r = 1; r <= 8; r++) {
      // A tile of r rows costs about r + 1.5: its vector loads and loop are shared. Rows that are
      // left over take turns, each waiting for its own sums.
      double cost = (r + 1.5) * (m.fixed() / r) + 3.5 * (m.fixed() % r);
      if (cost <= least) {
        least = cost;
        best = r;
      }
    }
    return best;
  }

  private int panelWidth() {
    return lanes * vectors;
  }

  /** Whole panels. */
  private Dim panels() {
    return n.isFixed() ? Dim.of(n.fixed() / panelWidth()) : n;
  }

  private boolean ragged() {
    return n.isFixed() && n.fixed() % panelWidth() != 0;
  }

  private PanelGrid grid() {
    Dim outside = Contraction.product(c.batch()).times(Contraction.product(c.outer()));
    return new PanelGrid(
        outside.isFixed() ? Math.max(1, outside.fixed()) : 0,
        Math.max(1, m.fixed()),
        Math.max(1, panels().fixed()),
        ragged(),
        turned ? TURNING : PACKING,
        target.computeUnits());
  }

  private KernelCall write() {
    Kernel.GroupCount panelGroups =
        new Kernel.GroupCount(panels(), n.isFixed() ? span : panelWidth());
    Kernel.GroupCount rowGroups = new Kernel.GroupCount(m, rowBlock);
    Dim outside = Contraction.product(c.batch()).times(Contraction.product(c.outer()));
    Kernel.GroupCount outsideGroups = new Kernel.GroupCount(outside, 1);
    Index first = Kernel.group(0, panelGroups).times(n.isFixed() ? span : panelWidth());
    Index rowStart = Kernel.group(1, rowGroups).times(rowBlock);
    Index where = Kernel.group(2, outsideGroups);
    Dim outerCount = Contraction.product(c.outer());
    List<Index> batch = Index.unflatten(where.dividedBy(outerCount), c.batch());
    List<Index> outer = Index.unflatten(where.modulo(outerCount), c.outer());
    Index rowEnd =
        top.letIndex("row_end", Index.least(rowStart.plus(rowBlock), Index.of(m)), m.plus(1));
    Array packed =
        top.declare(Array.scratch("panel", dtype, panelsKept() * blocks.size() * panelWidth()));
    packed = aligned(packed);
    Array sums =
        blocks.several()
            ? aligned(
                top.declare(Array.scratch("sums", dtype, panelsKept() * rowBlock * panelWidth())))
            : null;
    Place place = new Place(batch, outer, rowStart, rowEnd, packed, Index.ZERO, sums);
    if (n.isFixed()) {
      panels(place, first);
    } else {
      Index end = Index.least(first.plus(panelWidth()), Index.of(n));
      top.when(
          Body.below(first.plus(panelWidth() - 1L), Index.of(n)),
          body -> one(body, place, body.axis("column", first, n), lanes, vectors),
          body ->
              body.loop(
                  "column",
                  first,
                  end,
                  1,
                  1,
                  n,
                  (block, column) -> one(block, place, column, 1, 1)));
    }
    return task.call(
        "matmul",
        List.of(
            "schedule cpu, tile %d x %d lanes x %d, per item %d rows and %d panels, k block %d%s"
                .formatted(
                    rows,
                    lanes,
                    vectors,
                    rowBlock,
                    span,
                    blocks.size(),
                    blocks.several() ? " (several)" : "")),
        arguments,
        List.of(panelGroups, rowGroups, outsideGroups),
        List.of(1, 1, 1),
        top.statements(),
        Dim.BATCH);
  }

  private static Array aligned(Array array) {
    return array.aligned(16);
  }

  /**
   * Where a work-item is and its private memory.
   *
   * @param number of the panel among the item's
   */
  private record Place(
      List<Index> batch,
      List<Index> outer,
      Index rowStart,
      Index rowEnd,
      Array packed,
      Index number,
      Array sums) {

    Place at(Index number) {
      return new Place(batch, outer, rowStart, rowEnd, packed, number, sums);
    }
  }

  private int panelsKept() {
    return span + (ragged() ? 1 : 0);
  }

  /** Receives the place of a panel and its first column. */
  private interface PanelBody {
    void write(Body body, Place place, Index column);
  }

  /** The work-item's panels: all packed first, so that every row tile runs over all of them. */
  private void panels(Place place, Index first) {
    if (panelsKept() == 1) {
      Index column = column(top, first);
      one(top, place, column, lanes, vectors);
      return;
    }
    Index whole = Index.least(first.plus(span), Index.of(panels()));
    Dim count = panels().plus(1);
    // The last work-item goes on to the panel that ends with the last column.
    Index last = ragged() ? whole.plus(whole.dividedBy(panels())) : whole;
    Index end = top.letIndex("panel_end", last, count.plus(1));
    write(
        top,
        place,
        lanes,
        vectors,
        (body, panel) ->
            body.loop(
                "panel",
                first,
                end,
                1,
                1,
                count,
                (block, number) ->
                    panel.write(block, place.at(number.minus(first)), column(block, number))));
  }

  /** The first column of a panel. The last panel is shifted back to end with the last column. */
  private Index column(Body body, Index panel) {
    Index start = panel.times(panelWidth());
    Index last = Index.of((long) n.fixed() - panelWidth());
    return body.axis("column", ragged() ? Index.least(last, start) : start, n);
  }

  private void one(Body top, Place place, Index column, int lanes, int vectors) {
    write(top, place, lanes, vectors, (body, panel) -> panel.write(body, place, column));
  }

  /** Writes something for each of the work-item's panels. */
  private interface Panels {
    void write(Body body, PanelBody panel);
  }

  private void write(Body top, Place place, int lanes, int vectors, Panels panels) {
    if (blocks.several()) {
      top.loop(
          "i",
          Dim.of((long) panelsKept() * rowBlock * vectors),
          (block, i) ->
              block.store(place.sums, i.times(lanes), splat(new Expr.Real(0, dtype), lanes)));
    }
    blocks.loop(
        top,
        (block, k) -> {
          panels.write(
              block,
              (body, at, column) -> {
                emitter.loadApart(new RowSegments(body));
                pack(body, at, column, k, lanes, vectors);
              });
          tiles(
              block,
              place,
              (inner, row, height) ->
                  panels.write(
                      inner,
                      (body, at, column) -> {
                        emitter.loadApart(new RowSegments(body));
                        Expr.Variable[][] acc = start(body, at, row, height, lanes, vectors);
                        accumulate(body, at, row, height, k, lanes, vectors, acc);
                        if (blocks.several()) {
                          keep(body, at, row, lanes, vectors, acc);
                        } else {
                          finish(body, at, row, column, lanes, vectors, acc);
                        }
                      }));
        });
    if (blocks.several()) {
      tiles(
          top,
          place,
          (inner, row, height) ->
              panels.write(
                  inner,
                  (body, at, column) -> {
                    Expr.Variable[][] acc = start(body, at, row, height, lanes, vectors);
                    finish(body, at, row, column, lanes, vectors, acc);
                  }));
    }
  }

  /** Copies the panel of one k block, whatever the right operand is made of. */
  private void pack(Body body, Place place, Index column, KBlocks.Block k, int lanes, int vectors) {
    for (int v = 0; turned && v < vectors; v++) {
      int number = v;
      k.squares(
          body,
          emitter,
          lanes,
          (inner, at, flat) -> pack(inner, place, column, at, flat, number, lanes, vectors));
    }
    if (!turned) {
      k.loop(
          body,
          (inner, at, flat) -> {
            for (int v = 0; v < vectors; v++) {
              pack(inner, place, column, at, flat, v, lanes, vectors);
            }
          });
    }
  }

  private void pack(
      Body body,
      Place place,
      Index column,
      List<Index> k,
      Index flat,
      int v,
      int lanes,
      int vectors) {
    Expr value = right(body, place, column, k, v, lanes);
    if (value.type().lanes() != lanes) {
      value = splat(value, lanes);
    }
    body.store(place.packed, packedAt(place, flat, v, lanes, vectors), value);
  }

  private Expr right(Body body, Place place, Index column, List<Index> k, int v, int lanes) {
    Index there = column.plus((long) v * lanes);
    List<Index> at = c.access().right(place.batch, place.outer, Index.unflatten(there, c.n()), k);
    return emitter.value(body, c.right(), at, Lanes.along(column, lanes));
  }

  private Index packedAt(Place place, Index k, int v, int lanes, int vectors) {
    return place
        .number
        .times(blocks.size())
        .plus(k)
        .times((long) lanes * vectors)
        .plus((long) v * lanes);
  }

  /** Receives the first row of a tile and how many rows it has. */
  private interface TileBody {
    void write(Body body, Index row, int count);
  }

  private void tiles(Body body, Place place, TileBody tile) {
    if (m.is(1)) {
      tile.write(body, Index.ZERO, 1);
      return;
    }
    body.loop(
        "row",
        place.rowStart,
        place.rowEnd,
        rows,
        rows,
        m,
        (block, row) -> tile.write(block, row, rows));
    boolean even = m.isFixed() && m.fixed() % rows == 0 && rowBlock % rows == 0;
    if (rows > 1 && !even) {
      Index rest =
          place.rowStart.plus(
              place.rowEnd.minus(place.rowStart).dividedBy(Dim.of(rows)).times(rows));
      body.loop("row", rest, place.rowEnd, 1, 1, m, (block, row) -> tile.write(block, row, 1));
    }
  }

  private Expr.Variable[][] start(
      Body body, Place place, Index row, int count, int lanes, int vectors) {
    Expr.Variable[][] acc = new Expr.Variable[count][vectors];
    for (int r = 0; r < count; r++) {
      for (int v = 0; v < vectors; v++) {
        Expr initial =
            blocks.several()
                ? new Expr.Load(place.sums, sumAt(place, row, r, v, lanes, vectors), lanes)
                : splat(new Expr.Real(0, dtype), lanes);
        acc[r][v] = body.mutable("acc_%d_%d".formatted(r, v), initial);
      }
    }
    return acc;
  }

  private Index sumAt(Place place, Index row, int r, int v, int lanes, int vectors) {
    return place
        .number
        .times(rowBlock)
        .plus(row.minus(place.rowStart).plus(r))
        .times((long) lanes * vectors)
        .plus((long) v * lanes);
  }

  private void keep(
      Body body, Place place, Index row, int lanes, int vectors, Expr.Variable[][] acc) {
    for (int r = 0; r < acc.length; r++) {
      for (int v = 0; v < vectors; v++) {
        body.store(place.sums, sumAt(place, row, r, v, lanes, vectors), acc[r][v]);
      }
    }
  }

  private void accumulate(
      Body body,
      Place place,
      Index row,
      int count,
      KBlocks.Block k,
      int lanes,
      int vectors,
      Expr.Variable[][] acc) {
    k.loop(
        body,
        (inner, at, flat) -> {
          Expr[] columns = new Expr[vectors];
          for (int v = 0; v < vectors; v++) {
            Index index = packedAt(place, flat, v, lanes, vectors);
            columns[v] = inner.let("b_" + v, new Expr.Load(place.packed, index, lanes));
          }
          for (int r = 0; r < count; r++) {
            List<Index> left =
                c.access().left(place.batch, Index.unflatten(row.plus(r), c.m()), at);
            Expr a = emitter.value(inner, c.left(), left, Lanes.NONE);
            for (int v = 0; v < vectors; v++) {
              inner.assign(acc[r][v], multiplyAdd(splat(a, lanes), columns[v], acc[r][v]));
            }
          }
        });
  }

  /** Writes the tile's results, with whatever the group computes from them. */
  private void finish(
      Body body,
      Place place,
      Index row,
      Index column,
      int lanes,
      int vectors,
      Expr.Variable[][] acc) {
    for (int r = 0; r < acc.length; r++) {
      for (int v = 0; v < vectors; v++) {
        Index there = column.plus((long) v * lanes);
        List<Index> at =
            c.access()
                .result(
                    place.batch,
                    place.outer,
                    Index.unflatten(row.plus(r), c.m()),
                    Index.unflatten(there, c.n()));
        Epilogue.write(task, arguments, emitter, body, at, Lanes.along(column, lanes), acc[r][v]);
      }
    }
  }

  /** {@return {@code a * b + sum}, fused for floats} */
  static Expr multiplyAdd(Expr a, Expr b, Expr sum) {
    return sum.type().dtype().isFloat()
        ? new Expr.Fma(a, b, sum)
        : new Expr.Binary(BinaryOp.ADD, sum, new Expr.Binary(BinaryOp.MULTIPLY, a, b));
  }

  private static Expr splat(Expr value, int lanes) {
    return lanes == 1 ? value : new Expr.Splat(value, lanes);
  }
}
