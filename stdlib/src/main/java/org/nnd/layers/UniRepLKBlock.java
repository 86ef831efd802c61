package org.nnd.layers;

import static org.nnd.dsl.Combinators.identity;
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
 * residual. Kernel 0 leaves the convolution and its norm out.
 */
public record UniRepLKBlock(
    int kernel, double ffnRatio, double layerScale, double dropPath, Site site) implements Recipe {

  public UniRepLKBlock {
    if (kernel != 0) {
      Check.odd("uniRepLKBlock", "the kernel", kernel);
    }
    Check.positive("uniRepLKBlock", "the ratio of the feed-forward part", ffnRatio);
    Check.fraction("uniRepLKBlock", "dropPath", dropPath);
  }

  /** {@return this with so many times the channels inside the feed-forward part} */
  public UniRepLKBlock ffnRatio(double value) {
    return new UniRepLKBlock(kernel, value, layerScale, dropPath, site);
  }

  /** {@return this with a layer scale that starts at the given value; none for 0} */
  public UniRepLKBlock layerScale(double initial) {
    return new UniRepLKBlock(kernel, ffnRatio, initial, dropPath, site);
  }

  /**
   * {@return this whose branch is left out, in training, for a share {@code rate} of the examples;
   * 0 for none}
   */
  public UniRepLKBlock dropPath(double rate) {
    return new UniRepLKBlock(kernel, ffnRatio, layerScale, rate, site);
  }

  @Override
  public Layer body(Lowering at, Tensors inputs) {
    int axes = Expect.spatialAxes(at, "uniRepLKBlock", inputs.one());
    Layer last = axes == 2 ? Layers.permute(0, 2, 3, 1) : Layers.permute(0, 2, 1);
    Layer first = axes == 2 ? Layers.permute(0, 3, 1, 2) : Layers.permute(0, 2, 1);
    int channels = Expect.fixed(at, "uniRepLKBlock", inputs.one(), 1, "channels");
    Layer scale = layerScale == 0 ? identity() : inline(Layers.layerScale(layerScale));
    return residual(
        named("dwconv", large(axes)),
        named("norm", kernel == 0 ? identity() : Layers.batchNorm()),
        named("se", Layers.squeezeExcite().reduction(4)),
        named("pwconv1", sequential(last, Layers.dense((int) (ffnRatio * channels)))),
        named("act", sequential(Layers.gelu(), Layers.grn())),
        named("pwconv2", sequential(Layers.dense(channels).bias(false), first, Layers.batchNorm())),
        scale,
        named("drop_path", Layers.dropPath(dropPath)));
  }

  private Layer large(int axes) {
    if (kernel == 0) {
      return identity();
    }
    return kernel >= 7
        ? Layers.dilatedReparamBlock(kernel)
        : Layers.depthwise(axes, kernel).bias(false);
  }

  @Override
  public String toString() {
    return "uniRepLKBlock("
        + kernel
        + ")"
        + (ffnRatio == 4 ? "" : ".ffnRatio(" + ffnRatio + ")")
        + (layerScale == 1e-6 ? "" : ".layerScale(" + layerScale + ")")
        + (dropPath == 0 ? "" : ".dropPath(" + dropPath + ")");
  }
}
