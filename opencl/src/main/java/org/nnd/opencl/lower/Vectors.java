package org.nnd.opencl.lower;

import java.util.ArrayList;
import java.util.List;
import org.nnd.ir.Dim;
import org.nnd.opencl.kernel.Body;
import org.nnd.opencl.kernel.Index;

/**
 * The loops over a work-item's part of the inner axes: several vectors at a step, then one, then
 * the elements of the tail.
 *
 * @param inner elements of the inner axes
 * @param lanes elements of a vector
 * @param chunk elements that a work-item takes of them, 0 for all of them or {@code item}
 */
record Vectors(Dim inner, int lanes, int chunk, int item) {
  /** Writes a body for some vectors side by side, and for each element of the tail. */
  interface VectorBody {
    void write(Body body, List<Index> positions, Lanes lanes);
  }

  void write(Body body, Index from, Index to, int several, VectorBody vector) {
    if (inner.is(1)) {
      vector.write(body, List.of(Index.ZERO), Lanes.NONE);
      return;
    }
    Index start = from;
    if (lanes > 1) {
      boolean enough = !inner.isFixed() || inner.fixed() >= lanes * several;
      if (several > 1 && enough) {
        start = whole(body, start, to, several, vector);
      }
      if (several == 1 || !divides(lanes * several)) {
        start = whole(body, start, to, 1, vector);
      }
    }
    if (lanes == 1 || !divides(lanes)) {
      body.loop(
          "i", start, to, 1, 1, inner, (block, i) -> vector.write(block, List.of(i), Lanes.NONE));
    }
  }

  /** {@return where the loop over whole steps ends} */
  private Index whole(Body body, Index from, Index to, int several, VectorBody vector) {
    int step = lanes * several;
    body.loop(
        "i",
        from,
        to,
        step,
        step,
        inner,
        (block, i) -> {
          List<Index> positions = new ArrayList<>();
          for (int u = 0; u < several; u++) {
            positions.add(i.plus((long) u * lanes));
          }
          vector.write(block, positions, Lanes.inSteps(i, lanes));
        });
    return from.plus(to.minus(from).dividedBy(Dim.of(step)).times(step));
  }

  /** Whether every work-item's part of the inner axes is a multiple of {@code step}. */
  private boolean divides(int step) {
    return inner.isFixed()
        && inner.fixed() % step == 0
        && item % step == 0
        && (chunk == 0 || chunk % step == 0);
  }
}
