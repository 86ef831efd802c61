package org.nnd.opencl.lower;

import java.util.HashMap;
import java.util.Map;
import org.nnd.ir.Comparison;
import org.nnd.ir.DType;
import org.nnd.opencl.kernel.Array;
import org.nnd.opencl.kernel.Body;
import org.nnd.opencl.kernel.Expr;
import org.nnd.opencl.kernel.Index;
import org.nnd.opencl.kernel.VType;

/**
 * Loads vectors whose lanes run along the positions of a picture that lies in memory with wider
 * rows: {@code x[(n / W) * pitch + n % W]}. Such a vector consists of a few stretches of memory,
 * one for each row that it touches. Each is loaded as a whole vector, placed so that its own lanes
 * are right; it lies between the first and the last element wanted.
 */
final class RowSegments implements Emitter.Apart {
  /** Rows that a vector may run on to: beyond that lane by lane is no worse. */
  private static final int MOST = 4;

  private final Body home;
  private final Map<Index, Index> jumps = new HashMap<>();

  /**
   * @param home outside the loops that load, with the position of the first lane known: what
   *     depends on that alone is computed there
   */
  RowSegments(Body home) {
    this.home = home;
  }

  @Override
  public Expr load(Body body, Array array, Index flat, Lanes lanes) {
    Index.Remainder column = column(flat, lanes);
    // Of 16 bits, vectors that run on to other rows crashed on PoCL.
    if (Emitter.isNarrow(array.dtype())
        || column == null
        || !risesFromRowToRow(flat, column, lanes)) {
      return null;
    }
    int width = column.divisor().fixed();
    int further = (lanes.count() + width - 2) / width;
    if (further > MOST) {
      return null;
    }
    Expr result = new Expr.Load(array, flat, lanes.count());
    for (int row = 1; row <= further; row++) {
      // The first lane in this row, or the last lane where the vector does not reach the row.
      Index rest = Index.of((long) row * width).minus(Index.of(column));
      Index first = named("lane", Index.least(Index.of(lanes.count() - 1L), rest));
      Index there = flat.substitute(lanes.axis(), Index.of(lanes.axis()).plus(first));
      Index jump = named("jump", there.minus(first).minus(flat));
      Expr segment = new Expr.Load(array, flat.plus(jump), lanes.count());
      result = new Expr.Choose(fromLane(first, lanes.count()), segment, result);
    }
    return result;
  }

  private Index named(String name, Index value) {
    return jumps.computeIfAbsent(value, v -> home.named(name, v));
  }

  private static Expr fromLane(Index first, int count) {
    Expr numbers = new Expr.LaneNumbers(new VType(DType.I32, count));
    Expr limit = new Expr.Splat(new Expr.Position(first, DType.I32), count);
    return new Expr.Compare(Comparison.GE, numbers, limit);
  }

  /** The one remainder that moves from lane to lane by one; null where there is none such. */
  private static Index.Remainder column(Index flat, Lanes lanes) {
    for (Index.Atom atom : flat.atoms()) {
      if (atom instanceof Index.Remainder remainder
          && remainder.divisor().isFixed()
          && flat.coefficient(atom).is(1)
          && !remainder.dividend().buries(lanes.axis())
          && remainder.dividend().coefficient(lanes.axis()).is(1)) {
        return remainder;
      }
    }
    return null;
  }

  /** Whether all else that moves are the row, and pictures of rows, and a step of them leads on. */
  private static boolean risesFromRowToRow(Index flat, Index.Remainder column, Lanes lanes) {
    Index at = Index.of(new Index.Quotient(column.dividend(), column.divisor()));
    long reach = column.divisor().fixed();
    long moving = flat.atoms().stream().filter(a -> Index.of(a).mentions(lanes.axis())).count() - 1;
    while (moving > 0) {
      Index.Atom outer = at.atoms().get(0);
      if (flat.coefficient(outer).isFixed() && flat.coefficient(outer).fixed() >= reach) {
        return moving == 1;
      }
      Index.Remainder inner = remainderOf(flat, at);
      if (inner == null || flat.coefficient(inner).fixed() < reach) {
        return false;
      }
      reach = (long) flat.coefficient(inner).fixed() * inner.divisor().fixed();
      at = Index.of(new Index.Quotient(at, inner.divisor()));
      moving--;
    }
    return true;
  }

  private static Index.Remainder remainderOf(Index flat, Index dividend) {
    for (Index.Atom atom : flat.atoms()) {
      if (atom instanceof Index.Remainder remainder
          && remainder.dividend().equals(dividend)
          && remainder.divisor().isFixed()
          && flat.coefficient(atom).isFixed()) {
        return remainder;
      }
    }
    return null;
  }
}
