package org.nnd.opencl.lower;

import org.nnd.ir.Dim;
import org.nnd.opencl.kernel.Body;
import org.nnd.opencl.kernel.Index;

/** Covers an axis of fixed extent with vectors: whole ones in a loop, then ever shorter ones. */
final class Pieces {
  private Pieces() {}

  interface PieceBody {
    void write(Body body, Index at, Lanes lanes);
  }

  static void cover(Body body, String name, int extent, int width, PieceBody piece) {
    int whole = extent / width;
    if (whole > 1) {
      body.loop(
          name,
          Index.ZERO,
          Index.of((long) whole * width),
          width,
          1,
          Dim.of(extent),
          (block, at) -> piece.write(block, at, Lanes.along(at, width)));
    }
    int done = whole > 1 ? whole * width : 0;
    for (int lanes = width; lanes >= 1; lanes /= 2) {
      if (extent - done >= lanes) {
        Index at = body.axis(name, Index.of(done), Dim.of(extent));
        piece.write(body, at, Lanes.along(at, lanes));
        done += lanes;
      }
    }
  }
}
