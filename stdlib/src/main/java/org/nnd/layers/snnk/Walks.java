package org.nnd.layers.snnk;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.nnd.dsl.RandomStream;

/**
 * What random walks from every node have left behind, as a sparse array: walks from {@code from[k]}
 * came to {@code to[k]} after {@code length[k]} steps with the mean load {@code load[k]}. The mean
 * over seeds of the loads of one length is the power {@code W^length}.
 */
record Walks(int[] from, int[] to, int[] length, double[] load) {

  /** Where a walk from a node is after some steps; rows come in this order. */
  private record Visit(int from, int to, int length) implements Comparable<Visit> {
    @Override
    public int compareTo(Visit other) {
      int[] mine = {from, to, length};
      return Arrays.compare(mine, new int[] {other.from, other.to, other.length});
    }
  }

  /**
   * Reid et al. 2024, "General graph random features", algorithm 1: a walk goes on with probability
   * {@code 1 - halt} to a neighbour drawn uniformly, its load multiplied by the edge's weight over
   * the probability of both.
   */
  static Walks of(CsrGraph graph, int count, int longest, double halt, RandomStream random) {
    Map<Visit, Double> visits = new TreeMap<>();
    for (int from = 0; from < graph.nodes(); from++) {
      for (int walk = 0; walk < count; walk++) {
        int node = from;
        double load = 1.0 / count;
        for (int length = 0; ; length++) {
          visits.merge(new Visit(from, node, length), load, Double::sum);
          int degree = graph.start(node + 1) - graph.start(node);
          if (length == longest || degree == 0 || random.uniform() < halt) {
            break;
          }
          int edge = graph.start(node) + (int) (random.uniform() * degree);
          load *= degree / (1 - halt) * graph.weights().get(edge);
          node = graph.column(edge);
        }
      }
    }
    Visit[] rows = visits.keySet().toArray(Visit[]::new);
    return new Walks(
        Arrays.stream(rows).mapToInt(Visit::from).toArray(),
        Arrays.stream(rows).mapToInt(Visit::to).toArray(),
        Arrays.stream(rows).mapToInt(Visit::length).toArray(),
        visits.values().stream().mapToDouble(Double::doubleValue).toArray());
  }
}
