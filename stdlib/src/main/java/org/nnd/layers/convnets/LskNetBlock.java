package org.nnd.layers.convnets;

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
import org.nnd.layers.Expect;
import org.nnd.layers.Layers;

/**
 * The block of LSKNet (Li et al. 2023, figure 2) on {@code [N, C, H, W]}: a residual of 1x1
 * convolution, GELU, {@link LskBlock} and 1x1 convolution around its own skip, and a residual of a
 * feed-forward part with a 3x3 depthwise convolution, each behind batch norm and with layer scale
 * 0.01. Parts: {@code norm1}, {@code attn}, {@code layer_scale_1}, {@code norm2}, {@code mlp},
 * {@code layer_scale_2}.
 */
public record LskNetBlock(double mlpRatio, double dropout, double dropPath, Site site)
    implements Recipe {
  public LskNetBlock {
    Check.positive("lskNetBlock", "the MLP ratio", mlpRatio);
    Check.fraction("lskNetBlock", "dropout", dropout);
    Check.fraction("lskNetBlock", "dropPath", dropPath);
  }

  /**
   * {@return this with {@code ratio} times as many channels inside the feed-forward part; 4 unless
   * told}
   */
  public LskNetBlock mlpRatio(double ratio) {
    return new LskNetBlock(ratio, dropout, dropPath, site);
  }

  /**
   * {@return this with a share {@code rate} of the feed-forward part's features zeroed in training}
   */
  public LskNetBlock dropout(double rate) {
    return new LskNetBlock(mlpRatio, rate, dropPath, site);
  }

  /**
   * {@return this whose branch is left out, in training, for a share {@code rate} of the examples;
   * 0 for none}
   */
  public LskNetBlock dropPath(double rate) {
    return new LskNetBlock(mlpRatio, dropout, rate, site);
  }

  @Override
  public Layer body(Lowering at, Tensors inputs) {
    Expect.rank(at, "lskNetBlock", inputs.one(), 4, "[N, C, H, W]");
    int channels = Expect.fixed(at, "lskNetBlock", inputs.one(), 1, "channels");
    int hidden = (int) (channels * mlpRatio);
    Layer attention =
        residual(
            named("proj_1", Layers.conv(channels).kernel(1)),
            named("activation", Layers.gelu()),
            named("spatial_gating_unit", new LskBlock(site)),
            named("proj_2", Layers.conv(channels).kernel(1)));
    Layer mlp =
        sequential(
            named("fc1", Layers.conv(hidden).kernel(1)),
            named("dwconv.dwconv", Layers.depthwise(3)),
            named("act", Layers.gelu()),
            named("drop1", Layers.dropout(dropout)),
            named("fc2", Layers.conv(channels).kernel(1)),
            named("drop2", Layers.dropout(dropout)));
    return sequential(
        inline(branch("norm1", "attn", attention, "layer_scale_1", "drop_path1")),
        inline(branch("norm2", "mlp", mlp, "layer_scale_2", "drop_path2")));
  }

  private Layer branch(String norm, String name, Layer layer, String scale, String drop) {
    return residual(
        named(norm, Layers.batchNorm()),
        named(name, layer),
        inline(Layers.layerScale(1e-2).variable(scale)),
        named(drop, Layers.dropPath(dropPath)));
  }

  @Override
  public String toString() {
    return "lskNetBlock().mlpRatio("
        + mlpRatio
        + ")"
        + (dropPath == 0 ? "" : ".dropPath(" + dropPath + ")");
  }
}
