package org.nnd.opencl.lower;

import java.util.HashMap;
import java.util.Map;
import org.nnd.ir.Node;

/**
 * How often a row-wise kernel must go over a row: a value that needs a reduction is known one pass
 * after the reduction.
 */
final class Chains {
  private final Task task;
  private final Group group;
  private final Map<Node, Integer> passes = new HashMap<>();

  private Chains(Task task) {
    this.task = task;
    this.group = task.group();
  }

  /** {@return for each member the pass in which it is computed; reductions end with theirs} */
  static Map<Node, Integer> passes(Task task) {
    Chains chains = new Chains(task);
    task.group().members().forEach(member -> chains.pass(member));
    return chains.passes;
  }

  private int pass(Group.Member member) {
    Integer known = passes.get(member.node());
    if (known != null) {
      return known;
    }
    int[] pass = {0};
    Costs.walk(
        member.node(),
        node -> {
          Group.Member found = group.member(node);
          if (found == null || node == member.node()) {
            return !task.reads().contains(node);
          }
          boolean reduction = found.kind() == Group.Kind.REDUCTION;
          pass[0] = Math.max(pass[0], pass(found) + (reduction ? 1 : 0));
          return false;
        });
    passes.put(member.node(), pass[0]);
    return pass[0];
  }
}
