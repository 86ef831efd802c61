package org.nnd.layers.convnets;

import static org.nnd.dsl.Combinators.sequential;

import java.util.ArrayList;
import java.util.List;
import org.nnd.dsl.Block;
import org.nnd.dsl.Check;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.layers.Expect;
import org.nnd.layers.Layers;

/**
 * Selective kernel convolution with true kernels 3, 5, 7, … and dense layers with bias, without
 * norm or function between them. Keeps the channels of {@code [N, C, H, W]}. Parts: {@code
 * convs.I.0} and {@code convs.I.1} (convolution and batch norm), {@code fc}, {@code fcs.I}.
 *
 * @param paths how many kernels
 * @param groups of the convolutions
 * @param reduction channels over features of {@code fc}
 * @param least features of {@code fc} at least
 */
public record SkConv(int paths, int groups, double reduction, int stride, int least, Site site)
    implements Block {
  public SkConv {
    Check.positive("skUnit", "the number of paths", paths);
    Check.positive("skUnit", "groups", groups);
    Check.positive("skUnit", "the reduction", reduction);
    Check.positive("skUnit", "the stride", stride);
    Check.positive("skUnit", "the least number of reduced features", least);
  }

  @Override
  public Tensors lower(Lowering at, Tensors inputs) {
    Tensor x = inputs.one();
    int channels = Expect.fixed(at, "skUnit", x, 1, "channels");
    Expect.divides(at, "skUnit", groups, "groups", channels, "channels");
    List<Tensor> results = new ArrayList<>();
    for (int i = 0; i < paths; i++) {
      results.add(
          at.call(
              "convs." + i,
              sequential(
                  Layers.conv(channels).kernel(3 + 2 * i).stride(stride).groups(groups),
                  Layers.batchNorm(),
                  Layers.relu()),
              x));
    }
    Tensor sum = results.stream().reduce(Tensor::add).orElseThrow();
    int features = Math.max((int) (channels / reduction), least);
    Tensor z = at.call("fc", Layers.dense(features), sum.mean(2, 3));
    List<Tensor> scores = new ArrayList<>();
    for (int i = 0; i < paths; i++) {
      scores.add(at.call("fcs." + i, Layers.dense(channels), z).unsqueeze(1));
    }
    Tensor weights = Tensor.concat(1, scores).softmax(1).reshape(-1, paths, channels, 1, 1);
    Tensor y = weights.select(1, 0).mul(results.get(0));
    for (int i = 1; i < paths; i++) {
      y = y.add(weights.select(1, i).mul(results.get(i)));
    }
    return Tensors.of(y);
  }

  @Override
  public String toString() {
    return "skConv(" + paths + ")";
  }
}
