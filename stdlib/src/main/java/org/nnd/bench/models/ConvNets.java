package org.nnd.bench.models;

import static org.nnd.dsl.Combinators.identity;
import static org.nnd.dsl.Combinators.inline;
import static org.nnd.dsl.Combinators.named;
import static org.nnd.dsl.Combinators.residual;
import static org.nnd.dsl.Combinators.residualWith;
import static org.nnd.dsl.Combinators.sequential;
import static org.nnd.layers.Layers.activation;
import static org.nnd.layers.Layers.batchNorm;
import static org.nnd.layers.Layers.conv;
import static org.nnd.layers.Layers.convBn;
import static org.nnd.layers.Layers.convBnRelu;
import static org.nnd.layers.Layers.dense;
import static org.nnd.layers.Layers.depthwise;
import static org.nnd.layers.Layers.globalAvgPool;
import static org.nnd.layers.Layers.maxPool;
import static org.nnd.layers.Layers.relu;

import java.util.ArrayList;
import java.util.List;
import org.nnd.dsl.Layer;
import org.nnd.layers.Conv;

/** Convolutional networks of pictures {@code [N, 3, H, W]} to logits {@code [N, classes]}. */
public final class ConvNets {
  private ConvNets() {}

  /** {@return ResNet-18 (He et al. 2016): 11.7 million parameters for 1000 classes} */
  public static Layer resNet18(int classes) {
    return resNet(List.of(2, 2, 2, 2), false, classes);
  }

  /** {@return ResNet-50, the stride in the 3x3 convolution: 25.6 million parameters} */
  public static Layer resNet50(int classes) {
    return resNet(List.of(3, 4, 6, 3), true, classes);
  }

  private static Layer resNet(List<Integer> depths, boolean bottleneck, int classes) {
    List<Layer> net = new ArrayList<>();
    net.add(inline(convBnRelu(conv(64).kernel(7).stride(2))));
    net.add(maxPool(3).stride(2).padding(1));
    int in = 64;
    for (int stage = 0; stage < depths.size(); stage++) {
      List<Layer> blocks = new ArrayList<>();
      for (int i = 0; i < depths.get(stage); i++) {
        int planes = 64 << stage;
        int out = bottleneck ? 4 * planes : planes;
        blocks.add(block(in, planes, out, i == 0 && stage > 0 ? 2 : 1, bottleneck));
        in = out;
      }
      net.add(named("layer" + (stage + 1), sequential(blocks)));
    }
    net.add(globalAvgPool());
    net.add(named("fc", dense(classes)));
    return sequential(net);
  }

  private static Layer block(int in, int planes, int out, int stride, boolean bottleneck) {
    Layer shortcut =
        in == out && stride == 1 ? identity() : convBn(conv(out).kernel(1).stride(stride));
    Layer branch =
        bottleneck
            ? sequential(
                convBnRelu(conv(planes).kernel(1)),
                convBnRelu(conv(planes).stride(stride)),
                convBn(conv(out).kernel(1)))
            : sequential(convBnRelu(conv(out).stride(stride)), convBn(conv(out)));
    return sequential(residualWith(shortcut, branch), relu());
  }

  /** {@return MobileNetV2 (Sandler et al. 2018, table 2): 3.5 million parameters} */
  public static Layer mobileNetV2(int classes) {
    int[][] stages = { // expansion, channels, blocks, stride
      {1, 16, 1, 1},
      {6, 24, 2, 2},
      {6, 32, 3, 2},
      {6, 64, 4, 2},
      {6, 96, 3, 1},
      {6, 160, 3, 2},
      {6, 320, 1, 1}
    };
    List<Layer> net = new ArrayList<>();
    net.add(convBnRelu6(conv(32).stride(2)));
    int in = 32;
    for (int[] stage : stages) {
      for (int i = 0; i < stage[2]; i++) {
        net.add(inverted(in, stage[0] * in, stage[1], i == 0 ? stage[3] : 1));
        in = stage[1];
      }
    }
    net.add(convBnRelu6(conv(1280).kernel(1)));
    net.add(globalAvgPool());
    net.add(named("classifier", dense(classes)));
    return sequential(net);
  }

  private static Layer inverted(int in, int wide, int out, int stride) {
    List<Layer> branch = new ArrayList<>();
    if (wide != in) {
      branch.add(convBnRelu6(conv(wide).kernel(1)));
    }
    branch.add(convBnRelu6(depthwise(3).stride(stride)));
    branch.add(convBn(conv(out).kernel(1)));
    return in == out && stride == 1 ? residual(sequential(branch)) : sequential(branch);
  }

  private static Layer convBnRelu6(Conv conv) {
    return sequential(conv.bias(false), batchNorm(), activation("relu6"));
  }
}
