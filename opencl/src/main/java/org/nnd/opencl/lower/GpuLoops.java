package org.nnd.opencl.lower;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import org.nnd.opencl.kernel.Kernel;

/**
 * The template of elementwise and row-wise groups, GPU schedule: a work-item per point, per row
 * where rows are short or lie across memory, else a work-group per row.
 *
 * <pre>
 * for each pass:                                // one more than the longest chain of reductions
 *   for q in the reduced axes, the work-items of the group side by side:
 *     accumulate the pass's reductions; store the members that are ready
 *   add up over the group, a tree in local memory; compute per-row values
 * </pre>
 */
final class GpuLoops {
  /** Rows up to this length are a single work-item's affair. */
  private static final int SHORT = 16;

  private final Task task;
  private final Group group;
  private final Target target;
  private final Body top = Body.top();
  private final Task.Arguments arguments;
  private final Emitter emitter;
  private final Map<Node, Integer> passes;
  private final Dim rowLength;

  /** Work-items that share a row. */
  private final int items;

  private GpuLoops(Task task, Target target) {
    this.task = task;
    this.group = task.group();
    this.target = target;
    this.arguments = task.arguments(top);
    this.emitter = new Emitter(arguments.loads);
    this.passes = Chains.passes(task);
    List<Dim> reduced = group.reduced().stream().map(axis -> group.space().dim(axis)).toList();
    this.rowLength = Contraction.product(reduced);
    this.items = items();
  }

  static KernelCall lower(Task task, Target target) {
    return new GpuLoops(task, target).write();
  }

  private int items() {
    int last = group.space().rank() - 1;
    while (last > 0 && group.space().dim(last).is(1)) {
      last--;
    }
    boolean alongMemory = group.reduced().contains(last);
    if (!alongMemory || (rowLength.isFixed() && rowLength.fixed() <= SHORT)) {
      return 1;
    }
    return rowLength.isFixed() && rowLength.fixed() <= 128 ? 32 : 256;
  }

  private KernelCall write() {
    if (group.reduced().isEmpty()) {
      Sweep sweep =
          Sweep.write(
              target,
              top,
              List.of(),
              group.space().dims(),
              1,
              (body, none, point, lanes) -> stores(body, point, 0));
      return call("loop", sweep.schedule(), sweep.groups(), sweep.local());
    }
    List<Dim> rows = group.rows().dims();
    if (items == 1) {
      Sweep sweep =
          Sweep.write(
              target,
              top,
              rows,
              List.of(),
              1,
              (body, row, none, lanes) -> runPasses(body, row, Index.ZERO));
      return call("rows", sweep.schedule(), sweep.groups(), sweep.local());
    }
    Kernel.GroupCount groups = new Kernel.GroupCount(group.rows().count(), 1);
    List<Index> row = Index.unflatten(Kernel.group(0, groups), rows);
    runPasses(top, row, Kernel.local(0, items));
    return call("rows", "schedule gpu, a work-group per row", List.of(groups), List.of(items));
  }

  private KernelCall call(
      String template, String schedule, List<Kernel.GroupCount> groups, List<Integer> local) {
    return task.call(
        template, List.of(schedule), arguments, groups, local, top.statements(), Dim.BATCH);
  }

  private void runPasses(Body body, List<Index> row, Index item) {
    int last = passes.values().stream().max(Integer::compare).orElse(0);
    for (int p = 0; p <= last; p++) {
      int pass = p;
      Map<Node, Expr.Variable> sums = new LinkedHashMap<>();
      for (Group.Member member : group.members()) {
        if (member.kind() == Group.Kind.REDUCTION && passes.get(member.node()) == pass) {
          sums.put(member.node(), body.mutable("acc", identity(member.node())));
        }
      }
      boolean stores =
          group.members().stream().anyMatch(m -> isStored(m) && passes.get(m.node()) == pass);
      if (!sums.isEmpty() || stores) {
        body.loop(
            "q",
            item,
            Index.of(rowLength),
            items,
            1,
            rowLength,
            (block, q) -> {
              List<Index> point = point(row, q);
              sums.forEach(
                  (node, sum) -> {
                    Expr value = emitter.value(block, node.operand(0), point, Lanes.NONE);
                    block.assign(sum, new Expr.Binary(reduction(node).combiner(), sum, value));
                  });
              stores(block, point, pass);
            });
      }
      sums.forEach(
          (node, sum) -> {
            Expr whole = items == 1 ? sum : overGroup(body, node, sum, item);
            emitter.bind(node, (b, at, lanes) -> whole);
          });
      rowValues(body, row, item, pass);
    }
  }

  private static Reduction reduction(Node node) {
    return ((Op.Reduce) node.op()).reduction();
  }

  private static Expr identity(Node node) {
    return AlongAxis.identity(reduction(node), Emitter.computed(node.dtype()), Lanes.NONE);
  }

  /** {@return the sum over the work-items of the group} */
  private Expr overGroup(Body body, Node node, Expr.Variable sum, Index item) {
    DType dtype = Emitter.computed(node.dtype());
    Array parts = body.declare(Array.local("parts", dtype, items));
    body.store(parts, item, sum);
    body.barrier();
    for (int half = items / 2; half > 0; half /= 2) {
      int distance = half;
      body.when(
          Body.below(item, Index.of(distance)),
          block ->
              block.store(
                  parts,
                  item,
                  new Expr.Binary(
                      reduction(node).combiner(),
                      new Expr.Load(parts, item, 1),
                      new Expr.Load(parts, item.plus(distance), 1))));
      body.barrier();
    }
    return body.let("whole", new Expr.Load(parts, Index.ZERO, 1));
  }

  private boolean isStored(Group.Member member) {
    return member.kind() == Group.Kind.FULL && task.stored().contains(member.node());
  }

  /** The coordinates of a point of the space. */
  private List<Index> point(List<Index> row, Index q) {
    List<Dim> dims = group.reduced().stream().map(axis -> group.space().dim(axis)).toList();
    List<Index> along = Index.unflatten(q, dims);
    List<Index> point = new ArrayList<>();
    int nextRow = 0;
    int nextReduced = 0;
    for (int axis = 0; axis < group.space().rank(); axis++) {
      boolean reduced = group.reduced().contains(axis);
      point.add(reduced ? along.get(nextReduced++) : row.get(nextRow++));
    }
    return point;
  }

  private void stores(Body body, List<Index> point, int pass) {
    Map<Group.Member, Expr> values = new LinkedHashMap<>();
    for (Group.Member member : group.members()) {
      if (isStored(member) && passes.get(member.node()) == pass) {
        List<Index> at = Points.at(group, member, point);
        values.put(member, emitter.value(body, member.node(), at, Lanes.NONE));
      }
    }
    values.forEach((member, value) -> store(body, member, point, value));
  }

  private void store(Body body, Group.Member member, List<Index> point, Expr value) {
    List<Index> at = Points.at(group, member, point);
    body.store(
        arguments.stores.get(member.node()),
        Index.flatten(at, member.node().shape().dims()),
        value);
  }

  /** Stores finished reductions and computes and stores the values per row. */
  private void rowValues(Body body, List<Index> row, Index item, int pass) {
    List<Index> point = point(row, Index.ZERO);
    for (Group.Member member : group.members()) {
      int known = passes.get(member.node());
      boolean ready =
          switch (member.kind()) {
            case REDUCTION -> known == pass;
            case ROW -> known == pass + 1 || (known == 0 && pass == 0);
            default -> false;
          };
      if (!ready) {
        continue;
      }
      List<Index> at = Points.at(group, member, point);
      Expr value = emitter.value(body, member.node(), at, Lanes.NONE);
      if (member.kind() == Group.Kind.ROW) {
        Expr named = body.let("row_value", value);
        emitter.bind(member.node(), (b, c, l) -> named);
        value = named;
      }
      if (task.stored().contains(member.node())) {
        Expr result = value;
        if (items == 1) {
          store(body, member, point, result);
        } else {
          body.when(
              new Expr.Compare(
                  Comparison.EQ,
                  new Expr.Position(item, DType.I64),
                  new Expr.Position(Index.ZERO, DType.I64)),
              block -> store(block, member, point, result));
        }
      }
    }
  }
}
