package org.nnd.layers.convnets;

import static org.nnd.dsl.Combinators.share;

import java.util.ArrayList;
import java.util.List;
import org.nnd.dsl.Block;
import org.nnd.dsl.Check;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Paths;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.ir.composite.Interpolation;
import org.nnd.layers.Conv;
import org.nnd.layers.Expect;
import org.nnd.layers.Layers;

/**
 * Recursive convolution (Zhao et al. 2024, RecConv, section 3.2): one depthwise convolution of
 * stride 2 makes ever smaller pictures; from the smallest up, each is convolved together with what
 * came from below and interpolated to the next size. The kernel's reach doubles with every level
 * while parameters grow by one kernel; with no level it is a depthwise convolution. Keeps {@code
 * [N, C, H, W]} of any size. Parts: {@code down}, {@code convs.0} (the smallest) to {@code
 * convs.LEVELS}.
 */
public record RecConv(int kernel, int levels, boolean bias, boolean nearest, Site site)
    implements Block {
  public RecConv {
    Check.odd("recConv", "the kernel", kernel);
    Check.notNegative("recConv", "the number of levels", levels);
  }

  /** {@return this with depthwise kernels of {@code size x size}; 5 unless told} */
  public RecConv kernel(int size) {
    return new RecConv(size, levels, bias, nearest, site);
  }

  /** {@return this with as many halvings} */
  public RecConv levels(int number) {
    return new RecConv(kernel, number, bias, nearest, site);
  }

  /** {@return this with a bias added to the result, or without one} */
  public RecConv bias(boolean wanted) {
    return new RecConv(kernel, levels, wanted, nearest, site);
  }

  /** {@return this with the nearest element instead of bilinear interpolation, or the other way} */
  public RecConv nearest(boolean wanted) {
    return new RecConv(kernel, levels, bias, wanted, site);
  }

  @Override
  public Tensors lower(Lowering at, Tensors inputs) {
    Tensor x = inputs.one();
    Expect.rank(at, "recConv", x, 4, "[N, C, H, W]");
    Expect.fixed(at, "recConv", x, 1, "channels");
    Conv plain = Layers.depthwise(kernel).bias(bias);
    List<Tensor> sizes = new ArrayList<>(List.of(x));
    // All halvings have one set of weights.
    for (int level = 0; level < levels; level++) {
      sizes.add(
          at.call("down", share(Paths.join(at.path(), "down"), plain.stride(2)), sizes.get(level)));
    }
    Tensor below = null;
    for (int level = 0; level < levels; level++) {
      Tensor from = sizes.get(levels - level);
      Tensor to = sizes.get(levels - level - 1);
      Tensor y = at.call("convs." + level, plain, below == null ? from : from.add(below));
      List<Integer> wanted = List.of(to.size(2), to.size(3));
      below =
          Tensor.of(
              nearest
                  ? Interpolation.interpolateNearest(y.node(), wanted)
                  : Interpolation.interpolateLinear(y.node(), wanted));
    }
    Tensor y = at.call("convs." + levels, plain, below == null ? x : x.add(below));
    return Tensors.of(y).with(inputs.masks());
  }

  @Override
  public String toString() {
    return "recConv("
        + kernel
        + ").levels("
        + levels
        + ")"
        + (bias ? ".bias(true)" : "")
        + (nearest ? ".nearest(true)" : "");
  }
}
