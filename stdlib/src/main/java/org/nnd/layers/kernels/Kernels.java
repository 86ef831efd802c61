package org.nnd.layers.kernels;

import org.nnd.dsl.Site;
import org.nnd.dsl.Vocabulary;

/** Makes convolutions whose kernels are functions, and long convolutions. */
@Vocabulary
public final class Kernels {
  private Kernels() {}

  /** {@return a causal convolution of {@code [N, C, L]} with a kernel made by a network} */
  public static CkConv ckConv(int out) {
    return CkConv.of(out, Site.here());
  }

  /** {@return a depthwise convolution of pictures whose kernel is spanned by moving points} */
  public static SmpConv smpConv(int kernel) {
    return new SmpConv(kernel, 0, false, false, LongConvolution.Method.AUTO, Site.here());
  }

  /**
   * {@return a depthwise convolution with {@code count} weights per channel at learnt places of a
   * kernel of the given size, one size per axis}
   */
  public static Dcls dcls(int count, int... size) {
    return Dcls.of(0, count, 0, size, Site.here());
  }

  /** {@return a convolution to {@code out} channels with weights at learnt places} */
  public static Dcls dclsTo(int out, int count, int... size) {
    return Dcls.of(out, count, 1, size, Site.here());
  }

  /** {@return a global convolution of {@code [N, H, L]} with few parameters for distant samples} */
  public static SgConv sgConv(int longest) {
    return SgConv.of(longest, Site.here());
  }

  /** {@return a convolution of {@code [N, H, L]} with {@code length} free taps per channel} */
  public static LongConv longConv(int length) {
    return LongConv.of(length, Site.here());
  }
}
