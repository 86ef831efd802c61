package org.nnd.opencl.lower;

import java.util.ArrayList;
import java.util.List;
import org.nnd.ir.BinaryOp;
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
 * The template of the gradient of a depthwise convolution's kernel, CPU schedule. In the graph it
 * is a convolution in as many batch groups as there are features, of the input (its features as
 * batch, its examples as features) with the result's gradient as a kernel of the result's size.
 *
 * <pre>
 * work-item = feature
 * for each example:
 *   plane = the input, zero-padded; dy = the gradient, in private memory
 *   wide kernels (lanes = kernel columns), for each tile of R kernel rows by V vectors:
 *     for each input row i, each gradient column ow:
 *       x[V] = plane[i][ow + lanes]                       // loaded once for all R rows
 *       for r: acc[r][V] += dy[i - r][ow] * x[V]
 *   narrow kernels (lanes = gradient columns), for each tile of R kernel rows:
 *     for each gradient row, each vector of columns:
 *       for r, kw: acc[r][kw] += dy[oh][ow] * plane[oh + r][ow + kw]   // lanes summed at the end
 * </pre>
 */
final class DepthwiseKernelGradient {
  private static final int MOST_PLANE = 40960;

  /** Kernels of fewer columns would leave most lanes idle. */
  private static final int NARROW = 6;

  private final Task task;
  private final Node anchor;
  private final Node input;
  private final Node gradient;
  private final Window window;
  private final DType dtype;
  private final Body top = Body.top();
  private final Task.Arguments arguments;
  private final Emitter emitter;
  private final int width;
  private final int multiplier;
  private final boolean flat;
  private final int inRows;
  private final int inColumns;
  private final int dyRows;
  private final int dyColumns;
  private final int kernelRows;
  private final int kernelColumns;
  private final boolean narrow;
  private final int lanes;
  private final int vectors;
  private final int tileRows;

  private DepthwiseKernelGradient(Task task, Target target) {
    this.task = task;
    this.anchor = task.group().anchor();
    this.input = anchor.operand(0);
    this.gradient = anchor.operand(1);
    this.window = ((Op.Convolution) anchor.op()).window();
    this.dtype = Emitter.computed(anchor.dtype());
    this.arguments = task.arguments(top);
    this.emitter = new Emitter(arguments.loads);
    this.width = target.width();
    this.multiplier = anchor.shape().dim(1).dividedBy(input.shape().dim(0)).fixed();
    this.flat = window.rank() == 1;
    this.inRows = flat ? 1 : input.shape().size(2);
    this.inColumns = input.shape().size(input.rank() - 1);
    this.dyRows = flat ? 1 : gradient.shape().size(2);
    this.dyColumns = gradient.shape().size(gradient.rank() - 1);
    this.kernelRows = flat ? 1 : anchor.shape().size(2);
    this.kernelColumns = anchor.shape().size(anchor.rank() - 1);
    this.narrow = kernelColumns < NARROW || outStride(1) > 1;
    int fitting = width;
    while (!narrow && fitting > 4 && fitting / 2 >= kernelColumns) {
      fitting /= 2;
    }
    this.lanes = fitting;
    this.vectors = narrow ? 1 : Math.min(2, Math.ceilDiv(kernelColumns, lanes));
    int most = narrow ? Math.max(1, 24 / kernelColumns) : vectors == 1 ? 13 : 8;
    int tiles = Math.ceilDiv(kernelRows, most);
    this.tileRows = Math.ceilDiv(kernelRows, tiles);
  }

  static boolean fits(Node node, Target target) {
    if (!(node.op() instanceof Op.Convolution op)
        || op.window().rank() < 1
        || op.window().rank() > 2
        || !target.cpu()) {
      return false;
    }
    Dim groups = op.batchGroups();
    boolean depthwise =
        op.featureGroups().is(1)
            && groups.isFixed()
            && !groups.is(1)
            && node.operand(0).shape().dim(0).equals(groups)
            && node.shape().dim(1).isDivisibleBy(groups)
            && !node.shape().count().is(0)
            && op.window().inputDilation().stream().allMatch(d -> d == 1)
            && op.window().size().stream().allMatch(k -> k > 0);
    return depthwise && planeElements(node, target.width()) <= MOST_PLANE;
  }

  private static long planeElements(Node node, int width) {
    Window window = ((Op.Convolution) node.op()).window();
    int last = node.rank() - 1;
    int rows = window.rank() == 1 ? 1 : windowRows(node, window);
    int columns =
        (node.shape().size(last) + 2 * width) * Math.max(1, window.stride().get(window.rank() - 1))
            + window.reach(window.rank() - 1)
            + width;
    return (long) rows * Math.ceilDiv(columns, width) * width
        + (long) node.operand(1).shape().size(last) * rows;
  }

  private static int windowRows(Node node, Window window) {
    return (node.shape().size(2) - 1) * window.stride().get(0) + window.reach(0);
  }

  static KernelCall lower(Task task, Target target) {
    return new DepthwiseKernelGradient(task, target).write();
  }

  /** The step of the window from one kernel tap to the next: the forward dilation. */
  private int outStride(int axis) {
    return flat && axis == 0 ? 1 : window.stride().get(flat ? 0 : axis);
  }

  /** The step from one gradient element to the next: the forward stride. */
  private int dyStep(int axis) {
    return flat && axis == 0 ? 1 : window.dilation().get(flat ? 0 : axis);
  }

  private int low(int axis) {
    return flat && axis == 0 ? 0 : window.low().get(flat ? 0 : axis);
  }

  private KernelCall write() {
    Kernel.GroupCount features = new Kernel.GroupCount(anchor.shape().dim(1), 1);
    Index feature = Kernel.group(0, features);
    Index channel = feature.dividedBy(Dim.of(multiplier));
    int reachRows = (kernelRows - 1) * outStride(0) + (dyRows - 1) * dyStep(0) + 1;
    // Phases of the forward stride along the columns; lanes may run past the last tap or element.
    int columns =
        narrow
            ? Math.ceilDiv(dyColumns, width) * width
                + Math.ceilDiv((kernelColumns - 1) * outStride(1), dyStep(1))
                + 1
            : (dyColumns - 1) * dyStep(1)
                + Math.ceilDiv(kernelColumns, lanes * vectors) * lanes * vectors;
    int phases = narrow ? dyStep(1) : 1;
    Plane plane = Plane.declare(top, "plane", dtype, reachRows, columns, phases, width);
    Plane dy = Plane.declare(top, "dy", dtype, dyRows, dyColumns, 1, width);
    int tiles = Math.ceilDiv(kernelRows, tileRows);
    int columnTiles = narrow ? 1 : Math.ceilDiv(kernelColumns, lanes * vectors);
    int perTile = tileRows * (narrow ? kernelColumns : vectors) * lanes;
    Array sums = aligned(top.declare(Array.scratch("sums", dtype, tiles * columnTiles * perTile)));
    top.loop(
        "z",
        Index.ZERO,
        Index.of(sums.size()),
        lanes,
        1,
        Dim.of(sums.size()),
        (body, z) -> body.store(sums, z, Plane.zero(dtype, lanes)));
    plane.clear(top);
    dy.clear(top);
    top.loop(
        "example",
        input.shape().dim(1),
        (body, example) -> {
          fill(body, plane, dy, channel, feature, example);
          for (int t = 0; t < tiles; t++) {
            for (int ct = 0; ct < columnTiles; ct++) {
              int base = (t * columnTiles + ct) * perTile;
              int firstRow = t * tileRows;
              int rows = Math.min(tileRows, kernelRows - firstRow);
              if (narrow) {
                narrowTile(body, plane, dy, sums, base, firstRow, rows);
              } else {
                wideTile(body, plane, dy, sums, base, firstRow, rows, ct * lanes * vectors);
              }
            }
          }
        });
    writeResult(sums, feature, columnTiles, perTile);
    return task.call(
        "depthwise_kernel_gradient",
        List.of(
            "schedule cpu, %s, tile %d kernel rows x %d x %d lanes"
                .formatted(
                    narrow ? "lanes along gradient columns" : "lanes along kernel columns",
                    tileRows,
                    narrow ? kernelColumns : vectors,
                    lanes)),
        arguments,
        List.of(features),
        List.of(1),
        top.statements(),
        Dim.BATCH);
  }

  private static Array aligned(Array array) {
    return array.aligned(16);
  }

  private void fill(Body body, Plane plane, Plane dy, Index channel, Index feature, Index example) {
    Plane.Source source = (row, column) -> at(channel, example, row, column);
    int reachable = (kernelColumns - 1) * outStride(1) + (dyColumns - 1) * dyStep(1) + 1 - low(1);
    int visible = Math.max(0, Math.min(inColumns, reachable));
    Plane.Spread spread = new Plane.Spread(low(1), 1);
    int first = Math.max(0, -low(0));
    int end = Math.max(first, Math.min(inRows, plane.rows() - low(0)));
    plane.fill(
        body,
        emitter,
        input,
        source,
        Index.of(first),
        Index.of(end),
        inRows,
        visible,
        Index.of(low(0)),
        1,
        spread);
    dy.fill(
        body,
        emitter,
        gradient,
        (row, column) -> at(feature, example, row, column),
        Index.ZERO,
        Index.of(dyRows),
        dyRows,
        dyColumns,
        Index.ZERO,
        1,
        new Plane.Spread(0, 1));
  }

  private List<Index> at(Index first, Index second, Index row, Index column) {
    List<Index> at = new ArrayList<>(List.of(first, second));
    if (!flat) {
      at.add(row);
    }
    at.add(column);
    return at;
  }

  private Expr.Variable[][] load(Body body, Array sums, int base, int rows, int count) {
    Expr.Variable[][] acc = new Expr.Variable[rows][count];
    for (int r = 0; r < rows; r++) {
      for (int i = 0; i < count; i++) {
        Index index = Index.of((long) base + (r * count + i) * lanes);
        acc[r][i] = body.mutable("acc_%d_%d".formatted(r, i), new Expr.Load(sums, index, lanes));
      }
    }
    return acc;
  }

  private void keep(Body body, Array sums, int base, Expr.Variable[][] acc) {
    for (int r = 0; r < acc.length; r++) {
      for (int i = 0; i < acc[r].length; i++) {
        body.store(sums, Index.of((long) base + (r * acc[r].length + i) * lanes), acc[r][i]);
      }
    }
  }

  private void wideTile(
      Body body,
      Plane plane,
      Plane dy,
      Array sums,
      int base,
      int firstRow,
      int rows,
      int firstColumn) {
    Expr.Variable[][] acc = load(body, sums, base, rows, vectors);
    if (outStride(0) == 1 && dyStep(0) == 1) {
      // Input row i of the tile meets gradient row i - r for kernel row r.
      int edge = rows - 1;
      boolean loop = dyRows - edge > 2;
      for (int i = 0; i <= dyRows + rows - 2; i++) {
        if (loop && i == edge) {
          body.loop(
              "i",
              Index.of(edge),
              Index.of(dyRows),
              1,
              1,
              Dim.of(dyRows),
              (block, row) -> wideRow(block, plane, dy, firstRow, firstColumn, row, 0, edge, acc));
          i = dyRows - 1;
        } else {
          wideRow(
              body,
              plane,
              dy,
              firstRow,
              firstColumn,
              Index.of(i),
              Math.max(0, i - dyRows + 1),
              Math.min(edge, i),
              acc);
        }
      }
    } else {
      body.loop(
          "oh",
          Dim.of(dyRows),
          (block, oh) -> {
            for (int r = 0; r < rows; r++) {
              int kernelRow = r;
              Index planeRow =
                  oh.times(dyStep(0)).plus((long) (firstRow + kernelRow) * outStride(0));
              wideColumns(
                  block, plane, dy, planeRow, firstColumn, oh, kernelRow, kernelRow, acc, false);
            }
          });
    }
    keep(body, sums, base, acc);
  }

  private void wideRow(
      Body body,
      Plane plane,
      Plane dy,
      int firstRow,
      int firstColumn,
      Index i,
      int firstR,
      int lastR,
      Expr.Variable[][] acc) {
    wideColumns(body, plane, dy, i.plus(firstRow), firstColumn, i, firstR, lastR, acc, true);
  }

  /** One input row against the gradient rows {@code i - r}, or against row {@code i} alone. */
  private void wideColumns(
      Body body,
      Plane plane,
      Plane dy,
      Index planeRow,
      int firstColumn,
      Index i,
      int firstR,
      int lastR,
      Expr.Variable[][] acc,
      boolean shifted) {
    body.loop(
        "ow",
        Dim.of(dyColumns),
        (block, ow) -> {
          Expr[] x = new Expr[vectors];
          for (int v = 0; v < vectors; v++) {
            Index column = ow.times(dyStep(1)).plus((long) firstColumn + v * lanes);
            x[v] = block.let("x_" + v, plane.load(planeRow, column, Index.ZERO, lanes));
          }
          for (int r = firstR; r <= lastR; r++) {
            Index dyRow = shifted ? i.plus(-r) : i;
            Expr g = block.let("g", dy.load(dyRow, ow, Index.ZERO, 1));
            for (int v = 0; v < vectors; v++) {
              block.assign(
                  acc[r][v], MatMul.multiplyAdd(new Expr.Splat(g, lanes), x[v], acc[r][v]));
            }
          }
        });
  }

  private void narrowTile(
      Body body, Plane plane, Plane dy, Array sums, int base, int firstRow, int rows) {
    Expr.Variable[][] acc = load(body, sums, base, rows, kernelColumns);
    body.loop(
        "oh",
        Dim.of(dyRows),
        (rowBody, oh) ->
            rowBody.loop(
                "ow",
                Index.ZERO,
                Index.of(dyColumns),
                lanes,
                1,
                Dim.of(dyColumns),
                (block, ow) -> {
                  Expr g = block.let("g", dy.load(oh, ow, Index.ZERO, lanes));
                  for (int r = 0; r < rows; r++) {
                    Index planeRow = oh.times(dyStep(0)).plus((long) (firstRow + r) * outStride(0));
                    for (int kw = 0; kw < kernelColumns; kw++) {
                      Index offset = Index.of((long) kw * outStride(1));
                      Expr x = block.let("x", plane.load(planeRow, ow, offset, lanes));
                      block.assign(acc[r][kw], MatMul.multiplyAdd(g, x, acc[r][kw]));
                    }
                  }
                }));
    keep(body, sums, base, acc);
  }

  private void writeResult(Array sums, Index feature, int columnTiles, int perTile) {
    for (int kh = 0; kh < kernelRows; kh++) {
      int row = kh;
      int t = kh / tileRows;
      int r = kh % tileRows;
      if (narrow) {
        for (int kw = 0; kw < kernelColumns; kw++) {
          Index index = Index.of((long) t * perTile + (r * kernelColumns + kw) * lanes);
          Expr sum = AcrossLanes.combine(top, BinaryOp.ADD, new Expr.Load(sums, index, lanes));
          Epilogue.write(
              task,
              arguments,
              emitter,
              top,
              at(Index.ZERO, feature, Index.of(row), Index.of(kw)),
              Lanes.NONE,
              sum);
        }
        continue;
      }
      for (int ct = 0; ct < columnTiles; ct++) {
        int first = ct * lanes * vectors;
        int base = (t * columnTiles + ct) * perTile + r * vectors * lanes;
        Pieces.cover(
            top,
            "kw",
            Math.min(lanes * vectors, kernelColumns - first),
            width,
            (body, kw, pieceLanes) -> {
              Array unaligned = sums.aligned(1);
              Expr value =
                  body.let("result", new Expr.Load(unaligned, kw.plus(base), pieceLanes.count()));
              Epilogue.write(
                  task,
                  arguments,
                  emitter,
                  body,
                  at(Index.ZERO, feature, Index.of(row), kw.plus(first)),
                  pieceLanes,
                  value);
            });
      }
    }
  }
}
