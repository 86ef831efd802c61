package org.nnd.opencl.lower;

import java.util.ArrayList;
import java.util.List;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.opencl.kernel.Body;
import org.nnd.opencl.kernel.Expr;
import org.nnd.opencl.kernel.Index;

/**
 * The template of contractions that have no tiles to share, GPU schedule: depthwise convolutions
 * and their gradients. A work-item per result goes over k; neighbours read neighbouring elements.
 */
final class GpuDirect {
  private static final int FEW = 4;

  private GpuDirect() {}

  /** {@return whether a tile of the matrix product would be mostly empty} */
  static boolean fits(Node anchor) {
    Contraction c = Contraction.of(anchor);
    Dim m = Contraction.product(c.m());
    boolean several = !Contraction.product(c.batch()).is(1);
    return several && m.isFixed() && m.fixed() <= FEW;
  }

  static KernelCall lower(Task task, Target target) {
    Contraction c = Contraction.of(task.group().anchor());
    DType dtype = Emitter.computed(task.group().anchor().dtype());
    Body top = Body.top();
    Task.Arguments arguments = task.arguments(top);
    Emitter emitter = new Emitter(arguments.loads);
    List<Dim> dims = new ArrayList<>();
    for (List<Dim> part : List.of(c.batch(), c.outer(), c.m(), c.n())) {
      dims.addAll(part);
    }
    Sweep sweep =
        Sweep.write(
            target,
            top,
            List.of(),
            dims,
            1,
            (body, none, at, lanes) -> {
              int outer = c.batch().size();
              int m = outer + c.outer().size();
              int n = m + c.m().size();
              List<Index> atBatch = at.subList(0, outer);
              List<Index> atOuter = at.subList(outer, m);
              List<Index> atM = at.subList(m, n);
              List<Index> atN = at.subList(n, at.size());
              Expr.Variable sum = body.mutable("acc", new Expr.Real(0, dtype));
              overK(
                  body,
                  c.k(),
                  new ArrayList<>(),
                  (block, k) -> {
                    Expr a =
                        emitter.value(
                            block, c.left(), c.access().left(atBatch, atM, k), Lanes.NONE);
                    Expr b =
                        emitter.value(
                            block,
                            c.right(),
                            c.access().right(atBatch, atOuter, atN, k),
                            Lanes.NONE);
                    block.assign(sum, MatMul.multiplyAdd(a, b, sum));
                  });
              List<Index> point = c.access().result(atBatch, atOuter, atM, atN);
              Epilogue.write(task, arguments, emitter, body, point, Lanes.NONE, sum);
            });
    return task.call(
        "contraction",
        List.of(sweep.schedule()),
        arguments,
        sweep.groups(),
        sweep.local(),
        top.statements(),
        Dim.BATCH);
  }

  private interface Step {
    void write(Body body, List<Index> k);
  }

  private static void overK(Body body, List<Dim> dims, List<Index> k, Step step) {
    if (k.size() == dims.size()) {
      step.write(body, k);
      return;
    }
    body.loop(
        "k",
        dims.get(k.size()),
        (block, next) -> {
          List<Index> deeper = new ArrayList<>(k);
          deeper.add(next);
          overK(block, dims, deeper, step);
        });
  }
}
