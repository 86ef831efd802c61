package org.nnd.opencl.lower;

import java.util.ArrayList;
import java.util.List;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.opencl.kernel.Array;
import org.nnd.opencl.kernel.Body;
import org.nnd.opencl.kernel.Expr;
import org.nnd.opencl.kernel.Index;

/**
 * What the tiles of a depthwise convolution read, in private memory.
 *
 * @param plane rows of the input, zero-padded; of a filter what its products take, one product's
 *     rows after the other's
 * @param weights the kernel of one feature; of a filter the products' kernels
 */
record DepthwiseSource(Plane plane, Array weights) {

  /** Writes how an item fills its planes, from an output row on. */
  static DepthwiseSource write(
      Body top, DepthwisePlan plan, Emitter emitter, Index example, Index feature, Index row) {
    return new Writer(top, plan, emitter).write(example, feature, row);
  }

  private record Writer(Body top, DepthwisePlan plan, Emitter emitter) {

    DepthwiseSource write(Index example, Index feature, Index row) {
      Array weights = copyKernel(feature);
      Plane plane = plane("plane", plan.planeRows(plan.rowBlock()), plan.planeColumns());
      plane.clear(top);
      fillPlane(plane, example, feature.dividedBy(Dim.of(plan.shape().multiplier())), row);
      return plan.filter().products() == 1
          ? new DepthwiseSource(plane, weights)
          : products(plane, weights);
    }

    private DType dtype() {
      return Emitter.computed(plan.shape().anchor().dtype());
    }

    private Plane plane(String name, int rows, int columns) {
      return Plane.declare(top, name, dtype(), rows, columns, plan.shape().stride(1), plan.width());
    }

    /** Planes and taps of the filter's products, one product's after the other's. */
    private DepthwiseSource products(Plane plane, Array weights) {
      int rows = plan.productPlaneRows(plan.rowBlock());
      int width = plan.width();
      int kernelColumns = plan.shape().kernelColumns();
      RowFilter filter = plan.filter();
      Plane parts = plane("parts", filter.products() * rows, plan.productPlaneColumns());
      top.loop(
          "q",
          Dim.of(rows),
          (body, q) ->
              body.loop(
                  "z",
                  Index.ZERO,
                  Index.of(parts.pitch()),
                  width,
                  1,
                  Dim.of(parts.pitch()),
                  (block, z) -> {
                    List<Expr> x = new ArrayList<>();
                    for (int i = 0; i < filter.inputs(1); i++) {
                      Index there = q.times(filter.phases()).plus(i).times(plane.pitch()).plus(z);
                      x.add(block.let("x", new Expr.Load(plane.array(), there, width)));
                    }
                    List<Expr> data = filter.data(block, x);
                    for (int p = 0; p < data.size(); p++) {
                      Index there = q.plus((long) p * rows).times(parts.pitch()).plus(z);
                      block.store(parts.array(), there, data.get(p));
                    }
                  }));
      int taps = plan.productRows();
      Array sums =
          top.declare(Array.scratch("taps", dtype(), filter.products() * taps * kernelColumns));
      top.loop(
          "s",
          Dim.of(taps),
          (body, s) ->
              Pieces.cover(
                  body,
                  "kw",
                  kernelColumns,
                  width,
                  (block, kw, lanes) -> {
                    List<Expr> g = new ArrayList<>();
                    for (int i = 0; i < filter.phases(); i++) {
                      Index there = s.times(filter.phases()).plus(i).times(kernelColumns).plus(kw);
                      g.add(block.let("g", new Expr.Load(weights, there, lanes.count())));
                    }
                    List<Expr> each = filter.taps(block, g);
                    for (int p = 0; p < each.size(); p++) {
                      Index there = s.plus((long) p * taps).times(kernelColumns).plus(kw);
                      block.store(sums, there, each.get(p));
                    }
                  }));
      return new DepthwiseSource(parts, sums);
    }

    /** The kernel of one feature, in private memory, with zeros up to whole phases. */
    private Array copyKernel(Index feature) {
      int size = plan.shape().window().size().stream().reduce(1, (x, y) -> x * y);
      int padded = plan.productRows() * plan.filter().phases() * plan.shape().kernelColumns();
      Array weights = top.declare(Array.scratch("weights", dtype(), padded));
      Node kernel = plan.shape().kernel();
      List<Dim> dims = kernel.shape().dims().subList(2, kernel.rank());
      Pieces.cover(
          top,
          "tap",
          size,
          plan.width(),
          (body, tap, lanes) -> {
            List<Index> at = new ArrayList<>(List.of(feature, Index.ZERO));
            at.addAll(Index.unflatten(tap, dims));
            body.store(weights, tap, emitter.value(body, kernel, at, lanes));
          });
      if (size < padded) {
        Pieces.cover(
            top,
            "tap",
            padded - size,
            plan.width(),
            (body, tap, lanes) ->
                body.store(weights, tap.plus(size), Plane.zero(dtype(), lanes.count())));
      }
      return weights;
    }

    private void fillPlane(Plane plane, Index example, Index channel, Index firstRow) {
      int height = plan.shape().height();
      int step = plan.shape().inputDilation(0);
      // Row i of the input lies at i * step + low - firstRow * stride in the plane.
      Index origin = Index.of(plan.shape().low(0)).minus(firstRow.times(plan.shape().stride(0)));
      Index from = Index.ZERO;
      Index to = Index.of(height);
      boolean whole =
          plan.rowBlock() >= plan.shape().outRows()
              && plan.shape().low(0) >= 0
              && (height - 1) * step + plan.shape().low(0) < plane.rows();
      Plane.Source source =
          (row, column) -> {
            List<Index> at = new ArrayList<>(List.of(example, channel));
            if (!plan.shape().flat()) {
              at.add(row);
            }
            at.add(column);
            return at;
          };
      Plane.Spread spread = new Plane.Spread(plan.shape().low(1), plan.shape().inputDilation(1));
      if (whole) {
        plane.fill(
            top,
            emitter,
            plan.shape().input(),
            source,
            from,
            to,
            height,
            visibleColumns(),
            origin,
            step,
            spread);
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
                        plan.shape().input(),
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
      int last = plan.shape().anchor().shape().size(plan.shape().anchor().rank() - 1) - 1;
      int reachable = last * plan.shape().stride(1) + plan.shape().reach(1) - plan.shape().low(1);
      return Math.max(
          0,
          Math.min(plan.shape().columns(), Math.ceilDiv(reachable, plan.shape().inputDilation(1))));
    }
  }
}
