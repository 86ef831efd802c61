package org.nnd.ir.pass;

import java.util.Optional;
import org.nnd.ir.Graph;
import org.nnd.ir.Node;
import org.nnd.ir.Op;

/**
 * Replaces kernels written by hand by their references, for whoever runs no OpenCL; those without
 * one stay.
 */
public final class InlineReferences {
  private InlineReferences() {}

  public static Graph apply(Graph graph) {
    return Rewriter.bottomUp(graph, InlineReferences::rule);
  }

  private static Node rule(Node node) {
    if (node.op() instanceof Op.GetResult result) {
      return inlined(node.operand(0), result.index()).orElse(node);
    }
    return node.types().size() == 1 ? inlined(node, 0).orElse(node) : node;
  }

  private static Optional<Node> inlined(Node node, int result) {
    return node.op() instanceof Op.Custom custom
        ? custom.reference().map(body -> body.apply(node.operands()).get(result))
        : Optional.empty();
  }
}
