package org.nnd.opencl.lower;

import java.util.ArrayList;
import java.util.List;
import org.nnd.ir.DType;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Reduction;
import org.nnd.opencl.kernel.Array;
import org.nnd.opencl.kernel.Body;
import org.nnd.opencl.kernel.Expr;
import org.nnd.opencl.kernel.Index;

/**
 * A reduction across memory whose running values, one per column, lie in private memory: some rows
 * of memory at a time are added to them, so that every row is read as one stretch.
 *
 * @param from the first column
 */
record RunningRow(Emitter emitter, Node node, Array values, Index from) {
  /** Rows added at once: as many as the prefetchers follow, and the fewer times values are met. */
  static final int ROWS = 8;

  /** Columns in all of a work-item's running rows: half of a first-level cache. */
  static final int WIDTH = 4096;

  static RunningRow declare(Body body, Emitter emitter, Node node, int columns, Index from) {
    DType dtype = Emitter.computed(node.dtype());
    return new RunningRow(
        emitter, node, body.declare(Array.scratch("running", dtype, columns)), from);
  }

  /**
   * Adds the values at some points, one of each row.
   *
   * @param start whether these are the first
   */
  void add(Body body, List<List<Index>> points, Index column, Lanes lanes, boolean start) {
    Reduction reduction = ((Op.Reduce) node.op()).reduction();
    List<Expr> values = new ArrayList<>();
    points.forEach(at -> values.add(emitter.value(body, node.operand(0), at, lanes)));
    if (!start) {
      values.add(read(body, column, lanes));
    }
    // In pairs: the additions do not wait for each other.
    while (values.size() > 1) {
      values.add(
          body.let(
              "sum", new Expr.Binary(reduction.combiner(), values.remove(0), values.remove(0))));
    }
    emitter.store(body, this.values, column.minus(from), values.get(0), lanes);
  }

  private Expr read(Body body, Index column, Lanes lanes) {
    return emitter.load(body, values, column.minus(from), lanes);
  }

  /** {@return the finished values of some columns} */
  Emitter.Bound result(Body body, Index column, Lanes lanes) {
    Expr done = body.let("done", read(body, column, lanes));
    return (b, at, wanted) -> Loops.widen(done, wanted);
  }
}
