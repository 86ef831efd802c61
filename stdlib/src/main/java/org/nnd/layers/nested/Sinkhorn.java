package org.nnd.layers.nested;

import org.nnd.dsl.Check;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Vocabulary;

/** Balanced soft assignments of examples to prototypes. */
@Vocabulary
public final class Sinkhorn {
  private Sinkhorn() {}

  /**
   * {@return the Sinkhorn-Knopp assignment {@code [N, K]} of scores {@code [N, K]} (Cuturi 2013;
   * Caron et al. 2020, "SwAV", section 3.1)} In turn every prototype is given the same share of the
   * examples and every example the sum 1, {@code iterations} times, starting from {@code exp(scores
   * / temperature)}; computed with logarithms, so that nothing overflows.
   */
  public static Tensor assign(Tensor scores, double temperature, int iterations) {
    Check.positive("sinkhorn", "the temperature", temperature);
    Check.positive("sinkhorn", "the number of iterations", iterations);
    if (scores.rank() != 2) {
      throw Check.error("sinkhorn expects scores [N, prototypes], got %s", scores.type());
    }
    Tensor logQ = scores.div(temperature);
    for (int i = 0; i < iterations; i++) {
      logQ = logQ.logSoftmax(0).logSoftmax(1);
    }
    return logQ.exp();
  }
}
