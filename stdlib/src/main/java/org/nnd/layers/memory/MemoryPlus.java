package org.nnd.layers.memory;

import java.util.Optional;
import org.nnd.dsl.Block;
import org.nnd.dsl.Check;
import org.nnd.dsl.Combinators;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.ir.Dim;
import org.nnd.layers.Dense;
import org.nnd.layers.Embedding;
import org.nnd.layers.Expect;
import org.nnd.layers.Layers;

/**
 * Memory+ (Berges et al. 2024, Memory layers at scale): {@code value_proj(bag ⊙
 * silu(swilu_projection(x)))} with the weighted sum of the values found by product keys, which
 * several layers may have in common; or PEER (He 2024): {@code Σ p gelu(u · x) v} over the slots
 * found. {@code [N, …, features]} to {@code [N, …, out]}.
 *
 * <p>Variables as in the official implementation: {@code keys [2 · heads · keys, keySize / 2]},
 * {@code values.weight} (PEER: {@code values_u.weight}, {@code values_v.weight}), {@code
 * value_proj}, {@code swilu_projection}, {@code gating}, {@code query_proj.query_mlps.0}.
 *
 * @param valueSize features of a value, 0: as many as outputs
 * @param gate what multiplies the sum of the values
 */
public record MemoryPlus(
    int out,
    int keys,
    int keySize,
    int heads,
    int knn,
    int valueSize,
    boolean peer,
    Gate gate,
    Query query,
    Optional<String> share,
    ProductKeyMemory.Rates dropout,
    boolean byRows,
    boolean selection,
    Site site)
    implements Block {
  /**
   * Gates.
   *
   * @param swilu of each feature, before the projection of the values
   * @param scalar of the whole result
   */
  public record Gate(boolean swilu, boolean scalar) {}

  /** The query network. */
  public record Query(boolean bias, boolean batchNorm, boolean qkNorm) {}

  public MemoryPlus {
    Check.positive("memoryPlus", "the number of outputs", out);
    Check.positive("memoryPlus", "the number of keys", keys);
    Check.positive("memoryPlus", "the number of heads", heads);
    Check.positive("memoryPlus", "the number of slots to find", knn);
    Check.notNegative("memoryPlus", "the size of the values", valueSize);
    if (keySize < 2 || keySize % 2 != 0) {
      throw Check.error(
          "memoryPlus: the size of the keys must be even, half for each set, got %d", keySize);
    }
    if (knn > keys) {
      throw Check.error(
          "memoryPlus: %d slots cannot be found with %d keys; expected at most as many", knn, keys);
    }
    if (peer && valueSize > 0) {
      throw Check.error(
          "memoryPlus: in PEER values have as many features as inputs and outputs; leave valueSize"
              + " out");
    }
  }

  static MemoryPlus of(int out, boolean peer, Site site) {
    return new MemoryPlus(
        out,
        1024,
        512,
        4,
        32,
        0,
        peer,
        new Gate(!peer, false),
        new Query(true, false, false),
        Optional.empty(),
        new ProductKeyMemory.Rates(0, 0, 0),
        true,
        false,
        site);
  }

  /** {@return this with so many keys in each of two sets: their square of slots} */
  public MemoryPlus keys(int count) {
    int found = Math.min(knn, Math.max(1, count));
    return new MemoryPlus(
        out, count, keySize, heads, found, valueSize, peer, gate, query, share, dropout, byRows,
        selection, site);
  }

  /**
   * {@return this with queries and keys of so many features, half in each part; 512 unless told}
   */
  public MemoryPlus keySize(int size) {
    return new MemoryPlus(
        out, keys, size, heads, knn, valueSize, peer, gate, query, share, dropout, byRows,
        selection, site);
  }

  /** {@return this with so many queries for every input; 4 unless told} */
  public MemoryPlus heads(int count) {
    return new MemoryPlus(
        out, keys, keySize, count, knn, valueSize, peer, gate, query, share, dropout, byRows,
        selection, site);
  }

  /** {@return this where each head finds so many slots} */
  public MemoryPlus knn(int count) {
    return new MemoryPlus(
        out, keys, keySize, heads, count, valueSize, peer, gate, query, share, dropout, byRows,
        selection, site);
  }

  /** {@return this with values of so many features, projected to the outputs} */
  public MemoryPlus valueSize(int size) {
    return new MemoryPlus(
        out, keys, keySize, heads, knn, size, peer, gate, query, share, dropout, byRows, selection,
        site);
  }

  /** {@return this with the given gates} */
  public MemoryPlus gate(boolean swilu, boolean scalar) {
    return new MemoryPlus(
        out,
        keys,
        keySize,
        heads,
        knn,
        valueSize,
        peer,
        new Gate(swilu, scalar),
        query,
        share,
        dropout,
        byRows,
        selection,
        site);
  }

  /** {@return this with or without bias and batch norm in the query network} */
  public MemoryPlus query(boolean bias, boolean batchNorm) {
    return new MemoryPlus(
        out,
        keys,
        keySize,
        heads,
        knn,
        valueSize,
        peer,
        gate,
        new Query(bias, batchNorm, query.qkNorm),
        share,
        dropout,
        byRows,
        selection,
        site);
  }

  /** {@return this with queries and keys normalised to a mean square of 1} */
  public MemoryPlus qkNorm() {
    return new MemoryPlus(
        out,
        keys,
        keySize,
        heads,
        knn,
        valueSize,
        peer,
        gate,
        new Query(query.bias, query.batchNorm, true),
        share,
        dropout,
        byRows,
        selection,
        site);
  }

  /** {@return this with the values that all memories of this name have in common} */
  public MemoryPlus sharedValues(String name) {
    Check.path("memoryPlus", name);
    return new MemoryPlus(
        out,
        keys,
        keySize,
        heads,
        knn,
        valueSize,
        peer,
        gate,
        query,
        Optional.of(name),
        dropout,
        byRows,
        selection,
        site);
  }

  /** {@return this with other rates of dropout in training} */
  public MemoryPlus dropout(ProductKeyMemory.Rates rates) {
    return new MemoryPlus(
        out, keys, keySize, heads, knn, valueSize, peer, gate, query, share, rates, byRows,
        selection, site);
  }

  /** {@return this where training changes only the rows read (so it is by default), or all} */
  public MemoryPlus byRows(boolean wanted) {
    return new MemoryPlus(
        out, keys, keySize, heads, knn, valueSize, peer, gate, query, share, dropout, wanted,
        selection, site);
  }

  /**
   * {@return this with the slots found as outputs too: {@code indices} (i32) and their {@code
   * scores} before the softmax, {@code [M, heads, knn]}}
   */
  public MemoryPlus withSelection() {
    return new MemoryPlus(
        out, keys, keySize, heads, knn, valueSize, peer, gate, query, share, dropout, byRows, true,
        site);
  }

  @Override
  public Tensors lower(Lowering at, Tensors inputs) {
    Tensor x = inputs.one();
    Expect.rankAtLeast(at, "memoryPlus", x, 2, "[N, …, features]");
    Expect.floats(at, "memoryPlus", x);
    int features = Expect.fixed(at, "memoryPlus", x, -1, "features");
    if (peer && features != out) {
      throw at.error(
          "memoryPlus: PEER has as many outputs as inputs, got %d features and %d outputs",
          features, out);
    }
    Tensor input = at.call("input_dropout", Layers.dropout(dropout.input()), ProductKeys.rows(x));
    ProductKeys.Selection found = find(at, input);
    Tensor weights = found.scores().softmax(-1).flatten(1);
    Tensor slots = found.indices().flatten(1);
    Tensor sum = peer ? experts(at, input, slots, weights) : values(at, input, slots, weights);
    Tensor y = at.call("value_dropout", Layers.dropout(dropout.value()), sum);
    if (gate.scalar) {
      y = y.mul(at.call("gating", projection(1, features), input).sigmoid());
    }
    Tensor shaped = y.reshape(x.shape().with(x.rank() - 1, Dim.of(out)));
    Tensors result = Tensors.of(shaped).with(inputs.masks());
    return selection
        ? result.with("indices", found.indices()).with("scores", found.scores())
        : result;
  }

  private ProductKeys.Selection find(Lowering at, Tensor input) {
    int half = keySize / 2;
    Dense linear =
        Layers.dense(heads * keySize)
            .bias(query.bias)
            .initializer(
                Initializer.xavier(), Initializer.kaimingUniform(Math.sqrt(5), input.size(1)));
    Tensor wide = at.call("query_proj.query_mlps.0", linear, input);
    Tensor normal =
        query.batchNorm ? at.call("query_proj.query_mlps.1", Layers.batchNorm(), wide) : wide;
    Tensor queries = at.call("query_dropout", Layers.dropout(dropout.query()), normal);
    double bound = 1 / Math.sqrt(keySize);
    Tensor stored =
        at.parameter("keys", Initializer.uniform(-bound, bound), 2L * heads * keys, half)
            .reshape(heads, 2, keys, half);
    Tensor halves =
        queries.reshape(queries.dim(0), Dim.of(heads), Dim.of(2), Dim.of(half)).permute(1, 2, 0, 3);
    return query.qkNorm
        ? ProductKeys.best(unit(halves), unit(stored), knn)
        : ProductKeys.best(halves, stored, knn);
  }

  private static Tensor unit(Tensor x) {
    return x.mul(x.square().keepDims(Tensor::mean, -1).add(1e-6).rsqrt());
  }

  private Tensor values(Lowering at, Tensor input, Tensor slots, Tensor weights) {
    int size = valueSize > 0 ? valueSize : out;
    Tensor bag = ProductKeys.bag(table(at, "values", size, slots), weights);
    Tensor gated =
        gate.swilu
            ? bag.mul(at.call("swilu_projection", projection(size, out), input).silu())
            : bag;
    return gate.swilu || valueSize > 0 ? at.call("value_proj", projection(out, out), gated) : gated;
  }

  private Tensor experts(Lowering at, Tensor input, Tensor slots, Tensor weights) {
    Tensor down = table(at, "values_u", out, slots);
    Tensor up = table(at, "values_v", out, slots);
    Tensor active = down.mul(input.unsqueeze(1)).sum(2).gelu();
    if (gate.swilu) {
      // The official implementation has these layers in this case, and does not use them.
      at.call("swilu_projection", projection(out, out), input);
      at.call("value_proj", projection(out, out), input);
    }
    return ProductKeys.bag(up, active.mul(weights));
  }

  /** A linear layer that starts normal, with variance one over {@code fan}. */
  private static Dense projection(int width, int fan) {
    double bound = Math.pow(fan, -0.5);
    return Layers.dense(width)
        .initializer(Initializer.normal(0, bound), Initializer.uniform(-bound, bound));
  }

  private Tensor table(Lowering at, String name, int size, Tensor slots) {
    Embedding plain =
        Layers.embedding(Math.multiplyExact(keys, keys), size)
            .initializer(Initializer.normal(0, Math.pow(size, -0.5)));
    Embedding table = byRows ? plain.byRows() : plain;
    return share.isPresent()
        ? at.call(name, Combinators.share(share.get() + (peer ? "." + name : ""), table), slots)
        : at.call(name, table, slots);
  }

  @Override
  public String toString() {
    return "%s(%d).keys(%d).keySize(%d).heads(%d).knn(%d)"
        .formatted(peer ? "peer" : "memoryPlus", out, keys, keySize, heads, knn);
  }
}
