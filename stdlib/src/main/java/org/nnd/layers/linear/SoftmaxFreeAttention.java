package org.nnd.layers.linear;

import org.nnd.dsl.Block;
import org.nnd.dsl.Check;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.ir.Dim;
import org.nnd.layers.Expect;
import org.nnd.layers.Layers;

/**
 * Softmax-free attention (Lu et al. 2021, "SOFT"), of the tokens {@code [N, H W, E]} of a picture
 * to themselves. Queries are keys at once; landmarks are made of them by a convolution of kernel
 * and stride {@code ratio}. Variables as in the official implementation: {@code W_q}, {@code W_v},
 * {@code ff} (weight and bias), {@code attn.Qlandmark_op.weight}, {@code attn.Qnorm_act.0.weight},
 * {@code attn.Qnorm_act.0.bias}, {@code attn.conv.weight [heads, 1, k, k]}.
 *
 * @param height H, with W = tokens / H
 * @param ratio the distance of landmarks; 1: every token is one, and the kernel of the landmarks is
 *     used whole
 * @param conv the kernel size of the depthwise convolution of the values; 0: none
 * @param iterations of the inverse
 * @param isNormalized as in {@link GaussianProducts#nystrom}
 */
public record SoftmaxFreeAttention(
    int heads,
    int height,
    int ratio,
    int conv,
    int iterations,
    double ridge,
    boolean isNormalized,
    Site site)
    implements Block {
  private static final String NAME = "softmaxFreeAttention";

  public SoftmaxFreeAttention {
    Check.positive(NAME, "the number of heads", heads);
    Check.positive(NAME, "the height", height);
    Check.positive(NAME, "the ratio", ratio);
    Check.positive(NAME, "the number of iterations", iterations);
    if (conv != 0) {
      Check.odd(NAME, "the kernel size of the convolution", conv);
    }
    if (!(ridge >= 0)) {
      throw Check.error("%s: the ridge must not be negative, got %s", NAME, ridge);
    }
  }

  static SoftmaxFreeAttention of(int heads, int height, int ratio, Site site) {
    return new SoftmaxFreeAttention(heads, height, ratio, 3, 20, 0.01, false, site);
  }

  /** {@return this with a depthwise convolution of the values of another size; 0: none} */
  public SoftmaxFreeAttention conv(int kernel) {
    return new SoftmaxFreeAttention(
        heads, height, ratio, kernel, iterations, ridge, isNormalized, site);
  }

  /** {@return this with so many steps of Newton's iteration for the inverse; 20 unless told} */
  public SoftmaxFreeAttention iterations(int count) {
    return new SoftmaxFreeAttention(heads, height, ratio, conv, count, ridge, isNormalized, site);
  }

  /**
   * {@return this with {@code value} added to the diagonal of the matrix that is inverted; 0.01
   * unless told}
   */
  public SoftmaxFreeAttention ridge(double value) {
    return new SoftmaxFreeAttention(
        heads, height, ratio, conv, iterations, value, isNormalized, site);
  }

  /** {@return this with an inverse scaled by {@code 1 / √(row sums)} on both sides} */
  public SoftmaxFreeAttention normalized() {
    return new SoftmaxFreeAttention(heads, height, ratio, conv, iterations, ridge, true, site);
  }

  @Override
  public Tensors lower(Lowering at, Tensors inputs) {
    Tensor x = inputs.one();
    int width = Heads.width(at, NAME, x);
    Expect.divides(at, NAME, heads, "heads", width, "features");
    Expect.divides(at, NAME, height, "rows", x.size(1), "tokens");
    Tensor q = Heads.split(at.call("W_q", Layers.dense(width), x), heads);
    Tensor v = Heads.split(at.call("W_v", Layers.dense(width), x), heads);
    Tensor landmarks = landmarks(at, q);
    Tensor seen =
        ratio == 1
            ? GaussianProducts.exact(landmarks, landmarks, v)
            : GaussianProducts.nystrom(q, landmarks, v, iterations, ridge, isNormalized);
    Tensor y = conv == 0 ? seen : seen.add(convolved(at, v));
    return Tensors.of(at.call("ff", Layers.dense(width), Heads.join(y))).with(inputs.masks());
  }

  /** {@code [N, heads, L, d]} to {@code [N, heads, m, d]}. */
  private Tensor landmarks(Lowering at, Tensor q) {
    int rows = height;
    int columns = q.size(2) / height;
    if (rows < ratio || columns < ratio) {
      throw at.error(
          "%s: a landmark for every %dx%d tokens needs as many, got %dx%d",
          NAME, ratio, ratio, rows, columns);
    }
    Dim each = q.dim(3);
    // The official code makes landmarks of queries that are scaled already, d^(-1/4); so they are
    // scaled once more in the kernel's argument here, and back.
    double scale = Math.pow(q.size(3), -0.25);
    Tensor scaled = q.mul(scale);
    Tensor points;
    if (ratio == 1) {
      points = at.call("attn.Qlandmark_op", Layers.dense(each.fixed()).bias(false), scaled);
    } else {
      Tensor pictures =
          scaled
              .reshape(q.dim(0).times(heads), Dim.of(rows), Dim.of(columns), each)
              .permute(0, 3, 1, 2);
      Tensor pooled =
          at.call(
              "attn.Qlandmark_op",
              Layers.conv(each.fixed()).kernel(ratio).stride(ratio).padding(0).bias(false),
              pictures);
      Tensor tokens = pooled.flatten(2).transpose();
      points = tokens.reshape(q.dim(0), Dim.of(heads), tokens.dim(1), each);
    }
    return at.call("attn.Qnorm_act.0", Layers.layerNorm(), points).gelu().div(scale);
  }

  /** The values of every head as a picture, convolved with the head's kernel. */
  private Tensor convolved(Lowering at, Tensor v) {
    int columns = v.size(2) / height;
    Tensor pictures =
        v.permute(0, 3, 1, 2)
            .reshape(v.dim(0).times(v.size(3)), Dim.of(heads), Dim.of(height), Dim.of(columns));
    Tensor y = at.call("attn.conv", Layers.depthwise(conv).bias(false), pictures);
    return y.reshape(v.dim(0), v.dim(3), v.dim(1), v.dim(2)).permute(0, 2, 3, 1);
  }

  @Override
  public String toString() {
    return "softmaxFreeAttention("
        + heads
        + ", "
        + height
        + ", "
        + ratio
        + ")"
        + (conv == 3 ? "" : ".conv(" + conv + ")")
        + (isNormalized ? ".normalized()" : "");
  }
}
