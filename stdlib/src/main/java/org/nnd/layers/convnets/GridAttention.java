package org.nnd.layers.convnets;

import static org.nnd.dsl.Combinators.named;
import static org.nnd.dsl.Combinators.sequential;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnd.dsl.Block;
import org.nnd.dsl.Check;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.ir.Literal;
import org.nnd.ir.Operations;
import org.nnd.layers.Expect;
import org.nnd.layers.Layers;

/**
 * Attention among the positions of {@code [N, C, H, W]} with a learnt bias for every distance
 * (Graham et al. 2021, LeViT, section 4.2), its queries convolved 3x3 (Wang et al. 2025, LSNet).
 * Keeps the shape. Parts: {@code qkv}, {@code dw}, {@code proj.1}, {@code attention_biases [heads,
 * distances]}.
 *
 * @param key features of a head's queries and keys
 * @param value features of a head's values
 */
public record GridAttention(int key, int value, int heads, Site site) implements Block {
  public GridAttention {
    Check.positive("gridAttention", "the number of features of a key", key);
    Check.positive("gridAttention", "the number of features of a value", value);
    Check.positive("gridAttention", "the number of heads", heads);
  }

  @Override
  public Tensors lower(Lowering at, Tensors inputs) {
    Tensor x = inputs.one();
    Expect.rank(at, "gridAttention", x, 4, "[N, C, H, W]");
    int channels = Expect.fixed(at, "gridAttention", x, 1, "channels");
    int height = Expect.fixed(at, "gridAttention", x, 2, "rows");
    int width = Expect.fixed(at, "gridAttention", x, 3, "columns");
    int keys = key * heads;
    int values = value * heads;
    long positions = (long) height * width;
    Tensor qkv = at.call("qkv", LsConv.convBn(Layers.conv(2 * keys + values).kernel(1)), x);
    List<Tensor> parts = qkv.split(1, keys, keys, values);
    Tensor q = at.call("dw", LsConv.convBn(Layers.depthwise(3)), parts.get(0));
    Tensor queries = q.reshape(-1, heads, key, positions).transpose();
    Tensor scores =
        queries.matmul(parts.get(1).reshape(-1, heads, key, positions)).div(Math.sqrt(key));
    Tensor weights = scores.add(biases(at, height, width)).softmax(-1);
    Tensor mixed = parts.get(2).reshape(-1, heads, value, positions).matmul(weights.transpose());
    Tensor y =
        at.call(
            "proj",
            sequential(Layers.relu(), named("1", LsConv.convBn(Layers.conv(channels).kernel(1)))),
            mixed.reshape(-1, values, height, width));
    return Tensors.of(y).with(inputs.masks());
  }

  /** The bias {@code [heads, positions, positions]} by the distance along rows and columns. */
  private Tensor biases(Lowering at, int height, int width) {
    int positions = height * width;
    Map<List<Integer>, Integer> distances = new LinkedHashMap<>();
    int[] indices = new int[positions * positions];
    for (int p = 0; p < positions; p++) {
      for (int q = 0; q < positions; q++) {
        List<Integer> distance =
            List.of(Math.abs(p / width - q / width), Math.abs(p % width - q % width));
        // Numbered as they are met, row by row, as in the official state dict.
        Integer number = distances.putIfAbsent(distance, distances.size());
        indices[p * positions + q] = number == null ? distances.size() - 1 : number;
      }
    }
    Tensor biases = at.parameter("attention_biases", Initializer.zeros(), heads, distances.size());
    Literal table = Literal.of(indices, positions, positions);
    return biases.gather(Tensor.of(Operations.constant(table)), 1);
  }

  @Override
  public String toString() {
    return "gridAttention(" + heads + ")";
  }
}
