package org.nnd.opencl.lower;

import java.util.ArrayList;
import java.util.List;
import org.nnd.ir.BinaryOp;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.UnaryOp;
import org.nnd.opencl.kernel.Array;
import org.nnd.opencl.kernel.Body;
import org.nnd.opencl.kernel.Expr;
import org.nnd.opencl.kernel.Index;
import org.nnd.opencl.kernel.Kernel;

/**
 * The template of Fourier transforms. On a CPU a work-item transforms as many lines at once as
 * there are lanes, so that butterflies are plain vector arithmetic; on a GPU a work-group
 * transforms one line in local memory. Work areas too large for private or local memory lie in
 * global memory.
 */
final class Fourier {
  private static final int MOST_PRIVATE_BYTES = 1 << 18;
  private static final int MOST_LOCAL_BYTES = 1 << 15;
  private static final int ITEMS = 64;

  private final Task task;
  private final Target target;
  private final boolean inverse;
  private final Body top = Body.top();
  private final Node anchor;
  private final Node x;
  private final List<Dim> outer;
  private final Dim lines;
  private final Dim length;
  private final int lanes;

  private Fourier(Task task, Op.Fft op, Target target) {
    this.task = task;
    this.target = target;
    this.inverse = op.inverse();
    this.anchor = task.group().anchor();
    this.x = anchor.operand(0);
    this.outer = x.shape().dims().subList(0, x.rank() - 2);
    this.lines = Contraction.product(outer);
    this.length = x.shape().dim(x.rank() - 2);
    int most = lines.isFixed() ? Math.max(1, lines.fixed()) : target.width();
    this.lanes = target.cpu() ? Math.min(target.width(), Integer.highestOneBit(most)) : 1;
  }

  static KernelCall lower(Task task, Op.Fft op, Target target) {
    Fourier fourier = new Fourier(task, op, target);
    return fourier.length.isFixed() ? fourier.staged() : fourier.direct();
  }

  private KernelCall staged() {
    FourierPlan plan = FourierPlan.of(length.fixed(), inverse);
    Task.Arguments arguments = task.arguments(top);
    Array table =
        plan.table().length == 0
            ? null
            : arguments.table(top, "table", Operations.constant(plan.literal()));
    Kernel.GroupCount groups = new Kernel.GroupCount(lines, lanes);
    Index block = Kernel.group(0, groups);
    FourierStages.Area area = area(arguments, plan.size(), block);
    FourierStages.Crew crew = target.cpu() ? alone() : together();
    FourierStages stages = new FourierStages(plan, table, area, crew);
    List<List<Index>> rows = new ArrayList<>();
    for (int lane = 0; lane < lanes; lane++) {
      // Lanes beyond the last line do the last line again.
      Index line =
          lines.isFixed() && lines.fixed() % lanes == 0
              ? block.times(lanes).plus(lane)
              : top.letIndex(
                  "line",
                  Index.least(block.times(lanes).plus(lane), Index.of(lines.minus(1))),
                  lines);
      rows.add(Index.unflatten(line, outer));
    }
    Emitter emitter = new Emitter(arguments.loads);
    crew.loop(
        top,
        "n",
        length.fixed(),
        (body, n) -> {
          Complex value = input(body, emitter, rows, n);
          if (plan.isChirp()) {
            value = value.named(body, "x").times(stages.fromTable(body, n.plus(plan.chirp())));
          }
          area.store(body, 0, n, value);
        });
    int half = 0;
    if (plan.isChirp()) {
      half = convolve(plan, stages, crew, area);
    } else {
      crew.wait(top);
      half = stages.write(top, 0, inverse);
    }
    Array result = arguments.stores.get(anchor);
    int from = half;
    crew.loop(
        top,
        "k",
        length.fixed(),
        (body, k) -> {
          Complex value = area.load(from, k).named(body, "y");
          if (plan.isChirp()) {
            value = value.times(stages.fromTable(body, k.plus(plan.chirp()))).named(body, "z");
          }
          for (int lane = 0; lane < lanes; lane++) {
            store(body, result, rows.get(lane), k, 0, value.re(), lane);
            store(body, result, rows.get(lane), k, 1, value.im(), lane);
          }
        });
    String method = plan.isChirp() ? "chirp of length " + plan.size() : "radices " + plan.radices();
    String schedule =
        target.cpu()
            ? "schedule cpu, %d lines in lanes".formatted(lanes)
            : "schedule gpu, %d work-items per line".formatted(ITEMS);
    return call(arguments, method + ", " + schedule, List.of(groups), target.cpu() ? 1 : ITEMS);
  }

  /** Multiplies the chirped input's transform by the chirp's and transforms back. */
  private int convolve(
      FourierPlan plan, FourierStages stages, FourierStages.Crew crew, FourierStages.Area area) {
    crew.loop(
        top,
        "n",
        plan.size() - plan.length(),
        (body, n) -> {
          Expr zero = zero();
          area.store(body, 0, n.plus(plan.length()), new Complex(zero, zero));
        });
    crew.wait(top);
    int half = stages.write(top, 0, false);
    crew.loop(
        top,
        "n",
        plan.size(),
        (body, n) -> {
          Complex factor = stages.fromTable(body, n.plus(plan.filter()));
          area.store(body, half, n, area.load(half, n).named(body, "x").times(factor));
        });
    crew.wait(top);
    return stages.write(top, half, true);
  }

  private Expr zero() {
    Expr zero = new Expr.Real(0, DType.F32);
    return lanes == 1 ? zero : new Expr.Splat(zero, lanes);
  }

  private FourierStages.Area area(Task.Arguments arguments, int size, Index block) {
    long bytes = 16L * size * lanes;
    List<Array> arrays = new ArrayList<>();
    List<Index> base = new ArrayList<>();
    boolean inGlobal = bytes > (target.cpu() ? MOST_PRIVATE_BYTES : MOST_LOCAL_BYTES);
    if (inGlobal) {
      Dim blocks = lines.isFixed() ? Dim.of(Math.ceilDiv(lines.fixed(), lanes)) : lines;
      Array work =
          arguments.scratch(
              top,
              "work",
              new KernelCall.Scratch(
                  "fft" + anchor.serial(), DType.F32, blocks.times(4L * size * lanes)));
      for (int i = 0; i < 4; i++) {
        arrays.add(work);
        base.add(block.times(4L * size * lanes).plus((long) i * size * lanes));
      }
      return new FourierStages.Area(arrays, base, lanes);
    }
    for (String name : List.of("re", "im", "re", "im")) {
      Array array =
          target.cpu()
              ? Array.scratch(name, DType.F32, size * lanes)
              : Array.local(name, DType.F32, size);
      Array named = top.declare(array);
      arrays.add(target.cpu() ? named.aligned(16) : named);
      base.add(Index.ZERO);
    }
    return new FourierStages.Area(arrays, base, lanes);
  }

  private static FourierStages.Crew alone() {
    return new FourierStages.Crew() {
      @Override
      public void loop(Body body, String name, int extent, Body.LoopBody write) {
        body.loop(name, Dim.of(extent), write);
      }

      @Override
      public void wait(Body body) {}
    };
  }

  private static FourierStages.Crew together() {
    return new FourierStages.Crew() {
      @Override
      public void loop(Body body, String name, int extent, Body.LoopBody write) {
        Index item = Kernel.local(0, ITEMS);
        body.loop(name, item, Index.of(extent), ITEMS, 1, Dim.of(extent), write);
      }

      @Override
      public void wait(Body body) {
        body.globalBarrier();
      }
    };
  }

  private Complex input(Body body, Emitter emitter, List<List<Index>> rows, Index n) {
    List<Expr> re = new ArrayList<>();
    List<Expr> im = new ArrayList<>();
    for (List<Index> row : rows) {
      re.add(emitter.value(body, x, at(row, n, 0), Lanes.NONE));
      im.add(emitter.value(body, x, at(row, n, 1), Lanes.NONE));
    }
    return lanes == 1
        ? new Complex(re.get(0), im.get(0))
        : new Complex(new Expr.Pack(re), new Expr.Pack(im));
  }

  private static List<Index> at(List<Index> row, Index n, int part) {
    List<Index> at = new ArrayList<>(row);
    at.add(n);
    at.add(Index.of(part));
    return at;
  }

  private void store(
      Body body, Array result, List<Index> row, Index k, int part, Expr value, int lane) {
    body.store(
        result,
        Index.flatten(at(row, k, part), anchor.shape().dims()),
        lanes == 1 ? value : new Expr.Lane(value, lane));
  }

  /** The sum of the definition, for a length that depends on the batch size. */
  private KernelCall direct() {
    Task.Arguments arguments = task.arguments(top);
    Emitter emitter = new Emitter(arguments.loads);
    Array result = arguments.stores.get(anchor);
    List<Dim> positions = new ArrayList<>(outer);
    positions.add(length);
    Sweep sweep =
        Sweep.write(
            target,
            top,
            positions,
            List.of(),
            1024,
            (body, at, none, scalar) -> {
              List<Index> row = at.subList(0, at.size() - 1);
              Index k = at.get(at.size() - 1);
              Expr.Variable re = body.mutable("sum_re", new Expr.Real(0, DType.F32));
              Expr.Variable im = body.mutable("sum_im", new Expr.Real(0, DType.F32));
              body.loop(
                  "n",
                  length,
                  (block, n) -> {
                    Complex value =
                        new Complex(
                            emitter.value(block, x, at(row, n, 0), Lanes.NONE),
                            emitter.value(block, x, at(row, n, 1), Lanes.NONE));
                    Complex term = value.times(root(block, k, n));
                    block.assign(re, new Expr.Binary(BinaryOp.ADD, re, term.re()));
                    block.assign(im, new Expr.Binary(BinaryOp.ADD, im, term.im()));
                  });
              for (int part = 0; part < 2; part++) {
                body.store(
                    result,
                    Index.flatten(at(row, k, part), anchor.shape().dims()),
                    part == 0 ? re : im);
              }
            });
    return call(
        arguments, "by definition, " + sweep.schedule(), sweep.groups(), sweep.local().get(0));
  }

  /** exp(-+2 pi i k n / length), the turns taken modulo the length first. */
  private Complex root(Body body, Index k, Index n) {
    Expr product =
        new Expr.Binary(
            BinaryOp.MULTIPLY, new Expr.Position(k, DType.I64), new Expr.Position(n, DType.I64));
    Expr whole = new Expr.Position(Index.of(length), DType.I64);
    Expr turns = new Expr.Binary(BinaryOp.REMAINDER, product, whole);
    double circle = inverse ? 2 * Math.PI : -2 * Math.PI;
    Expr angle =
        body.let(
            "angle",
            new Expr.Binary(
                BinaryOp.MULTIPLY,
                new Expr.Real(circle, DType.F32),
                new Expr.Binary(
                    BinaryOp.DIVIDE,
                    new Expr.Convert(DType.F32, turns),
                    new Expr.Convert(DType.F32, whole))));
    return new Complex(new Expr.Unary(UnaryOp.COS, angle), new Expr.Unary(UnaryOp.SIN, angle))
        .named(body, "root");
  }

  private KernelCall call(
      Task.Arguments arguments, String schedule, List<Kernel.GroupCount> groups, int items) {
    List<Integer> local = new ArrayList<>(java.util.Collections.nCopies(groups.size(), 1));
    local.set(0, items);
    return task.call(
        "fft", List.of(schedule), arguments, groups, local, top.statements(), Dim.BATCH);
  }
}
