package org.nnd.dsl;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import org.nnd.ir.Dim;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;

/** Numpy's broadcasting: shapes align at the end, and an extent of 1 repeats. */
final class Broadcasting {
  private Broadcasting() {}

  static Node apply(String name, Node x, Node y, BinaryOperator<Node> function) {
    sameDType(name, x, y);
    Shape shape = shape(name, x.shape(), y.shape());
    return function.apply(
        Operations.broadcastTrailing(x, shape), Operations.broadcastTrailing(y, shape));
  }

  static void sameDType(String name, Node x, Node y) {
    if (x.dtype() != y.dtype()) {
      throw new NndException(
          "%s: the element types of %s and %s differ; cast one of them"
              .formatted(name, x.type(), y.type()));
    }
  }

  static Shape shape(String name, Shape x, Shape y) {
    int rank = Math.max(x.rank(), y.rank());
    List<Dim> dims = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      Dim a = fromEnd(x, rank - i);
      Dim b = fromEnd(y, rank - i);
      if (!a.equals(b) && !a.is(1) && !b.is(1)) {
        throw new NndException(
            "%s: the shapes %s and %s do not broadcast, axis %d has %s and %s"
                .formatted(name, x, y, i - rank, a, b));
      }
      dims.add(a.is(1) ? b : a);
    }
    return new Shape(dims);
  }

  private static Dim fromEnd(Shape shape, int distance) {
    return distance > shape.rank() ? Dim.ONE : shape.dim(shape.rank() - distance);
  }

  static Node matmul(Node x, Node y) {
    sameDType("matmul", x, y);
    if (x.rank() < 2 || y.rank() < 2) {
      throw new NndException(
          "matmul wants matrices (rank 2 or more), got %s and %s".formatted(x.type(), y.type()));
    }
    Dim inner = x.shape().dim(x.rank() - 1);
    if (!inner.equals(y.shape().dim(y.rank() - 2))) {
      throw new NndException(
          "matmul: %s has %s columns, %s has %s rows"
              .formatted(x.shape(), inner, y.shape(), y.shape().dim(y.rank() - 2)));
    }
    if (y.rank() == 2) {
      return Operations.dot(x, y, List.of(), List.of(), List.of(x.rank() - 1), List.of(0));
    }
    Shape batch = shape("matmul", leading(x.shape()), leading(y.shape()));
    return Operations.matmul(
        Operations.broadcastTrailing(x, batch.concat(matrix(x.shape()))),
        Operations.broadcastTrailing(y, batch.concat(matrix(y.shape()))));
  }

  private static Shape leading(Shape shape) {
    return shape.slice(0, shape.rank() - 2);
  }

  private static Shape matrix(Shape shape) {
    return shape.slice(shape.rank() - 2, shape.rank());
  }
}
