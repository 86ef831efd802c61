package org.nnd.opencl.lower;

import java.util.ArrayList;
import java.util.List;
import org.nnd.ir.DType;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Reduction;
import org.nnd.opencl.kernel.Body;
import org.nnd.opencl.kernel.Expr;

/** A reduction's running values: vectors side by side, and a scalar for the tail. */
final class RowAccumulator {
  private final Node node;
  private final Reduction reduction;
  private final boolean rowsInLanes;
  private final List<Expr.Variable> vectors = new ArrayList<>();
  private final Expr.Variable scalar;

  RowAccumulator(Body body, Node node, boolean rowsInLanes, int lanes, int count) {
    this.node = node;
    this.reduction = ((Op.Reduce) node.op()).reduction();
    this.rowsInLanes = rowsInLanes;
    DType dtype = Emitter.computed(node.dtype());
    Expr identity = new Expr.Real(Loops.identity(reduction, dtype), dtype);
    int needed = lanes == 1 && !rowsInLanes ? 1 : count;
    for (int i = 0; i < needed; i++) {
      Expr initial = lanes == 1 ? identity : new Expr.Splat(identity, lanes);
      vectors.add(body.mutable("acc", initial));
    }
    this.scalar = lanes == 1 || rowsInLanes ? vectors.get(0) : body.mutable("tail", identity);
  }

  Node node() {
    return node;
  }

  void add(Body body, Expr value, Lanes lanes, int which) {
    boolean tail = lanes.isScalar() && !rowsInLanes;
    Expr.Variable into = tail ? scalar : vectors.get(which);
    body.assign(into, new Expr.Binary(reduction.combiner(), into, value));
  }

  /** {@return the result; of the rows in the lanes, that of one vector} */
  Emitter.Bound finish(Body body, int which) {
    Expr result = vectors.get(rowsInLanes ? which : 0);
    if (!rowsInLanes && vectors.get(0) != scalar) {
      for (int i = 1; i < vectors.size(); i++) {
        result = body.let("sum", new Expr.Binary(reduction.combiner(), result, vectors.get(i)));
      }
      Expr across = AcrossLanes.combine(body, reduction.combiner(), result);
      result = body.let("sum", new Expr.Binary(reduction.combiner(), across, scalar));
    }
    Expr done = result;
    return (b, at, lanes) -> Loops.widen(done, lanes);
  }
}
