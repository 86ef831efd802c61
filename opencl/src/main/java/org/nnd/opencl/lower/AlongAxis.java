package org.nnd.opencl.lower;

import java.util.ArrayList;
import java.util.List;
import org.nnd.ir.BinaryOp;
import org.nnd.ir.Comparison;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Reduction;
import org.nnd.opencl.kernel.Array;
import org.nnd.opencl.kernel.Body;
import org.nnd.opencl.kernel.Expr;
import org.nnd.opencl.kernel.Index;

/**
 * The templates of arg-reductions and running reductions: one walk along the axis per line, lines
 * side by side in the lanes where the axis is not the last.
 */
final class AlongAxis {
  private final Task task;
  private final Target target;
  private final Body top = Body.top();
  private final Task.Arguments arguments;
  private final Emitter emitter;
  private final Node anchor;
  private final Node x;
  private final int axis;
  private final Dim length;

  private AlongAxis(Task task, Target target, int axis) {
    this.task = task;
    this.target = target;
    this.arguments = task.arguments(top);
    this.emitter = new Emitter(arguments.loads);
    this.anchor = task.group().anchor();
    this.x = anchor.operand(0);
    this.axis = axis;
    this.length = x.shape().dim(axis);
  }

  static KernelCall lower(Task task, Op.ArgReduce op, Target target) {
    return new AlongAxis(task, target, op.axis()).argReduce(op.reduction());
  }

  static KernelCall lower(Task task, Op.Cumulative op, Target target) {
    return new AlongAxis(task, target, op.axis()).cumulative(op.reduction(), op.reverse());
  }

  private KernelCall argReduce(Reduction reduction) {
    Array result = arguments.stores.get(anchor);
    DType dtype = Emitter.computed(x.dtype());
    Comparison better = reduction == Reduction.MAX ? Comparison.GT : Comparison.LT;
    return write(
        "arg_reduce",
        (body, outer, inner, lanes) -> {
          Expr.Variable best = body.mutable("best", identity(reduction, dtype, lanes));
          Expr.Variable where =
              body.mutable("where", Emitter.splat(new Expr.Real(0, DType.I32), lanes));
          body.loop(
              "k",
              length,
              (block, k) -> {
                Expr value =
                    block.let("value", emitter.value(block, x, at(outer, k, inner), lanes));
                Expr beats = new Expr.Compare(better, value, best);
                if (dtype.isFloat()) {
                  // The first NaN beats every number.
                  Expr nan = new Expr.Compare(Comparison.NE, value, value);
                  Expr number = new Expr.Compare(Comparison.EQ, best, best);
                  beats =
                      new Expr.Binary(
                          BinaryOp.OR, beats, new Expr.Binary(BinaryOp.AND, nan, number));
                }
                Expr wins = block.let("wins", beats);
                Expr here = Emitter.splat(new Expr.Position(k, DType.I32), lanes);
                block.assign(where, new Expr.Choose(wins, here, where));
                block.assign(best, new Expr.Choose(wins, value, best));
              });
          List<Index> there = new ArrayList<>(outer);
          there.addAll(inner);
          emitter.store(body, result, Index.flatten(there, anchor.shape().dims()), where, lanes);
        });
  }

  private KernelCall cumulative(Reduction reduction, boolean reverse) {
    Array result = arguments.stores.get(anchor);
    DType dtype = Emitter.computed(x.dtype());
    return write(
        "cumulative",
        (body, outer, inner, lanes) -> {
          Expr.Variable running = body.mutable("running", identity(reduction, dtype, lanes));
          body.loop(
              "k",
              length,
              (block, k) -> {
                Index place = reverse ? Index.of(length.minus(1)).minus(k) : k;
                List<Index> there = at(outer, place, inner);
                Expr value = emitter.value(block, x, there, lanes);
                block.assign(running, new Expr.Binary(reduction.combiner(), running, value));
                emitter.store(
                    block, result, Index.flatten(there, anchor.shape().dims()), running, lanes);
              });
        });
  }

  static Expr identity(Reduction reduction, DType dtype, Lanes lanes) {
    Expr identity = new Expr.Real(Loops.identity(reduction, dtype), dtype);
    return Emitter.splat(identity, lanes);
  }

  private List<Index> at(List<Index> outer, Index k, List<Index> inner) {
    List<Index> at = new ArrayList<>(outer);
    at.add(k);
    at.addAll(inner);
    return at;
  }

  private KernelCall write(String template, Sweep.Visit visit) {
    List<Dim> dims = x.shape().dims();
    Sweep sweep =
        Sweep.write(
            target,
            top,
            dims.subList(0, axis),
            dims.subList(axis + 1, dims.size()),
            length.isFixed() ? length.fixed() : 1024,
            visit);
    return task.call(
        template,
        List.of(sweep.schedule()),
        arguments,
        sweep.groups(),
        sweep.local(),
        top.statements(),
        Dim.BATCH);
  }
}
