package org.nnd.zoo;

import static org.nnd.layers.convnets.ConvNets.slakBlock;

import java.util.List;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Recipe;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensors;

/**
 * SLaK (Liu et al. 2023): ConvNeXt with kernels up to 51x51, each as two bands and a square. The
 * published sizes are of networks 1.3 times as wide of whose weights 40 % are zero: {@code
 * sparse(net, 0.4)} around it.
 *
 * @param kernels the large kernel of each stage
 * @param small the short side of the bands
 * @param depths the number of blocks of each stage
 * @param widths the channels of each stage
 * @param dropPath the rate in the last block; it grows from 0
 */
public record Slak(
    List<Integer> kernels,
    int small,
    List<Integer> depths,
    List<Integer> widths,
    int classes,
    double dropPath,
    Site site)
    implements Recipe {
  public Slak {
    kernels = List.copyOf(kernels);
    depths = List.copyOf(depths);
    widths = List.copyOf(widths);
    Stages.check("slak", List.of(kernels, depths, widths));
  }

  /** {@return this with these large kernels, one size per stage} */
  public Slak kernels(int... sizes) {
    return new Slak(Stages.list(sizes), small, depths, widths, classes, dropPath, site);
  }

  /** {@return this with bands {@code size} wide and squares of {@code size x size}} */
  public Slak small(int size) {
    return new Slak(kernels, size, depths, widths, classes, dropPath, site);
  }

  /** {@return this with so many blocks in each stage, one number per stage} */
  public Slak depths(int... numbers) {
    return new Slak(kernels, small, Stages.list(numbers), widths, classes, dropPath, site);
  }

  /** {@return this with so many channels in each stage, one number per stage} */
  public Slak widths(int... channels) {
    return new Slak(kernels, small, depths, Stages.list(channels), classes, dropPath, site);
  }

  /** {@return this with every width times a factor, rounded down} */
  public Slak widthFactor(double factor) {
    return widths(widths.stream().mapToInt(width -> (int) (width * factor)).toArray());
  }

  /**
   * {@return this whose branches are left out, in training, for a share of the examples that grows
   * from 0 to {@code rate} in the last block}
   */
  public Slak dropPath(double rate) {
    return new Slak(kernels, small, depths, widths, classes, rate, site);
  }

  @Override
  public Layer body(Lowering at, Tensors inputs) {
    return ConvNeXt.network(
        depths,
        widths,
        classes,
        (stage, block) ->
            slakBlock(kernels.get(stage))
                .small(small)
                .dropPath(Stages.rate(dropPath, block, depths)));
  }

  @Override
  public String toString() {
    return "slak(" + classes + ") kernels " + kernels + " widths " + widths;
  }
}
