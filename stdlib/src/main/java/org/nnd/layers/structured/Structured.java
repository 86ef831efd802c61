package org.nnd.layers.structured;

import org.nnd.dsl.Check;
import org.nnd.dsl.Site;
import org.nnd.dsl.Vocabulary;

/** Makes structured linear layers. */
@Vocabulary
public final class Structured {
  private Structured() {}

  /** {@return a BLAST layer of 4 x 4 blocks, of full rank until told otherwise} */
  public static Blast blast(int out) {
    Check.positive("blast", "the number of output features", out);
    return new Blast(out, 4, 4, 0, true, Site.here());
  }

  /** {@return a Monarch layer of 4 blocks} */
  public static Monarch monarch(int out) {
    Check.positive("monarch", "the number of output features", out);
    return new Monarch(out, 4, true, Site.here());
  }

  /** {@return a block tensor-train layer of rank 1, its sizes split as evenly as they allow} */
  public static Btt btt(int out) {
    Check.positive("btt", "the number of output features", out);
    return Btt.of(out, Site.here());
  }

  /** {@return every row of {@code [blocks, n]} times a learnt window, smoothed with sigma 100} */
  public static GaudiMask gaudiMask() {
    return new GaudiMask(100, Site.here());
  }
}
