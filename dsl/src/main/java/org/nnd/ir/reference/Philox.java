package org.nnd.ir.reference;

/**
 * The counter-based generator Philox4x32-10 (Salmon, Moraes, Dror, Shaw: Parallel random numbers:
 * as easy as 1, 2, 3; SC 2011).
 *
 * <p>Layout for {@link org.nnd.ir.Op.RandomBits}: element {@code i} (row-major) is word {@code i %
 * 4} of the block with
 *
 * <pre>
 *   counter = (i / 4, step, use, stream >>> 32)
 *   key     = (seed, stream &amp; 0xffffffff)
 * </pre>
 *
 * each word taken modulo 2^32. Hence the bits of an element do not depend on the batch size.
 */
public final class Philox {
  private static final long MULTIPLIER_0 = 0xD2511F53L;
  private static final long MULTIPLIER_1 = 0xCD9E8D57L;
  private static final int WEYL_0 = 0x9E3779B9;
  private static final int WEYL_1 = 0xBB67AE85;

  private Philox() {}

  /** {@return the four words of the block with the given counter and key} */
  public static int[] block(int c0, int c1, int c2, int c3, int k0, int k1) {
    for (int round = 0; round < 10; round++) {
      long product0 = MULTIPLIER_0 * Integer.toUnsignedLong(c0);
      long product1 = MULTIPLIER_1 * Integer.toUnsignedLong(c2);
      int next0 = (int) (product1 >>> 32) ^ c1 ^ k0;
      int next2 = (int) (product0 >>> 32) ^ c3 ^ k1;
      c0 = next0;
      c1 = (int) product1;
      c2 = next2;
      c3 = (int) product0;
      k0 += WEYL_0;
      k1 += WEYL_1;
    }
    return new int[] {c0, c1, c2, c3};
  }

  static long[] bits(int count, int seed, int step, long stream, int use) {
    long[] bits = new long[count];
    int[] block = {};
    for (int i = 0; i < count; i++) {
      if (i % 4 == 0) {
        block = block(i / 4, step, use, (int) (stream >>> 32), seed, (int) stream);
      }
      bits[i] = block[i % 4];
    }
    return bits;
  }
}
