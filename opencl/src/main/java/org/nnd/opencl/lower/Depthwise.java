package org.nnd.opencl.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.nnd.ir.BinaryOp;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
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
 *     for r with 0 <= i - r s < K: acc[r][V] += kernel[i - r s][kw] * x[V]   // s: the stride
 * </pre>
 *
 * <p>The first and last R - 1 input rows, which only some of the output rows see, are written out,
 * so no multiplication is wasted. With dilation along the rows every output row loads its own input
 * row. Of long kernels the rows are a {@link RowFilter}: its products are computed in turn as
 * above, each from a plane and a kernel of its own, and added up.
 */
final class Depthwise {
  private final Task task;
  private final DepthwisePlan plan;
  private final RowFilter filter;
  private final DepthwisePlan.Tile tile;
  private final DType dtype;
  private final Body top = Body.top();
  private final Task.Arguments arguments;
  private final Emitter emitter;
  private final int outRows;
  private final int outColumns;
  private final int kernelColumns;

  private Depthwise(Task task, Target target) {
    this.task = task;
    Node anchor = task.group().anchor();
    this.plan = DepthwisePlan.of(anchor, target);
    this.filter = plan.filter();
    this.tile = plan.tile();
    this.dtype = Emitter.computed(anchor.dtype());
    this.arguments = task.arguments(top);
    this.emitter = new Emitter(arguments.loads);
    this.outRows = plan.shape().outRows();
    this.outColumns = plan.shape().outColumns();
    this.kernelColumns = plan.shape().kernelColumns();
  }

  static KernelCall lower(Task task, Target target) {
    return new Depthwise(task, target).write();
  }

  private KernelCall write() {
    Kernel.GroupCount blocks = new Kernel.GroupCount(Dim.of(outRows), plan.rowBlock());
    Kernel.GroupCount features = new Kernel.GroupCount(plan.shape().anchor().shape().dim(1), 1);
    Kernel.GroupCount examples = new Kernel.GroupCount(plan.shape().anchor().shape().dim(0), 1);
    Index block = Kernel.group(0, blocks);
    Index feature = Kernel.group(1, features);
    Index example = Kernel.group(2, examples);
    Index firstRow = block.times(plan.rowBlock());
    DepthwiseSource source = DepthwiseSource.write(top, plan, emitter, example, feature, firstRow);
    Array products = products();
    Index end =
        top.letIndex(
            "row_end",
            Index.least(firstRow.plus(plan.rowBlock()), Index.of(outRows)),
            Dim.of(outRows + 1L));
    if (outRows <= plan.span()) {
      rowTile(top, source, products, example, feature, Index.ZERO, Index.ZERO, end);
    } else {
      top.loop(
          "row",
          firstRow,
          end,
          plan.span(),
          1,
          Dim.of(outRows),
          (body, row) -> rowTile(body, source, products, example, feature, firstRow, row, end));
    }
    return task.call(
        "depthwise",
        List.of(
            "schedule cpu, tile %d rows x %d vectors of %d, rows per item %d%s%s"
                .formatted(
                    tile.rows(),
                    tile.vectors(),
                    tile.lanes(),
                    plan.rowBlock(),
                    plan.shape().folded() ? ", folded into rows of " + plan.shape().fold() : "",
                    filter.products() == 1
                        ? ""
                        : ", rows by %d products of %d"
                            .formatted(filter.products(), plan.productRows()))),
        arguments,
        List.of(blocks, features, examples),
        List.of(1, 1, 1),
        top.statements(),
        Dim.BATCH);
  }

  /** A tile's results by product; nothing where there is one. */
  private Array products() {
    if (filter.products() == 1) {
      return null;
    }
    int results = filter.products() * tile.rows() * tile.columns();
    return top.declare(Array.scratch("products", dtype, results)).aligned(tile.lanes());
  }

  private void rowTile(
      Body body,
      DepthwiseSource source,
      Array products,
      Index example,
      Index feature,
      Index firstRow,
      Index row,
      Index end) {
    Index planeRow =
        filter.products() == 1
            ? row.minus(firstRow).times(plan.shape().stride(0))
            : row.minus(firstRow).dividedBy(Dim.of(filter.phases()));
    int whole = outColumns / tile.columns() * tile.columns();
    Tiles tiles = new Tiles(example, feature, row, planeRow, end, products);
    if (whole == tile.columns()) {
      columnTile(body, source, tiles, Index.ZERO, plan.kernelColumns(0), 0);
    } else if (whole > 0) {
      body.loop(
          "column",
          Index.ZERO,
          Index.of(whole),
          tile.columns(),
          1,
          Dim.of(outColumns),
          (block, column) ->
              columnTile(
                  block, source, tiles, column, new DepthwisePlan.Range(0, kernelColumns), 0));
    }
    if (whole < outColumns) {
      columnTile(
          body, source, tiles, Index.of(whole), plan.kernelColumns(whole), outColumns - whole);
    }
  }

  /**
   * A row of tiles.
   *
   * @param row the first output row
   * @param planeRow the first row of the plane, or of each product's
   * @param end the output row behind the last
   * @param products a tile's results by product, of a filter
   */
  private record Tiles(
      Index example, Index feature, Index row, Index planeRow, Index end, Array products) {}

  /**
   * @param taps columns of the kernel
   * @param valid columns to write, 0 for all
   */
  private void columnTile(
      Body body,
      DepthwiseSource source,
      Tiles tiles,
      Index column,
      DepthwisePlan.Range taps,
      int valid) {
    Array line =
        valid == 0 && plan.shape().lastColumns() == 0
            ? null
            : body.declare(Array.scratch("line", dtype, tile.columns()));
    if (filter.products() == 1) {
      Expr.Variable[][] acc = accumulated(body, source, tiles, Index.ZERO, column, taps);
      for (int r = 0; r < tile.rows(); r++) {
        int tileRow = r;
        finish(body, tiles, r, column, valid, line, (block, v) -> acc[tileRow][v]);
      }
      return;
    }
    body.loop(
        "product",
        Dim.of(filter.products()),
        (block, product) -> {
          Expr.Variable[][] acc = accumulated(block, source, tiles, product, column, taps);
          for (int r = 0; r < tile.rows(); r++) {
            for (int v = 0; v < tile.vectors(); v++) {
              block.store(tiles.products, at(product, r, v), acc[r][v]);
            }
          }
        });
    for (int r = 0; r < tile.rows(); r++) {
      for (int phase = 0; phase < filter.phases(); phase++) {
        int place = r;
        List<Integer> products = filter.sum(phase);
        finish(
            body,
            tiles,
            r * filter.phases() + phase,
            column,
            valid,
            line,
            (block, v) -> sum(block, tiles, products, place, v));
      }
    }
  }

  private Index at(Index product, int row, int v) {
    return product.times(tile.rows()).plus(row).times(tile.columns()).plus((long) v * tile.lanes());
  }

  private Expr sum(Body body, Tiles tiles, List<Integer> products, int row, int v) {
    Expr sum = null;
    for (int product : products) {
      Expr one = new Expr.Load(tiles.products, at(Index.of(product), row, v), tile.lanes());
      sum = sum == null ? one : new Expr.Binary(BinaryOp.ADD, sum, one);
    }
    return body.let("sum", sum);
  }

  /** The sums of a tile over a product's kernel. */
  private Expr.Variable[][] accumulated(
      Body body,
      DepthwiseSource source,
      Tiles tiles,
      Index product,
      Index column,
      DepthwisePlan.Range taps) {
    Expr.Variable[][] acc = new Expr.Variable[tile.rows()][tile.vectors()];
    for (int r = 0; r < tile.rows(); r++) {
      for (int v = 0; v < tile.vectors(); v++) {
        acc[r][v] = body.mutable("acc_%d_%d".formatted(r, v), Plane.zero(dtype, tile.lanes()));
      }
    }
    if (plan.shape().sharesRows()) {
      sharedRows(body, tiles.planeRow, new Shared(source, tiles, product, column, taps, acc));
    } else {
      ownRows(body, source, tiles.planeRow, column, acc);
    }
    return acc;
  }

  /** What the input rows of a tile are multiplied with and added to. */
  private record Shared(
      DepthwiseSource source,
      Tiles tiles,
      Index product,
      Index column,
      DepthwisePlan.Range taps,
      Expr.Variable[][] acc) {}

  /** Each input row serves every output row that sees it. */
  private void sharedRows(Body body, Index planeRow, Shared shared) {
    int kernelRows = plan.productRows();
    boolean loop = kernelRows - plan.edge() > 3;
    for (int i = 0; i < kernelRows + plan.edge(); i++) {
      if (loop && i == plan.edge()) {
        allRows(body, planeRow, kernelRows, shared);
        i = kernelRows - 1;
        continue;
      }
      Index here = Index.of(i);
      DepthwisePlan.Range results = plan.seeing(i);
      if (results.count() > 0) {
        visible(body, planeRow.plus(i), block -> inputRow(block, here, results, shared));
      }
    }
  }

  /** Writes what a row needs, unless it is padding. */
  private void visible(Body body, Index planeRow, Consumer<Body> write) {
    DepthwisePlan.Range data = plan.dataRows();
    Index at = planeRow.minus(Index.of(data.from()));
    if (!plan.clipsRows()) {
      write.accept(body);
    } else if (!at.isConstant()) {
      body.when(Emitter.inRange(at, Dim.of(data.count())), write);
    } else if (data.contains(planeRow.constant().fixed())) {
      write.accept(body);
    }
  }

  /** The input rows that all output rows of the tile see. */
  private void allRows(Body body, Index planeRow, int kernelRows, Shared shared) {
    Index from = Index.of(plan.edge());
    Index to = Index.of(kernelRows);
    if (plan.clipsRows()) {
      DepthwisePlan.Range data = plan.dataRows();
      Index hidden = planeRow.minus(Index.of(data.from()));
      from = Index.ZERO.minus(Index.least(Index.of(-plan.edge()), hidden));
      to = Index.least(to, Index.of(data.to()).minus(planeRow));
    }
    body.loop(
        "kh",
        from,
        to,
        1,
        1,
        Dim.of(kernelRows),
        (block, kh) -> inputRow(block, kh, new DepthwisePlan.Range(0, tile.rows()), shared));
  }

  private void inputRow(Body body, Index i, DepthwisePlan.Range results, Shared shared) {
    int planeRows = plan.productPlaneRows(plan.rowBlock());
    Index row = shared.tiles.planeRow.plus(shared.product.times(planeRows)).plus(i);
    Index taps = shared.product.times(plan.productRows()).plus(i);
    body.loop(
        "kw",
        Index.of(shared.taps.from()),
        Index.of(shared.taps.to()),
        1,
        1,
        Dim.of(kernelColumns),
        (block, kw) -> {
          Expr[] x = loads(block, shared.source.plane(), row, shared.column, kw);
          for (int r = results.from(); r < results.to(); r++) {
            Index tap = taps.plus(-(long) r * plan.shape().stride(0));
            multiply(block, shared.source.weights(), tap, kw, x, shared.acc[r]);
          }
        });
  }

  private void ownRows(
      Body body, DepthwiseSource source, Index planeRow, Index column, Expr.Variable[][] acc) {
    body.loop(
        "kh",
        Dim.of(plan.shape().kernelRows()),
        (rows, kh) ->
            rows.loop(
                "kw",
                Dim.of(kernelColumns),
                (block, kw) -> {
                  for (int r = 0; r < tile.rows(); r++) {
                    Index there =
                        planeRow
                            .plus((long) r * plan.shape().stride(0))
                            .plus(kh.times(plan.shape().dilation(0)));
                    Expr[] x = loads(block, source.plane(), there, column, kw);
                    multiply(block, source.weights(), kh, kw, x, acc[r]);
                  }
                }));
  }

  private Expr[] loads(Body body, Plane plane, Index row, Index column, Index kw) {
    Expr[] x = new Expr[tile.vectors()];
    for (int v = 0; v < tile.vectors(); v++) {
      Index there = column.plus((long) v * tile.lanes());
      x[v] =
          body.let(
              "x_" + v, plane.load(row, there, kw.times(plan.shape().dilation(1)), tile.lanes()));
    }
    return x;
  }

  private void multiply(
      Body body, Array weights, Index kh, Index kw, Expr[] x, Expr.Variable[] acc) {
    Expr weight = body.let("w", new Expr.Load(weights, kh.times(kernelColumns).plus(kw), 1));
    for (int v = 0; v < acc.length; v++) {
      body.assign(acc[v], MatMul.multiplyAdd(new Expr.Splat(weight, tile.lanes()), x[v], acc[v]));
    }
  }

  /** A row's results, a vector at a time. */
  private interface Results {
    Expr vector(Body body, int v);
  }

  /** Writes one row of the tile, if there is such a row, with the epilogue. */
  private void finish(
      Body body, Tiles tiles, int ahead, Index column, int valid, Array line, Results results) {
    boolean always = ahead == 0 || outRows % plan.span() == 0 && plan.rowBlock() % plan.span() == 0;
    Index row = tiles.row.plus(ahead);
    if (always) {
      finishRow(body, tiles, row, column, valid, line, results);
    } else {
      body.when(
          Body.below(row, tiles.end),
          block -> finishRow(block, tiles, row, column, valid, line, results));
    }
  }

  private void finishRow(
      Body body, Tiles tiles, Index row, Index column, int valid, Array line, Results results) {
    if (valid == 0 && plan.shape().lastColumns() > 0) {
      body.when(
          Body.below(row, Index.of(outRows - 1L)),
          block -> writeRow(block, tiles, row, column, 0, line, results),
          last -> writeRow(last, tiles, row, column, plan.shape().lastColumns(), line, results));
    } else {
      writeRow(body, tiles, row, column, valid, line, results);
    }
  }

  private void writeRow(
      Body body, Tiles tiles, Index row, Index column, int valid, Array line, Results results) {
    if (valid == 0) {
      for (int v = 0; v < tile.vectors(); v++) {
        Index there = body.axis("out", column.plus((long) v * tile.lanes()), Dim.of(outColumns));
        Lanes lanes = Lanes.along(there, tile.lanes());
        epilogue(body, tiles, row, there, lanes, results.vector(body, v));
      }
      return;
    }
    for (int v = 0; v < tile.vectors(); v++) {
      body.store(line, Index.of((long) v * tile.lanes()), results.vector(body, v));
    }
    Pieces.cover(
        body,
        "out",
        valid,
        plan.width(),
        (block, at, lanes) -> {
          Expr value = block.let("result", new Expr.Load(line, at, lanes.count()));
          epilogue(block, tiles, row, at.plus(column), lanes, value);
        });
  }

  private void epilogue(Body body, Tiles tiles, Index row, Index column, Lanes lanes, Expr value) {
    List<Index> point = new ArrayList<>(List.of(tiles.example, tiles.feature));
    if (!plan.shape().flat()) {
      point.add(row);
    }
    point.add(plan.shape().folded() ? row.times(plan.shape().fold()).plus(column) : column);
    Epilogue.write(task, arguments, emitter, body, point, lanes, value);
  }
}
