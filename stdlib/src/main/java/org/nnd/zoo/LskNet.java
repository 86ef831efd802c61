package org.nnd.zoo;

import static org.nnd.layers.Layers.batchNorm;
import static org.nnd.layers.Layers.conv;
import static org.nnd.layers.Layers.dense;
import static org.nnd.layers.Layers.globalAvgPool;
import static org.nnd.layers.Layers.layerNorm;
import static org.nnd.layers.convnets.ConvNets.lskNetBlock;

import java.util.List;
import org.nnd.dsl.Block;
import org.nnd.dsl.Check;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;

/**
 * LSKNet (Li et al. 2023), a backbone for detection: stages of {@code lskNetBlock}s behind
 * overlapping patches of stride 4, 2, 2, 2. Its results are the normalised pictures of all stages,
 * {@code stage1} to {@code stage4}; with a number of classes, the scores of a dense layer on the
 * average of the last.
 *
 * @param depths the number of blocks of each stage
 * @param widths the channels of each stage
 * @param mlpRatios how many times as wide each stage's feed-forward parts are inside
 * @param classes 0 for the pictures of all stages
 * @param dropPath the rate in the last block; it grows from 0
 */
public record LskNet(
    List<Integer> depths,
    List<Integer> widths,
    List<Integer> mlpRatios,
    int classes,
    double dropPath,
    Site site)
    implements Block {
  public LskNet {
    depths = List.copyOf(depths);
    widths = List.copyOf(widths);
    mlpRatios = List.copyOf(mlpRatios);
    Stages.check("lskNet", List.of(depths, widths, mlpRatios));
    Check.notNegative("lskNet", "the number of classes", classes);
  }

  /** {@return this with a head for so many classes} */
  public LskNet classes(int number) {
    return new LskNet(depths, widths, mlpRatios, number, dropPath, site);
  }

  /** {@return this with other stages: as many blocks, channels and ratios inside} */
  public LskNet stages(List<Integer> blocks, List<Integer> channels, List<Integer> ratios) {
    return new LskNet(blocks, channels, ratios, classes, dropPath, site);
  }

  /**
   * {@return this whose branches are left out, in training, for a share of the examples that grows
   * from 0 to {@code rate} in the last block}
   */
  public LskNet dropPath(double rate) {
    return new LskNet(depths, widths, mlpRatios, classes, rate, site);
  }

  @Override
  public Tensors lower(Lowering at, Tensors inputs) {
    Tensor x = inputs.one();
    Tensors stages = inputs.masks();
    int block = 0;
    for (int stage = 0; stage < depths.size(); stage++) {
      int number = stage + 1;
      int kernel = stage == 0 ? 7 : 3;
      String patches = "patch_embed" + number;
      int stride = stage == 0 ? 4 : 2;
      x = at.call(patches + ".proj", conv(widths.get(stage)).kernel(kernel).stride(stride), x);
      x = at.call(patches + ".norm", batchNorm(), x);
      for (int i = 0; i < depths.get(stage); i++) {
        double rate = Stages.rate(dropPath, block++, depths);
        double ratio = mlpRatios.get(stage);
        x = at.call("block" + number + "." + i, lskNetBlock().mlpRatio(ratio).dropPath(rate), x);
      }
      x = at.call("norm" + number, layerNorm().channelsFirst().eps(1e-6), x);
      stages = stages.with("stage" + number, x);
    }
    return classes == 0
        ? stages
        : Tensors.of(at.call("head", dense(classes), at.call("pool", globalAvgPool(), x)))
            .with(inputs.masks());
  }

  @Override
  public String toString() {
    return "lskNet() widths " + widths + (classes == 0 ? "" : " classes " + classes);
  }
}
