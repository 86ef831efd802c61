package org.nnd.layers.memory;

import static org.nnd.dsl.Combinators.sequential;

import java.util.ArrayList;
import java.util.List;
import org.nnd.dsl.Check;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Tensor;
import org.nnd.ir.Dim;
import org.nnd.layers.Conv;
import org.nnd.layers.Layers;

/**
 * How inputs become queries (Lample et al. 2019, section 3.2).
 *
 * @param layers sizes of the hidden layers; with {@code projected} false there is no network and
 *     the queries are the inputs
 * @param kernels of convolutions, one more than hidden layers, for pictures; empty for vectors
 * @param batchNorm after every layer
 * @param several a network for each half of each head
 * @param shuffled whether, without a network, each head sees the features in another order
 * @param learnInput whether gradients reach the input through the queries
 */
public record QueryNetwork(
    boolean projected,
    List<Integer> layers,
    List<Integer> kernels,
    boolean bias,
    boolean batchNorm,
    boolean several,
    boolean shuffled,
    boolean learnInput) {
  static final QueryNetwork LINEAR =
      new QueryNetwork(true, List.of(), List.of(), true, false, false, false, true);

  public QueryNetwork {
    layers = List.copyOf(layers);
    kernels = List.copyOf(kernels);
    layers.forEach(size -> Check.positive("productKeyMemory", "a layer of the queries", size));
    kernels.forEach(size -> Check.odd("productKeyMemory", "a kernel of the queries", size));
    if (!kernels.isEmpty() && kernels.size() != layers.size() + 1) {
      throw Check.error(
          "productKeyMemory: %d convolutions of the queries need as many kernels, got %d",
          layers.size() + 1, kernels.size());
    }
  }

  /** {@return the queries {@code [M, heads, size]} of vectors {@code [M, features]} or pictures} */
  Tensor queries(Lowering at, Tensor x, int heads, int size) {
    Tensor input = learnInput ? x : x.stopGradient();
    if (!projected) {
      return identity(at, input, heads, size);
    }
    Tensor y =
        layers.isEmpty()
            ? at.call(root(), network(heads * size), input)
            : several
                ? parts(at, input, 2 * heads, size / 2)
                : at.call(root() + ".0", network(heads * size), input);
    if (kernels.isEmpty()) {
      return y.reshape(y.dim(0), Dim.of(heads), Dim.of(size));
    }
    // The official order of positions is by column, then by row.
    Tensor byColumn = y.permute(0, 3, 2, 1);
    Dim positions = byColumn.shape().slice(0, 3).count();
    return byColumn.reshape(positions, Dim.of(heads), Dim.of(size));
  }

  private String root() {
    return "query_proj." + (kernels.isEmpty() ? "query_mlps" : "query_convs");
  }

  private Tensor parts(Lowering at, Tensor x, int count, int size) {
    List<Tensor> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      parts.add(at.call(root() + "." + i, network(size), x));
    }
    return Tensor.concat(1, parts);
  }

  /** Linear layers or convolutions, each with batch norm and ReLU between them. */
  private Layer network(int out) {
    List<Layer> all = new ArrayList<>();
    for (int i = 0; i <= layers.size(); i++) {
      int width = i < layers.size() ? layers.get(i) : out;
      all.add(kernels.isEmpty() ? Layers.dense(width).bias(bias) : conv(width, kernels.get(i)));
      if (batchNorm) {
        all.add(Layers.batchNorm());
      }
      if (i < layers.size()) {
        all.add(Layers.relu());
      }
    }
    return sequential(all);
  }

  private Conv conv(int width, int kernel) {
    return Layers.conv(width).kernel(kernel).bias(bias);
  }

  private Tensor identity(Lowering at, Tensor x, int heads, int size) {
    int features = x.size(-1);
    if (features != size) {
      throw at.error(
          "productKeyMemory without a query network needs inputs of the keys' %d features, got %d",
          size, features);
    }
    List<Tensor> queries = new ArrayList<>();
    for (int head = 0; head < heads; head++) {
      queries.add((shuffled ? shuffled(at, x, head) : x).unsqueeze(1));
    }
    return Tensor.concat(1, queries);
  }

  /** Even blocks of features, then odd ones; the blocks get smaller from head to head. */
  private static Tensor shuffled(Lowering at, Tensor x, int head) {
    if (head == 0) {
      return x;
    }
    int features = x.size(-1);
    int blocks = 1 << (head + 1);
    if (features % blocks != 0) {
      throw at.error(
          "productKeyMemory: %d features cannot be shuffled in %d blocks for head %d",
          features, blocks, head);
    }
    Tensor pairs = x.reshape(x.dim(0), Dim.of(blocks / 2), Dim.of(2), Dim.of(features / blocks));
    return pairs.permute(0, 2, 1, 3).flatten(1);
  }
}
