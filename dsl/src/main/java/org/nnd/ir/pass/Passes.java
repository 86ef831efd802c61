package org.nnd.ir.pass;

import java.util.Optional;
import java.util.function.Predicate;
import org.nnd.ir.Graph;
import org.nnd.ir.Node;
import org.nnd.ir.Op;

/** The passes in their order. */
public final class Passes {
  private Passes() {}

  /** {@return the graph without composites, made small; gradients must have been taken before} */
  public static Graph optimize(Graph graph) {
    return optimize(graph, name -> false);
  }

  /**
   * {@return the graph made small}
   *
   * @param keep which composites the backend claims whole, by name
   */
  public static Graph optimize(Graph graph, Predicate<String> keep) {
    Graph g = checked(graph);

    // First, since what follows sees through bodies only when they are inlined; the forward pass
    // and the gradient of a composite share their common part from here on.
    g = checked(InlineComposites.except(g, keep));

    // Nothing is differentiated any more.
    g = checked(dropStopGradients(g));
    g = checked(dropRules(g));

    // Folding makes constants that simplification uses, and simplification brings constants
    // together: one rule, so that they alternate until neither finds anything.
    g = checked(Rewriter.bottomUp(g, Passes::small));

    // Scans are compared by their bodies, which are simple only now.
    g = checked(MergeScans.apply(g));

    return g;
  }

  private static Node small(Node node) {
    Node simpler = Simplify.rule(node);
    return simpler == node ? FoldConstants.rule(node) : simpler;
  }

  /** {@return the graph without stop-gradients, which are identities once gradients are taken} */
  public static Graph dropStopGradients(Graph graph) {
    return Rewriter.bottomUp(
        graph, node -> node.op() instanceof Op.StopGradient ? node.operand(0) : node);
  }

  /**
   * {@return the graph with kernels written by hand as nothing but their code} Those of equal code
   * are the same computation, whatever stands beside it.
   */
  private static Graph dropRules(Graph graph) {
    return Rewriter.bottomUp(
        graph,
        node ->
            node.op() instanceof Op.Custom custom
                    && (custom.gradient().isPresent() || custom.reference().isPresent())
                ? Node.of(
                    new Op.Custom(custom.code(), Optional.empty(), Optional.empty()),
                    node.operands())
                : node);
  }

  /** Verifies under {@code -ea}, as in the tests. */
  private static Graph checked(Graph graph) {
    assert Verifier.check(graph) == graph;
    return graph;
  }
}
