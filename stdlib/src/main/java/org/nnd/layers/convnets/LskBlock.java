package org.nnd.layers.convnets;

import java.util.List;
import org.nnd.dsl.Block;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.layers.Expect;
import org.nnd.layers.Layers;

/**
 * Large selective kernel (Li et al. 2023, LSKNet, section 3.2 and 3.3): a 5x5 and a dilated 7x7
 * depthwise convolution one after the other, both results weighted at every position by the sigmoid
 * of a 7x7 convolution of their mean and maximum over channels; what comes out multiplies the
 * input. Keeps {@code [N, C, H, W]}. Parts: {@code conv0}, {@code conv_spatial}, {@code conv1},
 * {@code conv2}, {@code conv_squeeze}, {@code conv}.
 */
public record LskBlock(Site site) implements Block {
  @Override
  public Tensors lower(Lowering at, Tensors inputs) {
    Tensor x = inputs.one();
    Expect.rank(at, "lskBlock", x, 4, "[N, C, H, W]");
    int channels = Expect.fixed(at, "lskBlock", x, 1, "channels");
    if (channels < 2) {
      throw at.error("lskBlock: expected at least 2 channels, half of them for each kernel, got 1");
    }
    Tensor near = at.call("conv0", Layers.depthwise(5), x);
    Tensor far = at.call("conv_spatial", Layers.depthwise(7).dilation(3), near);
    Tensor first = at.call("conv1", Layers.conv(channels / 2).kernel(1), near);
    Tensor second = at.call("conv2", Layers.conv(channels / 2).kernel(1), far);
    Tensor both = first.concat(1, second);
    Tensor seen =
        Tensor.concat(1, List.of(both.keepDims(Tensor::mean, 1), both.keepDims(Tensor::max, 1)));
    Tensor weights = at.call("conv_squeeze", Layers.conv(2).kernel(7), seen).sigmoid();
    Tensor chosen = first.mul(weights.narrow(1, 0, 1)).add(second.mul(weights.narrow(1, 1, 1)));
    Tensor y = x.mul(at.call("conv", Layers.conv(channels).kernel(1), chosen));
    return Tensors.of(y).with(inputs.masks());
  }

  @Override
  public String toString() {
    return "lskBlock()";
  }
}
