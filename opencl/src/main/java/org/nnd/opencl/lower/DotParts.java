package org.nnd.opencl.lower;

import java.util.ArrayList;
import java.util.List;
import org.nnd.ir.BinaryOp;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.opencl.kernel.Array;
import org.nnd.opencl.kernel.Body;
import org.nnd.opencl.kernel.Expr;
import org.nnd.opencl.kernel.Index;
import org.nnd.opencl.kernel.Kernel;

/**
 * The template of contractions with few results and long sums, such as the gradients of kernels,
 * CPU schedule with lanes along {@code k}.
 *
 * <pre>
 * work-item = some positions of the leading contracted axis
 * a[m][k] = left, b[n][k] = right          // packed: aligned, the last vector filled with zeros
 * for each tile of T columns and R rows:
 *   acc[R][T] = sum over vectors of k of a[R][k] * b[T][k]
 *   partial[item][T][R] = sum of the lanes of acc
 * </pre>
 *
 * <p>A second kernel adds the partial sums ({@link PartialSums}).
 */
final class DotParts {
  private static final int ROWS = 4;
  private static final int COLUMNS = 6;

  private final Task task;
  private final Target target;
  private final PartialSums sums;
  private final Contraction c;
  private final Body top = Body.top();
  private final Emitter emitter;
  private final Task.Arguments arguments;
  private final DType dtype;
  private final int lanes;
  private final int pitch;
  private final Index part;
  private final Array sink;

  private DotParts(Task task, Target target, PartialSums sums) {
    this.task = task;
    this.target = target;
    this.sums = sums;
    this.c = sums.c();
    this.arguments = task.arguments(top);
    this.emitter = new Emitter(arguments.loads);
    this.dtype = sums.scratch().dtype();
    this.lanes = target.width();
    this.pitch = Math.ceilDiv(sums.length() * sums.step(), lanes) * lanes;
    this.part = Kernel.group(0, sums.parts());
    this.sink = arguments.scratch(top, "partial", sums.scratch());
  }

  static List<Step> lower(Task task, Target target, PartialSums sums) {
    return List.of(new DotParts(task, target, sums).write(), sums.add(task, target));
  }

  private KernelCall write() {
    List<Index> nowhere = PartialSums.origin(c.batch());
    List<Index> noOuter = PartialSums.origin(c.outer());
    Array left =
        packed(
            "a",
            sums.m(),
            (body, row, k, along) ->
                emitter.value(
                    body,
                    c.left(),
                    c.access().left(nowhere, Index.unflatten(row, c.m()), k),
                    along));
    Array right =
        packed(
            "b",
            sums.n(),
            (body, column, k, along) ->
                emitter.value(
                    body,
                    c.right(),
                    c.access().right(nowhere, noOuter, Index.unflatten(column, c.n()), k),
                    along));
    tiles(
        top,
        "column",
        sums.n(),
        COLUMNS,
        (body, column, width) ->
            tiles(
                body,
                "row",
                sums.m(),
                ROWS,
                (inner, row, height) -> tile(inner, left, right, row, height, column, width)));
    return task.call(
        "dots",
        List.of(
            "schedule cpu, tile %d x %d of %d lanes along k, %d of the leading axis per item"
                .formatted(ROWS, COLUMNS, lanes, sums.length())),
        arguments,
        List.of(sums.parts()),
        List.of(1),
        top.statements(),
        Dim.BATCH);
  }

  /** An operand's value at a row (or column) and coordinates along k. */
  private interface Operand {
    Expr at(Body body, Index row, List<Index> k, Lanes along);
  }

  /** Copies the part's share of an operand to private memory, a row of all its k after another. */
  private Array packed(String name, int rows, Operand operand) {
    Array loose = top.declare(Array.scratch(name, dtype, rows * pitch));
    Dim leading = c.k().get(0);
    Index start = part.times(sums.length());
    Index end = Index.least(start.plus(sums.length()), Index.of(leading));
    top.loop(
        "row",
        Dim.of(rows),
        (body, row) -> {
          Index line = row.times(pitch);
          body.loop(
              "z",
              Index.ZERO,
              Index.of(pitch),
              lanes,
              1,
              Dim.of(pitch),
              (block, z) -> block.store(loose, line.plus(z), Plane.zero(dtype, lanes)));
          body.loop(
              "k_outer",
              start,
              end,
              1,
              1,
              leading,
              (block, outer) -> {
                Index first = line.plus(outer.minus(start).times(sums.step()));
                Pieces.cover(
                    block,
                    "k",
                    sums.step(),
                    lanes,
                    (deep, k, along) -> {
                      List<Index> at = new ArrayList<>(List.of(outer));
                      at.addAll(Index.unflatten(k, c.k().subList(1, c.k().size())));
                      deep.store(loose, first.plus(k), operand.at(deep, row, at, along));
                    });
              });
        });
    return loose.aligned(lanes);
  }

  private interface TileBody {
    void write(Body body, Index first, int count);
  }

  /** Tiles of {@code size}, then a smaller one of what is left. */
  private static void tiles(Body body, String name, int extent, int size, TileBody tile) {
    int whole = extent / size * size;
    if (whole > 0) {
      body.loop(
          name,
          Index.ZERO,
          Index.of(whole),
          size,
          1,
          Dim.of(extent),
          (block, first) -> tile.write(block, first, size));
    }
    if (whole < extent) {
      Index rest = body.axis(name, Index.of(whole), Dim.of(extent));
      tile.write(body, rest, extent - whole);
    }
  }

  private void tile(
      Body body, Array left, Array right, Index row, int height, Index column, int width) {
    Expr.Variable[][] acc = new Expr.Variable[height][width];
    for (int r = 0; r < height; r++) {
      for (int t = 0; t < width; t++) {
        acc[r][t] = body.mutable("acc_%d_%d".formatted(r, t), Plane.zero(dtype, lanes));
      }
    }
    body.loop(
        "k",
        Index.ZERO,
        Index.of(pitch),
        lanes,
        1,
        Dim.of(pitch),
        (block, k) -> {
          Expr[] b = new Expr[width];
          for (int t = 0; t < width; t++) {
            Index at = column.plus(t).times(pitch).plus(k);
            b[t] = block.let("b_" + t, new Expr.Load(right, at, lanes));
          }
          for (int r = 0; r < height; r++) {
            Index at = row.plus(r).times(pitch).plus(k);
            Expr a = block.let("a_" + r, new Expr.Load(left, at, lanes));
            for (int t = 0; t < width; t++) {
              block.assign(acc[r][t], MatMul.multiplyAdd(a, b[t], acc[r][t]));
            }
          }
        });
    for (int r = 0; r < height; r++) {
      for (int t = 0; t < width; t++) {
        Expr sum = AcrossLanes.combine(body, BinaryOp.ADD, acc[r][t]);
        body.store(sink, sums.at(part, row.plus(r), column.plus(t)), sum);
      }
    }
  }
}
