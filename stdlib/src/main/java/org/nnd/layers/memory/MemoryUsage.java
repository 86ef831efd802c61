package org.nnd.layers.memory;

import java.util.Arrays;
import org.nnd.dsl.Check;
import org.nnd.dsl.Tensor;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;

/**
 * How evenly the slots of a memory are used (Lample et al. 2019, section 4.2): by how often each
 * was found, and by the weight it was read with.
 *
 * @param used the share of slots found at least once, 0..1
 * @param unweighted of how often slots were found
 * @param weighted of the weights that they were read with
 */
public record MemoryUsage(double used, Spread unweighted, Spread weighted) {
  /**
   * A distribution over slots.
   *
   * @param kl the Kullback-Leibler divergence from the uniform distribution, in nats: 0 for even
   *     use, the logarithm of the number of slots if one is used alone
   * @param gini the Gini coefficient, 0 for even use
   * @param top50 the number of most used slots that take half of the whole
   * @param top90 likewise for 90 %
   * @param top99 likewise for 99 %
   */
  public record Spread(double kl, double gini, int top50, int top90, int top99) {
    static Spread of(double[] amounts) {
      double total = Arrays.stream(amounts).sum();
      double[] sorted = Arrays.stream(amounts).map(a -> a / total).sorted().toArray();
      double kl = Math.log(sorted.length);
      double sum = 0;
      double sums = 0;
      int[] tops = new int[3];
      double[] rest = {0.5, 0.1, 0.01};
      for (int i = 0; i < sorted.length; i++) {
        kl += sorted[i] > 0 ? sorted[i] * Math.log(sorted[i]) : 0;
        sum += sorted[i];
        sums += sum;
        for (int j = 0; j < 3; j++) {
          tops[j] += sum >= rest[j] ? 1 : 0;
        }
      }
      return new Spread(kl, 1 - 2 * sums / sorted.length, tops[0], tops[1], tops[2]);
    }
  }

  /**
   * {@return the use of {@code slots} slots}
   *
   * @param indices i32, as the output {@code indices} of a memory
   * @param weights what they were read with, of the same shape
   */
  public static MemoryUsage of(Tensor indices, Tensor weights, int slots) {
    Check.positive("memoryUsage", "the number of slots", slots);
    Literal where = indices.value();
    Literal how = weights.value();
    if (!Arrays.equals(where.shape(), how.shape()) || where.count() == 0) {
      throw new NndException(
          "memoryUsage wants indices and weights of one shape, got %s and %s"
              .formatted(indices.shape(), weights.shape()));
    }
    double[] counts = new double[slots];
    double[] sums = new double[slots];
    for (int i = 0; i < where.count(); i++) {
      int slot = (int) where.get(i);
      if (slot < 0 || slot >= slots) {
        throw new NndException("memoryUsage: there is no slot %d among %d".formatted(slot, slots));
      }
      counts[slot]++;
      sums[slot] += how.get(i);
    }
    double used = Arrays.stream(counts).filter(count -> count > 0).count();
    return new MemoryUsage(used / slots, Spread.of(counts), Spread.of(sums));
  }

  @Override
  public String toString() {
    return "%.1f %% of the slots used, KL from even use %.2f nats (by weight %.2f)"
        .formatted(100 * used, unweighted.kl, weighted.kl);
  }
}
