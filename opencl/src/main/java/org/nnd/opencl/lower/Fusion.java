package org.nnd.opencl.lower;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nnd.ir.Dim;
import org.nnd.ir.Graph;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.opencl.kernel.Index;

/**
 * Partitions a graph into groups, one kernel each. Every root starts as a group; groups merge where
 * one reads the other's values exactly at the point it is computing, and no third group stands
 * between them.
 */
final class Fusion {
  /** More arguments or members would spill registers and slow the driver's compiler. */
  private static final int MOST_MEMBERS = 16;

  private static final int MOST_READS = 28;

  private final Graph graph;
  private final Set<Node> roots;
  private final Map<Node, Group> groupOf = new HashMap<>();
  private final Map<Node, Set<Node>> reads = new HashMap<>();

  private Fusion(Graph graph, Collection<AttentionPattern> attentions) {
    this.graph = graph;
    this.roots = Roots.of(graph, attentions);
  }

  /**
   * {@return the groups of the graph in an order in which they can run}
   *
   * @param attentions are computed by one kernel each
   */
  static List<Group> partition(Graph graph, Collection<AttentionPattern> attentions) {
    Fusion fusion = new Fusion(graph, attentions);
    for (Node root : fusion.roots) {
      fusion.reads.put(root, fusion.readsOf(root));
      fusion.groupOf.put(root, single(root));
      fusion.mergeIntoProducers(root);
    }
    fusion.mergeSiblings();
    return fusion.ordered();
  }

  private static Group single(Node root) {
    if (root.op() instanceof Op.Reduce reduce) {
      Group group = new Group(root.operand(0).shape(), reduce.axes());
      group.add(new Group.Member(root, Group.Kind.REDUCTION, group.rowAxes()));
      return group;
    }
    boolean anchor = Group.isAnchor(root.op());
    Group group = new Group(root.types().get(0).shape(), List.of());
    group.add(
        new Group.Member(
            root,
            anchor ? Group.Kind.ANCHOR : Group.Kind.FULL,
            Group.axes(root.types().get(0).shape())));
    return group;
  }

  /** The roots and leaves that computing a root reads. */
  private Set<Node> readsOf(Node root) {
    Set<Node> found = new LinkedHashSet<>();
    Deque<Node> open = new ArrayDeque<>(root.operands());
    Set<Node> seen = new HashSet<>();
    while (!open.isEmpty()) {
      Node node = open.pop();
      if (seen.add(node)) {
        if (roots.contains(node) || Roots.isLeaf(node)) {
          found.add(node);
        } else {
          open.addAll(node.operands());
        }
      }
    }
    return found;
  }

  private void mergeIntoProducers(Node root) {
    List<Node> producers = new ArrayList<>(reads.get(root));
    producers.sort((a, b) -> Long.compare(b.serial(), a.serial()));
    for (Node producer : producers) {
      Group from = groupOf.get(producer);
      if (from != null && from != groupOf.get(root)) {
        tryMerge(from, groupOf.get(root));
      }
    }
  }

  /** Merges groups over the same space that read the same values, such as optimiser updates. */
  private void mergeSiblings() {
    Map<Node, List<Group>> readers = new LinkedHashMap<>();
    for (Group group : groups()) {
      for (Node read : readsOf(group)) {
        readers.computeIfAbsent(read, r -> new ArrayList<>()).add(group);
      }
    }
    for (List<Group> siblings : readers.values()) {
      for (int i = 1; i < siblings.size(); i++) {
        Group first = current(siblings.get(i - 1));
        Group second = current(siblings.get(i));
        if (first != second
            && first.anchor() == null
            && second.anchor() == null
            && first.space().equals(second.space())) {
          tryMerge(first, second);
        }
      }
    }
  }

  private Group current(Group group) {
    return groupOf.get(group.members().get(0).node());
  }

  private Collection<Group> groups() {
    return new LinkedHashSet<>(roots.stream().map(groupOf::get).toList());
  }

  private Set<Node> readsOf(Group group) {
    Set<Node> found = new LinkedHashSet<>();
    group.members().forEach(member -> found.addAll(reads.get(member.node())));
    group.members().forEach(member -> found.remove(member.node()));
    return found;
  }

  /** Merges {@code second} into {@code first} if every member fits and no cycle arises. */
  private void tryMerge(Group first, Group second) {
    if (second.anchor() != null
        || (first.anchor() != null && !takesEpilogue(first.anchor().op()))
        || first.members().size() + second.members().size() > MOST_MEMBERS
        || roundsBetween(first, second)
        || roundsBetween(second, first)) {
      return;
    }
    List<Integer> reduced = first.reduced();
    Group merged = new Group(first.space(), reduced);
    first.members().forEach(merged::add);
    for (Group.Member member : second.members()) {
      Group.Member fitted = fit(merged, member.node());
      if (fitted == null) {
        return;
      }
      merged.add(fitted);
    }
    if (!merged.members().stream().allMatch(member -> readsAtItsPoint(merged, member))
        || !worthwhile(merged)
        || readsOf(merged).size() > MOST_READS
        || Costs.computed(merged, readsOf(merged)).size() > Roots.MOST
        || connectedOutside(first, second)) {
      return;
    }
    merged.members().forEach(member -> groupOf.put(member.node(), merged));
  }

  /**
   * Whether one group reads what the other has converted to 16 bits: in registers values have 32
   * bits, so that only a way through memory rounds them.
   */
  private boolean roundsBetween(Group first, Group second) {
    return second.members().stream()
        .flatMap(member -> reads.get(member.node()).stream())
        .anyMatch(
            read ->
                read.op() instanceof Op.Convert convert
                    && Emitter.isNarrow(convert.dtype())
                    && first.member(read) != null);
  }

  /** Whether a template can go on computing with the anchor's result in registers. */
  private static boolean takesEpilogue(Op op) {
    return op instanceof Op.Dot || op instanceof Op.Convolution;
  }

  /** How a root would be computed in a group's space; null if it cannot. */
  private Group.Member fit(Group group, Node root) {
    List<Index> axes = Group.axes(group.space());
    if (root.op() instanceof Op.Reduce reduce) {
      boolean sameRows = group.reduced().isEmpty() || group.reduced().equals(reduce.axes());
      if (group.anchor() != null || !sameRows || !root.operand(0).shape().equals(group.space())) {
        return null;
      }
      if (group.reduced().isEmpty()) {
        group.reduceOver(reduce.axes());
      }
      return pointwise(group, root.operand(0), axes)
          ? new Group.Member(root, Group.Kind.REDUCTION, group.rowAxes())
          : null;
    }
    List<Index> at = Group.aligned(root.shape(), group.space().dims(), axes);
    if (at == null) {
      at = throughViews(group, root);
    }
    if (at != null) {
      return computable(group, root, at) ? new Group.Member(root, Group.Kind.FULL, at) : null;
    }
    if (!group.reduced().isEmpty()) {
      List<Index> row = Group.aligned(root.shape(), group.rows().dims(), group.rowAxes());
      if (row != null && computable(group, root, row)) {
        return new Group.Member(root, Group.Kind.ROW, row);
      }
    }
    return null;
  }

  /**
   * Coordinates of a root that is the anchor's result seen through transposes and reshapes, such as
   * the transposed gradient of a kernel.
   */
  private List<Index> throughViews(Group group, Node root) {
    Deque<Node> path = new ArrayDeque<>();
    Node node = root;
    while (!node.shape().equals(group.space()) || group.member(node) == null) {
      if (roots.contains(node) && node != root || node.operands().isEmpty()) {
        return null;
      }
      path.push(node);
      // Elementwise operations keep coordinates, so any operand that leads to a member serves.
      Node next = null;
      for (Node operand : node.operands()) {
        if (leadsTo(group, operand, roots)) {
          next = operand;
          break;
        }
      }
      if (next == null) {
        return null;
      }
      node = next;
    }
    List<Index> at = Group.axes(group.space());
    for (Node step : path) {
      at = Views.isView(step.op()) ? Views.result(step, at) : elementwise(step.op()) ? at : null;
      if (at == null) {
        return null;
      }
    }
    return at;
  }

  private static boolean leadsTo(Group group, Node node, Set<Node> roots) {
    long oldest =
        group.members().stream().mapToLong(m -> m.node().serial()).min().orElse(Long.MAX_VALUE);
    boolean[] found = {false};
    Costs.walk(
        node,
        visited -> {
          found[0] |= group.member(visited) != null;
          // Operands are older than their users.
          return !found[0]
              && visited.serial() > oldest
              && !roots.contains(visited)
              && !Roots.isLeaf(visited);
        });
    return found[0];
  }

  static boolean elementwise(Op op) {
    return switch (op) {
      case Op.Unary u -> true;
      case Op.Binary b -> true;
      case Op.Compare c -> true;
      case Op.Select s -> true;
      case Op.Convert c -> true;
      case Op.Bitcast b -> true;
      default -> false;
    };
  }

  /**
   * Whether a member reads the others only where they are computed; to be asked again when a group
   * grows by what its members read.
   */
  private boolean readsAtItsPoint(Group group, Group.Member member) {
    Node node = member.node();
    return switch (member.kind()) {
      case ANCHOR -> node.operands().stream().noneMatch(x -> leadsTo(group, x, roots));
      case REDUCTION -> pointwise(group, node.operand(0), Group.axes(group.space()));
      default -> computable(group, node, member.at());
    };
  }

  /** Whether a node's value at {@code at} is that of a member there, or needs no other of them. */
  private boolean pointwise(Group group, Node node, List<Index> at) {
    return pointwise(group, node, at, new HashSet<>(), roots);
  }

  /** Whether computing {@code node} at {@code at} reads members only where they are computed. */
  private boolean computable(Group group, Node node, List<Index> at) {
    return computable(group, node, at, new HashSet<>(), roots);
  }

  /** Whether {@code node} at {@code at} reads the probe's members only at their own point. */
  static boolean readsOnlyAt(Group probe, Node node, List<Index> at) {
    return pointwise(probe, node, at, new HashSet<>(), Set.of());
  }

  private record Visit(Node node, List<Index> at) {}

  private static boolean pointwise(
      Group group, Node node, List<Index> at, Set<Visit> seen, Set<Node> roots) {
    if (!seen.add(new Visit(node, at))) {
      return true;
    }
    Group.Member member = group.member(node);
    if (member != null) {
      return member.at().equals(at);
    }
    return Roots.isLeaf(node) || roots.contains(node) || computable(group, node, at, seen, roots);
  }

  private static boolean computable(
      Group group, Node node, List<Index> at, Set<Visit> seen, Set<Node> roots) {
    if (Views.isView(node.op())) {
      return pointwise(group, node.operand(0), Views.operand(node, at), seen, roots);
    }
    if (elementwise(node.op())) {
      return node.operands().stream()
          .allMatch(operand -> pointwise(group, operand, at, seen, roots));
    }
    // Pad, concatenate, gather: fine as long as they do not lead to a member.
    return node.operands().stream().noneMatch(operand -> leadsTo(group, operand, roots));
  }

  /**
   * A row-wise kernel works on one row at a time: writing every point beside a reduction pays only
   * where there are rows enough, and where the row runs along memory or is kept near.
   */
  private static boolean worthwhile(Group group) {
    if (group.reduced().isEmpty() || !group.has(Group.Kind.FULL)) {
      return true;
    }
    Dim rows = group.rows().count();
    boolean fewRows = rows.isFixed() && rows.fixed() < 8;
    int last = group.space().rank() - 1;
    while (last > 0 && group.space().dim(last).is(1)) {
      last--;
    }
    boolean alongMemory = group.reduced().contains(last);
    boolean inBlocks =
        alongMemory
            || !group.reduced().contains(0)
            || KeptRows.holdsColumns(group.space(), group.reduced());
    return !fewRows && inBlocks;
  }

  /** Whether a path leads from one group to the other through a third. */
  private boolean connectedOutside(Group first, Group second) {
    return reachable(first, second) || reachable(second, first);
  }

  private boolean reachable(Group from, Group to) {
    // Walk backwards from what `to` reads; groups are few, so no index is kept.
    Deque<Group> open = new ArrayDeque<>();
    Set<Group> seen = new HashSet<>();
    for (Node read : readsOf(to)) {
      Group group = groupOf.get(read);
      if (group != null && group != from && group != to && seen.add(group)) {
        open.add(group);
      }
    }
    while (!open.isEmpty()) {
      for (Node read : readsOf(open.pop())) {
        Group group = groupOf.get(read);
        if (group == from) {
          return true;
        }
        if (group != null && group != to && seen.add(group)) {
          open.add(group);
        }
      }
    }
    return false;
  }

  /** The groups, each after those it reads. */
  private List<Group> ordered() {
    List<Group> result = new ArrayList<>();
    Set<Group> done = new HashSet<>();
    for (Group group : groups()) {
      order(group, done, result);
    }
    return result;
  }

  private void order(Group group, Set<Group> done, List<Group> result) {
    if (!done.add(group)) {
      return;
    }
    for (Node read : readsOf(group)) {
      Group producer = groupOf.get(read);
      if (producer != null) {
        order(producer, done, result);
      }
    }
    result.add(group);
  }
}
