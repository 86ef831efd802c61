package org.nnd.opencl.lower;

import static org.nnd.opencl.lower.SortOrder.i64;
import static org.nnd.opencl.lower.SortOrder.shifted;

import org.nnd.ir.BinaryOp;
import org.nnd.ir.Comparison;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.opencl.kernel.Array;
import org.nnd.opencl.kernel.Body;
import org.nnd.opencl.kernel.Expr;
import org.nnd.opencl.kernel.Index;

/** Sorts positions by their keys in one work-item, bottom up and stable. */
final class MergeSort {
  /** The key at a position. */
  interface Key {
    Expr at(Body body, Index position);
  }

  private final Array positions;
  private final Index base;
  private final Dim length;
  private final SortOrder order;
  private final Key key;

  /**
   * @param positions two runs of {@code length} numbers from {@code base} on, to work in
   */
  MergeSort(Array positions, Index base, Dim length, SortOrder order, Key key) {
    this.positions = positions;
    this.base = base;
    this.length = length;
    this.order = order;
    this.key = key;
  }

  /** {@return where in the array the sorted positions start} */
  Index write(Body body) {
    body.loop(
        "i",
        length,
        (block, i) -> block.store(positions, base.plus(i), new Expr.Position(i, DType.I32)));
    int levels =
        length.isFixed()
            ? 32 - Integer.numberOfLeadingZeros(Math.max(0, length.fixed() - 1))
            : Integer.SIZE - 1;
    Expr.Variable passes = body.mutable("passes", i64(0));
    body.loop(
        "level",
        Index.ZERO,
        Index.of(levels),
        1,
        1,
        Dim.of(levels),
        (block, level) -> {
          Expr width = block.let("width", shifted(i64(1), position(level)));
          block.when(
              new Expr.Compare(Comparison.LT, width, position(Index.of(length))),
              inner -> {
                pass(inner, level, width);
                inner.assign(passes, new Expr.Binary(BinaryOp.ADD, passes, i64(1)));
              });
        });
    return base.plus(Body.position(passes).modulo(Dim.of(2)).times(length));
  }

  private static Expr position(Index index) {
    return new Expr.Position(index, DType.I64);
  }

  /**
   * Merges neighbouring runs of {@code width} positions from one half of the array to the other.
   */
  private void pass(Body body, Index level, Expr width) {
    Index from = base.plus(level.modulo(Dim.of(2)).times(length));
    Index to = base.plus(level.plus(1).modulo(Dim.of(2)).times(length));
    Expr end = position(Index.of(length));
    Expr next = position(level.plus(1));
    Expr twice = shifted(i64(1), next);
    Expr count =
        new Expr.Binary(
            BinaryOp.SHIFT_RIGHT_LOGICAL,
            new Expr.Binary(BinaryOp.ADD, end, new Expr.Binary(BinaryOp.SUBTRACT, twice, i64(1))),
            next);
    body.loop(
        "run",
        Index.ZERO,
        body.position("runs", count),
        1,
        1,
        length,
        (block, run) -> {
          Expr start = block.let("start", shifted(position(run), next));
          Expr middle = block.let("middle", least(start, width, end));
          Expr stop = block.let("stop", least(start, twice, end));
          Expr.Variable left = block.mutable("left", start);
          Expr.Variable right = block.mutable("right", middle);
          block.loop(
              "out",
              block.position("first", start),
              block.position("last", stop),
              1,
              1,
              length,
              (inner, out) -> merge(inner, from, to.plus(out), left, right, middle, stop));
        });
  }

  private static Expr least(Expr start, Expr width, Expr end) {
    return new Expr.Binary(BinaryOp.MINIMUM, new Expr.Binary(BinaryOp.ADD, start, width), end);
  }

  private void merge(
      Body body,
      Index from,
      Index to,
      Expr.Variable left,
      Expr.Variable right,
      Expr middle,
      Expr stop) {
    Expr leftOver = new Expr.Compare(Comparison.LT, left, middle);
    Expr rightOver = new Expr.Compare(Comparison.LT, right, stop);
    Expr.Variable takeRight = body.mutable("take_right", SortOrder.not(leftOver));
    body.when(
        SortOrder.and(leftOver, rightOver),
        both -> {
          Index a = load(both, "a", from.plus(Body.position(left)));
          Index b = load(both, "b", from.plus(Body.position(right)));
          both.assign(takeRight, order.less(key.at(both, b), key.at(both, a)));
        });
    Index chosen = body.position("chosen", new Expr.Choose(takeRight, right, left));
    body.store(positions, to, new Expr.Load(positions, from.plus(chosen), 1));
    Expr step = body.let("step", new Expr.Convert(DType.I64, takeRight));
    body.assign(right, new Expr.Binary(BinaryOp.ADD, right, step));
    body.assign(
        left,
        new Expr.Binary(BinaryOp.ADD, left, new Expr.Binary(BinaryOp.SUBTRACT, i64(1), step)));
  }

  private Index load(Body body, String name, Index at) {
    return body.position(name, new Expr.Load(positions, at, 1));
  }
}
