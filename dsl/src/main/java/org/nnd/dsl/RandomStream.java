package org.nnd.dsl;

/**
 * Random numbers for initial values: SplitMix64 (Steele, Lea and Flood 2014), so that the same seed
 * gives the same numbers on every machine.
 */
public final class RandomStream {
  private long state;

  /** Starts the numbers of a seed and a name, such as the path of a variable. */
  public RandomStream(long seed, String path) {
    state = mix(seed) ^ Paths.hash(path);
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** {@return 64 random bits} */
  public long bits() {
    state += 0x9e3779b97f4a7c15L;
    return mix(state);
  }

  /** {@return a number in [0, 1)} */
  public double uniform() {
    return (bits() >>> 11) * 0x1p-53;
  }

  /** {@return a standard normal number, by Box and Muller 1958} */
  public double normal() {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform()));
    return radius * StrictMath.cos(2 * Math.PI * uniform());
  }
}
