package org.nnd.layers.convnets;

import static org.nnd.dsl.Combinators.identity;
import static org.nnd.dsl.Combinators.named;
import static org.nnd.dsl.Combinators.residualWith;
import static org.nnd.dsl.Combinators.sequential;

import org.nnd.dsl.Check;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Recipe;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensors;
import org.nnd.layers.Expect;
import org.nnd.layers.Layers;

/**
 * The bottleneck of SKNet (Li et al. 2019) in the form of the widespread PyTorch version by
 * pppLang: 1x1 convolution, selective kernels of true size 3, 5, …, 1x1 convolution, each with
 * batch norm, and a projection beside them where the number of channels changes. {@code [N, C, H,
 * W]} to {@code [N, out, H / stride, W / stride]}. Parts: {@code feas.0} to {@code feas.5}, {@code
 * shortcut.0}, {@code shortcut.1}.
 *
 * @param middle channels inside; 0 for {@code out / 2}
 * @param least features between average and weights at least, where {@code middle / reduction} is
 *     less
 */
public record SkUnit(
    int out, int paths, int groups, double reduction, int stride, int middle, int least, Site site)
    implements Recipe {
  public SkUnit {
    Check.positive("skUnit", "the number of output channels", out);
    Check.notNegative("skUnit", "the number of channels inside", middle);
    Check.positive("skUnit", "the number of paths", paths);
    Check.positive("skUnit", "groups", groups);
    Check.positive("skUnit", "the reduction", reduction);
    Check.positive("skUnit", "the stride", stride);
    Check.positive("skUnit", "the least number of reduced features", least);
  }

  /** {@return this with as many kernels: 3, 5, 7, …} */
  public SkUnit paths(int number) {
    return new SkUnit(out, number, groups, reduction, stride, middle, least, site);
  }

  /** {@return this with the selective kernels' channels in so many groups; 8 unless told} */
  public SkUnit groups(int number) {
    return new SkUnit(out, paths, number, reduction, stride, middle, least, site);
  }

  /**
   * {@return this with {@code middle / ratio} features between average and weights; 2 unless told}
   */
  public SkUnit reduction(double ratio) {
    return new SkUnit(out, paths, groups, ratio, stride, middle, least, site);
  }

  /** {@return this with windows {@code size} positions apart; 1 unless told} */
  public SkUnit stride(int size) {
    return new SkUnit(out, paths, groups, reduction, size, middle, least, site);
  }

  /** {@return this with so many channels inside; half of those of the result unless told} */
  public SkUnit middle(int channels) {
    return new SkUnit(out, paths, groups, reduction, stride, channels, least, site);
  }

  /** {@return this with at least so many features between average and weights; 32 unless told} */
  public SkUnit least(int features) {
    return new SkUnit(out, paths, groups, reduction, stride, middle, features, site);
  }

  @Override
  public Layer body(Lowering at, Tensors inputs) {
    Expect.rank(at, "skUnit", inputs.one(), 4, "[N, C, H, W]");
    int channels = Expect.fixed(at, "skUnit", inputs.one(), 1, "channels");
    int inside = middle > 0 ? middle : out / 2;
    if (channels == out && stride != 1) {
      throw at.error(
          "skUnit: with %d channels in and out there is no projection, and stride %d does not fit"
              + " the identity; expected stride 1 or another number of channels",
          out, stride);
    }
    Layer shortcut =
        channels == out
            ? identity()
            : sequential(Layers.conv(out).kernel(1).stride(stride), Layers.batchNorm());
    Layer branch =
        sequential(
            Layers.conv(inside).kernel(1),
            Layers.batchNorm(),
            new SkConv(paths, groups, reduction, stride, least, site),
            Layers.batchNorm(),
            Layers.conv(out).kernel(1),
            Layers.batchNorm());
    return residualWith(shortcut, named("feas", branch));
  }

  @Override
  public String toString() {
    return "skUnit("
        + out
        + ").paths("
        + paths
        + ")"
        + (stride == 1 ? "" : ".stride(" + stride + ")");
  }
}
