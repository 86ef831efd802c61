package org.nnd.opencl.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.nnd.opencl.kernel.Array;
import org.nnd.opencl.kernel.Body;
import org.nnd.opencl.kernel.Expr;
import org.nnd.opencl.kernel.Index;

/**
 * Loads vectors that lie across memory: a square of as many rows as lanes is read along memory,
 * once per block, and turned in registers.
 *
 * @param row along memory, at the square's first row
 * @param ahead which row of the square is wanted
 * @param prefetches whether the next square is fetched meanwhile
 */
record Squares(Index.Atom row, int ahead, boolean prefetches) implements Emitter.Apart {
  /** Writes every row of a square with vectors across memory turned. */
  static void rows(
      Emitter emitter, Index first, int width, boolean prefetches, Consumer<Index> row) {
    for (int ahead = 0; ahead < width; ahead++) {
      emitter.loadApart(new Squares(first.atoms().get(0), ahead, prefetches));
      row.accept(first.plus(ahead));
    }
    emitter.loadApart(Emitter.Apart.NONE);
  }

  @Override
  public Expr load(Body body, Array array, Index flat, Lanes lanes) {
    boolean square = !flat.buries(row) && flat.coefficient(row).is(1) && !flat.buries(lanes.axis());
    if (!square) {
      return null;
    }
    int width = lanes.count();
    Index corner = flat.plus(-ahead);
    List<Expr> vectors = new ArrayList<>();
    for (int lane = 0; lane < width; lane++) {
      int l = lane;
      vectors.add(
          body.once(
              List.of(array, corner, "along", l),
              array.name() + "_along",
              () -> new Expr.Load(array, lanes.at(corner, l), width)));
      if (ahead == 0 && prefetches) {
        body.prefetch(array, lanes.at(corner, l + width));
      }
    }
    return transposed(body, List.of(array, corner), vectors).get(ahead);
  }

  /** The transposed square, by log2(W) perfect shuffles of the list's halves. */
  static List<Expr> transposed(Body body, List<Object> key, List<Expr> vectors) {
    List<Expr> now = vectors;
    int half = vectors.size() / 2;
    for (int stage = 1; stage < vectors.size(); stage *= 2) {
      List<Expr> next = new ArrayList<>();
      for (int v = 0; v < half; v++) {
        Expr a = now.get(v);
        Expr b = now.get(v + half);
        for (int part = 0; part < 2; part++) {
          int from = part * half;
          next.add(
              body.once(
                  List.of(key, stage, v, part), "turned", () -> interleaved(a, b, from, half)));
        }
      }
      now = next;
    }
    return now;
  }

  private static Expr interleaved(Expr a, Expr b, int from, int count) {
    List<Expr> parts = new ArrayList<>();
    for (int lane = from; lane < from + count; lane++) {
      parts.add(new Expr.Lane(a, lane));
      parts.add(new Expr.Lane(b, lane));
    }
    return new Expr.Pack(parts);
  }
}
