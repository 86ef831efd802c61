package org.nnd.bench;

import java.util.Random;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;
import org.nnd.opencl.runtime.Variables;

/** What the cases compute on: tensors that are on the device already, with random values. */
final class Operands {
  private Operands() {}

  static Node tensor(String name, long... shape) {
    return Operations.parameter(name, TensorType.f32(Shape.of(shape)));
  }

  /** Puts values from [-0.5, 0.5) where the graph has parameters. */
  static void fill(Graph graph, Variables variables) {
    Random random = new Random(1);
    for (Node node : graph.parameters()) {
      float[] values = new float[node.shape().count().fixed()];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextFloat() - 0.5f;
      }
      String name = ((Op.Parameter) node.op()).name();
      variables.put(name, Literal.of(values, node.shape().at(1)));
    }
  }
}
