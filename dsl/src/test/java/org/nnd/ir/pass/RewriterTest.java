package org.nnd.ir.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
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

class RewriterTest {
  private final Node x = Operations.input("x", TensorType.scalar(DType.F32));

  private static boolean is(Node node, UnaryOp function) {
    return node.op().equals(new Op.Unary(function));
  }

  @Test
  void resultsAreOfferedAgainUntilNothingApplies() {
    Node y = Operations.unary(UnaryOp.SIN, x);
    Graph graph =
        Rewriter.bottomUp(
            Graph.of(List.of(x), Map.of("y", y)),
            n ->
                is(n, UnaryOp.SIN)
                    ? Operations.unary(UnaryOp.COS, n.operand(0))
                    : is(n, UnaryOp.COS) ? Operations.exp(n.operand(0)) : n);
    assertEquals(Graph.of(List.of(x), Map.of("y", Operations.exp(x))), graph);
  }

  @Test
  void rulesThatNeverRestAreStopped() {
    Graph graph = Graph.of(List.of(x), Map.of("y", Operations.exp(x)));
    IllegalStateException error =
        assertThrows(
            IllegalStateException.class,
            () ->
                Rewriter.bottomUp(
                    graph,
                    n ->
                        n.op() instanceof Op.Input
                            ? n
                            : Operations.barrier(n.operand(0), (int) n.serial())));
    assertTrue(error.getMessage().startsWith("the rules do not come to rest at"));
  }

  @Test
  void aRuleMayNotChangeTypes() {
    Graph graph = Graph.of(List.of(x), Map.of("y", Operations.exp(x)));
    assertThrows(
        IllegalStateException.class,
        () ->
            Rewriter.bottomUp(
                graph,
                n -> is(n, UnaryOp.EXP) ? Operations.full(x.type().withDType(DType.I32), 0) : n));
  }

  @Test
  void newNodesGetTheOriginOfTheOld() {
    Origin origin = new Origin("0.act", "net.nnd:2");
    Node y = origin.during(() -> Operations.unary(UnaryOp.SIN, x));
    Graph graph =
        Rewriter.bottomUp(
            Graph.of(List.of(x), Map.of("y", y)),
            n -> is(n, UnaryOp.SIN) ? Operations.exp(n.operand(0)) : n);
    assertEquals(origin, graph.output().origin());
  }

  @Test
  void longChainsDoNotOverflowTheStack() {
    Node y = x;
    for (int i = 0; i < 20000; i++) {
      y = Operations.negate(Operations.exp(y));
    }
    Graph graph = Graph.of(List.of(x), Map.of("y", y));
    assertEquals(graph, Simplify.apply(graph));
  }

  /** Otherwise what is not rewritten would come before all that is, and live longer. */
  @Test
  void theOrderOfTheNodesStays() {
    Node first = Operations.unary(UnaryOp.SIN, x);
    Node second = Operations.exp(first);
    Node third = Operations.unary(UnaryOp.TANH, x);
    Node y = Operations.add(second, third);
    Graph graph =
        Rewriter.bottomUp(
            Graph.of(List.of(x), Map.of("y", y)),
            n -> is(n, UnaryOp.SIN) ? Operations.unary(UnaryOp.COS, n.operand(0)) : n);
    assertEquals(
        List.of(UnaryOp.COS, UnaryOp.EXP, UnaryOp.TANH),
        graph.nodes().stream()
            .filter(n -> n.op() instanceof Op.Unary)
            .map(n -> ((Op.Unary) n.op()).function())
            .toList());
  }

  @Test
  void theVerifierFindsAnOutputOfSeveralResults() {
    TensorType scalar = TensorType.scalar(DType.F32);
    Graph two = Operations.trace(List.of(scalar), a -> List.of(a.get(0), a.get(0)));
    Node pair = Node.of(new Op.Composite("pair", Map.of(), two), x);
    Graph graph = Graph.of(List.of(x), Map.of("y", pair));
    IllegalStateException error =
        assertThrows(IllegalStateException.class, () -> Verifier.check(graph));
    assertTrue(error.getMessage().startsWith("not usable as output y"), error.getMessage());
  }
}
