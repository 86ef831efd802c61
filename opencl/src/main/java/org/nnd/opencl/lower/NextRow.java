package org.nnd.opencl.lower;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nnd.ir.Node;
import org.nnd.opencl.kernel.Body;
import org.nnd.opencl.kernel.Index;

/**
 * Has the next row brought near while later passes work on the present one. That one is in the
 * caches by then, so that memory would have nothing to read until the next row's first pass.
 *
 * @param passes how many passes a row takes
 * @param dearest the pass after the first that computes much, the longest of them; 0 if none does
 */
record NextRow(Task task, Target target, Task.Arguments arguments, int passes, int dearest) {
  /** Scalar operations per element from which on reading hides behind a pass. */
  private static final int DEAR = 8;

  /**
   * @param passes in which pass each member is computed
   */
  static NextRow of(
      Task task, Target target, Task.Arguments arguments, Map<Node, Integer> passes, int count) {
    int[] costs = new int[count];
    Set<Node> known = new HashSet<>(task.reads());
    task.group().members().forEach(member -> known.add(member.node()));
    for (Group.Member member : task.group().members()) {
      if (member.kind() != Group.Kind.ROW) {
        known.remove(member.node());
        costs[passes.get(member.node())] += Roots.cost(member.node(), known);
        known.add(member.node());
      }
    }
    costs[0] = DEAR - 1;
    int dearest = 0;
    for (int pass = 1; pass < count; pass++) {
      dearest = costs[pass] > costs[dearest] ? pass : dearest;
    }
    return new NextRow(task, target, arguments, count, dearest);
  }

  /**
   * Rows of several operands evict one another, which is slower than to wait unless their reading
   * hides behind much computing: measured.
   */
  boolean isWorthIt() {
    long rows = arguments.loads.keySet().stream().filter(this::isRow).count();
    return (rows == 1 || rows == 2 && dearest > 0) && Loops.streams(task, target);
  }

  private boolean isRow(Node node) {
    return node.shape().equals(task.group().space());
  }

  /**
   * Whether a pass fetches the vector of the next row that lies at vector {@code u} of its step: a
   * dear one all of them. Else reading that goes on while the last pass writes costs the least, so
   * most of it is done there.
   *
   * @param sideBySide vectors per step
   */
  boolean isDue(int pass, int u, int sideBySide) {
    int last = passes - 1;
    if (dearest > 0) {
      return pass == dearest;
    }
    if (last <= 1 || sideBySide == 1) {
      return pass == Math.min(1, last);
    }
    return pass == 1 && u == 0 || pass == last && u > 0;
  }

  void fetch(Body body, List<Index> point, Lanes lanes) {
    if (lanes.count() < target.width()) {
      return;
    }
    arguments.loads.forEach(
        (node, array) -> {
          if (isRow(node)) {
            body.prefetch(array, Index.flatten(point, task.group().space().dims()));
          }
        });
  }
}
