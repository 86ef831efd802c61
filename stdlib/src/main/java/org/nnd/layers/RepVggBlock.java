package org.nnd.layers;

import static org.nnd.dsl.Combinators.inline;
import static org.nnd.dsl.Combinators.named;
import static org.nnd.dsl.Combinators.parallel;
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
 * 3x3 and 1x1 convolutions with batch norm, and a batch norm alone where the shape stays, summed,
 * then ReLU (Ding et al. 2021, RepVGG). {@code [N, C, H, W]} to {@code [N, out, H / stride, W /
 * stride]}. Parts: {@code rbr_dense}, {@code rbr_1x1}, {@code rbr_identity}; merged {@code
 * rbr_reparam}.
 */
public record RepVggBlock(int out, int stride, int groups, Site site) implements Recipe {
  public RepVggBlock {
    Check.positive("repVggBlock", "the number of output channels", out);
    Check.positive("repVggBlock", "the stride", stride);
    Check.positive("repVggBlock", "groups", groups);
  }

  /**
   * {@return this with windows {@code size} positions apart (1 unless told); there is a batch norm
   * alone only at stride 1}
   */
  public RepVggBlock stride(int size) {
    return new RepVggBlock(out, size, groups, site);
  }

  /** {@return this with channels in so many groups that are convolved apart} */
  public RepVggBlock groups(int number) {
    return new RepVggBlock(out, stride, number, site);
  }

  @Override
  public Layer body(Lowering at, Tensors inputs) {
    return sequential(
        inline(new Branches(out, stride, groups, site)), named("nonlinearity", Layers.relu()));
  }

  /** The sum before the ReLU. */
  record Branches(int out, int stride, int groups, Site site) implements Reparameterised {
    @Override
    public Layer body(Lowering at, Tensors inputs) {
      int channels = Expect.fixed(at, "repVggBlock", inputs.one(), 1, "channels");
      Conv dense = Layers.conv(out).kernel(3).stride(stride).padding(1).groups(groups);
      Conv point = Layers.conv(out).kernel(1).stride(stride).padding(0).groups(groups);
      List<Layer> sum = new ArrayList<>();
      if (channels == out && stride == 1) {
        sum.add(named("rbr_identity", Layers.batchNorm()));
      }
      sum.add(named("rbr_dense", Layers.convBn(dense)));
      sum.add(named("rbr_1x1", Layers.convBn(point)));
      return parallel(sum);
    }

    @Override
    public String mergedName() {
      return "rbr_reparam";
    }

    @Override
    public String toString() {
      return "branches";
    }
  }

  @Override
  public String toString() {
    return "repVggBlock("
        + out
        + ")"
        + (stride == 1 ? "" : ".stride(" + stride + ")")
        + (groups == 1 ? "" : ".groups(" + groups + ")");
  }
}
