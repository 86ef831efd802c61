package org.nnd.opencl.lower;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.nnd.ir.Graph;
import org.nnd.ir.Node;
import org.nnd.ir.Op;

/** Operations that run graphs of their own. */
final class Bodies {
  private Bodies() {}

  static boolean isControl(Op op) {
    return op instanceof Op.Scan || op instanceof Op.While || op instanceof Op.Cond;
  }

  static Step lower(Node node, Target target) {
    return switch (node.op()) {
      case Op.Scan scan -> new Step.ScanLoop(node, plan(scan.body(), target));
      case Op.While loop ->
          new Step.WhileLoop(node, plan(loop.condition(), target), plan(loop.body(), target));
      case Op.Cond cond ->
          new Step.Branch(node, plan(cond.then(), target), plan(cond.otherwise(), target));
      default -> throw new IllegalArgumentException("no control operation: " + node);
    };
  }

  private static KernelPlan plan(Graph body, Target target) {
    return Lowering.lower(Graph.of(body.inputs(), body.outputs()), target);
  }

  /** {@return the graphs that an operation runs} */
  static List<Graph> bodies(Op op) {
    return switch (op) {
      case Op.Scan scan -> List.of(scan.body());
      case Op.While loop -> List.of(loop.condition(), loop.body());
      case Op.Cond cond -> List.of(cond.then(), cond.otherwise());
      default -> List.of();
    };
  }

  /** {@return names of the variables that the bodies of an operation read} */
  static Set<String> variables(Op op) {
    Set<String> names = new HashSet<>();
    for (Graph body : bodies(op)) {
      for (Node node : body.nodes()) {
        if (node.op() instanceof Op.Parameter parameter) {
          names.add(parameter.name());
        }
        names.addAll(variables(node.op()));
      }
    }
    return names;
  }
}
