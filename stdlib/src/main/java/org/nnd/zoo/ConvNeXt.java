package org.nnd.zoo;

import static org.nnd.dsl.Combinators.named;
import static org.nnd.dsl.Combinators.sequential;
import static org.nnd.layers.Layers.conv;
import static org.nnd.layers.Layers.convNeXtBlock;
import static org.nnd.layers.Layers.convNeXtV2Block;
import static org.nnd.layers.Layers.dense;
import static org.nnd.layers.Layers.downsample;
import static org.nnd.layers.Layers.globalAvgPool;
import static org.nnd.layers.Layers.layerNorm;

import java.util.ArrayList;
import java.util.List;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Recipe;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensors;
import org.nnd.layers.ConvNeXtBlock;

/**
 * ConvNeXt (Liu et al. 2022), or ConvNeXt V2 (Woo et al. 2023) with {@code version} 2: patches of
 * 4, stages of blocks with 2x2 convolutions between them, average, layer norm, dense head.
 *
 * @param depths the number of blocks of each stage
 * @param widths the channels of each stage
 * @param dropPath the rate in the last block; it grows from 0
 */
public record ConvNeXt(
    int version,
    List<Integer> depths,
    List<Integer> widths,
    int classes,
    double dropPath,
    Site site)
    implements Recipe {
  public ConvNeXt {
    depths = List.copyOf(depths);
    widths = List.copyOf(widths);
    Stages.check("convNeXt", List.of(depths, widths));
  }

  /** {@return this with so many blocks in each stage, one number per stage} */
  public ConvNeXt depths(int... numbers) {
    return new ConvNeXt(version, Stages.list(numbers), widths, classes, dropPath, site);
  }

  /** {@return this with so many channels in each stage, one number per stage} */
  public ConvNeXt widths(int... channels) {
    return new ConvNeXt(version, depths, Stages.list(channels), classes, dropPath, site);
  }

  /**
   * {@return this whose branches are left out, in training, for a share of the examples that grows
   * from 0 to {@code rate} in the last block}
   */
  public ConvNeXt dropPath(double rate) {
    return new ConvNeXt(version, depths, widths, classes, rate, site);
  }

  @Override
  public Layer body(Lowering at, Tensors inputs) {
    ConvNeXtBlock plain = version == 2 ? convNeXtV2Block() : convNeXtBlock();
    return network(
        depths,
        widths,
        classes,
        (stage, block) -> plain.dropPath(Stages.rate(dropPath, block, depths)));
  }

  /** Makes a block, given its stage and its number among all blocks. */
  interface Blocks {
    Layer block(int stage, int number);
  }

  /** {@return the network around blocks that keep their input's shape} */
  static Layer network(List<Integer> depths, List<Integer> widths, int classes, Blocks make) {
    List<Layer> net = new ArrayList<>();
    Layer stem =
        sequential(conv(widths.get(0)).kernel(4).stride(4), layerNorm().channelsFirst().eps(1e-6));
    int number = 0;
    for (int stage = 0; stage < depths.size(); stage++) {
      Layer reduce = stage == 0 ? stem : downsample(widths.get(stage));
      net.add(named("downsample_layers." + stage, reduce));
      List<Layer> blocks = new ArrayList<>();
      for (int i = 0; i < depths.get(stage); i++) {
        blocks.add(make.block(stage, number++));
      }
      net.add(named("stages." + stage, sequential(blocks)));
    }
    net.add(globalAvgPool());
    net.add(named("norm", layerNorm().eps(1e-6)));
    net.add(named("head", dense(classes)));
    return SmallWeights.of(sequential(net));
  }

  @Override
  public String toString() {
    return (version == 2 ? "convNeXtV2(" : "convNeXt(") + classes + ") widths " + widths;
  }
}
