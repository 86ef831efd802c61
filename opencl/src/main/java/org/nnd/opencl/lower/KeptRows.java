package org.nnd.opencl.lower;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Shape;
import org.nnd.opencl.kernel.Array;
import org.nnd.opencl.kernel.Body;
import org.nnd.opencl.kernel.Expr;
import org.nnd.opencl.kernel.Index;

/**
 * What a pass reads or computes, kept in private memory for the passes to come: of a row that runs
 * along memory, or of a block of columns.
 */
final class KeptRows {
  /** Scalar operations from which on a value is kept rather than computed in every pass. */
  private static final int DEAR = 8;

  /** Elements of a block of columns that stay in a second-level cache. */
  private static final int MOST = 1 << 17;

  /** Columns of a block. */
  static final int COLUMNS = 32;

  /** Columns from which on there are blocks enough for all cores. */
  private static final int ENOUGH_COLUMNS = 16 * COLUMNS;

  private final Task task;
  private final Emitter emitter;
  private final Map<Node, Integer> passes;
  private final Map<Node, Array> kept = new LinkedHashMap<>();

  /** Of them, what this pass keeps. */
  private final Set<Node> stored = new LinkedHashSet<>();

  /** Of them, what is read for the last time in this pass, and whose place one of those takes. */
  private final Set<Node> replaced = new LinkedHashSet<>();

  private List<Index> point = List.of();
  private Index place = Index.ZERO;

  /**
   * @param passes in which pass each member is computed
   */
  KeptRows(Task task, Emitter emitter, Map<Node, Integer> passes) {
    this.task = task;
    this.emitter = emitter;
    this.passes = passes;
  }

  /**
   * {@return whether all passes over columns of such a space are best made block by block, each
   * block near, so that memory is read once}
   */
  static boolean holdsColumns(Shape space, List<Integer> reduced) {
    Dim depth = Dim.ONE;
    Dim columns = Dim.ONE;
    for (int axis = 0; axis < space.rank(); axis++) {
      if (reduced.contains(axis)) {
        depth = depth.times(space.dim(axis));
      } else {
        columns = columns.times(space.dim(axis));
      }
    }
    return depth.isFixed()
        && (long) depth.fixed() * COLUMNS <= MOST
        && columns.isFixed()
        && columns.fixed() >= ENOUGH_COLUMNS;
  }

  /** {@return whether a block fits, of everything that several passes may read} */
  boolean fits(Dim depth, int columns) {
    long values = Math.max(1, task.reads().stream().filter(this::isInSpace).count());
    return depth.isFixed() && values * depth.fixed() * columns <= MOST;
  }

  private boolean isInSpace(Node node) {
    return node.shape().equals(task.group().space());
  }

  /**
   * Makes room for what a reduction sums, if later passes would else compute it again at a cost.
   *
   * @param elements of the row or block
   */
  void keep(Body body, Node summed, int pass, int elements) {
    boolean inMemory = task.reads().contains(summed) || task.stored().contains(summed);
    if (!inMemory && isDear(summed)) {
      keepIfRead(body, summed, pass, elements);
    }
  }

  /** As {@link #keep}, and for what a reduction reads that later passes would else read again. */
  void keepAll(Body body, Node summed, int pass, int elements) {
    keep(body, summed, pass, elements);
    Set<Node> found = new LinkedHashSet<>();
    walk(
        summed,
        visited -> {
          if (task.reads().contains(visited) && isInSpace(visited)) {
            found.add(visited);
          }
        });
    found.forEach(node -> keepIfRead(body, node, pass, elements));
  }

  private void keepIfRead(Body body, Node node, int pass, int elements) {
    if (node.dtype() != DType.F32 || kept.containsKey(node) || !readAfter(pass, node)) {
      return;
    }
    kept.put(node, null); // what is needed only to compute this one will not be read any more
    Optional<Node> done =
        kept.keySet().stream()
            .filter(k -> k != node && !replaced.contains(k) && !readAfter(pass, k))
            .findFirst();
    done.ifPresent(replaced::add);
    Array array =
        done.map(kept::get)
            .orElseGet(() -> body.declare(Array.scratch("kept", DType.F32, elements)));
    kept.put(node, array);
    stored.add(node);
  }

  /** Whether to compute a value again would take many operations, or several rows of memory. */
  private boolean isDear(Node node) {
    Set<Node> rows = new HashSet<>();
    Costs.walk(
        node,
        visited -> {
          boolean read = task.reads().contains(visited);
          if (read && isInSpace(visited)) {
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
        walk(member.node(), visited -> found[0] |= visited == node);
      }
    }
    return found[0];
  }

  /** Visits what is computed or read for a node, as far as it is not a member's or kept. */
  private void walk(Node root, Consumer<Node> visit) {
    Costs.walk(
        root,
        visited -> {
          visit.accept(visited);
          boolean other = visited != root && task.group().member(visited) != null;
          return !other && !task.reads().contains(visited) && !kept.containsKey(visited);
        });
  }

  /** Goes to a point of the space, whose values are kept at an index. */
  void enter(List<Index> point, Index place) {
    this.point = point;
    this.place = place;
  }

  /** Stores the values at this point of what is kept from this pass on. */
  void store(Body body, Lanes lanes) {
    for (Node node : stored) {
      body.store(kept.get(node), place, emitter.value(body, node, point, lanes));
    }
  }

  /** Ends a pass: binds what has been kept, for the passes to come. */
  void endPass() {
    for (Node node : replaced) {
      emitter.unbind(node);
      kept.remove(node);
    }
    replaced.clear();
    stored.clear();
    kept.forEach(
        (node, array) ->
            emitter.bind(
                node,
                (body, at, lanes) -> {
                  if (!at.equals(point)) {
                    return emitter.compute(body, node, at, lanes);
                  }
                  Index i = place;
                  return body.once(
                      List.of(node, i, lanes.count()),
                      "again",
                      () -> new Expr.Load(array, i, lanes.count()));
                }));
  }

  void forget() {
    kept.keySet().forEach(emitter::unbind);
    kept.clear();
  }
}
