package org.nnd.opencl.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.nnd.ir.Graph;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Op;

/** Turns a tensor graph into kernel programs: fusion, updates in place, a template per group. */
public final class Lowering {
  private final Graph graph;
  private final Target target;
  private final Map<Node, AttentionPattern> attentions;
  private final List<Group> groups;
  private final Map<Node, Group> groupOf = new HashMap<>();

  /** For each group those that must run before it. */
  private final Map<Group, Set<Group>> before = new LinkedHashMap<>();

  private final Map<String, Node> variables = new HashMap<>();

  private final Map<Group, Set<Node>> reads = new HashMap<>();

  /** For each node in memory the groups that read it. */
  private final Map<Node, Set<Group>> readers = new HashMap<>();

  /** Members that overwrite a variable, with the variable's node. */
  private final Map<Node, Node> inPlace = new HashMap<>();

  private Lowering(Graph graph, Target target) {
    Graph dense = StridedReads.apply(DilatedInputs.apply(graph));
    this.graph = RowReciprocals.apply(SplitReductions.apply(RowsFirst.apply(dense)));
    this.target = target;
    this.attentions = AttentionPattern.in(this.graph);
    this.attentions.values().removeIf(pattern -> !FlashAttention.fits(pattern, target));
    this.groups = Fusion.partition(this.graph, attentions.values());
    this.graph.parameters().forEach(p -> variables.put(((Op.Parameter) p.op()).name(), p));
    for (Group group : groups) {
      group.members().forEach(member -> groupOf.put(member.node(), group));
    }
  }

  /**
   * {@return the kernels of a graph, in the order in which they run}
   *
   * @throws NndException if the graph has an operation or element type that this backend does not
   *     compute; it is named
   */
  public static KernelPlan lower(Graph graph, Target target) {
    return new Lowering(graph, target).run();
  }

  private KernelPlan run() {
    Unsupported.check(graph);
    for (Group group : groups) {
      Set<Group> needed = new LinkedHashSet<>();
      reads(group)
          .forEach(
              node -> {
                Group producer = groupOf.get(node);
                if (producer != null) {
                  needed.add(producer);
                }
                readers.computeIfAbsent(node, n -> new LinkedHashSet<>()).add(group);
              });
      before.put(group, needed);
    }
    graph.updates().forEach(this::updateInPlace);
    List<Step> steps = new ArrayList<>();
    for (Group group : ordered()) {
      steps.addAll(lower(group));
    }
    Map<String, Node> copies = new LinkedHashMap<>();
    graph
        .updates()
        .forEach(
            (name, node) -> {
              if (!inPlaceAs(node, name) && node != variables.get(name)) {
                copies.put(name, node);
              }
            });
    return new KernelPlan(graph, steps, Map.copyOf(inPlace), copies);
  }

  private boolean inPlaceAs(Node node, String name) {
    Node variable = inPlace.get(node);
    return variable != null && ((Op.Parameter) variable.op()).name().equals(name);
  }

  private Set<Node> reads(Group group) {
    return reads.computeIfAbsent(group, this::findReads);
  }

  private Set<Node> findReads(Group group) {
    Set<Node> reads = new LinkedHashSet<>();
    for (Group.Member member : group.members()) {
      Costs.walk(
          member.node(),
          node -> {
            if (node != member.node() && group.member(node) != null) {
              return false;
            }
            if (Roots.isLeaf(node) || (groupOf.containsKey(node) && node != member.node())) {
              reads.add(node);
              return false;
            }
            return true;
          });
      reads.addAll(variables(member.node()));
    }
    return reads;
  }

  /** The variables of this graph that the bodies of a control operation read as well. */
  private List<Node> variables(Node node) {
    Set<String> names = Bodies.variables(node.op());
    return graph.parameters().stream()
        .filter(p -> names.contains(((Op.Parameter) p.op()).name()))
        .toList();
  }

  /**
   * An update may overwrite its variable if it is an elementwise value over the variable's shape,
   * read there at the very point it is written, or adds to elements of it at indices that do not
   * repeat, and every other reader can run before.
   */
  private void updateInPlace(String name, Node node) {
    Node variable = variables.get(name);
    Group group = groupOf.get(node);
    if (variable == null
        || group == null
        || inPlace.containsKey(node)
        || !(addsTo(group, node, variable) || isPointwise(group, node, variable))) {
      return;
    }
    Set<Group> others = new LinkedHashSet<>(readers.getOrDefault(variable, Set.of()));
    others.remove(group);
    if (others.stream().anyMatch(other -> dependsOn(other, group))) {
      return;
    }
    // What a run returns stays when the variable changes, and old values are kept for the end.
    if (graph.outputs().containsValue(node)
        || graph.outputs().containsValue(variable)
        || graph.updates().containsValue(variable)) {
      return;
    }
    before.get(group).addAll(others);
    inPlace.put(node, variable);
  }

  private boolean isPointwise(Group group, Node node, Node variable) {
    return group.anchor() == null
        && group.reduced().isEmpty()
        && group.space().equals(variable.shape())
        && group.member(node).at().equals(Group.axes(group.space()))
        && readsPointwise(group, variable);
  }

  /**
   * Whether a group adds to some elements of the variable, each at most once, and reads the
   * variable for nothing else.
   */
  private boolean addsTo(Group group, Node node, Node variable) {
    if (group.anchor() != node
        || group.members().size() > 1
        || !(node.op() instanceof Op.ScatterAdd scatter)
        || !scatter.unique()
        || node.operand(0) != variable) {
      return false;
    }
    boolean[] reads = {false};
    for (Node operand : node.operands().subList(1, 3)) {
      Costs.walk(
          operand,
          inner -> {
            reads[0] |= inner == variable;
            return !Roots.isLeaf(inner) && !groupOf.containsKey(inner);
          });
    }
    return !reads[0];
  }

  private boolean readsPointwise(Group group, Node variable) {
    Group probe = new Group(group.space(), List.of());
    probe.add(new Group.Member(variable, Group.Kind.FULL, Group.axes(group.space())));
    for (Group.Member member : group.members()) {
      if (!Fusion.readsOnlyAt(probe, member.node(), member.at())) {
        return false;
      }
    }
    return true;
  }

  private boolean dependsOn(Group group, Group other) {
    Set<Group> seen = new HashSet<>();
    List<Group> open = new ArrayList<>(List.of(group));
    while (!open.isEmpty()) {
      for (Group needed : before.get(open.remove(open.size() - 1))) {
        if (needed == other) {
          return true;
        }
        if (seen.add(needed)) {
          open.add(needed);
        }
      }
    }
    return false;
  }

  private List<Group> ordered() {
    List<Group> result = new ArrayList<>();
    Set<Group> done = new HashSet<>();
    groups.forEach(group -> order(group, done, result));
    return result;
  }

  private void order(Group group, Set<Group> done, List<Group> result) {
    if (done.add(group)) {
      before.get(group).forEach(needed -> order(needed, done, result));
      result.add(group);
    }
  }

  /** Members that others use, or that are results of the graph. */
  private Set<Node> stored(Group group) {
    Set<Node> stored = new LinkedHashSet<>();
    for (Group.Member member : group.members()) {
      Node node = member.node();
      boolean result = graph.outputs().containsValue(node) || graph.updates().containsValue(node);
      boolean used =
          readers.getOrDefault(node, Set.of()).stream().anyMatch(other -> other != group);
      if (result || used) {
        stored.add(node);
      }
    }
    return stored;
  }

  private List<Step> lower(Group group) {
    Map<Node, Node> overwritten = new HashMap<>();
    Set<Node> stored = stored(group);
    stored.forEach(
        node -> {
          if (inPlace.containsKey(node)) {
            overwritten.put(node, inPlace.get(node));
          }
        });
    Task task =
        new Task(
            group,
            reads(group),
            stored,
            overwritten,
            graph.updates().keySet(),
            Optional.ofNullable(attentions.get(group.anchor())));
    return Templates.lower(task, target);
  }
}
