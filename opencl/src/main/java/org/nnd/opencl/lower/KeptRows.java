package org.nnd.opencl.lower;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nnd.ir.DType;
import org.nnd.ir.Node;
import org.nnd.ir.Shape;
import org.nnd.opencl.kernel.Array;
import org.nnd.opencl.kernel.Body;
import org.nnd.opencl.kernel.Expr;
import org.nnd.opencl.kernel.Index;

/** What a pass over a row computes, kept in private memory for the passes to come. */
final class KeptRows {
  /** Scalar operations from which on a value is kept rather than computed in every pass. */
  private static final int DEAR = 8;

  private final Task task;
  private final Emitter emitter;
  private final Map<Node, Integer> passes;
  private final int outer;
  private final Shape row;
  private final Map<Node, Array> kept = new LinkedHashMap<>();

  /**
   * @param passes in which pass each member is computed
   * @param outer the axes that rows are counted by
   * @param row the axes of a row
   */
  KeptRows(Task task, Emitter emitter, Map<Node, Integer> passes, Shape outer, Shape row) {
    this.task = task;
    this.emitter = emitter;
    this.passes = passes;
    this.outer = outer.rank();
    this.row = row;
  }

  /** Decides whether later passes find what a reduction sums in memory, and makes room for it. */
  void keep(Body body, Node summed, int pass) {
    boolean fits =
        summed.dtype() == DType.F32
            && !task.reads().contains(summed)
            && !task.stored().contains(summed)
            && !kept.containsKey(summed);
    if (fits && isDear(summed) && readAfter(pass, summed)) {
      kept.put(summed, body.declare(Array.scratch("kept", DType.F32, row.count().fixed())));
    }
  }

  /** Whether to compute a value again would take many operations, or several rows of memory. */
  private boolean isDear(Node node) {
    Set<Node> rows = new HashSet<>();
    Costs.walk(
        node,
        visited -> {
          boolean read = task.reads().contains(visited);
          if (read && visited.shape().equals(task.group().space())) {
            rows.add(visited);
          }
          return !read;
        });
    return rows.size() > 1 || Roots.cost(node, task.reads()) >= DEAR;
  }

  /** Whether a member of a later pass is computed from {@code node}. */
  private boolean readAfter(int pass, Node node) {
    boolean[] found = {false};
    for (Group.Member member : task.group().members()) {
      if (passes.get(member.node()) > pass) {
        Costs.walk(
            member.node(),
            visited -> {
              found[0] |= visited == node;
              boolean other = visited != member.node() && task.group().member(visited) != null;
              return !other && !task.reads().contains(visited);
            });
      }
    }
    return found[0];
  }

  /** Stores the value at a point of the space, if the node's are kept. */
  void store(Body body, Node node, List<Index> point, Expr value, Lanes lanes) {
    if (kept.containsKey(node)) {
      emitter.store(body, kept.get(node), within(point), value, lanes);
    }
  }

  /**
   * Binds what has been kept, for the passes to come.
   *
   * @param prefix the coordinates of the row that was kept: at others values are computed
   */
  void read(List<Index> prefix) {
    kept.forEach(
        (node, array) ->
            emitter.bind(
                node,
                (body, at, lanes) -> {
                  if (!at.subList(0, outer).equals(prefix)) {
                    return emitter.compute(body, node, at, lanes);
                  }
                  Index i = within(at);
                  return body.once(
                      List.of(node, i, lanes.count()),
                      "again",
                      () -> emitter.load(body, array, i, lanes));
                }));
  }

  private Index within(List<Index> point) {
    return Index.flatten(point.subList(outer, point.size()), row.dims());
  }

  void forget() {
    kept.keySet().forEach(emitter::unbind);
    kept.clear();
  }
}
