package org.nnd.opencl.lower;

import java.util.List;
import java.util.function.BiFunction;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.opencl.kernel.Array;
import org.nnd.opencl.kernel.Body;
import org.nnd.opencl.kernel.Expr;
import org.nnd.opencl.kernel.Index;
import org.nnd.opencl.kernel.Kernel;

/**
 * The template of contractions, GPU schedule.
 *
 * <pre>
 * work-group = (batch and outer, tile of rows m, tile of columns n), 16 x 16 work-items
 * for each block of 16 of k:
 *   left[k][row], right[k][column] = the operands' tiles, in local memory, zero beyond the edges
 *   for each k of the block:
 *     acc[i][j] += left[k][row + 16 i] * right[k][column + 16 j]
 * result[row][column] = epilogue(acc)            // inside the edges
 * </pre>
 */
final class GpuMatMul {
  private static final int SIDE = 16;
  private static final int DEPTH = 16;
  private static final int MOST_PER_ITEM = 4;

  private final Task task;
  private final Contraction c;
  private final Body top = Body.top();
  private final Task.Arguments arguments;
  private final Emitter emitter;
  private final DType dtype;
  private final Dim m;
  private final Dim n;
  private final Dim k;
  private final int rows;
  private final int columns;

  private GpuMatMul(Task task) {
    this.task = task;
    Node anchor = task.group().anchor();
    this.c = Contraction.of(anchor);
    this.dtype = Emitter.computed(anchor.dtype());
    this.arguments = task.arguments(top);
    this.emitter = new Emitter(arguments.loads);
    this.m = Contraction.product(c.m());
    this.n = Contraction.product(c.n());
    this.k = Contraction.product(c.k());
    this.rows = perItem(m);
    this.columns = perItem(n);
  }

  static KernelCall lower(Task task) {
    return new GpuMatMul(task).write();
  }

  /** Results per work-item and direction: as many as the extent fills. */
  private static int perItem(Dim extent) {
    int most = MOST_PER_ITEM;
    while (extent.isFixed() && most > 1 && extent.fixed() <= SIDE * most / 2) {
      most /= 2;
    }
    return most;
  }

  private KernelCall write() {
    int tileRows = SIDE * rows;
    int tileColumns = SIDE * columns;
    Kernel.GroupCount columnGroups = new Kernel.GroupCount(n, tileColumns);
    Kernel.GroupCount rowGroups = new Kernel.GroupCount(m, tileRows);
    Dim outerCount = Contraction.product(c.outer());
    Dim outside = Contraction.product(c.batch()).times(outerCount);
    Kernel.GroupCount outsideGroups = new Kernel.GroupCount(outside, 1);
    Index where = Kernel.group(2, outsideGroups);
    List<Index> batch = Index.unflatten(where.dividedBy(outerCount), c.batch());
    List<Index> outer = Index.unflatten(where.modulo(outerCount), c.outer());
    Index rowStart = Kernel.group(1, rowGroups).times(tileRows);
    Index columnStart = Kernel.group(0, columnGroups).times(tileColumns);
    Index x = Kernel.local(0, SIDE);
    Index y = Kernel.local(1, SIDE);
    Array left = top.declare(Array.local("left", dtype, DEPTH * tileRows));
    Array right = top.declare(Array.local("right", dtype, DEPTH * tileColumns));
    Expr.Variable[][] acc = new Expr.Variable[rows][columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        acc[i][j] = top.mutable("acc_%d_%d".formatted(i, j), zero());
      }
    }
    Index item = y.times(SIDE).plus(x);
    BiFunction<Index, Index, List<Index>> leftAt =
        (row, along) ->
            c.access().left(batch, Index.unflatten(row, c.m()), Index.unflatten(along, c.k()));
    BiFunction<Index, Index, List<Index>> rightAt =
        (column, along) ->
            c.access()
                .right(batch, outer, Index.unflatten(column, c.n()), Index.unflatten(along, c.k()));
    top.loop(
        "block",
        Index.ZERO,
        Index.of(k),
        DEPTH,
        1,
        k,
        (body, block) -> {
          fill(body, item, new Tile(left, rowStart, tileRows, m, block, c.left(), leftAt));
          fill(body, item, new Tile(right, columnStart, tileColumns, n, block, c.right(), rightAt));
          body.barrier();
          body.loop("k", Dim.of(DEPTH), (inner, depth) -> multiply(inner, depth, left, right, acc));
          body.barrier();
        });
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        Index row = top.axis("row", rowStart.plus((long) i * SIDE).plus(y), m);
        Index column = top.axis("column", columnStart.plus((long) j * SIDE).plus(x), n);
        Expr sum = acc[i][j];
        top.when(
            SortOrder.and(Body.below(row, Index.of(m)), Body.below(column, Index.of(n))),
            body ->
                Epilogue.write(
                    task,
                    arguments,
                    emitter,
                    body,
                    c.access()
                        .result(
                            batch,
                            outer,
                            Index.unflatten(row, c.m()),
                            Index.unflatten(column, c.n())),
                    Lanes.NONE,
                    sum));
      }
    }
    return task.call(
        "matmul",
        List.of(
            "schedule gpu, tile %d x %d x %d, %d x %d per work-item"
                .formatted(tileRows, tileColumns, DEPTH, rows, columns)),
        arguments,
        List.of(columnGroups, rowGroups, outsideGroups),
        List.of(SIDE, SIDE, 1),
        top.statements(),
        Dim.BATCH);
  }

  private Expr zero() {
    return new Expr.Real(0, dtype);
  }

  /**
   * A tile of an operand, {@code width} positions from {@code start} on that are below {@code
   * limit}, and where it goes.
   *
   * @param at the operand's coordinates for a position and a place along k
   */
  private record Tile(
      Array into,
      Index start,
      int width,
      Dim limit,
      Index block,
      Node operand,
      BiFunction<Index, Index, List<Index>> at) {

    /** Whether neighbours in memory are neighbours along k. */
    boolean runsAlongK() {
      Index.Axis axis = new Index.Axis("k", Dim.BATCH);
      Index flat = Index.flatten(at.apply(Index.ZERO, Index.of(axis)), operand.shape().dims());
      Index step = flat.substitute(axis, Index.of(1)).minus(flat.substitute(axis, Index.ZERO));
      return step.is(1);
    }
  }

  /** Copies a tile to local memory, neighbours by neighbouring work-items. */
  private void fill(Body body, Index item, Tile tile) {
    int items = SIDE * SIDE;
    boolean alongK = tile.runsAlongK();
    body.loop(
        "part",
        Dim.of((long) tile.width * DEPTH / items),
        (inner, part) -> {
          Index flat = item.plus(part.times(items));
          Dim fast = Dim.of(alongK ? DEPTH : tile.width);
          Index across = alongK ? flat.dividedBy(fast) : flat.modulo(fast);
          Index depth = alongK ? flat.modulo(fast) : flat.dividedBy(fast);
          Index position = inner.axis("position", tile.start.plus(across), tile.limit);
          Index along = inner.axis("depth", tile.block.plus(depth), k);
          Expr.Variable element = inner.mutable("element", zero());
          inner.when(
              SortOrder.and(
                  Body.below(position, Index.of(tile.limit)), Body.below(along, Index.of(k))),
              inside ->
                  inside.assign(
                      element,
                      emitter.value(
                          inside, tile.operand, tile.at.apply(position, along), Lanes.NONE)));
          inner.store(tile.into, depth.times(tile.width).plus(across), element);
        });
  }

  private void multiply(Body body, Index depth, Array left, Array right, Expr.Variable[][] acc) {
    Index x = Kernel.local(0, SIDE);
    Index y = Kernel.local(1, SIDE);
    Expr[] a = new Expr[rows];
    for (int i = 0; i < rows; i++) {
      Index at = depth.times((long) SIDE * rows).plus((long) i * SIDE).plus(y);
      a[i] = body.let("a_" + i, new Expr.Load(left, at, 1));
    }
    for (int j = 0; j < columns; j++) {
      Index at = depth.times((long) SIDE * columns).plus((long) j * SIDE).plus(x);
      Expr b = body.let("b_" + j, new Expr.Load(right, at, 1));
      for (int i = 0; i < rows; i++) {
        body.assign(acc[i][j], MatMul.multiplyAdd(a[i], b, acc[i][j]));
      }
    }
  }
}
