package org.nnd.opencl.lower;

import java.util.ArrayList;
import java.util.List;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Shape;
import org.nnd.opencl.kernel.Index;

/**
 * Nodes that one kernel computes, over an iteration space.
 *
 * <p>The space's axes are {@code s0, s1, …}. A group has one of three forms: elementwise ({@code
 * reduced} empty), row-wise (some reductions over the same {@code reduced} axes of the space, with
 * what goes into them and what comes after), or anchored on an operation with a template of its
 * own, whose result shape is the space.
 */
final class Group {
  /** How a member lies in the space. */
  enum Kind {
    /** One value per point. */
    FULL,
    /** A reduction over the reduced axes. */
    REDUCTION,
    /** One value per row, that is per point of the axes that are not reduced. */
    ROW,
    /** The anchor's own result. */
    ANCHOR
  }

  /** A node that the group computes and its coordinates in terms of the space's axes. */
  record Member(Node node, Kind kind, List<Index> at) {}

  private final Shape space;
  private List<Integer> reduced;
  private final List<Member> members = new ArrayList<>();

  Group(Shape space, List<Integer> reduced) {
    this.space = space;
    this.reduced = List.copyOf(reduced);
  }

  static List<Index> axes(Shape space) {
    List<Index> axes = new ArrayList<>();
    for (int i = 0; i < space.rank(); i++) {
      axes.add(Index.axis("s" + i, space.dim(i)));
    }
    return axes;
  }

  Shape space() {
    return space;
  }

  List<Integer> reduced() {
    return reduced;
  }

  List<Member> members() {
    return members;
  }

  /** {@return the extents of the axes that are not reduced} */
  Shape rows() {
    return space.without(reduced);
  }

  /** {@return the anchor, or null in an elementwise or row-wise group} */
  Node anchor() {
    Member first = members.get(0);
    return first.kind == Kind.ANCHOR ? first.node : null;
  }

  boolean has(Kind kind) {
    return members.stream().anyMatch(m -> m.kind == kind);
  }

  Member member(Node node) {
    return members.stream().filter(m -> m.node == node).findFirst().orElse(null);
  }

  void add(Member member) {
    members.add(member);
    members.sort((a, b) -> Long.compare(a.node.serial(), b.node.serial()));
  }

  void reduceOver(List<Integer> axes) {
    this.reduced = List.copyOf(axes);
  }

  /** {@return the axes of the space that are not reduced, as coordinates} */
  List<Index> rowAxes() {
    List<Index> axes = axes(space);
    List<Index> kept = new ArrayList<>();
    for (int i = 0; i < axes.size(); i++) {
      if (!reduced.contains(i)) {
        kept.add(axes.get(i));
      }
    }
    return kept;
  }

  /**
   * {@return coordinates for a tensor of {@code shape} whose axes longer than 1 are, in order,
   * those of {@code dims}; null where they are not}
   */
  static List<Index> aligned(Shape shape, List<Dim> dims, List<Index> axes) {
    List<Index> result = new ArrayList<>();
    int next = 0;
    for (Dim dim : shape.dims()) {
      if (dim.is(1)) {
        result.add(Index.ZERO);
        continue;
      }
      while (next < dims.size() && dims.get(next).is(1)) {
        next++;
      }
      if (next == dims.size() || !dims.get(next).equals(dim)) {
        return null;
      }
      result.add(axes.get(next++));
    }
    while (next < dims.size() && dims.get(next).is(1)) {
      next++;
    }
    return next == dims.size() ? result : null;
  }

  static boolean isAnchor(Op op) {
    return switch (op) {
      case Op.Dot d -> true;
      case Op.Convolution c -> true;
      case Op.ArgReduce a -> true;
      case Op.ReduceWindow r -> true;
      case Op.Cumulative c -> true;
      case Op.ScatterAdd s -> true;
      case Op.ArgSort s -> true;
      case Op.TopK t -> true;
      case Op.Fft f -> true;
      case Op.Scan s -> true;
      case Op.While w -> true;
      case Op.Cond c -> true;
      case Op.GetResult g -> true;
      case Op.Composite c -> true;
      case Op.Custom c -> true;
      default -> false;
    };
  }

  @Override
  public String toString() {
    return space + " reduced " + reduced + " " + members;
  }
}
