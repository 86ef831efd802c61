package org.nnd.data;

import java.util.SplittableRandom;

/**
 * Random streams addressed by numbers, so that what is drawn for a row depends on (seed, epoch,
 * row) and never on the order in which threads come to it. {@link SplittableRandom}'s algorithm is
 * part of its specification: the same bits on every JDK.
 */
final class Streams {
  private Streams() {}

  /** The stream at this address. */
  static SplittableRandom at(long... address) {
    long h = 0x9E3779B97F4A7C15L;
    for (long part : address) {
      h = mix(h + 0x9E3779B97F4A7C15L + mix(part + 0x2545F4914F6CDD1DL));
    }
    return new SplittableRandom(h);
  }

  /** SplitMix64's finaliser (Steele, Lea, Flood 2014), variant 13 of Stafford. */
  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** A random order of {@code 0..n-1} (Fisher and Yates). */
  static int[] permutation(int n, SplittableRandom random) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    for (int i = n - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swap = order[i];
      order[i] = order[j];
      order[j] = swap;
    }
    return order;
  }

  /** A uniform number in {@code [from, to)}. */
  static double uniform(SplittableRandom random, double from, double to) {
    return from + (to - from) * random.nextDouble();
  }
}
