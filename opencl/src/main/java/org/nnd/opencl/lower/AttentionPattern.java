package org.nnd.opencl.lower;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nnd.ir.Dim;
import org.nnd.ir.Graph;
import org.nnd.ir.Node;

/**
 * Attention as it is found in a graph: {@code softmax(f(q kᵀ)) v} with any elementwise function of
 * the scores (scale, bias, mask), where nothing else reads what lies between.
 *
 * @param product the contraction with {@code v}
 * @param contraction the contraction {@code q kᵀ}
 * @param scores what softmax is taken of, {@code [.., queries, keys]}
 * @param guarded whether a query that may see no key gets zeros; otherwise NaN
 * @param causal whether scores of keys behind the query are minus infinity
 * @param inside the nodes that need not be in memory
 */
record AttentionPattern(
    Node product,
    Node contraction,
    Node scores,
    boolean guarded,
    boolean causal,
    Set<Node> inside) {

  /** {@return the patterns of a graph by their last node} */
  static Map<Node, AttentionPattern> in(Graph graph) {
    Set<Node> results = new HashSet<>(graph.outputs().values());
    results.addAll(graph.updates().values());
    List<List<Node>> users = graph.users();
    Map<Node, AttentionPattern> found = new LinkedHashMap<>();
    for (Node node : graph.nodes()) {
      AttentionMatcher.match(node)
          .filter(p -> p.inside.stream().noneMatch(results::contains))
          .filter(p -> p.inside.stream().allMatch(n -> p.holds(users.get(graph.position(n)))))
          .ifPresent(pattern -> found.put(node, pattern));
    }
    return found;
  }

  private boolean holds(List<Node> users) {
    return users.stream().allMatch(user -> user == product || inside.contains(user));
  }

  /** {@return the axis of the scores along which the queries lie} */
  int queryAxis() {
    return scores.rank() - 2;
  }

  /** {@return the extents of the scores' axes before those of queries and keys} */
  List<Dim> others() {
    return scores.shape().dims().subList(0, queryAxis());
  }
}
