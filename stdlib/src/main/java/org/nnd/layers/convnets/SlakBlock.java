package org.nnd.layers.convnets;

import static org.nnd.dsl.Combinators.inline;
import static org.nnd.dsl.Combinators.named;
import static org.nnd.dsl.Combinators.parallel;
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
import org.nnd.layers.Expect;
import org.nnd.layers.Layers;

/**
 * The block of SLaK (Liu et al. 2023, section 4) on {@code [N, C, H, W]}: that of ConvNeXt around
 * two bands, {@code kernel x small} and {@code small x kernel}, and a square {@code small x small},
 * depthwise and each with batch norm, summed. Parts: {@code large_kernel.LoRA1}, {@code
 * large_kernel.LoRA2}, {@code large_kernel.small_conv}, {@code norm}, {@code pwconv1}, {@code
 * pwconv2}, {@code gamma}.
 */
public record SlakBlock(int kernel, int small, double dropPath, Site site) implements Recipe {
  public SlakBlock {
    Check.odd("slakBlock", "the kernel", kernel);
    Check.odd("slakBlock", "the small kernel", small);
    Check.fraction("slakBlock", "dropPath", dropPath);
    if (small > kernel) {
      throw Check.error(
          "slakBlock: the small kernel must not be larger than the kernel %d, got %d",
          kernel, small);
    }
  }

  /**
   * {@return this with bands {@code size} wide and a square of {@code size x size}; at most 5
   * unless told}
   */
  public SlakBlock small(int size) {
    return new SlakBlock(kernel, size, dropPath, site);
  }

  /**
   * {@return this whose branch is left out, in training, for a share {@code rate} of the examples;
   * 0 for none}
   */
  public SlakBlock dropPath(double rate) {
    return new SlakBlock(kernel, small, rate, site);
  }

  @Override
  public Layer body(Lowering at, Tensors inputs) {
    Expect.rank(at, "slakBlock", inputs.one(), 4, "[N, C, H, W]");
    int channels = Expect.fixed(at, "slakBlock", inputs.one(), 1, "channels");
    List<Layer> sum = new ArrayList<>();
    sum.add(named("LoRA1", Layers.convBn(Layers.depthwise(3).kernel(kernel, small))));
    sum.add(named("LoRA2", Layers.convBn(Layers.depthwise(3).kernel(small, kernel))));
    if (small < kernel) {
      sum.add(named("small_conv", Layers.convBn(Layers.depthwise(small))));
    }
    return residual(
        sequential(
            named("large_kernel", parallel(sum)),
            Layers.permute(0, 2, 3, 1),
            named("norm", Layers.layerNorm().eps(1e-6)),
            named("pwconv1", Layers.dense(4 * channels)),
            named("act", Layers.gelu()),
            named("pwconv2", Layers.dense(channels)),
            inline(Layers.layerScale(1e-6).channelsLast()),
            Layers.permute(0, 3, 1, 2),
            named("drop_path", Layers.dropPath(dropPath))));
  }

  @Override
  public String toString() {
    return "slakBlock(" + kernel + ")" + (small == 5 ? "" : ".small(" + small + ")");
  }
}
