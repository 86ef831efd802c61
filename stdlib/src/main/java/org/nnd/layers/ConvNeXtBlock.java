package org.nnd.layers;

import static org.nnd.dsl.Combinators.inline;
import static org.nnd.dsl.Combinators.named;
import static org.nnd.dsl.Combinators.residual;
import static org.nnd.dsl.Combinators.sequential;

import java.util.ArrayList;
import java.util.List;
import org.nnd.dsl.Check;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Recipe;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensors;

/**
 * The block of ConvNeXt (Liu et al. 2022) on {@code [N, C, H, W]}: {@code x + gamma
 * pwconv2(gelu(pwconv1(norm(dwconv(x)))))}; with {@code globalResponse} that of ConvNeXt V2 (Woo et
 * al. 2023), which has {@link Grn} after GELU and no layer scale.
 */
public record ConvNeXtBlock(
    int kernel, boolean globalResponse, double layerScale, double dropPath, Site site)
    implements Recipe {
  public ConvNeXtBlock {
    Check.odd("convNeXtBlock", "the kernel", kernel);
    Check.fraction("convNeXtBlock", "dropPath", dropPath);
  }

  /** {@return this with a depthwise kernel of {@code size x size}; 7 unless told} */
  public ConvNeXtBlock kernel(int size) {
    return new ConvNeXtBlock(size, globalResponse, layerScale, dropPath, site);
  }

  /** {@return this with a layer scale that starts at the given value; none for 0} */
  public ConvNeXtBlock layerScale(double initial) {
    return new ConvNeXtBlock(kernel, globalResponse, initial, dropPath, site);
  }

  /**
   * {@return this whose branch is left out, in training, for a share {@code rate} of the examples;
   * 0 for none}
   */
  public ConvNeXtBlock dropPath(double rate) {
    return new ConvNeXtBlock(kernel, globalResponse, layerScale, rate, site);
  }

  @Override
  public Layer body(Lowering at, Tensors inputs) {
    Expect.rank(at, "convNeXtBlock", inputs.one(), 4, "[N, C, H, W]");
    int channels = Expect.fixed(at, "convNeXtBlock", inputs.one(), 1, "channels");
    List<Layer> branch =
        new ArrayList<>(
            List.of(
                named("dwconv", Layers.depthwise(kernel)),
                Layers.permute(0, 2, 3, 1),
                named("norm", Layers.layerNorm().eps(1e-6)),
                named("pwconv1", Layers.dense(4 * channels)),
                named("act", Layers.gelu())));
    if (globalResponse) {
      branch.add(named("grn", Layers.grn()));
    }
    branch.add(named("pwconv2", Layers.dense(channels)));
    if (layerScale != 0) {
      branch.add(inline(Layers.layerScale(layerScale).channelsLast()));
    }
    branch.add(Layers.permute(0, 3, 1, 2));
    branch.add(named("drop_path", Layers.dropPath(dropPath)));
    return residual(sequential(branch));
  }

  @Override
  public String toString() {
    return (globalResponse ? "convNeXtV2Block()" : "convNeXtBlock()")
        + (kernel == 7 ? "" : ".kernel(" + kernel + ")")
        + (dropPath == 0 ? "" : ".dropPath(" + dropPath + ")");
  }
}
