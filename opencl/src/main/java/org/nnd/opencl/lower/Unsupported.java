package org.nnd.opencl.lower;

import org.nnd.ir.DType;
import org.nnd.ir.Graph;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.TensorType;

/** What the OpenCL backend does not compute, said by name. */
final class Unsupported {
  private Unsupported() {}

  static void check(Graph graph) {
    for (Node node : graph.nodes()) {
      for (TensorType type : node.types()) {
        if (type.shape().isFixed() && type.shape().count().at(1) > Integer.MAX_VALUE) {
          throw new NndException(
              "%s%s: %s has more than 2^31 - 1 elements, the most a tensor may have."
                  .formatted(origin(node), Task.word(node.op()), type));
        }
        if (type.dtype() == DType.F64) {
          throw new NndException(
              "%s%s: the OpenCL backend computes in f32; f64 is for the reference evaluator. Convert to f32."
                  .formatted(origin(node), Task.word(node.op())));
        }
      }
    }
  }

  private static String origin(Node node) {
    return node.origin().toString().isEmpty() ? "" : node.origin() + ": ";
  }
}
