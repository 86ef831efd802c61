package org.nnd.opencl.lower;

import java.util.ArrayList;
import java.util.List;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Window;
import org.nnd.opencl.kernel.Array;
import org.nnd.opencl.kernel.Body;
import org.nnd.opencl.kernel.Expr;
import org.nnd.opencl.kernel.Index;
import org.nnd.opencl.kernel.Kernel;

/**
 * The template of depthwise convolution (one input feature per group), CPU schedule: forward, and
 * the gradient of the input, which is the same with the kernel reversed.
 *
 * <pre>
 * work-item = (example, feature, block of output rows)
 * plane = the input rows needed, zero-padded, in private memory
 * for each tile of R output rows and V vectors of columns:
 *   for each input row i of the tile, for each kernel column kw:
 *     x[V] = plane[i][column + kw]                       // loaded once for all R rows
 *     for r with 0 <= i - r < K: acc[r][V] += kernel[i - r][kw] * x[V]
 * </pre>
 *
 * <p>The first and last R - 1 input rows, which only some of the output rows see, are written out,
 * so no multiplication is wasted. With strides or dilation along the rows every output row loads
 * its own input row.
 */
final class Depthwise {
  /** Elements of private memory for the plane: 160 KiB, within the second cache. */
  private static final int MOST_PLANE = 40960;

  private final Task task;
  private final Target target;
  private final Node anchor;
  private final Node input;
  private final Node kernel;
  private final Window window;
  private final DType dtype;
  private final Body top = Body.top();
  private final Task.Arguments arguments;
  private final Emitter emitter;
  private final int multiplier;
  private final int height;
  private final int columns;
  private final int outRows;
  private final int outColumns;
  private final int kernelRows;
  private final int kernelColumns;
  private final Tile tile;
  private final int rowBlock;

  /** R rows by V vectors of {@code lanes}. */
  private record Tile(int rows, int vectors, int lanes) {
    int columns() {
      return vectors * lanes;
    }
  }

  private Depthwise(Task task, Target target) {
    this.task = task;
    this.target = target;
    this.anchor = task.group().anchor();
    this.input = anchor.operand(0);
    this.kernel = anchor.operand(1);
    this.window = ((Op.Convolution) anchor.op()).window();
    this.dtype = Emitter.computed(anchor.dtype());
    this.arguments = task.arguments(top);
    this.emitter = new Emitter(arguments.loads);
    this.multiplier = anchor.shape().dim(1).dividedBy(input.shape().dim(1)).fixed();
    boolean flat = window.rank() == 1;
    this.height = flat ? 1 : input.shape().size(2);
    this.columns = input.shape().size(input.rank() - 1);
    this.outRows = flat ? 1 : anchor.shape().size(2);
    this.outColumns = anchor.shape().size(anchor.rank() - 1);
    this.kernelRows = flat ? 1 : window.size().get(0);
    this.kernelColumns = window.size().get(window.rank() - 1);
    this.tile = chooseTile();
    this.rowBlock = chooseRowBlock();
  }

  /** {@return whether this template computes the convolution} */
  static boolean fits(Node node, Target target) {
    if (!(node.op() instanceof Op.Convolution op)
        || op.window().rank() < 1
        || op.window().rank() > 2
        || !target.cpu()) {
      return false;
    }
    Dim features = node.operand(0).shape().dim(1);
    boolean depthwise =
        op.batchGroups().is(1)
            && op.featureGroups().equals(features)
            && node.operand(1).shape().dim(1).is(1)
            && fixedPerEntry(node)
            && fixedPerEntry(node.operand(0))
            && !features.is(0)
            && !node.shape().count().is(0)
            && op.window().size().stream().allMatch(k -> k > 0);
    return depthwise && new Planning(node).fits();
  }

  /** Whether only the first extent depends on the batch size: gradients may exchange the two. */
  private static boolean fixedPerEntry(Node node) {
    return node.shape().slice(1, node.rank()).isFixed();
  }

  /** Whether even a single tile's rows fit the plane. */
  private record Planning(Node node) {
    boolean fits() {
      Window window = ((Op.Convolution) node.op()).window();
      int last = window.rank() - 1;
      int reach = window.rank() == 1 ? 1 : window.reach(0);
      int columns = node.shape().size(node.rank() - 1) + 32 + window.reach(last);
      long rows = 8L * (window.rank() == 1 ? 1 : window.stride().get(0)) + reach;
      return rows * columns * window.stride().get(last) <= MOST_PLANE;
    }
  }

  static KernelCall lower(Task task, Target target) {
    return new Depthwise(task, target).write();
  }

  private int stride(int axis) {
    return axis == 0 && window.rank() == 1 ? 1 : window.stride().get(spatial(axis));
  }

  private int dilation(int axis) {
    return axis == 0 && window.rank() == 1 ? 1 : window.dilation().get(spatial(axis));
  }

  private int inputDilation(int axis) {
    return axis == 0 && window.rank() == 1 ? 1 : window.inputDilation().get(spatial(axis));
  }

  private int low(int axis) {
    return axis == 0 && window.rank() == 1 ? 0 : window.low().get(spatial(axis));
  }

  /** Axis 0 is rows, 1 columns; a one-dimensional window has columns only. */
  private int spatial(int axis) {
    return window.rank() == 1 ? 0 : axis;
  }

  private boolean sharesRows() {
    return stride(0) == 1 && dilation(0) == 1;
  }

  private Tile chooseTile() {
    int lanes = target.width();
    while (lanes > 4 && lanes / 2 >= outColumns) {
      lanes /= 2;
    }
    int vectorsNeeded = Math.ceilDiv(outColumns, lanes);
    int vectors = 1;
    // The widest tile that does not compute more vectors than are needed.
    for (int v = 2; v <= 4; v++) {
      if (Math.ceilDiv(vectorsNeeded, v) * v <= vectorsNeeded) {
        vectors = v;
      }
    }
    int most = Math.max(1, (vectors == 1 ? 14 : vectors == 2 ? 16 : 20) / vectors);
    int best = 1;
    double least = Double.MAX_VALUE;
    for (int r = 1; r <= Math.min(most, outRows); r++) {
      int tiles = Math.ceilDiv(outRows, r);
      // Multiplications, and loads that are shared by the rows.
      double perTile =
          (double) r * kernelRows * vectors
              + 0.6 * vectors * (sharesRows() ? kernelRows + r - 1 : r * kernelRows);
      if (tiles * perTile <= least) {
        least = tiles * perTile;
        best = r;
      }
    }
    return new Tile(best, vectors, lanes);
  }

  private int planeColumns() {
    int windows = Math.ceilDiv(outColumns, tile.columns()) * tile.columns();
    return windows + Math.ceilDiv(window.reach(spatial(1)) - 1, stride(1)) + 1;
  }

  private int planeRows(int rows) {
    int tiles = Math.ceilDiv(rows, tile.rows);
    int reach = window.rank() == 1 ? 1 : window.reach(0);
    return (tiles * tile.rows - 1) * stride(0) + reach;
  }

  private int chooseRowBlock() {
    int block = outRows;
    Dim planes = anchor.shape().dim(0).times(anchor.shape().dim(1));
    while (block > tile.rows
        && (Plane.elements(planeRows(block), planeColumns(), stride(1), target.width()) > MOST_PLANE
            || (planes.isFixed()
                && (long) planes.fixed() * Math.ceilDiv(outRows, block)
                    < 8L * target.computeUnits()))) {
      block = Math.ceilDiv(Math.max(1, block / 2), tile.rows) * tile.rows;
    }
    return block;
  }

  private KernelCall write() {
    Kernel.GroupCount blocks = new Kernel.GroupCount(Dim.of(outRows), rowBlock);
    Kernel.GroupCount features = new Kernel.GroupCount(anchor.shape().dim(1), 1);
    Kernel.GroupCount examples = new Kernel.GroupCount(anchor.shape().dim(0), 1);
    Index block = Kernel.group(0, blocks);
    Index feature = Kernel.group(1, features);
    Index example = Kernel.group(2, examples);
    Index channel = feature.dividedBy(Dim.of(multiplier));
    Array weights = copyKernel(feature);
    Plane plane =
        Plane.declare(
            top, "plane", dtype, planeRows(rowBlock), planeColumns(), stride(1), target.width());
    plane.clear(top);
    Index firstRow = block.times(rowBlock);
    fillPlane(plane, example, channel, firstRow);
    Index end =
        top.letIndex(
            "row_end",
            Index.least(firstRow.plus(rowBlock), Index.of(outRows)),
            Dim.of(outRows + 1L));
    top.loop(
        "row",
        firstRow,
        end,
        tile.rows,
        1,
        Dim.of(outRows),
        (body, row) -> rowTile(body, plane, weights, example, feature, firstRow, row, end));
    return task.call(
        "depthwise",
        List.of(
            "schedule cpu, tile %d rows x %d vectors of %d, rows per item %d"
                .formatted(tile.rows, tile.vectors, tile.lanes, rowBlock)),
        arguments,
        List.of(blocks, features, examples),
        List.of(1, 1, 1),
        top.statements(),
        Dim.BATCH);
  }

  /** The kernel of one feature, in private memory. */
  private Array copyKernel(Index feature) {
    int size = kernelRows * kernelColumns;
    Array weights = top.declare(Array.scratch("weights", dtype, size));
    List<Dim> dims = kernel.shape().dims().subList(2, kernel.rank());
    Pieces.cover(
        top,
        "tap",
        size,
        target.width(),
        (body, tap, lanes) -> {
          List<Index> at = new ArrayList<>(List.of(feature, Index.ZERO));
          at.addAll(Index.unflatten(tap, dims));
          body.store(weights, tap, emitter.value(body, kernel, at, lanes));
        });
    return weights;
  }

  private void fillPlane(Plane plane, Index example, Index channel, Index firstRow) {
    int step = inputDilation(0);
    // Row i of the input lies at i * step + low - firstRow * stride in the plane.
    Index origin = Index.of(low(0)).minus(firstRow.times(stride(0)));
    Index from = Index.ZERO;
    Index to = Index.of(height);
    boolean whole =
        rowBlock >= outRows && low(0) >= 0 && (height - 1) * step + low(0) < plane.rows();
    Plane.Source source =
        (row, column) -> {
          List<Index> at = new ArrayList<>(List.of(example, channel));
          if (window.rank() == 2) {
            at.add(row);
          }
          at.add(column);
          return at;
        };
    Plane.Spread spread = new Plane.Spread(low(1), inputDilation(1));
    if (whole) {
      plane.fill(
          top, emitter, input, source, from, to, height, visibleColumns(), origin, step, spread);
      return;
    }
    // Only rows that fall into the plane.
    top.loop(
        "in",
        Index.ZERO,
        Index.of(height),
        1,
        1,
        Dim.of(height),
        (body, row) -> {
          Index there = row.times(step).plus(origin);
          body.when(
              Emitter.inRange(there, Dim.of(plane.rows())),
              inside ->
                  plane.fill(
                      inside,
                      emitter,
                      input,
                      (r, column) -> source.at(row, column),
                      Index.ZERO,
                      Index.of(1),
                      1,
                      visibleColumns(),
                      there,
                      0,
                      spread));
        });
  }

  /** Columns of the input that the windows can see: none beyond the plane's end. */
  private int visibleColumns() {
    int reachable = (outColumns - 1) * stride(1) + window.reach(spatial(1)) - low(1);
    return Math.max(0, Math.min(columns, Math.ceilDiv(reachable, inputDilation(1))));
  }

  private void rowTile(
      Body body,
      Plane plane,
      Array weights,
      Index example,
      Index feature,
      Index firstRow,
      Index row,
      Index end) {
    Index planeRow = row.minus(firstRow).times(stride(0));
    int tiles = Math.ceilDiv(outColumns, tile.columns());
    if (tiles == 1) {
      columnTile(body, plane, weights, example, feature, row, planeRow, Index.ZERO, end, 0);
    } else {
      int whole = outColumns / tile.columns();
      if (whole > 0) {
        body.loop(
            "column",
            Index.ZERO,
            Index.of((long) whole * tile.columns()),
            tile.columns(),
            1,
            Dim.of(outColumns),
            (block, column) ->
                columnTile(block, plane, weights, example, feature, row, planeRow, column, end, 0));
      }
      if (whole < tiles) {
        columnTile(
            body,
            plane,
            weights,
            example,
            feature,
            row,
            planeRow,
            Index.of((long) whole * tile.columns()),
            end,
            whole * tile.columns());
      }
    }
  }

  private void columnTile(
      Body body,
      Plane plane,
      Array weights,
      Index example,
      Index feature,
      Index row,
      Index planeRow,
      Index column,
      Index end,
      int known) {
    Expr.Variable[][] acc = new Expr.Variable[tile.rows][tile.vectors];
    for (int r = 0; r < tile.rows; r++) {
      for (int v = 0; v < tile.vectors; v++) {
        acc[r][v] = body.mutable("acc_%d_%d".formatted(r, v), Plane.zero(dtype, tile.lanes));
      }
    }
    if (sharesRows()) {
      sharedRows(body, plane, weights, planeRow, column, acc);
    } else {
      ownRows(body, plane, weights, planeRow, column, acc);
    }
    boolean partial = column.isConstant() && known + tile.columns() > outColumns;
    finish(body, example, feature, row, column, end, acc, partial ? outColumns - known : 0);
  }

  /** Each input row serves every output row that sees it. */
  private void sharedRows(
      Body body, Plane plane, Array weights, Index planeRow, Index column, Expr.Variable[][] acc) {
    int last = kernelRows + tile.rows - 2;
    int edge = tile.rows - 1;
    boolean loop = kernelRows - edge > 3;
    for (int i = 0; i <= last; i++) {
      if (loop && i == edge) {
        body.loop(
            "kh",
            Index.of(edge),
            Index.of(kernelRows),
            1,
            1,
            Dim.of(kernelRows),
            (block, kh) -> inputRow(block, plane, weights, planeRow, column, kh, 0, edge, acc));
        i = kernelRows - 1;
      } else {
        inputRow(
            body,
            plane,
            weights,
            planeRow,
            column,
            Index.of(i),
            Math.max(0, i - kernelRows + 1),
            Math.min(edge, i),
            acc);
      }
    }
  }

  private void inputRow(
      Body body,
      Plane plane,
      Array weights,
      Index planeRow,
      Index column,
      Index i,
      int firstOut,
      int lastOut,
      Expr.Variable[][] acc) {
    body.loop(
        "kw",
        Dim.of(kernelColumns),
        (block, kw) -> {
          Expr[] x = loads(block, plane, planeRow.plus(i), column, kw);
          for (int r = firstOut; r <= lastOut; r++) {
            multiply(block, weights, i.plus(-r), kw, x, acc[r]);
          }
        });
  }

  private void ownRows(
      Body body, Plane plane, Array weights, Index planeRow, Index column, Expr.Variable[][] acc) {
    body.loop(
        "kh",
        Dim.of(kernelRows),
        (rows, kh) ->
            rows.loop(
                "kw",
                Dim.of(kernelColumns),
                (block, kw) -> {
                  for (int r = 0; r < tile.rows; r++) {
                    Index there = planeRow.plus((long) r * stride(0)).plus(kh.times(dilation(0)));
                    Expr[] x = loads(block, plane, there, column, kw);
                    multiply(block, weights, kh, kw, x, acc[r]);
                  }
                }));
  }

  private Expr[] loads(Body body, Plane plane, Index row, Index column, Index kw) {
    Expr[] x = new Expr[tile.vectors];
    for (int v = 0; v < tile.vectors; v++) {
      Index there = column.plus((long) v * tile.lanes);
      x[v] = body.let("x_" + v, plane.load(row, there, kw.times(dilation(1)), tile.lanes));
    }
    return x;
  }

  private void multiply(
      Body body, Array weights, Index kh, Index kw, Expr[] x, Expr.Variable[] acc) {
    Expr weight = body.let("w", new Expr.Load(weights, kh.times(kernelColumns).plus(kw), 1));
    for (int v = 0; v < acc.length; v++) {
      body.assign(acc[v], MatMul.multiplyAdd(new Expr.Splat(weight, tile.lanes), x[v], acc[v]));
    }
  }

  /**
   * Writes the tile with the epilogue.
   *
   * @param valid columns to write, 0 for all
   */
  private void finish(
      Body body,
      Index example,
      Index feature,
      Index row,
      Index column,
      Index end,
      Expr.Variable[][] acc,
      int valid) {
    boolean wholeRows = outRows % tile.rows == 0 && rowBlock % tile.rows == 0;
    Array line = valid == 0 ? null : body.declare(Array.scratch("line", dtype, tile.columns()));
    for (int r = 0; r < tile.rows; r++) {
      int tileRow = r;
      if (wholeRows || r == 0) {
        finishRow(body, example, feature, row.plus(r), column, acc[r], valid, line);
      } else {
        body.when(
            Body.below(row.plus(r), end),
            block ->
                finishRow(
                    block, example, feature, row.plus(tileRow), column, acc[tileRow], valid, line));
      }
    }
  }

  private void finishRow(
      Body body,
      Index example,
      Index feature,
      Index row,
      Index column,
      Expr.Variable[] acc,
      int valid,
      Array line) {
    if (valid == 0) {
      for (int v = 0; v < acc.length; v++) {
        Index there = body.axis("out", column.plus((long) v * tile.lanes), Dim.of(outColumns));
        epilogue(body, example, feature, row, there, Lanes.along(there, tile.lanes), acc[v]);
      }
      return;
    }
    for (int v = 0; v < acc.length; v++) {
      body.store(line, Index.of((long) v * tile.lanes), acc[v]);
    }
    Pieces.cover(
        body,
        "out",
        valid,
        target.width(),
        (block, at, lanes) -> {
          Expr value = block.let("result", new Expr.Load(line, at, lanes.count()));
          epilogue(block, example, feature, row, at.plus(column), lanes, value);
        });
  }

  private void epilogue(
      Body body, Index example, Index feature, Index row, Index column, Lanes lanes, Expr value) {
    List<Index> point = new ArrayList<>(List.of(example, feature));
    if (window.rank() == 2) {
      point.add(row);
    }
    point.add(column);
    Epilogue.write(task, arguments, emitter, body, point, lanes, value);
  }
}
