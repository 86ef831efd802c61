package org.nnd.zoo;

import static org.nnd.dsl.Combinators.named;
import static org.nnd.dsl.Combinators.sequential;
import static org.nnd.layers.Layers.batchNorm;
import static org.nnd.layers.Layers.conv;
import static org.nnd.layers.Layers.dense;
import static org.nnd.layers.Layers.depthwise;
import static org.nnd.layers.Layers.globalAvgPool;
import static org.nnd.layers.Layers.relu;
import static org.nnd.layers.convnets.ConvNets.lsNetBlock;

import java.util.ArrayList;
import java.util.List;
import org.nnd.dsl.Check;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Recipe;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensors;
import org.nnd.layers.Conv;
import org.nnd.layers.convnets.LsNetBlock;

/**
 * LSNet (Wang et al. 2025): a stem of stride 8, stages in which re-parameterised 3x3 kernels with
 * squeeze-excite and large-small convolutions take turns, the last with attention in place of the
 * latter; between them convolutions of stride 2; average, batch norm, dense head.
 *
 * @param depths the number of blocks of each stage
 * @param widths the channels of each stage
 * @param heads of the attention in the last stage
 */
public record LsNet(List<Integer> depths, List<Integer> widths, int heads, int classes, Site site)
    implements Recipe {
  private static final int KEY = 16;

  public LsNet {
    depths = List.copyOf(depths);
    widths = List.copyOf(widths);
    // A stage may be nothing but its halving.
    Stages.check("lsNet", List.of(depths.stream().map(d -> d + 1).toList(), widths));
    Check.positive("lsNet", "the number of heads", heads);
    Check.positive("lsNet", "the number of classes", classes);
  }

  /** {@return this with so many blocks in each stage, one number per stage} */
  public LsNet depths(int... numbers) {
    return new LsNet(Stages.list(numbers), widths, heads, classes, site);
  }

  /** {@return this with so many channels in each stage, one number per stage} */
  public LsNet widths(int... channels) {
    return new LsNet(depths, Stages.list(channels), heads, classes, site);
  }

  @Override
  public Layer body(Lowering at, Tensors inputs) {
    List<Layer> net = new ArrayList<>();
    int first = widths.get(0);
    net.add(
        named(
            "patch_embed",
            sequential(
                convBn(conv(first / 4).stride(2)),
                relu(),
                convBn(conv(first / 2).stride(2)),
                relu(),
                convBn(conv(first).stride(2)))));
    for (int stage = 0; stage < depths.size(); stage++) {
      List<Layer> blocks = new ArrayList<>();
      if (stage > 0) {
        blocks.add(convBn(depthwise(3).stride(2)));
        blocks.add(convBn(conv(widths.get(stage)).kernel(1)));
      }
      LsNetBlock block = lsNetBlock();
      for (int i = 0; i < depths.get(stage); i++) {
        boolean last = stage == depths.size() - 1;
        blocks.add(i % 2 == 0 ? block : last ? block.attention(KEY, heads) : block.largeSmall());
      }
      if (!blocks.isEmpty()) {
        net.add(named("blocks" + (stage + 1), sequential(blocks)));
      }
    }
    net.add(globalAvgPool());
    Initializer weight = Initializer.truncatedNormal(0.02);
    net.add(
        named(
            "head",
            sequential(
                named("bn", batchNorm()),
                named("l", dense(classes).initializer(weight, Initializer.zeros())))));
    return sequential(net);
  }

  private static Layer convBn(Conv conv) {
    return sequential(named("c", conv.bias(false)), named("bn", batchNorm()));
  }

  @Override
  public String toString() {
    return "lsNet(" + classes + ") depths " + depths + " widths " + widths;
  }
}
