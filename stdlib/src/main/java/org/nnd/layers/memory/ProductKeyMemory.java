package org.nnd.layers.memory;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.nnd.dsl.Block;
import org.nnd.dsl.Check;
import org.nnd.dsl.Combinators;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.ir.DType;
import org.nnd.ir.Shape;
import org.nnd.layers.Embedding;
import org.nnd.layers.Expect;
import org.nnd.layers.Layers;

/**
 * A large memory with product keys (Lample et al. 2019): {@code [N, …, features]} to {@code [N, …,
 * out]}, or pictures {@code [N, C, H, W]} to {@code [N, out, H, W]}. Each head finds the best
 * {@code knn} of {@code keys * keys} slots; the result is the sum of their values, weighted by
 * their scores. Training changes only values that were read.
 *
 * <p>Variables as in the official implementation: {@code keys [heads, 2, keys, keySize / 2]},
 * {@code values.weight [slots, out]}, those of the query network under {@code query_proj}.
 *
 * @param slots how slots are found
 * @param values the table
 * @param selection whether the slots found are outputs too: {@code indices} (i32) and {@code
 *     scores}, both {@code [M, heads, knn]} with M the number of vectors
 */
public record ProductKeyMemory(
    int out,
    Slots slots,
    QueryNetwork query,
    Scoring scoring,
    Values values,
    Rates dropout,
    boolean selection,
    Site site)
    implements Block {

  /**
   * How slots are found.
   *
   * @param keys in each of two sets; their square is the number of slots
   * @param keySize features of a query, half of them for each set
   * @param flat one set of keys of full size instead, a slot each
   * @param shared the same keys for all heads and both sets
   * @param learned whether the keys are trained
   * @param gaussian normal keys at first, not uniform ones
   * @param normalizeQuery each half to length 1
   */
  public record Slots(
      int keys,
      int keySize,
      int heads,
      int knn,
      boolean flat,
      boolean shared,
      boolean learned,
      boolean gaussian,
      boolean normalizeQuery) {
    public Slots {
      Check.positive("productKeyMemory", "the number of keys", keys);
      Check.positive("productKeyMemory", "the number of heads", heads);
      Check.positive("productKeyMemory", "the size of the keys", keySize);
      Check.positive("productKeyMemory", "the number of slots to find", knn);
      if (!flat && keySize % 2 != 0) {
        throw Check.error(
            "productKeyMemory: the size of the keys must be even, half for each set, got %d",
            keySize);
      }
      if (knn > keys) {
        throw Check.error(
            "productKeyMemory: %d slots cannot be found with %d keys; expected at most as many",
            knn, keys);
      }
      if (!flat && (long) keys * keys > Integer.MAX_VALUE) {
        throw Check.error("productKeyMemory: %d keys give more slots than indices can name", keys);
      }
    }

    int count() {
      return flat ? keys : keys * keys;
    }
  }

  /**
   * The table of values.
   *
   * @param share a name under which several memories have one table
   * @param modulo slots are taken modulo this number, if not 0: so many rows
   * @param shuffled whether each head has its slots in another order, the buffer {@code
   *     head_permutations}
   * @param zero whether values start at zero
   * @param byRows whether training changes only the rows read
   */
  public record Values(
      Optional<String> share, int modulo, boolean shuffled, boolean zero, boolean byRows) {}

  /** Rates of dropout. */
  public record Rates(double input, double query, double value) {
    public Rates {
      Check.fraction("productKeyMemory", "dropout of the input", input);
      Check.fraction("productKeyMemory", "dropout of the queries", query);
      Check.fraction("productKeyMemory", "dropout of the result", value);
    }
  }

  public ProductKeyMemory {
    Check.positive("productKeyMemory", "the number of outputs", out);
    Check.notNegative("productKeyMemory", "modulo", values.modulo);
    if (values.modulo >= slots.count()) {
      throw Check.error(
          "productKeyMemory: %d slots modulo %d stay what they are; expected less",
          slots.count(), values.modulo);
    }
    if (scoring.subtract() != Scoring.Subtract.NOTHING && slots.knn < 2) {
      throw Check.error("productKeyMemory: a single score less a statistic of itself is nothing");
    }
    if (query.several() && query.layers().isEmpty() && !query.projected()) {
      throw Check.error("productKeyMemory: there is no query network to have one for each head");
    }
  }

  static ProductKeyMemory of(int out, Site site) {
    return new ProductKeyMemory(
        out,
        new Slots(512, 256, 4, 32, false, false, true, false, false),
        QueryNetwork.LINEAR,
        Scoring.SOFTMAX,
        new Values(Optional.empty(), 0, false, false, true),
        new Rates(0, 0, 0),
        false,
        site);
  }

  private ProductKeyMemory with(Slots value) {
    return new ProductKeyMemory(out, value, query, scoring, values, dropout, selection, site);
  }

  private ProductKeyMemory with(Values value) {
    return new ProductKeyMemory(out, slots, query, scoring, value, dropout, selection, site);
  }

  /** {@return this with so many keys in each of two sets: their square of slots} */
  public ProductKeyMemory keys(int count) {
    Slots s = slots;
    return with(
        new Slots(
            count,
            s.keySize,
            s.heads,
            Math.min(s.knn, Math.max(1, count)),
            s.flat,
            s.shared,
            s.learned,
            s.gaussian,
            s.normalizeQuery));
  }

  /** {@return this with queries of so many features, half for each set of keys} */
  public ProductKeyMemory keySize(int size) {
    Slots s = slots;
    return with(
        new Slots(
            s.keys,
            size,
            s.heads,
            s.knn,
            s.flat,
            s.shared,
            s.learned,
            s.gaussian,
            s.normalizeQuery));
  }

  /** {@return this with so many queries for every input} */
  public ProductKeyMemory heads(int count) {
    Slots s = slots;
    return with(
        new Slots(
            s.keys,
            s.keySize,
            count,
            s.knn,
            s.flat,
            s.shared,
            s.learned,
            s.gaussian,
            s.normalizeQuery));
  }

  /** {@return this where each head finds so many slots} */
  public ProductKeyMemory knn(int count) {
    Slots s = slots;
    return with(
        new Slots(
            s.keys,
            s.keySize,
            s.heads,
            count,
            s.flat,
            s.shared,
            s.learned,
            s.gaussian,
            s.normalizeQuery));
  }

  /** {@return this with a key of full size for each slot, all of them compared} */
  public ProductKeyMemory flat() {
    Slots s = slots;
    return with(
        new Slots(
            s.keys,
            s.keySize,
            s.heads,
            s.knn,
            true,
            s.shared,
            s.learned,
            s.gaussian,
            s.normalizeQuery));
  }

  /** {@return this with the same keys for all heads and both sets, {@code [keys, size]}} */
  public ProductKeyMemory sharedKeys() {
    Slots s = slots;
    return with(
        new Slots(
            s.keys,
            s.keySize,
            s.heads,
            s.knn,
            s.flat,
            true,
            s.learned,
            s.gaussian,
            s.normalizeQuery));
  }

  /** {@return this with keys trained or not, normal at first or uniform} */
  public ProductKeyMemory keys(boolean learned, boolean gaussian) {
    Slots s = slots;
    return with(
        new Slots(
            s.keys,
            s.keySize,
            s.heads,
            s.knn,
            s.flat,
            s.shared,
            learned,
            gaussian,
            s.normalizeQuery));
  }

  /** {@return this with queries of length 1} */
  public ProductKeyMemory normalizeQuery() {
    Slots s = slots;
    return with(
        new Slots(
            s.keys, s.keySize, s.heads, s.knn, s.flat, s.shared, s.learned, s.gaussian, true));
  }

  /** {@return this with another query network} */
  public ProductKeyMemory query(QueryNetwork network) {
    return new ProductKeyMemory(out, slots, network, scoring, values, dropout, selection, site);
  }

  /** {@return this with hidden layers of these sizes in the query network} */
  public ProductKeyMemory queryLayers(Integer... sizes) {
    QueryNetwork q = query;
    return query(
        new QueryNetwork(
            true,
            Arrays.asList(sizes),
            q.kernels(),
            q.bias(),
            q.batchNorm(),
            q.several(),
            q.shuffled(),
            q.learnInput()));
  }

  /** {@return this with batch norms in the query network, as in the paper's best form} */
  public ProductKeyMemory queryBatchNorm() {
    QueryNetwork q = query;
    return query(
        new QueryNetwork(
            q.projected(),
            q.layers(),
            q.kernels(),
            q.bias(),
            true,
            q.several(),
            q.shuffled(),
            q.learnInput()));
  }

  /** {@return this where scores become weights in another way} */
  public ProductKeyMemory scoring(Scoring value) {
    return new ProductKeyMemory(out, slots, query, value, values, dropout, selection, site);
  }

  /** {@return this with another table of values} */
  public ProductKeyMemory values(Values value) {
    return with(value);
  }

  /** {@return this with the table of values that all memories of this name have in common} */
  public ProductKeyMemory sharedValues(String name) {
    Check.path("productKeyMemory", name);
    return with(
        new Values(Optional.of(name), values.modulo, values.shuffled, values.zero, values.byRows));
  }

  /** {@return this where training changes only the rows read (so it is by default), or all} */
  public ProductKeyMemory byRows(boolean wanted) {
    return with(new Values(values.share, values.modulo, values.shuffled, values.zero, wanted));
  }

  /** {@return this with other rates of dropout in training} */
  public ProductKeyMemory dropout(Rates rates) {
    return new ProductKeyMemory(out, slots, query, scoring, values, rates, selection, site);
  }

  /** {@return this with the slots found as outputs too} */
  public ProductKeyMemory withSelection() {
    return new ProductKeyMemory(out, slots, query, scoring, values, dropout, true, site);
  }

  @Override
  public Tensors lower(Lowering at, Tensors inputs) {
    Tensor x = inputs.one();
    boolean pictures = !query.kernels().isEmpty();
    if (pictures) {
      Expect.rank(at, "productKeyMemory", x, 4, "pictures [N, C, H, W]");
    } else {
      Expect.rankAtLeast(at, "productKeyMemory", x, 2, "[N, …, features]");
    }
    Expect.floats(at, "productKeyMemory", x);
    Expect.fixed(at, "productKeyMemory", x, pictures ? 1 : -1, "features");
    Tensor flat = pictures ? x : ProductKeys.rows(x);
    Tensor input = at.call("input_dropout", Layers.dropout(dropout.input), flat);
    Tensor queries = query.queries(at, input, slots.heads, slots.keySize);
    Tensor dropped = at.call("query_dropout", Layers.dropout(dropout.query), queries);
    ProductKeys.Selection found = find(at, dropped);
    Tensor indices = rows(at, found.indices());
    Tensor weights = scoring.weights(found.scores());
    Tensor gathered = table(at, indices.flatten(1));
    Tensor sum =
        at.call(
            "value_dropout",
            Layers.dropout(dropout.value),
            ProductKeys.bag(gathered, weights.flatten(1)));
    Tensor y = pictures ? picture(x, sum) : sum.reshape(x.shape().with(x.rank() - 1, sum.dim(1)));
    Tensors result = Tensors.of(y).with(inputs.masks());
    return selection ? result.with("indices", indices).with("scores", weights) : result;
  }

  /** Positions by column, then by row, as in the official implementation. */
  private static Tensor picture(Tensor x, Tensor sum) {
    return sum.reshape(x.dim(0), x.dim(3), x.dim(2), sum.dim(1)).permute(0, 3, 2, 1);
  }

  private ProductKeys.Selection find(Lowering at, Tensor queries) {
    Tensor byHead = queries.permute(1, 0, 2);
    if (slots.flat) {
      Tensor unit = slots.normalizeQuery ? unit(byHead) : byHead;
      Tensor keys =
          slots.shared
              ? keys(at, slots.keys, slots.keySize)
              : keys(at, slots.heads, slots.keys, slots.keySize);
      return ProductKeys.bestOfAll(unit, repeated(keys, 3), slots.knn);
    }
    int half = slots.keySize / 2;
    Tensor first = byHead.narrow(2, 0, half).unsqueeze(1);
    Tensor halves = first.concat(1, byHead.narrow(2, half, half).unsqueeze(1));
    Tensor keys =
        slots.shared ? keys(at, slots.keys, half) : keys(at, slots.heads, 2, slots.keys, half);
    return ProductKeys.best(
        slots.normalizeQuery ? unit(halves) : halves, repeated(keys, 4), slots.knn);
  }

  private static Tensor unit(Tensor x) {
    return x.div(x.square().keepDims(Tensor::sum, -1).sqrt());
  }

  private Tensor keys(Lowering at, long... shape) {
    double bound = 1 / Math.sqrt(shape[shape.length - 1]);
    Initializer initial =
        slots.gaussian ? Initializer.normal(0, 1) : Initializer.uniform(-bound, bound);
    return slots.learned ? at.parameter("keys", initial, shape) : at.buffer("keys", initial, shape);
  }

  /** Keys that all heads and sets have in common, once for each. */
  private Tensor repeated(Tensor keys, int rank) {
    if (!slots.shared) {
      return keys;
    }
    Shape one = keys.shape();
    Shape all =
        rank == 3
            ? Shape.of(slots.heads, one.size(0), one.size(1))
            : Shape.of(slots.heads, 2, one.size(0), one.size(1));
    return keys.broadcastTo(all);
  }

  /** The rows of the table that slots {@code [M, heads, knn]} stand for. */
  private Tensor rows(Lowering at, Tensor indices) {
    Tensor shuffled = indices;
    if (values.shuffled) {
      Tensor orders =
          at.state(
              "head_permutations",
              new Shuffles(slots.count()).initializer(slots.heads),
              DType.I32,
              Shape.of(slots.heads, slots.count()));
      Tensor byHead = indices.permute(1, 0, 2);
      shuffled = orders.takeAlong(byHead.flatten(1), 1).reshape(byHead.shape()).permute(1, 0, 2);
    }
    return values.modulo == 0 ? shuffled : shuffled.mod(values.modulo);
  }

  private Tensor table(Lowering at, Tensor indices) {
    int count = values.modulo > 0 ? values.modulo : slots.count();
    Initializer initial =
        values.zero ? Initializer.zeros() : Initializer.normal(0, Math.pow(out, -0.5));
    Embedding plain = Layers.embedding(count, out).initializer(initial);
    Embedding table = values.byRows ? plain.byRows() : plain;
    return values.share.isPresent()
        ? at.call("values", Combinators.share(values.share.get(), table), indices)
        : at.call("values", table, indices);
  }

  /** Random orders of slots, one for each head. */
  private record Shuffles(int count) {
    Initializer initializer(int heads) {
      int[] all = new int[heads * count];
      for (int head = 0; head < heads; head++) {
        List<Integer> order =
            new java.util.ArrayList<>(java.util.stream.IntStream.range(0, count).boxed().toList());
        java.util.Collections.shuffle(order, new java.util.Random(head));
        for (int i = 0; i < count; i++) {
          all[head * count + i] = order.get(i);
        }
      }
      return Initializer.literal(org.nnd.ir.Literal.of(all, heads, count));
    }
  }

  @Override
  public String toString() {
    return "productKeyMemory(%d).keys(%d).keySize(%d).heads(%d).knn(%d)%s%s"
        .formatted(
            out,
            slots.keys,
            slots.keySize,
            slots.heads,
            slots.knn,
            slots.flat ? ".flat()" : "",
            query.batchNorm() ? ".queryBatchNorm()" : "");
  }
}
