package org.nnd.opencl.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.nnd.ir.Dim;
import org.nnd.ir.Shape;
import org.nnd.opencl.kernel.Index;

/**
 * How the space of an elementwise or row-wise group falls into axes that rows are counted by, axes
 * reduced outside the inner ones, and inner ones, which lie along memory.
 *
 * @param outer the axes before the inner ones
 * @param innerShape the inner axes
 * @param inner their elements
 */
record RowSpace(Group group, Shape outer, Shape innerShape, Dim inner) {
  /**
   * @param from the first inner axis
   * @param anySize whether the elements of the inner axes are known only when the kernel runs
   */
  static RowSpace of(Group group, int from, boolean anySize) {
    Shape space = group.space();
    int first = Math.min(from, space.rank());
    Shape innerShape = space.slice(first, space.rank());
    return new RowSpace(
        group, space.slice(0, first), innerShape, anySize ? Dim.BATCH : innerShape.count());
  }

  /** {@return whether rows run along the inner axes} */
  boolean innerReduced() {
    return !group.reduced().isEmpty() && group.reduced().contains(Loops.lastAxis(group));
  }

  /** {@return whether rows lie side by side along the inner axes} */
  boolean rowsInLanes() {
    return !group.reduced().isEmpty() && !innerReduced();
  }

  /** {@return the outer axes that rows are counted by} */
  Shape rows() {
    return outer(axis -> !group.reduced().contains(axis));
  }

  /** {@return the outer axes that are reduced} */
  Shape reduced() {
    return outer(group.reduced()::contains);
  }

  private Shape outer(IntPredicate axes) {
    return new Shape(IntStream.range(0, outer.rank()).filter(axes).mapToObj(outer::dim).toList());
  }

  /** {@return elements of the outer reduced axes} */
  Dim depth() {
    return reduced().count();
  }

  /** {@return the coordinates of the space's axes} */
  List<Index> point(List<Index> row, Index q, Index i) {
    List<Index> reduced = Index.unflatten(q, reduced().dims());
    List<Index> point = new ArrayList<>();
    int nextRow = 0;
    int nextReduced = 0;
    for (int axis = 0; axis < outer.rank(); axis++) {
      point.add(group.reduced().contains(axis) ? reduced.get(nextReduced++) : row.get(nextRow++));
    }
    point.addAll(Index.unflatten(i, innerShape.dims()));
    return point;
  }
}
