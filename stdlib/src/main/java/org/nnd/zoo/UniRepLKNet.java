package org.nnd.zoo;

import static org.nnd.dsl.Combinators.named;
import static org.nnd.dsl.Combinators.sequential;
import static org.nnd.layers.Layers.conv;
import static org.nnd.layers.Layers.dense;
import static org.nnd.layers.Layers.gelu;
import static org.nnd.layers.Layers.globalAvgPool;
import static org.nnd.layers.Layers.layerNorm;
import static org.nnd.layers.Layers.uniRepLKBlock;

import java.util.ArrayList;
import java.util.List;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Recipe;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensors;
import org.nnd.layers.Expect;
import org.nnd.layers.LayerNorm;

/**
 * UniRepLKNet (Ding et al. 2024): a stem of stride 4, stages of {@code uniRepLKBlock}s with
 * convolutions of stride 2 between them, average, layer norm, dense head. The same description
 * takes pictures {@code [N, 3, H, W]}, spectrograms {@code [N, 1, F, T]} and sequences {@code [N,
 * C, L]}, for which every kernel has one axis (Zhang, Ding and Yue 2024).
 *
 * @param kernels the kernels of each stage, used in turn over its blocks
 * @param depths the number of blocks of each stage
 * @param widths the channels of each stage
 * @param dropPath the rate in the last block; it grows from 0
 */
public record UniRepLKNet(
    List<List<Integer>> kernels,
    List<Integer> depths,
    List<Integer> widths,
    int classes,
    double dropPath,
    Site site)
    implements Recipe {
  public UniRepLKNet {
    kernels = List.copyOf(kernels);
    depths = List.copyOf(depths);
    widths = List.copyOf(widths);
    Stages.check("uniRepLKNet", List.of(depths, widths, kernels.stream().map(List::size).toList()));
  }

  /** {@return this with the kernels of each stage, used in turn} */
  public UniRepLKNet kernels(List<List<Integer>> perStage) {
    return new UniRepLKNet(perStage, depths, widths, classes, dropPath, site);
  }

  /** {@return this with so many blocks in each stage, one number per stage} */
  public UniRepLKNet depths(int... numbers) {
    return new UniRepLKNet(kernels, Stages.list(numbers), widths, classes, dropPath, site);
  }

  /** {@return this with so many channels in each stage, one number per stage} */
  public UniRepLKNet widths(int... channels) {
    return new UniRepLKNet(kernels, depths, Stages.list(channels), classes, dropPath, site);
  }

  /**
   * {@return this whose branches are left out, in training, for a share of the examples that grows
   * from 0 to {@code rate} in the last block}
   */
  public UniRepLKNet dropPath(double rate) {
    return new UniRepLKNet(kernels, depths, widths, classes, rate, site);
  }

  @Override
  public Layer body(Lowering at, Tensors inputs) {
    List<Layer> net = new ArrayList<>();
    int first = widths.get(0);
    int axes = Expect.spatialAxes(at, "uniRepLKNet", inputs.one());
    Layer stem =
        sequential(
            conv(axes, first / 2).stride(2), norm(), gelu(), conv(axes, first).stride(2), norm());
    int block = 0;
    for (int stage = 0; stage < depths.size(); stage++) {
      Layer reduce =
          stage == 0 ? stem : sequential(conv(axes, widths.get(stage)).stride(2), norm());
      net.add(named("downsample_layers." + stage, reduce));
      List<Layer> blocks = new ArrayList<>();
      for (int i = 0; i < depths.get(stage); i++) {
        List<Integer> turn = kernels.get(stage);
        double rate = Stages.rate(dropPath, block++, depths);
        blocks.add(uniRepLKBlock(turn.get(i % turn.size())).dropPath(rate));
      }
      net.add(named("stages." + stage, sequential(blocks)));
    }
    net.add(globalAvgPool());
    net.add(named("norm", layerNorm().eps(1e-6)));
    net.add(named("head", dense(classes)));
    return SmallWeights.of(sequential(net));
  }

  private static LayerNorm norm() {
    return layerNorm().channelsFirst().eps(1e-6);
  }

  @Override
  public String toString() {
    return "uniRepLKNet(" + classes + ") kernels " + kernels + " widths " + widths;
  }
}
