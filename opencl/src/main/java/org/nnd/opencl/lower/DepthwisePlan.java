package org.nnd.opencl.lower;

import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Window;

/**
 * How the work of a depthwise convolution is cut.
 *
 * @param filter what is saved along the rows
 * @param tile results per register tile
 * @param rowBlock output rows per work-item
 */
record DepthwisePlan(DepthwiseShape shape, RowFilter filter, Tile tile, int rowBlock, int width) {
  /** Elements of private memory for planes: 160 KiB, within the second cache. */
  private static final int MOST_PLANE = 40960;

  /**
   * The same of folded signals, which are long beside what is computed from an element: 640 KiB.
   */
  private static final int MOST_FOLDED = 4 * MOST_PLANE;

  /** A vector load, next to a vector multiply-add. */
  private static final double LOAD = 0.6;

  /** Adding up products and writing them, per vector. */
  private static final double COMBINE = 1;

  /** Taking what the products need from an element of the input, for each product. */
  private static final double TRANSFORM = 2;

  /** Beginning the loop over an input row's columns, and asking whether the row is padding. */
  private static final double ROW = 3;

  private static final double ASKING = 4;

  /** Taps from which on a one-dimensional window is folded. */
  private static final int LONG = 64;

  /** What a filter must save to be worth its rounding. */
  private static final double SAVING = 0.95;

  /** Positions {@code from} to below {@code to}. */
  record Range(int from, int to) {
    int count() {
      return Math.max(0, to - from);
    }

    boolean contains(int position) {
      return position >= from && position < to;
    }
  }

  /** R rows by V vectors of {@code lanes}; of a filter's products, if it has several. */
  record Tile(int rows, int vectors, int lanes) {
    int columns() {
      return vectors * lanes;
    }
  }

  /** {@return whether the template computes the convolution: even one tile's rows fit the plane} */
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
    if (!depthwise) {
      return false;
    }
    Window window = op.window();
    if (fold(node, target) > 0) {
      return true;
    }
    int last = window.rank() - 1;
    int reach = window.rank() == 1 ? 1 : window.reach(0);
    int columns = node.shape().size(node.rank() - 1) + 32 + window.reach(last);
    long rows = 8L * (window.rank() == 1 ? 1 : window.stride().get(0)) + reach;
    return rows * columns * window.stride().get(last) <= MOST_PLANE;
  }

  /** Elements of a row of a folded signal, where all of it fits and keeps all cores busy. */
  private static int fold(Node anchor, Target target) {
    Window window = ((Op.Convolution) anchor.op()).window();
    boolean dense = window.equals(Window.of(window.size()).padding(window.low(), window.high()));
    Dim planes = anchor.shape().dim(0).times(anchor.shape().dim(1));
    boolean many = !planes.isFixed() || planes.fixed() >= 4 * target.computeUnits();
    if (window.rank() > 1
        || !dense
        || !many
        || window.low().get(0) < 0
        || window.size().get(0) < LONG
        || anchor.shape().size(2) < LONG) {
      return 0;
    }
    int width = target.width();
    DepthwiseShape folded = new DepthwiseShape(anchor, 2 * width);
    DepthwisePlan plan = new DepthwisePlan(folded, RowFilter.DIRECT, null, 0, width);
    return plan.tiled().fitsWhole() ? folded.fold() : 0;
  }

  /** Whether only the first extent depends on the batch size: gradients may exchange the two. */
  private static boolean fixedPerEntry(Node node) {
    return node.shape().slice(1, node.rank()).isFixed();
  }

  static DepthwisePlan of(Node anchor, Target target) {
    DepthwiseShape shape = new DepthwiseShape(anchor, fold(anchor, target));
    DepthwisePlan least = new DepthwisePlan(shape, RowFilter.DIRECT, null, 0, target.width());
    least = least.tiled();
    double direct = least.cost();
    double best = direct;
    for (RowFilter filter : RowFilter.FAST) {
      DepthwisePlan plan = new DepthwisePlan(shape, filter, null, 0, target.width()).tiled();
      boolean possible =
          shape.sharesRows()
              && shape.stride(0) == 1
              && Emitter.computed(anchor.dtype()).isFloat()
              && (shape.folded() ? plan.fitsWhole() : plan.elements(plan.span()) <= MOST_PLANE);
      double cost = plan.cost();
      if (possible && cost < best && cost < SAVING * direct) {
        best = cost;
        least = plan;
      }
    }
    return least.blocked(target);
  }

  private boolean fitsWhole() {
    return elements(shape.outRows()) <= MOST_FOLDED;
  }

  /** {@return kernel rows of each of the filter's products} */
  int productRows() {
    return Math.ceilDiv(shape.kernelRows(), filter.phases());
  }

  /**
   * {@return the output rows of a tile that see its input row {@code i}, each a stride behind the
   * one before}
   */
  Range seeing(int i) {
    int from = Math.ceilDiv(i - productRows() + 1, shape.stride(0));
    return new Range(Math.max(0, from), Math.min(tile.rows, i / shape.stride(0) + 1));
  }

  /** {@return input rows of a tile that only some of its output rows see, at either end} */
  int edge() {
    return (tile.rows - 1) * shape.stride(0);
  }

  /** {@return output rows of a tile} */
  int span() {
    return tile.rows * filter.phases();
  }

  private int lanes() {
    int lanes = width;
    while (lanes > 4 && lanes / 2 >= shape.outColumns()) {
      lanes /= 2;
    }
    return lanes;
  }

  /** With the tile that takes least. */
  private DepthwisePlan tiled() {
    int lanes = lanes();
    int vectorsNeeded = Math.ceilDiv(shape.outColumns(), lanes);
    int vectors = 1;
    // The widest tile that does not compute more vectors than are needed.
    for (int v = 2; v <= 4; v++) {
      if (Math.ceilDiv(vectorsNeeded, v) * v <= vectorsNeeded) {
        vectors = v;
      }
    }
    int most = Math.max(1, (vectors == 1 ? 14 : vectors == 2 ? 16 : 20) / vectors);
    DepthwisePlan best = null;
    for (int r = 1; r <= Math.min(most, Math.ceilDiv(shape.outRows(), filter.phases())); r++) {
      Tile candidate = new Tile(r, vectors, lanes);
      DepthwisePlan plan = new DepthwisePlan(shape, filter, candidate, shape.outRows(), width);
      best = best == null || plan.cost() <= best.cost() ? plan : best;
    }
    return best;
  }

  /** Vector operations for one plane, about. */
  private double cost() {
    return cost(clipsRows());
  }

  private double cost(boolean clipped) {
    int tiles = Math.ceilDiv(shape.outRows(), span());
    int columnTiles = Math.ceilDiv(shape.outColumns(), tile.columns());
    int taps = columnTiles == 1 ? kernelColumns(0).count() : shape.kernelColumns();
    double products = 0;
    for (int t = 0; t < tiles; t++) {
      products += tile(t * tile.rows * shape.stride(0), taps, clipped);
    }
    products *= filter.products() * columnTiles;
    if (filter.products() == 1) {
      return products;
    }
    double combine = COMBINE * tiles * columnTiles * span() * tile.vectors * filter.phases();
    double transform = TRANSFORM * elements(shape.outRows()) / width;
    return products + combine + transform;
  }

  /** Multiplications of a tile, and loads that are shared by its rows. */
  private double tile(int first, int columns, boolean clipped) {
    int rows = tile.rows;
    int taps = productRows();
    if (!shape.sharesRows()) {
      return columns * tile.vectors * rows * taps * (1 + LOAD);
    }
    Range data = dataRows();
    double sum = 0;
    for (int i = 0; i < taps + edge(); i++) {
      int results = seeing(i).count();
      double row = columns * tile.vectors * (results + LOAD) + ROW;
      sum += clipped ? ASKING : 0;
      sum += clipped && !data.contains(first + i) ? 0 : row;
    }
    return sum;
  }

  /** {@return whether rows of padding are left out} */
  boolean clipsRows() {
    return shape.sharesRows() && rowBlock >= shape.outRows() && cost(true) < cost(false);
  }

  /** {@return the rows of the plane, or of each product's, that are not all padding} */
  Range dataRows() {
    int from = shape.low(0);
    int to = shape.low(0) + (shape.height() - 1) * shape.inputDilation(0) + 1;
    if (shape.folded()) {
      // A window sees the row that it begins in and the next.
      from = Math.floorDiv(shape.low(1), shape.fold()) - 1;
      to = Math.ceilDiv(shape.low(1) + shape.columns(), shape.fold());
    }
    if (filter.products() > 1) {
      from = Math.ceilDiv(from - filter.inputs(1) + 1, filter.phases());
      to = Math.ceilDiv(to, filter.phases());
    }
    return new Range(Math.max(0, from), to);
  }

  /** {@return the kernel's columns that meet data for a tile that begins at a column} */
  Range kernelColumns(int first) {
    if (shape.folded()) {
      return new Range(0, shape.fold());
    }
    int last = Math.min(first + tile.columns(), shape.outColumns()) - 1;
    int end = shape.low(1) + (shape.columns() - 1) * shape.inputDilation(1);
    int from = Math.ceilDiv(shape.low(1) - last * shape.stride(1), shape.dilation(1));
    int to = Math.floorDiv(end - first * shape.stride(1), shape.dilation(1)) + 1;
    return new Range(Math.max(0, from), Math.min(shape.kernelColumns(), to));
  }

  /** With as many rows per work-item as fit private memory and leave work for all cores. */
  private DepthwisePlan blocked(Target target) {
    int span = span();
    int block = shape.outRows();
    if (shape.folded()) {
      return new DepthwisePlan(shape, filter, tile, block, width);
    }
    Dim planes = shape.anchor().shape().dim(0).times(shape.anchor().shape().dim(1));
    while (block > span
        && (elements(block) > MOST_PLANE
            || (planes.isFixed()
                && (long) planes.fixed() * Math.ceilDiv(shape.outRows(), block)
                    < 8L * target.computeUnits()))) {
      block = Math.ceilDiv(Math.max(1, block / 2), span) * span;
    }
    return new DepthwisePlan(shape, filter, tile, block, width);
  }

  /** {@return columns of a plane, as far as whole vectors of windows reach} */
  int planeColumns() {
    if (shape.folded()) {
      return shape.fold();
    }
    int windows = Math.ceilDiv(shape.outColumns(), tile.columns()) * tile.columns();
    return windows + Math.ceilDiv(shape.reach(1) - 1, shape.stride(1)) + 1;
  }

  /** {@return columns of each product's plane: of a folded signal with the next row's beside} */
  int productPlaneColumns() {
    return shape.folded() ? 2 * shape.fold() : planeColumns();
  }

  /** {@return rows of the input's plane that some output rows need} */
  int planeRows(int rows) {
    int tiles = Math.ceilDiv(rows, span());
    int seen =
        filter.products() == 1
            ? (tiles * tile.rows - 1) * shape.stride(0) + shape.reach(0)
            : filter.inputs(productPlaneRows(rows));
    return shape.folded() ? seen + 1 : seen;
  }

  /** {@return rows of each product's plane} */
  int productPlaneRows(int rows) {
    return Math.ceilDiv(rows, span()) * tile.rows + productRows() - 1;
  }

  /** Elements of private memory for planes. */
  private long elements(int rows) {
    long input = Plane.elements(planeRows(rows), planeColumns(), shape.stride(1), width);
    return filter.products() == 1
        ? input
        : input
            + filter.products()
                * Plane.elements(
                    productPlaneRows(rows), productPlaneColumns(), shape.stride(1), width);
  }
}
