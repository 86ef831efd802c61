package org.nnd.zoo;

import static org.nnd.dsl.Combinators.identity;
import static org.nnd.dsl.Combinators.inline;
import static org.nnd.dsl.Combinators.named;
import static org.nnd.dsl.Combinators.residualWith;
import static org.nnd.dsl.Combinators.sequential;
import static org.nnd.layers.Layers.batchNorm;
import static org.nnd.layers.Layers.conv;
import static org.nnd.layers.Layers.convBn;
import static org.nnd.layers.Layers.convBnRelu;
import static org.nnd.layers.Layers.dense;
import static org.nnd.layers.Layers.globalAvgPool;
import static org.nnd.layers.Layers.maxPool;
import static org.nnd.layers.Layers.relu;

import java.util.ArrayList;
import java.util.List;
import org.nnd.dsl.Check;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Recipe;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensors;
import org.nnd.layers.convnets.SelectiveKernel;

/**
 * Residual networks with selective kernels (Li et al. 2019, SKNet), with the sizes and names of
 * timm: a stem of stride 4, stages of basic or bottleneck blocks, average, dense head.
 *
 * @param depths the number of blocks of each stage
 * @param bottleneck whether blocks narrow by 4 inside
 * @param groups of the selective kernels
 * @param groupWidth channels of a group, of the 64 that the first stage has
 * @param selective the selective kernel whose options all blocks have
 */
public record SkNet(
    List<Integer> depths,
    boolean bottleneck,
    int groups,
    int groupWidth,
    SelectiveKernel selective,
    int classes,
    Site site)
    implements Recipe {
  private static final int STEM = 64;

  public SkNet {
    depths = List.copyOf(depths);
    Stages.check("skNet", List.of(depths));
    Check.positive("skNet", "groups", groups);
    Check.positive("skNet", "the width of a group", groupWidth);
    Check.positive("skNet", "the number of classes", classes);
  }

  /** {@return this with so many blocks in each stage, one number per stage} */
  public SkNet depths(int... numbers) {
    return new SkNet(
        Stages.list(numbers), bottleneck, groups, groupWidth, selective, classes, site);
  }

  @Override
  public Layer body(Lowering at, Tensors inputs) {
    List<Layer> net = new ArrayList<>();
    net.add(named("conv1", conv(STEM).kernel(7).stride(2).bias(false)));
    net.add(named("bn1", batchNorm()));
    net.add(named("act1", relu()));
    net.add(named("maxpool", maxPool(3).stride(2).padding(1)));
    int channels = STEM;
    for (int stage = 0; stage < depths.size(); stage++) {
      int planes = STEM << stage;
      int out = bottleneck ? 4 * planes : planes;
      List<Layer> blocks = new ArrayList<>();
      for (int i = 0; i < depths.get(stage); i++) {
        blocks.add(block(channels, planes, out, i == 0 && stage > 0 ? 2 : 1));
        channels = out;
      }
      net.add(named("layer" + (stage + 1), sequential(blocks)));
    }
    net.add(globalAvgPool());
    net.add(named("fc", dense(classes)));
    return sequential(net);
  }

  private Layer block(int in, int planes, int out, int stride) {
    Layer project = sequential(conv(out).kernel(1).stride(stride).bias(false), batchNorm());
    Layer shortcut = in == out && stride == 1 ? identity() : named("downsample", project);
    int width = planes * groupWidth / STEM * groups;
    SelectiveKernel kernels = selective.stride(stride).groups(groups);
    Layer branch =
        bottleneck
            ? sequential(
                named("conv1", convBnRelu(conv(width).kernel(1))),
                named("conv2", kernels.out(width)),
                named("conv3", convBn(conv(out).kernel(1))))
            : sequential(named("conv1", kernels.out(planes)), named("conv2", convBn(conv(out))));
    return sequential(inline(residualWith(shortcut, branch)), named("act", relu()));
  }

  @Override
  public String toString() {
    return "skNet(" + classes + ") depths " + depths + (groups == 1 ? "" : " groups " + groups);
  }
}
