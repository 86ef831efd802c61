package org.nnd.ir.pass;

import java.util.function.Predicate;
import org.nnd.ir.Graph;
import org.nnd.ir.Node;
import org.nnd.ir.Op;

/** Replaces composites by their decompositions. */
public final class InlineComposites {
  private InlineComposites() {}

  /** {@return the graph without composites} */
  public static Graph all(Graph graph) {
    return except(graph, name -> false);
  }

  /**
   * {@return the graph without composites but those whose name is kept}
   *
   * @param keep says of a composite's name whether the backend claims it whole
   */
  public static Graph except(Graph graph, Predicate<String> keep) {
    return Rewriter.bottomUp(graph, node -> rule(node, keep));
  }

  private static Node rule(Node node, Predicate<String> keep) {
    if (node.op() instanceof Op.Composite composite
        && node.types().size() == 1
        && !keep.test(composite.name())) {
      return composite.body().apply(node.operands()).get(0);
    }
    if (node.op() instanceof Op.GetResult result
        && node.operand(0).op() instanceof Op.Composite composite
        && !keep.test(composite.name())) {
      return composite.body().apply(node.operand(0).operands()).get(result.index());
    }
    return node;
  }
}
