package org.nnd.opencl.lower;

import java.util.List;
import java.util.Optional;
import org.nnd.ir.BinaryOp;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.opencl.kernel.Array;
import org.nnd.opencl.kernel.Body;
import org.nnd.opencl.kernel.Expr;
import org.nnd.opencl.kernel.Index;
import org.nnd.opencl.kernel.Kernel;

/**
 * Results {@code [part, n, m]} of parts of a contraction's leading axis, and the kernel that adds
 * them. A part's share of both operands stays in the second-level cache while every result's sum
 * over it is made.
 *
 * @param length positions of the leading contracted axis per part
 */
record PartialSums(Contraction c, int length, KernelCall.Scratch scratch) {
  /** Bytes of both operands per part: they stay in the second-level cache. */
  private static final int PART = 3 << 16;

  /** Results beyond which operands are read often enough from the caches without this. */
  private static final int FEW = 1 << 14;

  /** {@return parts for a contraction that gains by them: few results of long sums} */
  static Optional<PartialSums> of(Contraction c, DType dtype) {
    Dim m = Contraction.product(c.m());
    Dim n = Contraction.product(c.n());
    boolean one = Contraction.product(c.batch()).is(1) && Contraction.product(c.outer()).is(1);
    if (!one || !m.isFixed() || !n.isFixed() || c.k().size() < 2 || !dtype.isFloat()) {
      return Optional.empty();
    }
    long results = (long) m.fixed() * n.fixed();
    Dim leading = c.k().get(0);
    Dim step = Contraction.product(c.k().subList(1, c.k().size()));
    boolean few = leading.isFixed() && leading.fixed() < 4;
    if (few || !step.isFixed() || step.fixed() < 16 || results < 64 || results > FEW) {
      return Optional.empty();
    }
    long length = PART / (4L * (m.fixed() + n.fixed()) * step.fixed());
    if (length == 0) {
      return Optional.empty();
    }
    // At least as many as there are parts, whatever the extent of the leading axis.
    int most = (int) Math.min(length, 64);
    Dim elements = leading.times((int) Math.ceilDiv(results, most)).plus(results);
    return Optional.of(
        new PartialSums(c, most, new KernelCall.Scratch("partial", dtype, elements)));
  }

  /** {@return positions along the contracted axes behind the leading one} */
  int step() {
    return Contraction.product(c.k().subList(1, c.k().size())).fixed();
  }

  Kernel.GroupCount parts() {
    return new Kernel.GroupCount(c.k().get(0), length);
  }

  int m() {
    return Contraction.product(c.m()).fixed();
  }

  int n() {
    return Contraction.product(c.n()).fixed();
  }

  Index at(Index part, Index row, Index column) {
    return part.times(n()).plus(column).times(m()).plus(row);
  }

  /** {@return the kernel that adds the parts and computes what follows} */
  KernelCall add(Task task, Target target) {
    Body top = Body.top();
    Task.Arguments arguments = task.arguments(top);
    Emitter emitter = new Emitter(arguments.loads);
    Array partial = arguments.scratch(top, "partial", scratch);
    Kernel.GroupCount columns = new Kernel.GroupCount(Dim.of(n()), 1);
    Index column = Kernel.group(0, columns);
    Index end = Index.of(c.k().get(0)).plus(length - 1L).dividedBy(Dim.of(length));
    Pieces.cover(
        top,
        "row",
        m(),
        target.width(),
        (body, row, lanes) -> {
          Expr.Variable sum = body.mutable("sum", Plane.zero(scratch.dtype(), lanes.count()));
          body.loop(
              "part",
              Index.ZERO,
              end,
              1,
              1,
              c.k().get(0),
              (block, part) -> {
                Expr next = new Expr.Load(partial, at(part, row, column), lanes.count());
                block.assign(sum, new Expr.Binary(BinaryOp.ADD, sum, next));
              });
          List<Index> result =
              c.access()
                  .result(
                      origin(c.batch()),
                      origin(c.outer()),
                      Index.unflatten(row, c.m()),
                      Index.unflatten(column, c.n()));
          Epilogue.write(task, arguments, emitter, body, result, lanes, sum);
        });
    return task.call(
            "dots_sum",
            List.of("schedule cpu, %d lanes along the rows".formatted(target.width())),
            arguments,
            List.of(columns),
            List.of(1),
            top.statements(),
            Dim.BATCH)
        .followUp(task);
  }

  static List<Index> origin(List<Dim> axes) {
    return axes.stream().map(axis -> Index.ZERO).toList();
  }
}
