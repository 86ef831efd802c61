package org.nnd.layers.convnets;

import static org.nnd.dsl.Combinators.named;
import static org.nnd.dsl.Combinators.sequential;

import org.nnd.dsl.Block;
import org.nnd.dsl.Check;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.ir.Dim;
import org.nnd.ir.composite.Neighbourhoods;
import org.nnd.layers.Conv;
import org.nnd.layers.Expect;
import org.nnd.layers.Layers;

/**
 * Large-small convolution (Wang et al. 2025, LSNet, section 3.2): a large depthwise kernel decides,
 * at every position and for every group of channels, the small kernel that gathers the
 * neighbourhood there; {@code x + bn(gathered)}. Keeps {@code [N, C, H, W]}. Parts: {@code lkp.cv1}
 * to {@code lkp.cv4}, {@code lkp.norm}, {@code bn}.
 *
 * @param large kernel that looks
 * @param small kernel that gathers
 * @param share how many channels have a small kernel in common: {@code c} with all {@code c'} equal
 *     to it modulo {@code C / share}
 */
public record LsConv(int large, int small, int share, Site site) implements Block {
  public LsConv {
    Check.odd("lsConv", "the large kernel", large);
    Check.odd("lsConv", "the small kernel", small);
    Check.positive("lsConv", "the number of channels that share a kernel", share);
  }

  /** {@return this that looks with a depthwise kernel of {@code kernel x kernel}; 7 unless told} */
  public LsConv large(int kernel) {
    return new LsConv(kernel, small, share, site);
  }

  /** {@return this that gathers with kernels of {@code kernel x kernel}; 3 unless told} */
  public LsConv small(int kernel) {
    return new LsConv(large, kernel, share, site);
  }

  /** {@return this where so many channels have a small kernel in common; 8 unless told} */
  public LsConv share(int channels) {
    return new LsConv(large, small, channels, site);
  }

  @Override
  public Tensors lower(Lowering at, Tensors inputs) {
    Tensor x = inputs.one();
    Expect.rank(at, "lsConv", x, 4, "[N, C, H, W]");
    int channels = Expect.fixed(at, "lsConv", x, 1, "channels");
    Expect.divides(at, "lsConv", share, "channels that share a kernel", channels, "channels");
    if (channels < 2) {
      throw at.error("lsConv: expected at least 2 channels, got 1");
    }
    int kernels = channels / share;
    int taps = small * small;
    Tensor weights =
        at.call("lkp", perception(channels, kernels, taps), x)
            .reshape(x.dim(0), Dim.of(kernels), Dim.of(taps), x.dim(2), x.dim(3));
    Tensor gathered = Tensor.of(Neighbourhoods.aggregate(x.node(), weights.node(), small));
    Tensor y = x.add(at.call("bn", Layers.batchNorm(), gathered));
    return Tensors.of(y).with(inputs.masks());
  }

  private Layer perception(int channels, int kernels, int taps) {
    int half = channels / 2;
    return sequential(
        named("cv1", convBn(Layers.conv(half).kernel(1))),
        named("act1", Layers.relu()),
        named("cv2", convBn(Layers.depthwise(large))),
        named("cv3", convBn(Layers.conv(half).kernel(1))),
        named("act2", Layers.relu()),
        named("cv4", Layers.conv(kernels * taps).kernel(1)),
        named("norm", Layers.groupNorm(kernels)));
  }

  /** Convolution and batch norm under the names that LSNet gives them. */
  static Layer convBn(Conv conv) {
    return sequential(named("c", conv.bias(false)), named("bn", Layers.batchNorm()));
  }

  @Override
  public String toString() {
    return "lsConv()"
        + (large == 7 ? "" : ".large(" + large + ")")
        + (small == 3 ? "" : ".small(" + small + ")")
        + (share == 8 ? "" : ".share(" + share + ")");
  }
}
