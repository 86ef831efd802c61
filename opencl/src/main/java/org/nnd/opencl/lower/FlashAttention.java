package org.nnd.opencl.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.nnd.ir.BinaryOp;
import org.nnd.ir.Comparison;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.UnaryOp;
import org.nnd.opencl.kernel.Array;
import org.nnd.opencl.kernel.Body;
import org.nnd.opencl.kernel.Expr;
import org.nnd.opencl.kernel.Index;
import org.nnd.opencl.kernel.Kernel;

/**
 * The template of attention in one kernel, CPU schedule with lanes along the queries: the scores
 * never go to memory (Dao et al. 2022, "FlashAttention"; the running softmax is Milakov and
 * Gimelshein's, 2018, algorithm 3).
 *
 * <pre>
 * work-item = (batch, block of queries: V vectors)
 * q[d][queries] = the block, turned
 * greatest = -inf, total = 0, o[column][queries] = 0       // of each query
 * for each block of keys (up to the block's last query where causal):
 *   s[key][queries] = f(sum over d of k[key][d] * q[d][queries])     // tiles of R keys
 *   factor = exp(greatest - max(greatest, max over keys of s)), greatest = that maximum
 *   s = exp(s - greatest), total = total * factor + sum over keys of s
 *   o[column][queries] = o * factor + sum over keys of v[key][column] * s[key][queries]
 * result = epilogue(o / total), turned back
 * </pre>
 *
 * <p>Keys and values are read one element at a time as they lie, each for V multiply-adds.
 */
final class FlashAttention {
  private static final int KEY_BLOCK = 64;
  private static final int ROWS = 8;

  /** Fewer queries leave too many lanes empty. */
  private static final int FEWEST = 8;

  /** Private memory for a query's features and results. */
  private static final int MOST_FEATURES = 512;

  private final Task task;
  private final AttentionPattern pattern;
  private final Target target;
  private final Contraction qk;
  private final Contraction pv;
  private final Body top = Body.top();
  private final Task.Arguments arguments;
  private final Emitter emitter;
  private final int queries;
  private final int keys;
  private final int features;
  private final int columns;
  private final int lanes;
  private final int vectors;
  private final int rows;

  private FlashAttention(Task task, AttentionPattern pattern, Target target) {
    this.task = task;
    this.pattern = pattern;
    this.target = target;
    this.qk = Contraction.of(pattern.contraction());
    this.pv = Contraction.of(pattern.product());
    this.arguments = task.arguments(top);
    this.emitter = new Emitter(arguments.loads);
    this.queries = pattern.scores().shape().size(pattern.queryAxis());
    this.keys = pattern.scores().shape().size(pattern.queryAxis() + 1);
    this.features = Contraction.product(qk.k()).fixed();
    this.columns = Contraction.product(pv.n()).fixed();
    this.lanes = Math.min(target.width(), Integer.highestOneBit(queries));
    this.vectors = queries >= 2 * lanes ? 2 : 1;
    this.rows = Math.min(ROWS, keys);
  }

  /** {@return whether the sizes suit this template} */
  static boolean fits(AttentionPattern pattern, Target target) {
    Dim queries = pattern.scores().shape().dim(pattern.queryAxis());
    Dim keys = pattern.scores().shape().dim(pattern.queryAxis() + 1);
    Dim features = Contraction.product(Contraction.of(pattern.contraction()).k());
    Dim columns = Contraction.product(Contraction.of(pattern.product()).n());
    return target.cpu()
        && !pattern.product().shape().count().is(0)
        && queries.isFixed()
        && queries.fixed() >= FEWEST
        && keys.isFixed()
        && keys.fixed() > 0
        && isBetween(features, 1, MOST_FEATURES)
        && isBetween(columns, 1, MOST_FEATURES);
  }

  private static boolean isBetween(Dim dim, int least, int most) {
    return dim.isFixed() && dim.fixed() >= least && dim.fixed() <= most;
  }

  static KernelCall lower(Task task, AttentionPattern pattern, Target target) {
    return new FlashAttention(task, pattern, target).write();
  }

  /** Where a work-item is, and its private memory. */
  private record Place(
      List<Index> others, Index query, Array q, Array scores, Array sums, Array inverse) {}

  /** The greatest score of each query so far, and the sum of the weights relative to it. */
  private record Seen(Expr.Variable[] greatest, Expr.Variable[] total) {}

  private int width() {
    return lanes * vectors;
  }

  private KernelCall write() {
    int whole = queries / width();
    Kernel.GroupCount blocks = new Kernel.GroupCount(Dim.of(whole), 1);
    Kernel.GroupCount others = new Kernel.GroupCount(Contraction.product(pattern.others()), 1);
    List<Index> where = Index.unflatten(Kernel.group(1, others), pattern.others());
    Array q = scratch("q", features);
    Array scores = scratch("s", Math.min(KEY_BLOCK, keys));
    Array sums = scratch("o", columns);
    Array inverse = scratch("inverse", 1);
    Index block = Kernel.group(0, blocks);
    if (queries % width() == 0) {
      Index query = top.axis("query", block.times(width()), Dim.of(queries));
      queries(top, new Place(where, query, q, scores, sums, inverse));
    } else {
      // The last work-item goes on to a block that ends with the last query.
      Index next = block.plus(1);
      Dim count = Dim.of(whole + 1L);
      Index end = top.letIndex("end", next.plus(next.dividedBy(Dim.of(whole))), count.plus(1));
      Index last = Index.of((long) queries - width());
      top.loop(
          "block",
          block,
          end,
          1,
          1,
          count,
          (body, at) -> {
            Index first = Index.least(at.times(width()), last);
            Index query = body.axis("query", first, Dim.of(queries));
            queries(body, new Place(where, query, q, scores, sums, inverse));
          });
    }
    return task.call(
        "attention",
        List.of(
            "schedule cpu, %d lanes x %d of queries, blocks of %d keys, tiles of %d%s"
                .formatted(
                    lanes,
                    vectors,
                    Math.min(KEY_BLOCK, keys),
                    rows,
                    pattern.causal() ? ", causal" : "")),
        arguments,
        List.of(blocks, others),
        List.of(1, 1),
        top.statements(),
        Dim.BATCH);
  }

  /** One block of queries. */
  private void queries(Body body, Place place) {
    Seen seen = new Seen(new Expr.Variable[vectors], new Expr.Variable[vectors]);
    for (int v = 0; v < vectors; v++) {
      seen.greatest[v] = body.mutable("greatest", real(Double.NEGATIVE_INFINITY));
      seen.total[v] = body.mutable("total", real(0));
    }
    turn(body, place);
    clear(body, place.sums);
    keyBlocks(body, place, seen);
    results(body, place, seen);
  }

  private Array scratch(String name, int rows) {
    return top.declare(Array.scratch(name, DType.F32, rows * width())).aligned(16);
  }

  private Expr real(double value) {
    return splat(new Expr.Real(value, DType.F32));
  }

  private Expr splat(Expr scalar) {
    return lanes == 1 ? scalar : new Expr.Splat(scalar, lanes);
  }

  private Index at(Index row, int v) {
    return row.times(width()).plus((long) v * lanes);
  }

  /** Coordinates along the axes of the scores. */
  private List<Index> scoreAt(Place place, int v, Index key) {
    List<Index> at = new ArrayList<>(place.others);
    at.add(place.query.plus((long) v * lanes));
    at.add(key);
    return at;
  }

  private Lanes alongQueries(Place place) {
    return Lanes.along(place.query, lanes);
  }

  private void turn(Body outer, Place place) {
    for (int v = 0; v < vectors; v++) {
      int number = v;
      stretches(outer, "d", features, lanes, (body, d) -> turn(body, place, d, number));
    }
  }

  private void turn(Body body, Place place, Index d, int v) {
    int batch = qk.batch().size();
    List<Index> at = scoreAt(place, v, Index.ZERO);
    List<Index> there =
        qk.access()
            .left(
                at.subList(0, batch), at.subList(batch, at.size() - 1), Index.unflatten(d, qk.k()));
    Expr value = emitter.value(body, qk.left(), there, alongQueries(place));
    body.store(place.q, at(d, v), value.type().lanes() == lanes ? value : splat(value));
  }

  /**
   * Loops over an axis, vectors across which are read in squares of {@code width} as far as it
   * goes.
   */
  private void stretches(Body outer, String name, int extent, int width, Body.LoopBody step) {
    int whole = extent / width * width;
    if (whole > 0) {
      outer.loop(
          name,
          Index.ZERO,
          Index.of(whole),
          width,
          1,
          Dim.of(extent),
          (body, first) ->
              Squares.rows(emitter, first, width, false, row -> step.write(body, row)));
    }
    if (whole < extent) {
      outer.loop(name, Index.of(whole), Index.of(extent), 1, 1, Dim.of(extent), step);
    }
  }

  private void clear(Body outer, Array sums) {
    outer.loop(
        "i",
        Dim.of(columns),
        (body, i) -> {
          for (int v = 0; v < vectors; v++) {
            body.store(sums, at(i, v), real(0));
          }
        });
  }

  private void keyBlocks(Body outer, Place place, Seen seen) {
    int whole = keys / rows * rows;
    Index end = Index.of(whole);
    if (pattern.causal()) {
      Index behind = place.query.plus(width());
      Index upTo = behind.plus(rows - 1L).dividedBy(Dim.of(rows)).times(rows);
      end = outer.letIndex("key_end", Index.least(upTo, end), Dim.of(keys + 1L));
    }
    Index last = end;
    outer.loop(
        "key_block",
        Index.ZERO,
        end,
        KEY_BLOCK,
        1,
        Dim.of(keys),
        (body, from) -> {
          Index to =
              body.letIndex(
                  "block_end", Index.least(from.plus(KEY_BLOCK), last), Dim.of(keys + 1L));
          keyBlock(body, place, seen, from, to, rows);
        });
    if (whole < keys) {
      Index from = Index.of(whole);
      if (pattern.causal()) {
        outer.when(
            Body.below(from, place.query.plus(width())),
            body -> keyBlock(body, place, seen, from, Index.of(keys), keys - whole));
      } else {
        keyBlock(outer, place, seen, from, Index.of(keys), keys - whole);
      }
    }
  }

  /** One block of keys, a multiple of {@code tile}. */
  private void keyBlock(Body body, Place place, Seen seen, Index from, Index to, int tile) {
    Expr.Variable[] highest = new Expr.Variable[vectors];
    for (int v = 0; v < vectors; v++) {
      highest[v] = body.mutable("highest", seen.greatest[v]);
    }
    body.loop(
        "key",
        from,
        to,
        tile,
        1,
        Dim.of(keys),
        (block, key) -> scores(block, place, key, from, tile, highest));
    Expr[] factor = new Expr[vectors];
    Expr[] shift = new Expr[vectors];
    for (int v = 0; v < vectors; v++) {
      Expr size = new Expr.Unary(UnaryOp.ABS, highest[v]);
      Expr infinite = new Expr.Compare(Comparison.EQ, size, real(Double.POSITIVE_INFINITY));
      shift[v] = body.let("shift", new Expr.Choose(infinite, real(0), highest[v]));
      factor[v] = body.let("factor", exp(body, minus(seen.greatest[v], shift[v])));
      body.assign(seen.greatest[v], highest[v]);
      body.assign(seen.total[v], new Expr.Binary(BinaryOp.MULTIPLY, seen.total[v], factor[v]));
    }
    body.loop(
        "key",
        from,
        to,
        1,
        1,
        Dim.of(keys),
        (block, key) -> {
          for (int v = 0; v < vectors; v++) {
            Index at = at(key.minus(from), v);
            Expr score = new Expr.Load(place.scores, at, lanes);
            Expr weight = block.let("p", exp(block, minus(score, shift[v])));
            block.store(place.scores, at, weight);
            block.assign(seen.total[v], new Expr.Binary(BinaryOp.ADD, seen.total[v], weight));
          }
        });
    int whole = columns / ROWS * ROWS;
    body.loop(
        "column",
        Index.ZERO,
        Index.of(whole),
        ROWS,
        1,
        Dim.of(columns),
        (block, column) -> weigh(block, place, column, ROWS, from, to, factor));
    if (whole < columns) {
      weigh(body, place, Index.of(whole), columns - whole, from, to, factor);
    }
  }

  private static Expr minus(Expr a, Expr b) {
    return new Expr.Binary(BinaryOp.SUBTRACT, a, b);
  }

  private static Expr exp(Body body, Expr x) {
    return new Expr.Unary(UnaryOp.EXP, body.let("x", x));
  }

  /** Scores of some keys, and the greatest so far. */
  private void scores(
      Body body, Place place, Index key, Index from, int tile, Expr.Variable[] highest) {
    int batch = qk.batch().size();
    Expr.Variable[][] acc = new Expr.Variable[tile][vectors];
    for (int r = 0; r < tile; r++) {
      for (int v = 0; v < vectors; v++) {
        acc[r][v] = body.mutable("acc_%d_%d".formatted(r, v), real(0));
      }
    }
    body.loop(
        "d",
        Dim.of(features),
        (block, d) ->
            multiplyAdd(
                block,
                acc,
                place.q,
                d,
                qk.right(),
                r ->
                    qk.access()
                        .right(
                            place.others.subList(0, batch),
                            List.of(),
                            List.of(key.plus(r)),
                            Index.unflatten(d, qk.k()))));
    for (int r = 0; r < tile; r++) {
      for (int v = 0; v < vectors; v++) {
        Expr sum = acc[r][v];
        emitter.bind(pattern.contraction(), (b, at, l) -> sum);
        List<Index> at = scoreAt(place, v, key.plus(r));
        Expr score = emitter.value(body, pattern.scores(), at, alongQueries(place));
        Expr named = body.let("score", score);
        body.store(place.scores, at(key.plus(r).minus(from), v), named);
        // A score that is no number need not become the greatest: its exponential is none either.
        Expr higher = new Expr.Compare(Comparison.GT, named, highest[v]);
        body.assign(highest[v], new Expr.Choose(higher, named, highest[v]));
        emitter.unbind(pattern.contraction());
      }
    }
  }

  /** Adds the block's values, weighed, to some columns of the results. */
  private void weigh(
      Body body, Place place, Index column, int tile, Index from, Index to, Expr[] factor) {
    Expr.Variable[][] acc = new Expr.Variable[tile][vectors];
    for (int r = 0; r < tile; r++) {
      for (int v = 0; v < vectors; v++) {
        Expr before = new Expr.Load(place.sums, at(column.plus(r), v), lanes);
        acc[r][v] =
            body.mutable(
                "acc_%d_%d".formatted(r, v), new Expr.Binary(BinaryOp.MULTIPLY, before, factor[v]));
      }
    }
    int batch = pv.batch().size();
    body.loop(
        "key",
        from,
        to,
        1,
        1,
        Dim.of(keys),
        (block, key) ->
            multiplyAdd(
                block,
                acc,
                place.scores,
                key.minus(from),
                pv.right(),
                r ->
                    pv.access()
                        .right(
                            place.others.subList(0, batch),
                            List.of(),
                            Index.unflatten(column.plus(r), pv.n()),
                            List.of(key))));
    for (int r = 0; r < tile; r++) {
      for (int v = 0; v < vectors; v++) {
        body.store(place.sums, at(column.plus(r), v), acc[r][v]);
      }
    }
  }

  /** Adds elements of a node, one for each row, times a line of a panel of queries. */
  private void multiplyAdd(
      Body body,
      Expr.Variable[][] acc,
      Array panel,
      Index line,
      Node node,
      IntFunction<List<Index>> element) {
    Expr[] x = new Expr[vectors];
    for (int v = 0; v < vectors; v++) {
      x[v] = body.let("x_" + v, new Expr.Load(panel, at(line, v), lanes));
    }
    for (int r = 0; r < acc.length; r++) {
      Expr factor = splat(emitter.value(body, node, element.apply(r), Lanes.NONE));
      for (int v = 0; v < vectors; v++) {
        body.assign(acc[r][v], new Expr.Fma(factor, x[v], acc[r][v]));
      }
    }
  }

  /** Divides by the totals and writes each query's row. */
  private void results(Body outer, Place place, Seen seen) {
    for (int v = 0; v < vectors; v++) {
      Expr one = new Expr.Binary(BinaryOp.DIVIDE, real(1), seen.total[v]);
      Expr none = new Expr.Compare(Comparison.EQ, seen.total[v], real(0));
      Expr reciprocal = pattern.guarded() ? new Expr.Choose(none, real(0), one) : one;
      outer.store(place.inverse, Index.of((long) v * lanes), reciprocal);
    }
    int squares = columns / lanes * lanes;
    outer.loop(
        "column",
        Index.ZERO,
        Index.of(squares),
        lanes,
        1,
        Dim.of(columns),
        (block, column) ->
            stretches(
                block,
                "lane",
                width(),
                lanes,
                (body, lane) -> result(body, place, lane, column, Lanes.along(column, lanes))));
    if (squares < columns) {
      outer.loop(
          "lane",
          Dim.of(width()),
          (block, lane) ->
              Pieces.cover(
                  block,
                  "column",
                  columns - squares,
                  lanes,
                  (body, left, along) -> result(body, place, lane, left.plus(squares), along)));
    }
  }

  private void result(Body body, Place place, Index lane, Index column, Lanes along) {
    int batch = pv.batch().size();
    List<Index> at = new ArrayList<>(place.others);
    at.add(place.query.plus(lane));
    List<Index> point =
        pv.access()
            .result(
                at.subList(0, batch),
                List.of(),
                at.subList(batch, at.size()),
                Index.unflatten(column, pv.n()));
    Index flat = column.times(width()).plus(lane);
    Expr sum = emitter.load(body, place.sums.aligned(1), flat, along);
    Expr scale = new Expr.Load(place.inverse.aligned(1), lane, 1);
    Expr result =
        body.let("y", new Expr.Binary(BinaryOp.MULTIPLY, sum, Emitter.splat(scale, along)));
    Epilogue.write(task, arguments, emitter, body, point, along, result);
  }
}
