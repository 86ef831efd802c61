package org.nnd.ir.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nnd.ir.DType;
import org.nnd.ir.Graph;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.Origin;
import org.nnd.ir.TensorType;
import org.nnd.ir.UnaryOp;
import org.nnd.ir.testing.Agreement;
import org.nnd.ir.testing.RandomGraph;
import org.nnd.ir.testing.RandomGraphs;

class InlineCompositesTest {
  private static Node twice(String name, Node x) {
    return Operations.composite(
        name,
        Map.of(),
        List.of(x),
        a -> Operations.composite("inner", Map.of(), a, b -> Operations.add(b.get(0), b.get(0))));
  }

  private static boolean has(Graph graph, String name) {
    return graph.nodes().stream()
        .anyMatch(
            n ->
                n.op() instanceof Op.Composite c && (c.name().equals(name) || has(c.body(), name)));
  }

  @Test
  void keepsOnlyWhatIsClaimed() {
    Node x = Operations.input("x", TensorType.scalar(DType.F32));
    Node y = Operations.add(twice("outer", x), twice("kept", x));
    Graph graph =
        InlineComposites.except(Graph.of(List.of(x), Map.of("y", y)), name -> name.equals("kept"));
    assertTrue(has(graph, "kept"));
    assertFalse(has(graph, "outer"));
    assertFalse(has(graph, "inner"));
    assertEquals(4, graph.nodes().size(), graph::toString);
  }

  @Test
  void inlinesResultsOfSeveralAndInsideBodies() {
    TensorType scalar = TensorType.scalar(DType.F32);
    Node x = Operations.input("x", scalar);
    Graph pair =
        Operations.trace(
            List.of(scalar), a -> List.of(Operations.exp(a.get(0)), twice("inner", a.get(0))));
    Node two = Node.of(new Op.Composite("pair", Map.of(), pair), x);
    Graph branch = Operations.trace(List.of(scalar), a -> List.of(twice("branch", a.get(0))));
    Node cond = Node.of(new Op.Cond(branch, branch), Operations.scalar(DType.BOOL, 1), x);
    Node sum =
        Operations.add(
            cond, Operations.add(Operations.results(two).get(0), Operations.results(two).get(1)));
    Graph graph = InlineComposites.all(Graph.of(List.of(x), Map.of("y", sum)));
    Op.Cond inlined =
        (Op.Cond)
            graph.nodes().stream().filter(n -> n.op() instanceof Op.Cond).findAny().get().op();
    for (Graph part : List.of(graph, inlined.then(), inlined.otherwise())) {
      assertTrue(part.nodes().stream().noneMatch(n -> n.op() instanceof Op.Composite));
      Verifier.check(part);
    }
  }

  @Test
  void originsStay() {
    Origin origin = new Origin("head", "net.nnd:3");
    Node x = Operations.input("x", TensorType.scalar(DType.F32));
    Node y =
        origin.during(
            () ->
                Operations.composite(
                    "f", Map.of(), List.of(x), a -> Operations.unary(UnaryOp.SIN, a.get(0))));
    Graph graph = InlineComposites.all(Graph.of(List.of(x), Map.of("y", y)));
    assertEquals(origin, graph.output().origin());
  }

  @Test
  void meaningStays() {
    for (long seed = 0; seed < 200; seed++) {
      RandomGraph sample = RandomGraphs.sample(seed, RandomGraph.Options.everything());
      Agreement.assertSameResults(
          sample, Verifier.check(InlineComposites.all(Verifier.check(sample.graph()))));
    }
  }
}
