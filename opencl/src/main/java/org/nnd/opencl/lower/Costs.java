package org.nnd.opencl.lower;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Op;

/** What the mathematics of a group costs, whatever the kernel. */
final class Costs {
  private Costs() {}

  /** {@return the nodes a group computes, operands first} */
  static List<Node> computed(Group group, Set<Node> reads) {
    Set<Node> seen = new HashSet<>(reads);
    List<Node> found = new ArrayList<>();
    group.members().forEach(member -> collect(member.node(), seen, found));
    return found;
  }

  /** Visits what a node is computed from, as long as {@code enter} says to go on from a node. */
  static void walk(Node node, java.util.function.Predicate<Node> enter) {
    walk(node, enter, new HashSet<>());
  }

  private static void walk(Node node, java.util.function.Predicate<Node> enter, Set<Node> seen) {
    if (seen.add(node) && enter.test(node)) {
      node.operands().forEach(operand -> walk(operand, enter, seen));
    }
  }

  private static void collect(Node node, Set<Node> seen, List<Node> found) {
    if (!seen.add(node)) {
      return;
    }
    if (!Roots.isLeaf(node)) {
      node.operands().forEach(operand -> collect(operand, seen, found));
      boolean constant = node.op() instanceof Op.Constant;
      if (!Views.isView(node.op()) && !constant) {
        found.add(node);
      }
    }
  }

  /** {@return multiplications and additions; an elementwise operation counts as one} */
  static Dim flops(Group group, Set<Node> reads) {
    Dim flops = Dim.ZERO;
    for (Group.Member member : group.members()) {
      flops = flops.plus(flops(member.node()));
    }
    for (Node node : computed(group, reads)) {
      if (node.op() instanceof Op.Dot && group.member(node) == null) {
        flops = flops.plus(flops(node));
      }
    }
    return flops;
  }

  static Dim flops(Node node) {
    return switch (node.op()) {
      case Op.Dot dot -> {
        Dim length = Dim.ONE;
        for (int axis : dot.leftContracting()) {
          length = length.times(node.operand(0).shape().dim(axis));
        }
        yield node.shape().count().times(length).times(2);
      }
      case Op.Convolution convolution -> {
        Dim taps = node.operand(1).shape().without(List.of(0)).count();
        yield node.shape().count().times(taps).times(2);
      }
      case Op.Reduce reduce -> node.operand(0).shape().count();
      default -> node.types().size() == 1 ? node.shape().count() : Dim.ZERO;
    };
  }
}
