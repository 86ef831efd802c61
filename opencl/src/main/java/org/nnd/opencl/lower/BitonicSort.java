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

/**
 * Sorts positions by their keys in one work-group, by Batcher's bitonic network in the form in
 * which every comparison puts the earlier key at the lower place, so that any length will do: what
 * lies beyond the end counts as last and never moves.
 */
final class BitonicSort {
  private final Array positions;
  private final Index base;
  private final Dim length;
  private final SortOrder order;
  private final MergeSort.Key key;
  private final int items;

  /**
   * @param positions {@code length} numbers from {@code base} on, in global memory
   * @param items work-items of the group, which are {@code local0}
   */
  BitonicSort(
      Array positions, Index base, Dim length, SortOrder order, MergeSort.Key key, int items) {
    this.positions = positions;
    this.base = base;
    this.length = length;
    this.order = order;
    this.key = key;
    this.items = items;
  }

  void write(Body body) {
    Index item = org.nnd.opencl.kernel.Kernel.local(0, items);
    body.loop(
        "i",
        item,
        Index.of(length),
        items,
        1,
        length,
        (block, i) -> block.store(positions, base.plus(i), new Expr.Position(i, DType.I32)));
    body.globalBarrier();
    Index levels = levels(body);
    body.loop(
        "level",
        Index.ZERO,
        levels,
        1,
        1,
        Dim.of(Integer.SIZE),
        (block, level) -> {
          stage(block, item, level, true);
          block.globalBarrier();
          block.loop(
              "step",
              Index.ZERO,
              level,
              1,
              1,
              Dim.of(Integer.SIZE),
              (inner, step) -> {
                stage(inner, item, level.minus(step).plus(-1), false);
                inner.globalBarrier();
              });
        });
  }

  /** The least {@code l} with {@code 2^l >= length}. */
  private Index levels(Body body) {
    if (length.isFixed()) {
      return Index.of(32 - Integer.numberOfLeadingZeros(Math.max(0, length.fixed() - 1)));
    }
    Expr.Variable levels = body.mutable("levels", i64(0));
    body.loop(
        "bit",
        Dim.of(Integer.SIZE - 1),
        (block, bit) ->
            block.assign(
                levels,
                new Expr.Binary(
                    BinaryOp.ADD,
                    levels,
                    new Expr.Convert(
                        DType.I64,
                        new Expr.Compare(
                            Comparison.LT,
                            shifted(i64(1), position(bit)),
                            position(Index.of(length)))))));
    return Body.position(levels);
  }

  private static Expr position(Index index) {
    return new Expr.Position(index, DType.I64);
  }

  /**
   * Compares places {@code 2^level} apart or, if {@code mirrored}, mirrored places in blocks of
   * {@code 2^(level + 1)}.
   */
  private void stage(Body body, Index item, Index level, boolean mirrored) {
    Expr l = position(level);
    Expr half = body.let("half", shifted(i64(1), l));
    // One comparison per pair of places, those of the last, partial block included.
    Dim pairs = length.isFixed() ? Dim.of(powerOfTwo(length.fixed()) / 2) : length;
    body.loop(
        "pair",
        item,
        Index.of(pairs),
        items,
        1,
        pairs,
        (block, pair) -> {
          Expr p = position(pair);
          Expr inBlock =
              block.let(
                  "in_block", SortOrder.and(p, new Expr.Binary(BinaryOp.SUBTRACT, half, i64(1))));
          Expr start =
              block.let("start", shifted(new Expr.Binary(BinaryOp.SUBTRACT, p, inBlock), i64(1)));
          Expr low = new Expr.Binary(BinaryOp.ADD, start, inBlock);
          Expr high =
              mirrored
                  ? new Expr.Binary(
                      BinaryOp.SUBTRACT,
                      new Expr.Binary(BinaryOp.ADD, start, shifted(half, i64(1))),
                      new Expr.Binary(BinaryOp.ADD, inBlock, i64(1)))
                  : new Expr.Binary(BinaryOp.ADD, low, half);
          Index first = block.position("low", low);
          Index second = block.position("high", high);
          block.when(
              Body.below(second, Index.of(length)),
              inner -> exchange(inner, base.plus(first), base.plus(second)));
        });
  }

  private static long powerOfTwo(int n) {
    return n <= 1 ? 1 : 1L << (32 - Integer.numberOfLeadingZeros(n - 1));
  }

  private void exchange(Body body, Index first, Index second) {
    Expr a = body.let("a", new Expr.Load(positions, first, 1));
    Expr b = body.let("b", new Expr.Load(positions, second, 1));
    Expr keyA = key.at(body, body.position("at_a", a));
    Expr keyB = key.at(body, body.position("at_b", b));
    body.when(
        order.before(keyB, b, keyA, a),
        swap -> {
          swap.store(positions, first, b);
          swap.store(positions, second, a);
        });
  }
}
