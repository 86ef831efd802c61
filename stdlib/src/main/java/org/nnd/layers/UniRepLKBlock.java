package org.nnd.layers;

import static org.nnd.dsl.Combinators.inline;
import static org.nnd.dsl.Combinators.named;
import static org.nnd.dsl.Combinators.residual;
import static org.nnd.dsl.Combinators.sequential;

import org.nnd.dsl.Check;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Recipe;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensors;

/**
 * The block of UniRepLKNet (Ding et al. 2024, section 3.1) on {@code [N, C, H, W]} or {@code [N, C,
 * L]}: depthwise convolution (a {@link DilatedReparamBlock} from kernel 7 up), batch norm,
 * squeeze-excite, then a feed-forward part with {@link Grn} and batch norm, layer scale, drop path;
 * residual.
 */
public record UniRepLKBlock(int kernel, double dropPath, Site site) implements Recipe {
  private static final int FFN_RATIO = 4;

  public UniRepLKBlock {
    Check.odd("uniRepLKBlock", "the kernel", kernel);
    Check.fraction("uniRepLKBlock", "dropPath", dropPath);
  }

  public UniRepLKBlock dropPath(double rate) {
    return new UniRepLKBlock(kernel, rate, site);
  }

  @Override
  public Layer body(Lowering at, Tensors inputs) {
    int axes = Expect.spatialAxes(at, "uniRepLKBlock", inputs.one());
    Layer last = axes == 2 ? Layers.permute(0, 2, 3, 1) : Layers.permute(0, 2, 1);
    Layer first = axes == 2 ? Layers.permute(0, 3, 1, 2) : Layers.permute(0, 2, 1);
    int channels = Expect.fixed(at, "uniRepLKBlock", inputs.one(), 1, "channels");
    Layer large =
        kernel >= 7
            ? Layers.dilatedReparamBlock(kernel)
            : Layers.depthwise(axes, kernel).bias(false);
    return residual(
        named("dwconv", large),
        named("norm", Layers.batchNorm()),
        named("se", Layers.squeezeExcite().reduction(4)),
        named("pwconv1", sequential(last, Layers.dense(FFN_RATIO * channels))),
        named("act", sequential(Layers.gelu(), Layers.grn())),
        named("pwconv2", sequential(Layers.dense(channels).bias(false), first, Layers.batchNorm())),
        inline(Layers.layerScale(1e-6)),
        named("drop_path", Layers.dropPath(dropPath)));
  }

  @Override
  public String toString() {
    return "uniRepLKBlock(" + kernel + ")" + (dropPath == 0 ? "" : ".dropPath(" + dropPath + ")");
  }
}
