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
 * A plane of a tensor copied to private memory with zeros around it, so that the loops over a
 * window need no bounds. Columns are split by phase where the window moves in strides: column
 * {@code c} lies at {@code (c % stride) * phase + c / stride}, so that neighbouring windows are
 * neighbours in memory.
 *
 * @param pitch elements from row to row, a multiple of the vector width
 * @param phase elements from phase to phase
 */
record Plane(Array array, int rows, int pitch, int phase, int stride, int width) {

  /**
   * {@return memory for a plane}
   *
   * @param columns columns needed per phase
   */
  static Plane declare(
      Body body, String name, DType dtype, int rows, int columns, int stride, int width) {
    int size = (int) elements(rows, columns, stride, width);
    Array array = body.declare(Array.scratch(name, dtype, size));
    return in(array.aligned(16), rows, columns, stride, width);
  }

  /** {@return a plane in given memory} */
  static Plane in(Array array, int rows, int columns, int stride, int width) {
    int phase = Math.ceilDiv(columns, width) * width;
    return new Plane(array, rows, phase * stride, phase, stride, width);
  }

  /** {@return the elements such a plane takes} */
  static long elements(int rows, int columns, int stride, int width) {
    return (long) rows * Math.ceilDiv(columns, width) * width * stride;
  }

  /** {@return a plane laid out like this one, in other memory} */
  Plane in(Array other) {
    return new Plane(other, rows, pitch, phase, stride, width);
  }

  void clear(Body body) {
    clear(body, Index.ZERO, array.size());
  }

  /** Writes zeros to {@code count} elements, a multiple of the vector width. */
  void clear(Body body, Index from, int count) {
    body.loop(
        "z",
        Index.ZERO,
        Index.of(count),
        width,
        1,
        Dim.of(count),
        (block, z) -> block.store(array, from.plus(z), zero(array.dtype(), width)));
  }

  static Expr zero(DType dtype, int lanes) {
    Expr zero = new Expr.Real(0, dtype);
    return lanes == 1 ? zero : new Expr.Splat(zero, lanes);
  }

  /** Coordinates in the tensor for a row and a column of the plane. */
  interface Source {
    List<Index> at(Index row, Index column);
  }

  /** Where a plane's rows and columns go: {@code low + i * step}. */
  record Spread(int low, int step) {
    boolean isDense() {
      return step == 1 && low >= 0;
    }
  }

  /**
   * Copies rows {@code from} to {@code to} (positions in the tensor) and all columns.
   *
   * @param origin row of the plane that tensor row 0 would have, before spreading: a position
   */
  void fill(
      Body body,
      Emitter emitter,
      Node node,
      Source source,
      Index from,
      Index to,
      int tensorRows,
      int columns,
      Index origin,
      int rowStep,
      Spread columnSpread) {
    body.loop(
        "in_row",
        from,
        to,
        1,
        1,
        Dim.of(tensorRows),
        (rowBody, row) -> {
          Index target = row.times(rowStep).plus(origin).times(pitch);
          boolean contiguous = stride == 1 && columnSpread.isDense();
          Pieces.cover(
              rowBody,
              "in_column",
              columns,
              width,
              (block, column, lanes) -> {
                Expr value = emitter.value(block, node, source.at(row, column), lanes);
                if (contiguous) {
                  block.store(unaligned(), target.plus(column).plus(columnSpread.low), value);
                } else if (lanes.count() % stride == 0 && columnSpread.isDense()) {
                  deal(block, target, column, columnSpread.low, value, lanes);
                } else {
                  scatter(block, target, column, columnSpread, value, lanes);
                }
              });
        });
  }

  /**
   * Stores a vector that begins at a multiple of its length, the columns of each phase together.
   */
  private void deal(Body body, Index target, Index column, int low, Expr value, Lanes lanes) {
    Expr vector = body.let("dealt", value);
    for (int first = 0; first < stride; first++) {
      List<Expr> together = new ArrayList<>();
      for (int lane = first; lane < lanes.count(); lane += stride) {
        together.add(new Expr.Lane(vector, lane));
      }
      int position = low + first;
      Index at =
          target
              .plus((long) position % stride * phase)
              .plus(column.dividedBy(Dim.of(stride)))
              .plus(position / stride);
      boolean one = together.size() == 1;
      body.store(unaligned(), at, one ? together.get(0) : new Expr.Pack(together));
    }
  }

  /** Stores lane by lane where columns are spread or split by phase. */
  private void scatter(
      Body body, Index target, Index column, Spread spread, Expr value, Lanes lanes) {
    Expr vector = lanes.isScalar() ? value : body.let("spread", value);
    for (int lane = 0; lane < lanes.count(); lane++) {
      Index position = column.plus(lane).times(spread.step).plus(spread.low);
      Expr one = lanes.isScalar() ? vector : new Expr.Lane(vector, lane);
      Index at = target.plus(position(position));
      if (spread.low >= 0) {
        body.store(array, at, one);
      } else {
        // Columns that the padding crops.
        body.when(
            Emitter.inRange(position, Dim.of((long) phase * stride)),
            block -> block.store(array, at, one));
      }
    }
  }

  /** {@return where a column lies in its row} */
  Index position(Index column) {
    return stride == 1
        ? column
        : column.modulo(Dim.of(stride)).times(phase).plus(column.dividedBy(Dim.of(stride)));
  }

  /** {@return a vector of windows' elements: row, and column {@code window * stride + offset}} */
  Expr load(Index row, Index window, Index offset, int lanes) {
    Index column =
        stride == 1
            ? window.plus(offset)
            : offset
                .modulo(Dim.of(stride))
                .times(phase)
                .plus(offset.dividedBy(Dim.of(stride)))
                .plus(window);
    return new Expr.Load(unaligned(), row.times(pitch).plus(column), lanes);
  }

  private Array unaligned() {
    return array.aligned(1);
  }
}
