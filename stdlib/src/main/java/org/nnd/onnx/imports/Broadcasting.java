package org.nnd.onnx.imports;

import java.util.ArrayList;
import java.util.List;
import org.nnd.ir.Dim;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;

/** ONNX's multidirectional broadcasting: trailing axes are aligned, extents of 1 repeat. */
final class Broadcasting {
  private Broadcasting() {}

  static Shape common(List<Shape> shapes) {
    int rank = shapes.stream().mapToInt(Shape::rank).max().orElse(0);
    List<Dim> dims = new ArrayList<>();
    for (int axis = 0; axis < rank; axis++) {
      Dim result = Dim.ONE;
      for (Shape shape : shapes) {
        int own = axis - rank + shape.rank();
        Dim dim = own < 0 ? Dim.ONE : shape.dim(own);
        if (result.is(1)) {
          result = dim;
        } else if (!dim.is(1) && !dim.equals(result)) {
          throw new NndException("the shapes %s do not broadcast together".formatted(shapes));
        }
      }
      dims.add(result);
    }
    return new Shape(dims);
  }

  /** {@return the operands, all of the common shape} */
  static List<Node> together(List<Node> nodes) {
    Shape shape = common(nodes.stream().map(Node::shape).toList());
    return nodes.stream().map(node -> Operations.broadcastTrailing(node, shape)).toList();
  }
}
