package org.nnd.opencl.lower;

import java.util.List;
import org.nnd.ir.Node;
import org.nnd.opencl.kernel.Body;
import org.nnd.opencl.kernel.Index;

/**
 * Has the next row brought near while later passes work on the present one. That one is in the
 * caches by then, so that memory would have nothing to read until the next row's first pass.
 *
 * @param passes how many passes a row takes
 */
record NextRow(Task task, Target target, Task.Arguments arguments, int passes) {
  /** Rows of several operands would evict one another: measured, that is slower than to wait. */
  boolean isWorthIt() {
    return arguments.loads.keySet().stream().filter(this::isRow).count() == 1
        && Loops.streams(task, target);
  }

  private boolean isRow(Node node) {
    return node.shape().equals(task.group().space());
  }

  /**
   * Whether a pass fetches the vector of the next row that lies at vector {@code u} of its step.
   * Reading that goes on while the last pass writes costs the least, so most of it is done there;
   * where the second pass computes much (its row is kept), all of it hides behind that.
   *
   * @param sideBySide vectors per step
   */
  boolean isDue(int pass, int u, boolean kept, int sideBySide) {
    int last = passes - 1;
    if (last <= 1 || kept || sideBySide == 1) {
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
