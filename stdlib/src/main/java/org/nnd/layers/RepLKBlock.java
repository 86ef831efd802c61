package org.nnd.layers;

import static org.nnd.dsl.Combinators.named;
import static org.nnd.dsl.Combinators.residual;

import org.nnd.dsl.Check;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Recipe;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensors;

/**
 * The large-kernel block of RepLKNet (Ding et al. 2022, figure 2) on {@code [N, C, H, W]}: {@code x
 * + dropPath(pw2(relu(large(pw1(bn(x))))))}, where {@code pw1}, {@code pw2} are 1x1 convolutions
 * with batch norm (and ReLU) and {@code large} is a {@link ReparamLargeKernelConv} on {@code ratio
 * C} channels.
 */
public record RepLKBlock(int kernel, int small, double ratio, double dropPath, Site site)
    implements Recipe {
  public RepLKBlock {
    Check.odd("repLKBlock", "the kernel", kernel);
    Check.positive("repLKBlock", "the ratio", ratio);
    Check.fraction("repLKBlock", "dropPath", dropPath);
    if (small != 0) {
      Check.odd("repLKBlock", "the small kernel", small);
    }
    if (small > kernel) {
      throw Check.error(
          "repLKBlock: the small kernel %d is larger than the kernel %d", small, kernel);
    }
  }

  /** {@return this with a small kernel of the given size beside the large one, none for 0} */
  public RepLKBlock small(int size) {
    return new RepLKBlock(kernel, size, ratio, dropPath, site);
  }

  /** {@return this with {@code ratio C} channels in the large convolution} */
  public RepLKBlock ratio(double value) {
    return new RepLKBlock(kernel, small, value, dropPath, site);
  }

  /**
   * {@return this whose branch is left out, in training, for a share {@code rate} of the examples;
   * 0 for none}
   */
  public RepLKBlock dropPath(double rate) {
    return new RepLKBlock(kernel, small, ratio, rate, site);
  }

  @Override
  public Layer body(Lowering at, Tensors inputs) {
    Expect.rank(at, "repLKBlock", inputs.one(), 4, "[N, C, H, W]");
    int channels = Expect.fixed(at, "repLKBlock", inputs.one(), 1, "channels");
    int wide = (int) (channels * ratio);
    return residual(
        named("prelkb_bn", Layers.batchNorm()),
        named("pw1", Layers.convBnRelu(Layers.conv(wide).kernel(1))),
        named("large_kernel", Layers.reparamLargeKernelConv(kernel).small(small)),
        named("lk_nonlinear", Layers.relu()),
        named("pw2", Layers.convBn(Layers.conv(channels).kernel(1))),
        named("drop_path", Layers.dropPath(dropPath)));
  }

  @Override
  public String toString() {
    return "repLKBlock("
        + kernel
        + ").small("
        + small
        + ")"
        + (ratio == 1 ? "" : ".ratio(" + ratio + ")")
        + (dropPath == 0 ? "" : ".dropPath(" + dropPath + ")");
  }
}
