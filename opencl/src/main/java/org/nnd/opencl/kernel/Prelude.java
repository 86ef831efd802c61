package org.nnd.opencl.kernel;

/**
 * Functions that generated kernels call, as OpenCL C for a number of lanes; only those used are
 * printed. {@code F}, {@code I} and {@code U} stand for float, int and uint of that many lanes.
 */
final class Prelude {
  private Prelude() {}

  /**
   * erf as x P(x^2) / Q(x^2) on [-4, 4], fitted by iteratively reweighted least squares to the
   * maximum error: 4e-7 absolute over all x. The comparisons are ordered so that a NaN passes.
   */
  private static final String ERF =
      """
      F nnd_erfL(F x) {
        F t = (F)(4.0f) < x ? (F)(4.0f) : x;
        t = (F)(-4.0f) > t ? (F)(-4.0f) : t;
        const F s = t * t;
        F p = fma((F)(1.974818588e-06f), s, (F)(2.880374668e-04f));
        p = fma(p, s, (F)(4.003558308e-03f));
        p = fma(p, s, (F)(5.346720666e-02f));
        p = fma(p, s, (F)(1.962472200e-01f));
        p = fma(p, s, (F)(1.128378987e+00f));
        F q = fma((F)(3.748053132e-05f), s, (F)(1.216334756e-03f));
        q = fma(q, s, (F)(1.544425078e-02f));
        q = fma(q, s, (F)(1.164756641e-01f));
        q = fma(q, s, (F)(5.072507262e-01f));
        q = fma(q, s, (F)(1.0f));
        F r = t * p / q;
        r = (F)(1.0f) < r ? (F)(1.0f) : r;
        return (F)(-1.0f) > r ? (F)(-1.0f) : r;
      }
      """;

  /**
   * exp as 2^(n-1) 2 e^r with |r| at most ln(2)/2 and e^r = 1 + r + r^2 P(r), fitted as above: 2e-7
   * relative. Adding 1.5 * 2^23 + 126 rounds to the nearest integer and leaves the biased exponent
   * of 2^(n-1) in the low bits. Below -87, where results would be under 1.7e-38, it is 0.
   */
  private static final String EXP =
      """
      F nnd_expL(F x) {
        F t = (F)(88.8f) < x ? (F)(88.8f) : x;
        t = (F)(-87.5f) > t ? (F)(-87.5f) : t;
        const F shifted = fma(t, (F)(1.442695041f), (F)(12583038.0f));
        const F n = shifted - (F)(12583038.0f);
        F r = fma(n, (F)(-0.693359375f), t);
        r = fma(n, (F)(2.121944401e-04f), r);
        F p = fma((F)(2.762922086e-03f), r, (F)(1.673743131e-02f));
        p = fma(p, r, (F)(8.333677798e-02f));
        p = fma(p, r, (F)(3.333304226e-01f));
        p = fma(p, r, (F)(9.999998808e-01f));
        p = fma(p, r, (F)(2.0f));
        p = fma(p, r, (F)(2.0f));
        return p * as_FT(as_IT(shifted) << (I)(23));
      }
      """;

  /**
   * tanh as x P(x^2) / Q(x^2) on [-9, 9], fitted as above to the relative error: 3e-7. Exactly ±1
   * beyond, where it rounds to that: what an approximation stays below shows in the derivative 1 -
   * tanh², and times large numbers, as in that of GELU, it is all there is.
   */
  private static final String TANH =
      """
      F nnd_tanhL(F x) {
        const F s = x * x;
        F p = fma((F)(1.335470175e-08f), s, (F)(2.060911409e-05f));
        p = fma(p, s, (F)(3.495590158e-03f));
        p = fma(p, s, (F)(1.338102737e-01f));
        p = fma(p, s, (F)(9.999999795e-01f));
        F q = fma((F)(7.776575609e-07f), s, (F)(3.285638074e-04f));
        q = fma(q, s, (F)(2.587699001e-02f));
        q = fma(q, s, (F)(4.671434297e-01f));
        q = fma(q, s, (F)(1.0f));
        F r = x * p / q;
        r = (F)(1.0f) < r ? (F)(1.0f) : r;
        r = (F)(-1.0f) > r ? (F)(-1.0f) : r;
        return fabs(x) > (F)(9.0f) ? copysign((F)(1.0f), x) : r;
      }
      """;

  /**
   * sin and cos by quarters of a turn: x = q pi/2 + r with pi/2 in three parts, then the
   * polynomials of Cephes on |r| at most pi/4; 1e-7 absolute. Beyond 1e5 the driver's scalar
   * function: in a vector PoCL's own lets a large lane spoil the small ones.
   */
  private static final String TURN =
      """
      F nnd_NAMEL(F x) {
        if (any(fabs(x) > (F)(1.0e5f))) {
          F far;
          for (int lane = 0; lane < LANES; lane++) {
            ((float *)&far)[lane] = NAME(((const float *)&x)[lane]);
          }
          return far;
        }
        const F shifted = fma(x, (F)(0.636619772f), (F)(12582912.0f));
        const F q = shifted - (F)(12582912.0f);
        F r = fma(q, (F)(-1.57079637f), x);
        r = fma(q, (F)(4.371139e-08f), r);
        r = fma(q, (F)(1.7151245e-15f), r);
        const F s = r * r;
        F p = fma((F)(-1.9515295891e-4f), s, (F)(8.3321608736e-3f));
        p = fma(p, s, (F)(-1.6666654611e-1f));
        p = fma(p * s, r, r);
        F c = fma((F)(2.443315711809948e-5f), s, (F)(-1.388731625493765e-3f));
        c = fma(c, s, (F)(4.166664568298827e-2f));
        c = fma(c, s * s, fma((F)(-0.5f), s, (F)(1.0f)));
        const I quarter = as_IT(shifted) + (I)(AHEAD);
        const F value = (quarter & (I)(1)) != (I)(0) ? c : p;
        return as_FT(as_IT(value) ^ ((quarter & (I)(2)) << (I)(30)));
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
          case "exp" -> EXP;
          case "tanh" -> TANH;
          case "sin" -> TURN.replace("NAME", "sin").replace("AHEAD", "0");
          case "cos" -> TURN.replace("NAME", "cos").replace("AHEAD", "1");
          case "philox" -> PHILOX;
          case "ipow" -> IPOW;
          default -> throw new IllegalArgumentException("no prelude function " + function);
        };
    String suffix = type.lanes() == 1 ? "" : String.valueOf(type.lanes());
    return source
        .replace("nnd_" + function + "L", name(function, type))
        .replace("LANES", String.valueOf(type.lanes()))
        .replace("BITS", String.valueOf(8 * type.dtype().bytes()))
        .replaceAll("\\bT\\b", type.cl())
        .replaceAll("\\bF\\b", "float" + suffix)
        .replaceAll("\\bI\\b", "int" + suffix)
        .replaceAll("\\bU\\b", "uint" + suffix)
        .replaceAll("\\bL\\b", "long" + suffix)
        .replaceAll("_FT\\b", "_float" + suffix)
        .replaceAll("_UT\\b", "_uint" + suffix)
        .replaceAll("_IT\\b", "_int" + suffix);
  }

  static String name(String function, VType type) {
    return "nnd_" + function + "_" + type.cl();
  }
}
