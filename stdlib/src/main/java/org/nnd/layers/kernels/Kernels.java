package org.nnd.layers.kernels;

import java.util.List;
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

  /** {@return a convolution over 1 to 3 axes with a kernel of learnt size} */
  public static FlexConv flexConv(int out) {
    return FlexConv.of(out, Site.here());
  }

  /** {@return a classifier of sequences, pictures or volumes with kernels as large as these} */
  public static Ccnn ccnn(int classes, int blocks, int width) {
    return Ccnn.of(classes, blocks, width, Site.here());
  }

  /** {@return a convolution of pictures by a filter composed with a Gaussian of learnt shape} */
  public static GaussianConv gaussianConv(int out, int kernel) {
    return GaussianConv.of(out, kernel, Site.here());
  }

  /** {@return a convolution of every example with a kernel made from it and from coordinates} */
  public static HyperZzw hyperZzw() {
    return HyperZzw.of(Site.here());
  }

  /** {@return a classifier without residual connections, of full-context and local branches} */
  public static Terminator terminator(int classes, int blocks, int width) {
    return new Terminator(
        classes, blocks, width, List.of(3), HyperZzw.of(Site.here()), false, Site.here());
  }

  /** {@return a linear operator in the form of a multigrid cycle of three levels} */
  public static MgConv mgConv(int out) {
    return new MgConv(out, List.of(1, 1, 1), Edge.ZEROS, Site.here());
  }

  /** {@return a network of multigrid operators} */
  public static MgNo mgNo(int out, int layers, int width) {
    return new MgNo(out, layers, mgConv(width), Site.here());
  }

  /** {@return a causal network of growing dilations for {@code [N, C, L]}} */
  public static Tcn tcn(int out, int blocks) {
    return new Tcn(out, blocks, 32, 5, 10, 10, 0, false, Site.here());
  }
}
