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
 * The feed-forward block of RepLKNet (Ding et al. 2022, figure 2) on {@code [N, C, H, W]}: {@code x
 * + dropPath(pw2(gelu(pw1(bn(x)))))} with 1x1 convolutions and batch norms, {@code ratio C}
 * channels inside.
 */
public record ConvFfn(double ratio, double dropPath, Site site) implements Recipe {
  public ConvFfn {
    Check.positive("convFfn", "the ratio", ratio);
    Check.fraction("convFfn", "dropPath", dropPath);
  }

  /** {@return this with {@code value} times as many channels inside; 4 unless told} */
  public ConvFfn ratio(double value) {
    return new ConvFfn(value, dropPath, site);
  }

  /**
   * {@return this whose branch is left out, in training, for a share {@code rate} of the examples;
   * 0 for none}
   */
  public ConvFfn dropPath(double rate) {
    return new ConvFfn(ratio, rate, site);
  }

  @Override
  public Layer body(Lowering at, Tensors inputs) {
    Expect.rank(at, "convFfn", inputs.one(), 4, "[N, C, H, W]");
    int channels = Expect.fixed(at, "convFfn", inputs.one(), 1, "channels");
    return residual(
        named("preffn_bn", Layers.batchNorm()),
        named("pw1", Layers.convBn(Layers.conv((int) (channels * ratio)).kernel(1))),
        named("nonlinear", Layers.gelu()),
        named("pw2", Layers.convBn(Layers.conv(channels).kernel(1))),
        named("drop_path", Layers.dropPath(dropPath)));
  }

  @Override
  public String toString() {
    return "convFfn()"
        + (ratio == 4 ? "" : ".ratio(" + ratio + ")")
        + (dropPath == 0 ? "" : ".dropPath(" + dropPath + ")");
  }
}
