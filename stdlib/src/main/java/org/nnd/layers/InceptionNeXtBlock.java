package org.nnd.layers;

import static org.nnd.dsl.Combinators.inline;
import static org.nnd.dsl.Combinators.named;
import static org.nnd.dsl.Combinators.residual;

import java.util.List;
import org.nnd.dsl.Block;
import org.nnd.dsl.Check;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Recipe;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;

/**
 * The block of InceptionNeXt (Yu et al. 2024) on {@code [N, C, H, W]}: token mixer, batch norm, 1x1
 * convolutions with GELU, layer scale, residual.
 */
public record InceptionNeXtBlock(
    int square, int band, double branchRatio, int mlpRatio, double dropPath, Site site)
    implements Recipe {
  public InceptionNeXtBlock {
    Check.odd("inceptionNeXtBlock", "the square kernel", square);
    Check.odd("inceptionNeXtBlock", "the band kernel", band);
    Check.positive("inceptionNeXtBlock", "the MLP ratio", mlpRatio);
    Check.fraction("inceptionNeXtBlock", "dropPath", dropPath);
    if (!(branchRatio > 0 && branchRatio <= 1 / 3.0)) {
      throw Check.error(
          "inceptionNeXtBlock: the branch ratio must lie between 0 and 1/3, got %s", branchRatio);
    }
  }

  /** {@return this with a square kernel of {@code kernel x kernel}; 3 unless told} */
  public InceptionNeXtBlock square(int kernel) {
    return new InceptionNeXtBlock(kernel, band, branchRatio, mlpRatio, dropPath, site);
  }

  /** {@return this with bands of {@code 1 x kernel} and {@code kernel x 1}; 11 unless told} */
  public InceptionNeXtBlock band(int kernel) {
    return new InceptionNeXtBlock(square, kernel, branchRatio, mlpRatio, dropPath, site);
  }

  /**
   * {@return this where each of the three kernels has this share of the channels (1/8 unless told);
   * the others stay as they are}
   */
  public InceptionNeXtBlock branchRatio(double ratio) {
    return new InceptionNeXtBlock(square, band, ratio, mlpRatio, dropPath, site);
  }

  /**
   * {@return this with {@code ratio} times as many channels between the 1x1 convolutions; 4 unless
   * told}
   */
  public InceptionNeXtBlock mlpRatio(int ratio) {
    return new InceptionNeXtBlock(square, band, branchRatio, ratio, dropPath, site);
  }

  /**
   * {@return this whose branch is left out, in training, for a share {@code rate} of the examples;
   * 0 for none}
   */
  public InceptionNeXtBlock dropPath(double rate) {
    return new InceptionNeXtBlock(square, band, branchRatio, mlpRatio, rate, site);
  }

  @Override
  public Layer body(Lowering at, Tensors inputs) {
    Expect.rank(at, "inceptionNeXtBlock", inputs.one(), 4, "[N, C, H, W]");
    int channels = Expect.fixed(at, "inceptionNeXtBlock", inputs.one(), 1, "channels");
    return residual(
        named("token_mixer", new Mixer(square, band, branchRatio, site)),
        named("norm", Layers.batchNorm()),
        named("mlp.fc1", Layers.conv(mlpRatio * channels).kernel(1)),
        Layers.gelu(),
        named("mlp.fc2", Layers.conv(channels).kernel(1)),
        inline(Layers.layerScale(1e-6)),
        named("drop_path", Layers.dropPath(dropPath)));
  }

  /**
   * Channels in four parts: as they are, square kernel, horizontal band, vertical band (Yu et al.
   * 2024, section 3.2).
   */
  record Mixer(int square, int band, double branchRatio, Site site) implements Block {
    @Override
    public Tensors lower(Lowering at, Tensors inputs) {
      Tensor x = inputs.one();
      int channels = x.size(1);
      int part = (int) (channels * branchRatio);
      if (part == 0) {
        throw at.error(
            "inceptionNeXtBlock: the branch ratio %s leaves no channel of %d",
            branchRatio, channels);
      }
      List<Tensor> parts = x.split(1, channels - 3 * part, part, part, part);
      Tensor both = at.call("dwconv_hw", Layers.depthwise(square), parts.get(1));
      Tensor wide = at.call("dwconv_w", Layers.depthwise(3).kernel(1, band), parts.get(2));
      Tensor high = at.call("dwconv_h", Layers.depthwise(3).kernel(band, 1), parts.get(3));
      return Tensors.of(Tensor.concat(1, List.of(parts.get(0), both, wide, high)));
    }

    @Override
    public String toString() {
      return "inceptionMixer";
    }
  }

  @Override
  public String toString() {
    return "inceptionNeXtBlock().band("
        + band
        + ")"
        + (square == 3 ? "" : ".square(" + square + ")");
  }
}
