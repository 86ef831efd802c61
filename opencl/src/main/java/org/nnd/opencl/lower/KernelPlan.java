package org.nnd.opencl.lower;

import java.util.List;
import java.util.Map;
import org.nnd.ir.Graph;
import org.nnd.ir.Node;

/**
 * What is done to compute a graph, in order.
 *
 * @param inPlace nodes whose value is written over a variable, and that variable's node
 * @param copies variables that get the value of a node when all steps are done
 */
public record KernelPlan(
    Graph graph, List<Step> steps, Map<Node, Node> inPlace, Map<String, Node> copies) {
  public KernelPlan {
    steps = List.copyOf(steps);
  }

  /** {@return all kernels, those of the bodies of control operations included, in order} */
  public List<KernelCall> calls() {
    return steps.stream().flatMap(step -> step.calls().stream()).toList();
  }
}
