package org.nnd.zoo;

import static org.nnd.dsl.Combinators.named;
import static org.nnd.dsl.Combinators.sequential;
import static org.nnd.layers.Layers.batchNorm;
import static org.nnd.layers.Layers.conv;
import static org.nnd.layers.Layers.dense;
import static org.nnd.layers.Layers.gelu;
import static org.nnd.layers.Layers.globalAvgPool;
import static org.nnd.layers.Layers.inceptionNeXtBlock;
import static org.nnd.layers.Layers.layerNorm;

import java.util.ArrayList;
import java.util.List;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Recipe;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensors;

/**
 * InceptionNeXt (Yu et al. 2024): patches of 4, stages of {@code inceptionNeXtBlock}s with 2x2
 * convolutions between them, average, and a head of two dense layers.
 *
 * @param band the long side of the band kernels
 * @param branchRatio the share of channels of each of the three kernels
 * @param depths the number of blocks of each stage
 * @param widths the channels of each stage
 * @param mlpRatios how many times as wide each stage's blocks are inside
 * @param dropPath the rate in the last block; it grows from 0
 */
public record InceptionNeXt(
    int band,
    double branchRatio,
    List<Integer> depths,
    List<Integer> widths,
    List<Integer> mlpRatios,
    int classes,
    double dropPath,
    Site site)
    implements Recipe {
  private static final int HEAD_RATIO = 3;

  public InceptionNeXt {
    depths = List.copyOf(depths);
    widths = List.copyOf(widths);
    mlpRatios = List.copyOf(mlpRatios);
    Stages.check("inceptionNeXt", List.of(depths, widths, mlpRatios));
  }

  /** {@return this with bands of {@code 1 x size} and {@code size x 1}} */
  public InceptionNeXt band(int size) {
    return new InceptionNeXt(size, branchRatio, depths, widths, mlpRatios, classes, dropPath, site);
  }

  /** {@return this where each of the three kernels of a block has this share of the channels} */
  public InceptionNeXt branchRatio(double share) {
    return new InceptionNeXt(band, share, depths, widths, mlpRatios, classes, dropPath, site);
  }

  /** {@return this with other stages: as many blocks, channels and ratios inside} */
  public InceptionNeXt stages(List<Integer> blocks, List<Integer> channels, List<Integer> ratios) {
    return new InceptionNeXt(band, branchRatio, blocks, channels, ratios, classes, dropPath, site);
  }

  /**
   * {@return this whose branches are left out, in training, for a share of the examples that grows
   * from 0 to {@code rate} in the last block}
   */
  public InceptionNeXt dropPath(double rate) {
    return new InceptionNeXt(band, branchRatio, depths, widths, mlpRatios, classes, rate, site);
  }

  @Override
  public Layer body(Lowering at, Tensors inputs) {
    List<Layer> net = new ArrayList<>();
    net.add(named("stem", sequential(conv(widths.get(0)).kernel(4).stride(4), batchNorm())));
    int block = 0;
    for (int stage = 0; stage < depths.size(); stage++) {
      String path = "stages." + stage;
      if (stage > 0) {
        Layer reduce = conv(widths.get(stage)).kernel(2).stride(2);
        net.add(named(path + ".downsample", sequential(batchNorm(), reduce)));
      }
      List<Layer> blocks = new ArrayList<>();
      for (int i = 0; i < depths.get(stage); i++) {
        blocks.add(
            inceptionNeXtBlock()
                .band(band)
                .branchRatio(branchRatio)
                .mlpRatio(mlpRatios.get(stage))
                .dropPath(Stages.rate(dropPath, block++, depths)));
      }
      net.add(named(path + ".blocks", sequential(blocks)));
    }
    net.add(globalAvgPool());
    int last = widths.get(widths.size() - 1);
    net.add(named("head.fc1", dense(HEAD_RATIO * last)));
    net.add(named("head.act", gelu()));
    net.add(named("head.norm", layerNorm().eps(1e-6)));
    net.add(named("head.fc2", dense(classes)));
    return SmallWeights.of(sequential(net));
  }

  @Override
  public String toString() {
    return "inceptionNeXt(" + classes + ") band " + band + " widths " + widths;
  }
}
