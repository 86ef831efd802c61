package org.nnd.layers.memory;

import org.nnd.dsl.Block;
import org.nnd.dsl.Check;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.layers.Embedding;
import org.nnd.layers.Expect;
import org.nnd.layers.Layers;

/**
 * The Ultra-Sparse Memory (Huang et al. 2024): slots lie in a grid of row keys and column keys, the
 * score of slot (i, j) is {@code r_iᵀ C c_j} with {@code rank} scores r and c per row and column
 * and a Tucker core C, and the values of the {@code top} best slots are added, weighted by their
 * scores. {@code [N, …, features]} to {@code [N, …, out]}.
 *
 * <p>Candidates are the best rows and the best columns under the largest singular value of the core
 * (the paper's section 3.2); the grid of these is scored exactly. With as many candidates as keys
 * the result is that of all slots, whatever the core; with a core of rank one the {@code top} best
 * rows and columns suffice. With an expansion of E the grid has E times as many slots as there are
 * values: a slot is one of the values, projected by one of E matrices.
 *
 * <p>Variables: {@code query.weight}, {@code query.bias}, {@code query_norm}, {@code row_keys},
 * {@code column_keys [rank, keys, keySize]}, {@code core [rank, rank]}, {@code values.weight [keys²
 * / expansion, valueSize]}, {@code projections [expansion, valueSize, out]}.
 *
 * @param candidates rows and columns whose slots are scored exactly
 */
public record UltraMemory(
    int out,
    int keys,
    int keySize,
    int rank,
    int top,
    int candidates,
    int valueSize,
    int expansion,
    boolean byRows,
    boolean selection,
    Site site)
    implements Block {
  /** Squarings of the core: singular values are apart by their ratio to the power 2^this. */
  private static final int SQUARINGS = 7;

  public UltraMemory {
    Check.positive("ultraMemory", "the number of outputs", out);
    Check.positive("ultraMemory", "the number of keys", keys);
    Check.positive("ultraMemory", "the size of the keys", keySize);
    Check.positive("ultraMemory", "the rank of the core", rank);
    Check.positive("ultraMemory", "the number of slots to find", top);
    Check.positive("ultraMemory", "the size of the values", valueSize);
    Check.positive("ultraMemory", "the expansion", expansion);
    if (candidates < top || candidates > keys) {
      throw Check.error(
          "ultraMemory: the candidates must be at least the %d slots to find and at most the %d"
              + " keys, got %d",
          top, keys, candidates);
    }
    if ((long) keys * keys % expansion != 0) {
      throw Check.error(
          "ultraMemory: an expansion of %d does not divide the %d slots",
          expansion, (long) keys * keys);
    }
    if ((long) keys * keys > Integer.MAX_VALUE) {
      throw Check.error("ultraMemory: %d keys give more slots than indices can name", keys);
    }
  }

  static UltraMemory of(int out, Site site) {
    return new UltraMemory(out, 256, 64, 2, 16, 16, out, 1, true, false, site);
  }

  /** {@return this with so many row keys and as many column keys} */
  public UltraMemory keys(int count) {
    int found = Math.min(top, Math.max(1, count));
    int near = Math.max(found, Math.min(candidates, count));
    return new UltraMemory(
        out, count, keySize, rank, found, near, valueSize, expansion, byRows, selection, site);
  }

  /** {@return this with queries and keys of so many features; 64 unless told} */
  public UltraMemory keySize(int size) {
    return new UltraMemory(
        out, keys, size, rank, top, candidates, valueSize, expansion, byRows, selection, site);
  }

  /** {@return this with a core of another rank} */
  public UltraMemory rank(int size) {
    return new UltraMemory(
        out, keys, keySize, size, top, candidates, valueSize, expansion, byRows, selection, site);
  }

  /** {@return this with so many slots found, among those of as many rows and columns} */
  public UltraMemory top(int count) {
    return new UltraMemory(
        out, keys, keySize, rank, count, count, valueSize, expansion, byRows, selection, site);
  }

  /** {@return this with so many candidate rows and columns} */
  public UltraMemory candidates(int count) {
    return new UltraMemory(
        out, keys, keySize, rank, top, count, valueSize, expansion, byRows, selection, site);
  }

  /** {@return this with values of so many features; as many as outputs unless told} */
  public UltraMemory valueSize(int size) {
    return new UltraMemory(
        out, keys, keySize, rank, top, candidates, size, expansion, byRows, selection, site);
  }

  /** {@return this with a value standing for so many slots, each with its own projection} */
  public UltraMemory expansion(int factor) {
    return new UltraMemory(
        out, keys, keySize, rank, top, candidates, valueSize, factor, byRows, selection, site);
  }

  /** {@return this where training changes only the rows read (so it is by default), or all} */
  public UltraMemory byRows(boolean wanted) {
    return new UltraMemory(
        out, keys, keySize, rank, top, candidates, valueSize, expansion, wanted, selection, site);
  }

  /**
   * {@return this with the slots found as outputs too: {@code indices} (i32, row · keys + column)
   * and {@code scores}, {@code [M, top]}}
   */
  public UltraMemory withSelection() {
    return new UltraMemory(
        out, keys, keySize, rank, top, candidates, valueSize, expansion, byRows, true, site);
  }

  @Override
  public Tensors lower(Lowering at, Tensors inputs) {
    Tensor x = inputs.one();
    Expect.rankAtLeast(at, "ultraMemory", x, 2, "[N, …, features]");
    Expect.floats(at, "ultraMemory", x);
    Expect.fixed(at, "ultraMemory", x, -1, "features");
    Tensor input = ProductKeys.rows(x);
    Tensor queries = at.call("query", Layers.dense(2 * rank * keySize), input);
    Tensor apart = queries.reshape(queries.dim(0), Dim.of(2L * rank), Dim.of(keySize));
    // [2 · rank, M, keySize]
    Tensor normal = at.call("query_norm", Layers.layerNorm(), apart).permute(1, 0, 2);
    Tensor rows = scores(at, "row_keys", normal.narrow(0, 0, rank));
    Tensor columns = scores(at, "column_keys", normal.narrow(0, rank, rank));
    Tensor core = at.parameter("core", Initializer.normal(0, Math.pow(rank, -0.5)), rank, rank);
    Found found = find(rows, columns, core);
    Tensor y = read(at, found).reshape(x.shape().with(x.rank() - 1, Dim.of(out)));
    Tensors result = Tensors.of(y).with(inputs.masks());
    return selection ? result.with("indices", found.indices).with("scores", found.scores) : result;
  }

  /** Scores of keys, {@code [rank, M, keys]}. */
  private Tensor scores(Lowering at, String name, Tensor queries) {
    Initializer initial = Initializer.normal(0, 1 / Math.sqrt(keySize));
    return queries.matmul(at.parameter(name, initial, rank, keys, keySize).transpose());
  }

  /** Slots {@code [M, top]} in order of falling score. */
  private record Found(Tensor indices, Tensor scores) {}

  private Found find(Tensor rows, Tensor columns, Tensor core) {
    Tensor fixedRows = rows.stopGradient();
    Tensor fixedColumns = columns.stopGradient();
    Tensor fixedCore = core.stopGradient();
    Tensor left = dominant(fixedCore);
    Tensor right = left.unsqueeze(0).matmul(fixedCore).squeeze(0);
    Tensor nearRows = weighted(fixedRows, left).topK(candidates);
    Tensor nearColumns = weighted(fixedColumns, right).topK(candidates);
    // [M, candidates, rank] and [M, rank, candidates]
    Tensor r = at(fixedRows, nearRows).permute(1, 2, 0);
    Tensor c = at(fixedColumns, nearColumns).permute(1, 0, 2);
    Tensor grid = r.matmul(fixedCore).matmul(c);
    Tensor best = grid.flatten(1).topK(top);
    Tensor row = nearRows.takeAlong(ProductKeys.quotient(best, candidates), 1);
    Tensor column = nearColumns.takeAlong(best.mod(candidates), 1);
    // The scores of the slots found, this time with gradients: Σ r C c.
    Tensor scaled = at(rows, row).permute(1, 2, 0).matmul(core).permute(2, 0, 1);
    Tensor scores = scaled.mul(at(columns, column)).sum(0);
    return new Found(row.mul(keys).add(column), scores);
  }

  /** Scores {@code [rank, M, keys]} at keys {@code [M, K]}, {@code [rank, M, K]}. */
  private static Tensor at(Tensor scores, Tensor keys) {
    Tensor each = keys.unsqueeze(0).broadcastTo(keys.shape().insert(0, scores.dim(0)));
    return scores.takeAlong(each, 2);
  }

  /** The sum over the rank of scores {@code [rank, M, keys]} by a vector {@code [rank]}. */
  private Tensor weighted(Tensor scores, Tensor vector) {
    return scores.mul(vector.reshape(rank, 1, 1)).sum(0);
  }

  /**
   * The left singular vector of the largest singular value, up to its sign (which the right one, Cᵀ
   * times this, shares): squarings of C Cᵀ leave a multiple of u uᵀ, whose longest column is taken.
   */
  private Tensor dominant(Tensor core) {
    Tensor power = core.matmul(core.transpose());
    for (int i = 0; i < SQUARINGS; i++) {
      Tensor unit = power.div(power.square().sum().sqrt().add(Float.MIN_NORMAL));
      power = unit.matmul(unit);
    }
    Tensor length = power.square().sum(0);
    return power.gather(length.argmax(0), 1);
  }

  /** The sum of the values found, {@code [M, out]}. */
  private Tensor read(Lowering at, Found found) {
    int slots = keys * keys;
    int rows = slots / expansion;
    Embedding plain =
        Layers.embedding(rows, valueSize)
            .initializer(Initializer.normal(0, Math.pow(valueSize, -0.5)));
    Embedding table = byRows ? plain.byRows() : plain;
    if (expansion == 1) {
      Tensor bag = ProductKeys.bag(at.call("values", table, found.indices), found.scores);
      return valueSize == out ? bag : at.call("project", Layers.dense(out).bias(false), bag);
    }
    Tensor address = shuffled(found.indices, slots);
    Tensor values = at.call("values", table, address.mod(rows));
    Tensor block = ProductKeys.quotient(address, rows);
    // [M, expansion, top]: the weights of each projection's values.
    Tensor own = block.unsqueeze(1).eq(Tensor.range(expansion).reshape(1, expansion, 1));
    Tensor weights = own.where(found.scores.unsqueeze(1), 0);
    Tensor bags = weights.matmul(values);
    Tensor projections =
        at.parameter(
            "projections",
            Initializer.normal(0, Math.pow(valueSize, -0.5)),
            expansion,
            valueSize,
            out);
    return bags.flatten(1).matmul(projections.reshape((long) expansion * valueSize, out));
  }

  /**
   * Slots in another order, so that those of one row of keys are spread over values and
   * projections: multiplied by a number without a common factor with their count, modulo the count.
   */
  private static Tensor shuffled(Tensor slots, int count) {
    long factor = Math.round(count * 0.6180339887498949);
    while (gcd(factor, count) != 1) {
      factor++;
    }
    return slots.cast(DType.I64).mul(factor).mod(count).cast(DType.I32);
  }

  private static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  @Override
  public String toString() {
    return "ultraMemory(%d).keys(%d).keySize(%d).rank(%d).top(%d)%s"
        .formatted(
            out, keys, keySize, rank, top, expansion == 1 ? "" : ".expansion(" + expansion + ")");
  }
}
