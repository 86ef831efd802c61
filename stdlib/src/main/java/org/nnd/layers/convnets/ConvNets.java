package org.nnd.layers.convnets;

import org.nnd.dsl.Check;
import org.nnd.dsl.Site;
import org.nnd.dsl.Vocabulary;

/** Makes layers of convolutional networks with large and selected kernels. */
@Vocabulary
public final class ConvNets {
  private ConvNets() {}

  /** {@return SKNet's convolution: kernels 3 and 5 (as dilated 3x3), weighted per channel} */
  public static SelectiveKernel selectiveKernel(int out) {
    Check.positive("selectiveKernel", "the number of output channels", out);
    return SelectiveKernel.of(out, Site.here());
  }

  /** {@return the same, with as many outputs as there are inputs} */
  public static SelectiveKernel selectiveKernel() {
    return SelectiveKernel.of(0, Site.here());
  }

  /** {@return a bottleneck with two selective kernels of true size} */
  public static SkUnit skUnit(int out) {
    return new SkUnit(out, 2, 8, 2, 1, 0, 32, Site.here());
  }

  /** {@return LSKNet's large selective kernel, weighted per position} */
  public static LskBlock lskBlock() {
    return new LskBlock(Site.here());
  }

  /** {@return the whole block of LSKNet} */
  public static LskNetBlock lskNetBlock() {
    return new LskNetBlock(4, 0, 0, Site.here());
  }

  /** {@return LSNet's convolution: a 7x7 kernel looks, 3x3 kernels per position gather} */
  public static LsConv lsConv() {
    return new LsConv(7, 3, 8, Site.here());
  }

  /** {@return LSNet's block, with a re-parameterised 3x3 kernel} */
  public static LsNetBlock lsNetBlock() {
    return new LsNetBlock(new LsNetBlock.Mixer.Static(), Site.here());
  }

  /** {@return SLaK's block: bands {@code kernel x 5} and {@code 5 x kernel}, and a square} */
  public static SlakBlock slakBlock(int kernel) {
    return new SlakBlock(kernel, Math.min(5, kernel), 0, Site.here());
  }

  /** {@return a large kernel made of shifted 3x3 ones} */
  public static ShiftwiseConv shiftwiseConv(int kernel) {
    return new ShiftwiseConv(kernel, 3, 2, 4, 0.23, Site.here());
  }

  /** {@return a depthwise convolution at two halvings and the full size, kernel 5} */
  public static RecConv recConv() {
    return new RecConv(5, 2, false, false, Site.here());
  }
}
