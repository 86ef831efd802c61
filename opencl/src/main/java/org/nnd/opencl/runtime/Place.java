package org.nnd.opencl.runtime;

import java.util.ArrayList;
import java.util.List;
import org.nnd.opencl.jocl.Buffer;

/**
 * Where a value lies: bytes of a buffer from {@code start}, moving on with the iterations of the
 * scans around it.
 */
record Place(Buffer buffer, long start, List<Move> moves) {
  /** The number of the current iteration of a scan. */
  static final class Counter {
    private long value;

    void set(long newValue) {
      value = newValue;
    }
  }

  /** {@code step} bytes further per iteration. */
  record Move(Counter counter, long step) {}

  Place(Buffer buffer, long start) {
    this(buffer, start, List.of());
  }

  /** {@return the element of this place, a sequence, that the iteration is at} */
  Place element(Counter counter, long bytes) {
    List<Move> all = new ArrayList<>(moves);
    all.add(new Move(counter, bytes));
    return new Place(buffer, start, List.copyOf(all));
  }

  boolean isFixed() {
    return moves.isEmpty();
  }

  /** {@return the byte at which the value starts now} */
  long offset() {
    long offset = start;
    for (Move move : moves) {
      offset += move.counter.value * move.step;
    }
    return offset;
  }

  void copyTo(Place target, long bytes) {
    buffer.copyTo(target.buffer, offset(), target.offset(), bytes);
  }
}
