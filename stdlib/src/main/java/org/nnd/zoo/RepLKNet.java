package org.nnd.zoo;

import static org.nnd.dsl.Combinators.named;
import static org.nnd.dsl.Combinators.sequential;
import static org.nnd.layers.Layers.batchNorm;
import static org.nnd.layers.Layers.conv;
import static org.nnd.layers.Layers.convBnRelu;
import static org.nnd.layers.Layers.convFfn;
import static org.nnd.layers.Layers.dense;
import static org.nnd.layers.Layers.depthwise;
import static org.nnd.layers.Layers.globalAvgPool;
import static org.nnd.layers.Layers.repLKBlock;

import java.util.ArrayList;
import java.util.List;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Recipe;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensors;

/**
 * RepLKNet (Ding et al. 2022): a stem of stride 4, stages of large-kernel and feed-forward blocks
 * with transitions of stride 2 between them, batch norm, average, dense head.
 *
 * @param kernels the large kernel of each stage
 * @param depths the number of (large-kernel, feed-forward) pairs of each stage
 * @param widths the channels of each stage
 * @param small the small kernel beside the large one, 0 for none
 * @param ratio channels inside a large-kernel block over those outside
 * @param ffnRatio channels inside a feed-forward block over those outside
 * @param dropPath the rate in the last block; it grows from 0
 */
public record RepLKNet(
    List<Integer> kernels,
    List<Integer> depths,
    List<Integer> widths,
    int small,
    double ratio,
    double ffnRatio,
    int classes,
    double dropPath,
    Site site)
    implements Recipe {
  public RepLKNet {
    kernels = List.copyOf(kernels);
    depths = List.copyOf(depths);
    widths = List.copyOf(widths);
    Stages.check("repLKNet", List.of(kernels, depths, widths));
  }

  /** {@return this with other kernels, one per stage} */
  public RepLKNet kernels(int... sizes) {
    return new RepLKNet(
        Stages.list(sizes), depths, widths, small, ratio, ffnRatio, classes, dropPath, site);
  }

  /** {@return this with so many blocks in each stage, one number per stage} */
  public RepLKNet depths(int... numbers) {
    return new RepLKNet(
        kernels, Stages.list(numbers), widths, small, ratio, ffnRatio, classes, dropPath, site);
  }

  /** {@return this with so many channels in each stage, one number per stage} */
  public RepLKNet widths(int... channels) {
    return new RepLKNet(
        kernels, depths, Stages.list(channels), small, ratio, ffnRatio, classes, dropPath, site);
  }

  /** {@return this with small kernels of {@code size x size} beside the large ones; none for 0} */
  public RepLKNet small(int size) {
    return new RepLKNet(kernels, depths, widths, size, ratio, ffnRatio, classes, dropPath, site);
  }

  /** {@return this with {@code value} times as many channels inside large-kernel blocks} */
  public RepLKNet ratio(double value) {
    return new RepLKNet(kernels, depths, widths, small, value, ffnRatio, classes, dropPath, site);
  }

  /** {@return this with {@code value} times as many channels inside feed-forward blocks} */
  public RepLKNet ffnRatio(double value) {
    return new RepLKNet(kernels, depths, widths, small, ratio, value, classes, dropPath, site);
  }

  /**
   * {@return this whose branches are left out, in training, for a share of the examples that grows
   * from 0 to {@code rate} in the last block}
   */
  public RepLKNet dropPath(double rate) {
    return new RepLKNet(kernels, depths, widths, small, ratio, ffnRatio, classes, rate, site);
  }

  @Override
  public Layer body(Lowering at, Tensors inputs) {
    List<Layer> net = new ArrayList<>();
    int first = widths.get(0);
    net.add(
        named(
            "stem",
            sequential(
                convBnRelu(conv(first).stride(2)),
                convBnRelu(depthwise(3)),
                convBnRelu(conv(first).kernel(1)),
                convBnRelu(depthwise(3).stride(2)))));
    int block = 0;
    for (int stage = 0; stage < depths.size(); stage++) {
      List<Layer> blocks = new ArrayList<>();
      for (int i = 0; i < depths.get(stage); i++) {
        double rate = Stages.rate(dropPath, block++, depths);
        blocks.add(repLKBlock(kernels.get(stage)).small(small).ratio(ratio).dropPath(rate));
        blocks.add(convFfn().ratio(ffnRatio).dropPath(rate));
      }
      net.add(named("stages." + stage + ".blocks", sequential(blocks)));
      if (stage + 1 < depths.size()) {
        Layer widen = convBnRelu(conv(widths.get(stage + 1)).kernel(1));
        Layer reduce = convBnRelu(depthwise(3).stride(2));
        net.add(named("transitions." + stage, sequential(widen, reduce)));
      }
    }
    net.add(named("norm", batchNorm()));
    net.add(globalAvgPool());
    net.add(named("head", dense(classes)));
    return sequential(net);
  }

  @Override
  public String toString() {
    return "repLKNet(" + classes + ") kernels " + kernels + " widths " + widths;
  }
}
