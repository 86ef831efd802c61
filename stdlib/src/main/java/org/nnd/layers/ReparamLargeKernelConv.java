package org.nnd.layers;

import static org.nnd.dsl.Combinators.named;
import static org.nnd.dsl.Combinators.parallel;

import org.nnd.dsl.Check;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensors;

/**
 * A large depthwise convolution with a small one beside it, each with batch norm, summed (Ding et
 * al. 2022, RepLKNet, section 3.2). {@code [N, C, H, W]} to {@code [N, C, H / stride, W / stride]}.
 * Parts: {@code lkb_origin}, {@code small_conv}, each {@code conv} and {@code bn}; merged {@code
 * lkb_reparam}.
 *
 * @param small the small kernel's size, or 0 for none
 */
public record ReparamLargeKernelConv(int kernel, int small, int stride, Site site)
    implements Reparameterised {
  public ReparamLargeKernelConv {
    Check.odd("reparamLargeKernelConv", "the kernel", kernel);
    if (small != 0) {
      Check.odd("reparamLargeKernelConv", "the small kernel", small);
      if (small > kernel) {
        throw Check.error(
            "reparamLargeKernelConv: the small kernel %d is larger than the kernel %d",
            small, kernel);
      }
    }
    Check.positive("reparamLargeKernelConv", "the stride", stride);
  }

  /** {@return this with a small kernel of the given size, or none for 0} */
  public ReparamLargeKernelConv small(int size) {
    return new ReparamLargeKernelConv(kernel, size, stride, site);
  }

  /** {@return this with windows {@code size} positions apart; 1 unless told} */
  public ReparamLargeKernelConv stride(int size) {
    return new ReparamLargeKernelConv(kernel, small, size, site);
  }

  @Override
  public Layer body(Lowering at, Tensors inputs) {
    Layer large = named("lkb_origin", branch(kernel));
    return small == 0 ? parallel(large) : parallel(large, named("small_conv", branch(small)));
  }

  private Layer branch(int size) {
    return Layers.convBn(Layers.depthwise(size).stride(stride));
  }

  @Override
  public String mergedName() {
    return "lkb_reparam";
  }

  @Override
  public String toString() {
    return "reparamLargeKernelConv("
        + kernel
        + ").small("
        + small
        + ")"
        + (stride == 1 ? "" : ".stride(" + stride + ")");
  }
}
