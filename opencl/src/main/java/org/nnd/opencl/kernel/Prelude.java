package org.nnd.opencl.kernel;

/**
 * Functions that generated kernels call, as OpenCL C for a number of lanes; only those used are
 * printed. {@code F}, {@code I} and {@code U} stand for float, int and uint of that many lanes.
 */
final class Prelude {
  private Prelude() {}

  /**
   * erf for |x| below 1 as x + x P(x^2), else 1 - exp(Q(|x|)), P and Q fitted by iteratively
   * reweighted least squares to the maximum error: 8e-8 absolute over all x.
   */
  private static final String ERF =
      """
      F nnd_erfL(F x) {
        const F t = fmin(fabs(x), (F)(4.0f));
        const F s = x * x;
        F p = fma((F)(-9.680136827e-06f), s, (F)(1.127054493e-04f));
        p = fma(p, s, (F)(-8.484711288e-04f));
        p = fma(p, s, (F)(5.221074913e-03f));
        p = fma(p, s, (F)(-2.686544508e-02f));
        p = fma(p, s, (F)(1.128378287e-01f));
        p = fma(p, s, (F)(-3.761263788e-01f));
        p = fma(p, s, (F)(1.283791661e-01f));
        F q = fma((F)(-4.887633764e-08f), t, (F)(2.711338539e-06f));
        q = fma(q, t, (F)(-5.628906729e-05f));
        q = fma(q, t, (F)(6.521283067e-04f));
        q = fma(q, t, (F)(-4.946412985e-03f));
        q = fma(q, t, (F)(2.682895958e-02f));
        q = fma(q, t, (F)(-1.106546968e-01f));
        q = fma(q, t, (F)(-6.313228011e-01f));
        q = fma(q, t, (F)(-1.130481839e+00f));
        q = fma(q, t, (F)(3.727839212e-04f));
        const F large = copysign((F)(1.0f) - exp(q), x);
        return fabs(x) <= (F)(1.0f) ? fma(p, x, x) : large;
      }
      """;

  /** Philox4x32-10 (Salmon et al. 2011): lane {@code index % 4} of the block {@code index / 4}. */
  private static final String PHILOX =
      """
      I nnd_philoxL(L index, I seed, I step, int low, int high, int use) {
        U c0 = convert_UT(index >> 2);
        U c1 = as_UT(step);
        U c2 = (U)((uint)use);
        U c3 = (U)((uint)high);
        U k0 = as_UT(seed);
        U k1 = (U)((uint)low);
        for (int round = 0; round < 10; round++) {
          const U h0 = mul_hi((U)(0xD2511F53u), c0);
          const U l0 = (U)(0xD2511F53u) * c0;
          const U h1 = mul_hi((U)(0xCD9E8D57u), c2);
          const U l1 = (U)(0xCD9E8D57u) * c2;
          c0 = h1 ^ c1 ^ k0;
          c1 = l1;
          c2 = h0 ^ c3 ^ k1;
          c3 = l0;
          k0 += (U)(0x9E3779B9u);
          k1 += (U)(0xBB67AE85u);
        }
        const U part = convert_UT(index & 3);
        const U r = part == (U)(0u) ? c0 : part == (U)(1u) ? c1 : part == (U)(2u) ? c2 : c3;
        return as_IT(r);
      }
      """;

  /** x to the power y by squaring; a negative power of anything but 1 and -1 is 0. */
  private static final String IPOW =
      """
      T nnd_ipowL(T x, T y) {
        T result = (T)(1);
        T base = x;
        T n = y < (T)(0) ? (T)(0) - y : y;
        for (int bit = 0; bit < BITS; bit++) {
          result = (n & (T)(1)) != (T)(0) ? result * base : result;
          base = base * base;
          n = n >> (T)(1);
        }
        const T inverse = x == (T)(1) | x == (T)(-1) ? result : (T)(0);
        return y < (T)(0) ? inverse : result;
      }
      """;

  /** {@return the text of one function for a type of result} */
  static String text(String function, VType type) {
    String source =
        switch (function) {
          case "erf" -> ERF;
          case "philox" -> PHILOX;
          case "ipow" -> IPOW;
          default -> throw new IllegalArgumentException("no prelude function " + function);
        };
    String suffix = type.lanes() == 1 ? "" : String.valueOf(type.lanes());
    return source
        .replace("nnd_" + function + "L", name(function, type))
        .replace("BITS", String.valueOf(8 * type.dtype().bytes()))
        .replaceAll("\\bT\\b", type.cl())
        .replaceAll("\\bF\\b", "float" + suffix)
        .replaceAll("\\bI\\b", "int" + suffix)
        .replaceAll("\\bU\\b", "uint" + suffix)
        .replaceAll("\\bL\\b", "long" + suffix)
        .replaceAll("_UT\\b", "_uint" + suffix)
        .replaceAll("_IT\\b", "_int" + suffix);
  }

  static String name(String function, VType type) {
    return "nnd_" + function + "_" + type.cl();
  }
}
