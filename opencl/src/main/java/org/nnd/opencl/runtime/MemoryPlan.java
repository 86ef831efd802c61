package org.nnd.opencl.runtime;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Places in one arena for values that live over intervals of the launch order, so that values alive
 * together do not overlap: the largest first, each at the lowest offset that fits. The arena may
 * come in pieces; then no value lies across the border of two.
 */
final class MemoryPlan {
  /** Byte alignment of every value: what wide vectors and all devices want. */
  static final int ALIGNMENT = 256;

  /** Pieces of this size leave the arena in one. */
  static final long UNLIMITED = 1L << 60;

  /** A value of {@code bytes} bytes, alive from launch {@code first} to launch {@code last}. */
  record Interval(Object value, long bytes, int first, int last) {
    boolean overlaps(Interval other) {
      return first <= other.last && other.first <= last;
    }
  }

  private final Map<Object, Long> offsets = new HashMap<>();
  private final List<Interval> intervals;
  private final long piece;
  private long size;
  private long demand;

  private MemoryPlan(List<Interval> intervals, long piece) {
    this.intervals = intervals;
    this.piece = piece;
  }

  /**
   * @param piece bytes of the arena's pieces, a multiple of {@link #ALIGNMENT} and at least the
   *     bytes of every value
   */
  static MemoryPlan of(List<Interval> intervals, long piece) {
    MemoryPlan plan = new MemoryPlan(List.copyOf(intervals), piece);
    List<Interval> order = new ArrayList<>(intervals);
    order.sort(
        Comparator.comparingLong((Interval i) -> -i.bytes).thenComparingInt(Interval::first));
    List<Interval> placed = new ArrayList<>();
    for (Interval interval : order) {
      plan.place(interval, placed);
    }
    return plan;
  }

  private void place(Interval interval, List<Interval> placed) {
    long bytes = aligned(interval.bytes);
    long offset = 0;
    // `placed` is kept in order of offset.
    int at = 0;
    for (Interval other : placed) {
      long start = offsets.get(other.value);
      if (other.overlaps(interval)) {
        offset = inOnePiece(offset, bytes);
        if (start - offset >= bytes) {
          break;
        }
        offset = Math.max(offset, start + aligned(other.bytes));
      }
    }
    offset = inOnePiece(offset, bytes);
    while (at < placed.size() && offsets.get(placed.get(at).value) <= offset) {
      at++;
    }
    placed.add(at, interval);
    offsets.put(interval.value, offset);
    size = Math.max(size, offset + bytes);
    demand += bytes;
  }

  /** {@return the first offset from the given one at which a value lies in one piece} */
  private long inOnePiece(long offset, long bytes) {
    long start = Math.floorMod(offset, piece);
    return bytes > piece - start ? offset + piece - start : offset;
  }

  private static long aligned(long bytes) {
    return Math.max(1, Math.ceilDiv(bytes, (long) ALIGNMENT)) * ALIGNMENT;
  }

  /** {@return the offset of a value in the arena, in bytes} */
  long offset(Object value) {
    return offsets.get(value);
  }

  /** {@return bytes that the values would take without sharing} */
  long demand() {
    return demand;
  }

  /** {@return all values with the times they are alive} */
  List<Interval> intervals() {
    return intervals;
  }

  /** {@return the arena's size in bytes} */
  long size() {
    return size;
  }

  /** {@return the values alive at the launch where they take most, the largest first} */
  List<Interval> fullest() {
    return intervals.stream()
        .map(MemoryPlan.Interval::first)
        .distinct()
        .map(this::alive)
        .max(Comparator.comparingLong(MemoryPlan::total))
        .orElse(List.of());
  }

  private List<Interval> alive(int launch) {
    return intervals.stream()
        .filter(i -> i.first <= launch && launch <= i.last)
        .sorted(Comparator.comparingLong(i -> -i.bytes))
        .toList();
  }

  private static long total(List<Interval> some) {
    return some.stream().mapToLong(Interval::bytes).sum();
  }
}
