package org.nnd.opencl.lower;

import java.util.ArrayList;
import java.util.List;
import org.nnd.ir.BinaryOp;
import org.nnd.ir.Comparison;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.opencl.kernel.Body;
import org.nnd.opencl.kernel.Expr;
import org.nnd.opencl.kernel.Index;

/**
 * The first few of a row in order, by one work-item in one pass: the best so far stay in registers,
 * in order, and what comes before the last of them is inserted by moving all behind it at once.
 *
 * <pre>
 * best[], where[] = nothing, -1
 * for each i: if value(i) comes before best[k - 1]:
 *   best[p], where[p] = those at p - 1, value(i) and i, or as they are     // lanes along p
 * </pre>
 */
final class BestSoFar {
  /** The value at a position of the row. */
  interface Value {
    Expr at(Body body, Index position);
  }

  /** Stores positions in the row, one or a vector of them, from place {@code p} on. */
  interface Places {
    void store(Body body, Index p, Expr positions);
  }

  private final SortOrder order;
  private final DType dtype;
  private final int kept;
  private final Dim length;
  private final int lanes;
  private final Value value;
  private final Places places;

  BestSoFar(
      SortOrder order, DType dtype, int kept, Dim length, int width, Value value, Places places) {
    this.order = order;
    this.dtype = dtype;
    this.kept = kept;
    this.length = length;
    this.lanes = Math.min(width, Math.max(2, Integer.highestOneBit(2 * kept - 1)));
    this.value = value;
    this.places = places;
  }

  /** {@return whether values of a type have a least and a greatest, and vectors} */
  static boolean orders(DType dtype) {
    return dtype == DType.F32 || dtype == DType.F64 || dtype == DType.I32;
  }

  void write(Body body) {
    List<Expr.Variable> best = new ArrayList<>();
    List<Expr.Variable> where = new ArrayList<>();
    for (int p = 0; p < kept; p += lanes) {
      best.add(body.mutable("best", splat(last())));
      where.add(body.mutable("where", splat(new Expr.Real(-1, DType.I32))));
    }
    body.loop(
        "i",
        length,
        (block, i) -> {
          Expr now = value.at(block, i);
          block.when(order.less(now, end(best)), found -> insert(found, now, i, best, where));
        });
    for (int v = 0; v < where.size(); v++) {
      int from = v * lanes;
      if (from + lanes <= kept) {
        places.store(body, Index.of(from), where.get(v));
      } else {
        for (int p = from; p < kept; p++) {
          places.store(body, Index.of(p), new Expr.Lane(where.get(v), p - from));
        }
      }
    }
    Expr some = new Expr.Compare(Comparison.LT, end(where), new Expr.Real(0, DType.I32));
    body.when(some, rest -> fill(rest, where));
  }

  private Expr end(List<Expr.Variable> vectors) {
    return new Expr.Lane(vectors.get(vectors.size() - 1), (kept - 1) % lanes);
  }

  private void insert(
      Body body, Expr now, Index i, List<Expr.Variable> best, List<Expr.Variable> where) {
    Expr mine = body.let("mine", splat(now));
    Expr here = splat(new Expr.Position(i, DType.I32));
    for (int v = best.size() - 1; v >= 0; v--) {
      Expr front = v == 0 ? first() : new Expr.Lane(best.get(v - 1), lanes - 1);
      Expr frontAt =
          v == 0 ? new Expr.Real(-1, DType.I32) : new Expr.Lane(where.get(v - 1), lanes - 1);
      Expr moved = body.let("moved", behind(front, best.get(v)));
      Expr movedAt = body.let("moved_at", behind(frontAt, where.get(v)));
      Expr moves = body.let("moves", order.less(mine, moved));
      Expr stands = body.let("stands", SortOrder.not(order.less(mine, best.get(v))));
      body.assign(
          where.get(v),
          new Expr.Choose(moves, movedAt, new Expr.Choose(stands, where.get(v), here)));
      body.assign(
          best.get(v), new Expr.Choose(moves, moved, new Expr.Choose(stands, best.get(v), mine)));
    }
  }

  /** {@return the vector moved one lane on, behind another value} */
  private Expr behind(Expr front, Expr vector) {
    List<Expr> parts = new ArrayList<>(List.of(front));
    for (int lane = 0; lane + 1 < lanes; lane++) {
      parts.add(new Expr.Lane(vector, lane));
    }
    return new Expr.Pack(parts);
  }

  /** What comes before nothing (NaN, the last value of a type), in its order: not found so far. */
  private void fill(Body body, List<Expr.Variable> where) {
    Expr found = new Expr.Real(0, DType.I32);
    for (Expr.Variable vector : where) {
      Expr there = new Expr.Compare(Comparison.GE, vector, splat(new Expr.Real(0, DType.I32)));
      Expr count =
          AcrossLanes.combine(
              body, BinaryOp.ADD, body.let("there", new Expr.Convert(DType.I32, there)));
      found = new Expr.Binary(BinaryOp.ADD, found, count);
    }
    Expr.Variable next = body.mutable("next", found);
    body.loop(
        "i",
        length,
        (block, i) -> {
          Expr room = new Expr.Compare(Comparison.LT, next, new Expr.Real(kept, DType.I32));
          Expr isLast = SortOrder.not(order.less(value.at(block, i), last()));
          block.when(
              Body.and(room, isLast),
              inner -> {
                places.store(inner, inner.position("p", next), new Expr.Position(i, DType.I32));
                inner.assign(
                    next, new Expr.Binary(BinaryOp.ADD, next, new Expr.Real(1, DType.I32)));
              });
        });
  }

  /** A value that none comes behind. */
  private Expr last() {
    return dtype.isFloat() ? new Expr.Real(Double.NaN, dtype) : extreme(!order.descending());
  }

  /** A value that none comes before. */
  private Expr first() {
    return extreme(order.descending());
  }

  private Expr extreme(boolean greatest) {
    double value = dtype.isFloat() ? Double.POSITIVE_INFINITY : Integer.MAX_VALUE;
    double least = dtype.isFloat() ? Double.NEGATIVE_INFINITY : Integer.MIN_VALUE;
    return new Expr.Real(greatest ? value : least, dtype);
  }

  private Expr splat(Expr scalar) {
    return new Expr.Splat(scalar, lanes);
  }
}
