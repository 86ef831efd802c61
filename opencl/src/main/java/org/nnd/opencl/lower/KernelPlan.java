package org.nnd.opencl.lower;

import java.util.List;
import java.util.Map;
import org.nnd.ir.Graph;
import org.nnd.ir.Node;

/**
 * The kernels of a graph in the order in which they run.
 *
 * @param inPlace nodes whose value is written over a variable, and that variable's node
 * @param copies variables that get the value of a node when all kernels have run
 */
public record KernelPlan(
    Graph graph, List<KernelCall> calls, Map<Node, Node> inPlace, Map<String, Node> copies) {
  public KernelPlan {
    calls = List.copyOf(calls);
  }
}
