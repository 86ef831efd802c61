package org.nnd.ir.pass;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nnd.ir.DType;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;
import org.nnd.ir.UnaryOp;
import org.nnd.ir.gradient.Gradient;
import org.nnd.ir.reference.ReferenceEvaluator;

class MergeScansTest {
  private final TensorType scalar = TensorType.scalar(DType.F64);
  private final Node start = Operations.parameter("start", scalar);
  private final Node rows = Operations.parameter("rows", new TensorType(DType.F64, Shape.of(4)));
  private final Map<String, Literal> values =
      Map.of(
          "start",
          Literal.of(new double[] {0.3}),
          "rows",
          Literal.of(new double[] {1, -0.5, 2, 0.7}, 4));

  private Node recurrence(UnaryOp function) {
    Graph body =
        Operations.trace(
            List.of(scalar, scalar),
            x -> {
              Node c = Operations.unary(function, Operations.add(x.get(0), x.get(1)));
              return List.of(c, Operations.square(c));
            });
    return Node.of(new Op.Scan(body, 1, 1, 4, false), start, rows);
  }

  private static long scans(Graph graph) {
    return graph.nodes().stream().filter(n -> n.op() instanceof Op.Scan).count();
  }

  private void assertMerged(long expected, Map<String, Node> outputs) {
    Graph graph = Graph.of(List.of(), outputs);
    Graph merged = Verifier.check(MergeScans.apply(graph));
    assertEquals(expected, scans(merged), merged::toString);
    Map<String, Literal> before = ReferenceEvaluator.evaluate(graph, 1, Map.of(), values).outputs();
    ReferenceEvaluator.evaluate(merged, 1, Map.of(), values)
        .outputs()
        .forEach(
            (name, value) ->
                assertArrayEquals(before.get(name).toDoubles(), value.toDoubles(), 1e-14));
  }

  @Test
  void theGradientSharesTheForwardLoop() {
    List<Node> results = Operations.results(recurrence(UnaryOp.TANH));
    Node loss = Operations.add(results.get(0), Operations.sum(results.get(1), List.of(0)));
    List<Node> gradients = Gradient.of(loss, List.of(start, rows));
    Map<String, Node> outputs = new LinkedHashMap<>();
    outputs.put("loss", loss);
    outputs.put("start", gradients.get(0));
    outputs.put("rows", gradients.get(1));
    assertEquals(3, scans(Graph.of(List.of(), outputs)));
    assertMerged(2, outputs);
  }

  @Test
  void otherRecurrencesStayApart() {
    Map<String, Node> outputs = new LinkedHashMap<>();
    List<Node> tanh = Operations.results(recurrence(UnaryOp.TANH));
    List<Node> sine = Operations.results(recurrence(UnaryOp.SIN));
    outputs.put("a", tanh.get(0));
    outputs.put("b", sine.get(0));
    outputs.put("c", sine.get(1));
    assertMerged(2, outputs);
  }

  @Test
  void aScanWithOneResultMergesToo() {
    Graph lastOnly =
        Operations.trace(
            List.of(scalar, scalar),
            x -> List.of(Operations.unary(UnaryOp.TANH, Operations.add(x.get(0), x.get(1)))));
    Map<String, Node> outputs = new LinkedHashMap<>();
    outputs.put("last", Node.of(new Op.Scan(lastOnly, 1, 1, 4, false), start, rows));
    outputs.put("squares", Operations.results(recurrence(UnaryOp.TANH)).get(1));
    assertMerged(1, outputs);
  }
}
