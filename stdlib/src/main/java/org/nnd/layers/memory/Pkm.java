package org.nnd.layers.memory;

import org.nnd.dsl.Block;
import org.nnd.dsl.Check;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.ir.Dim;
import org.nnd.layers.Embedding;
import org.nnd.layers.Expect;
import org.nnd.layers.Layers;

/**
 * A product-key memory with layer norm on the halves of the queries, as in the community's
 * product-key-memory: {@code [N, …, features]} to the same shape. Variables: {@code to_queries},
 * {@code norm}, {@code keys [heads, keys, 2, headSize]}, {@code values.weight}, and {@code
 * pre_layernorm}, {@code output_norm}, {@code maybe_concat_combine.2} where wanted.
 *
 * @param topk slots found by each head
 * @param concat heads have values of their own size, joined by a linear layer; as in the original,
 *     the scores then take no part
 * @param gates ReLU of the scores instead of softmax: slots do not compete
 */
public record Pkm(
    int keys,
    int headSize,
    int heads,
    int topk,
    boolean preNorm,
    boolean outputNorm,
    boolean concat,
    boolean gates,
    Rates dropout,
    boolean byRows,
    Site site)
    implements Block {
  /** Rates of dropout. */
  public record Rates(double input, double query, double value, double attention) {
    public Rates {
      Check.fraction("pkm", "dropout of the input", input);
      Check.fraction("pkm", "dropout of the queries", query);
      Check.fraction("pkm", "dropout of the result", value);
      Check.fraction("pkm", "dropout of the scores", attention);
    }
  }

  public Pkm {
    Check.positive("pkm", "the number of keys", keys);
    Check.positive("pkm", "the size of a head", headSize);
    Check.positive("pkm", "the number of heads", heads);
    Check.positive("pkm", "the number of slots to find", topk);
    if (topk > keys) {
      throw Check.error(
          "pkm: %d slots cannot be found with %d keys; expected at most as many", topk, keys);
    }
  }

  static Pkm of(Site site) {
    return new Pkm(128, 128, 4, 32, false, false, false, false, new Rates(0, 0, 0, 0), true, site);
  }

  /** {@return this with so many keys in each of two sets: their square of slots} */
  public Pkm keys(int count) {
    int found = Math.min(topk, Math.max(1, count));
    return new Pkm(
        count, headSize, heads, found, preNorm, outputNorm, concat, gates, dropout, byRows, site);
  }

  /** {@return this with halves of queries and keys of so many features; 128 unless told} */
  public Pkm headSize(int size) {
    return new Pkm(
        keys, size, heads, topk, preNorm, outputNorm, concat, gates, dropout, byRows, site);
  }

  /** {@return this with so many queries for every input; 4 unless told} */
  public Pkm heads(int count) {
    return new Pkm(
        keys, headSize, count, topk, preNorm, outputNorm, concat, gates, dropout, byRows, site);
  }

  /** {@return this with so many slots found by each head; 32 unless told} */
  public Pkm topk(int count) {
    return new Pkm(
        keys, headSize, heads, count, preNorm, outputNorm, concat, gates, dropout, byRows, site);
  }

  /** {@return this with layer norms of the input, of the result} */
  public Pkm norms(boolean input, boolean output) {
    return new Pkm(
        keys, headSize, heads, topk, input, output, concat, gates, dropout, byRows, site);
  }

  /** {@return this with heads that have values of their own size, joined by a linear layer} */
  public Pkm concatHeads() {
    return new Pkm(
        keys, headSize, heads, topk, preNorm, outputNorm, true, gates, dropout, byRows, site);
  }

  /** {@return this with ReLU of the scores instead of softmax} */
  public Pkm nonCompetitiveGates() {
    return new Pkm(
        keys, headSize, heads, topk, preNorm, outputNorm, concat, true, dropout, byRows, site);
  }

  /** {@return this with other rates of dropout in training} */
  public Pkm dropout(Rates rates) {
    return new Pkm(
        keys, headSize, heads, topk, preNorm, outputNorm, concat, gates, rates, byRows, site);
  }

  /** {@return this where training changes only the rows read (so it is by default), or all} */
  public Pkm byRows(boolean wanted) {
    return new Pkm(
        keys, headSize, heads, topk, preNorm, outputNorm, concat, gates, dropout, wanted, site);
  }

  @Override
  public Tensors lower(Lowering at, Tensors inputs) {
    Tensor x = inputs.one();
    Expect.rankAtLeast(at, "pkm", x, 2, "[N, …, features]");
    Expect.floats(at, "pkm", x);
    int features = Expect.fixed(at, "pkm", x, -1, "features");
    Tensor rows = ProductKeys.rows(x);
    Tensor normal = preNorm ? at.call("pre_layernorm", Layers.layerNorm(), rows) : rows;
    Tensor input = at.call("input_dropout", Layers.dropout(dropout.input), normal);
    Tensor wide =
        at.call("to_queries", Layers.dense(2 * heads * headSize).bias(false), input)
            .reshape(rows.dim(0), Dim.of(2), Dim.of(heads), Dim.of(headSize));
    Tensor queries =
        at.call(
            "query_dropout",
            Layers.dropout(dropout.query),
            at.call("norm", Layers.layerNorm(), wide));
    Initializer small = Initializer.normal(0, Math.pow(headSize, -0.5));
    Tensor stored = at.parameter("keys", small, heads, keys, 2, headSize);
    ProductKeys.Selection found =
        ProductKeys.best(queries.permute(2, 1, 0, 3), stored.permute(0, 2, 1, 3), topk);
    Tensor gate = gates ? found.scores().relu() : found.scores().softmax(-1);
    Tensor weights = at.call("attn_dropout", Layers.dropout(dropout.attention), gate);
    Tensor read = concat ? joined(at, found, features) : summed(at, found, weights, features);
    Tensor kept = at.call("value_dropout", Layers.dropout(dropout.value), read);
    Tensor y = outputNorm ? at.call("output_norm", Layers.layerNorm(), kept) : kept;
    return Tensors.of(y.reshape(x.shape())).with(inputs.masks());
  }

  private Tensor summed(Lowering at, ProductKeys.Selection found, Tensor weights, int features) {
    Tensor values = at.call("values", table(features), found.indices().flatten(1));
    return ProductKeys.bag(values, weights.flatten(1));
  }

  private Tensor joined(Lowering at, ProductKeys.Selection found, int features) {
    Tensor values = at.call("values", table(headSize), found.indices());
    Tensor heads = values.sum(2).flatten(1);
    return at.call("maybe_concat_combine.2", Layers.dense(features).bias(false), heads);
  }

  private Embedding table(int size) {
    Embedding plain =
        Layers.embedding(Math.multiplyExact(keys, keys), size)
            .initializer(Initializer.normal(0, Math.pow(size, -0.5)));
    return byRows ? plain.byRows() : plain;
  }

  @Override
  public String toString() {
    return "pkm().keys(%d).headSize(%d).heads(%d).topk(%d)".formatted(keys, headSize, heads, topk);
  }
}
