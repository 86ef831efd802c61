package org.nnd.opencl.lower;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnd.ir.Node;
import org.nnd.opencl.kernel.Body;
import org.nnd.opencl.kernel.Expr;
import org.nnd.opencl.kernel.Index;

/** What a group computes from its anchor's result while that is still in registers. */
final class Epilogue {
  private Epilogue() {}

  /**
   * Stores the members that others use, at one point of the space or a vector of them.
   *
   * @param point coordinates of the anchor's result
   * @param result the anchor's result there
   */
  static void write(
      Task task,
      Task.Arguments arguments,
      Emitter emitter,
      Body body,
      List<Index> point,
      Lanes lanes,
      Expr result) {
    Group group = task.group();
    Node anchor = group.anchor();
    emitter.bind(anchor, (b, at, l) -> result);
    Map<Node, Expr> values = new LinkedHashMap<>();
    for (Group.Member member : group.members()) {
      if (task.stored().contains(member.node())) {
        values.put(
            member.node(),
            emitter.value(body, member.node(), Points.at(group, member, point), lanes));
      }
    }
    values.forEach(
        (node, value) ->
            emitter.store(
                body,
                arguments.stores.get(node),
                Index.flatten(Points.at(group, group.member(node), point), node.shape().dims()),
                value,
                lanes));
    emitter.unbind(anchor);
  }
}
