package org.nnd.ir.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Graph;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;
import org.nnd.ir.UnaryOp;
import org.nnd.ir.Window;
import org.nnd.ir.composite.Activations;
import org.nnd.ir.composite.Normalizations;
import org.nnd.ir.gradient.Gradient;

class PassesTest {
  private static long count(Graph graph, Op op) {
    return graph.nodes().stream().filter(n -> n.op().equals(op)).count();
  }

  @Test
  void forwardAndGradientShareWhatACompositeComputesButNotACheckpoint() {
    Node w = Operations.parameter("w", TensorType.scalar(DType.F32));
    for (String name : List.of("anything", "checkpoint")) {
      Node y =
          Operations.composite(
              name,
              Map.of(),
              List.of(w),
              x -> Operations.exp(Operations.unary(UnaryOp.SIN, x.get(0))));
      Map<String, Node> outputs = new LinkedHashMap<>();
      outputs.put("y", y);
      outputs.put("g", Gradient.of(y, List.of(w)).get(0));
      Graph graph = Passes.optimize(Graph.of(List.of(), outputs));
      assertEquals(name.equals("checkpoint") ? 2 : 1, count(graph, new Op.Unary(UnaryOp.SIN)));
    }
  }

  @Test
  void stopGradientsVanishAfterTheyHaveWorked() {
    Node w = Operations.parameter("w", TensorType.scalar(DType.F32));
    Graph graph = Passes.optimize(Graph.of(List.of(), Map.of("y", Operations.stopGradient(w))));
    assertEquals(1, graph.nodes().size());
  }

  /** What a layer of a convolutional network costs in training, so that a change shows. */
  @Test
  void aLayersTrainingStepIsSmall() {
    Node x = Operations.input("x", TensorType.f32(Shape.batchOf(8, 6, 6)));
    Node w = Operations.parameter("w", TensorType.f32(Shape.of(8, 8, 3, 3)));
    Node scale = Operations.parameter("scale", TensorType.f32(Shape.of(8)));
    Node shift = Operations.parameter("shift", TensorType.f32(Shape.of(8)));
    Window same = Window.of(List.of(3, 3)).padding(List.of(1, 1), List.of(1, 1));
    Node conv = Operations.convolution(x, w, same, Dim.ONE, Dim.ONE);
    Node y = Activations.relu(Normalizations.batchNorm(conv, scale, shift, 1e-5).output());
    Node loss = Operations.mean(Operations.square(y), Operations.axes(4));
    List<Node> wrt = List.of(x, w, scale, shift);
    List<Node> gradients = Gradient.of(loss, wrt);
    Map<String, Node> outputs = new LinkedHashMap<>();
    for (int i = 0; i < gradients.size(); i++) {
      outputs.put("g" + i, gradients.get(i));
    }
    Graph graph = Passes.optimize(Graph.of(List.of(), outputs));
    Map<String, Integer> kinds = new LinkedHashMap<>();
    graph.nodes().forEach(n -> kinds.merge(n.op().getClass().getSimpleName(), 1, Integer::sum));
    assertEquals(3, kinds.get("Convolution"), graph::toString);
    assertEquals(4, kinds.get("Reduce"), graph::toString);
    assertEquals(4, kinds.get("Transpose"), graph::toString);
    assertTrue(!kinds.containsKey("Reshape") && !kinds.containsKey("Composite"), graph::toString);
    assertTrue(graph.nodes().size() <= 75, () -> graph.nodes().size() + "\n" + graph);
  }
}
