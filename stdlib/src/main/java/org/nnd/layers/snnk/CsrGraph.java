package org.nnd.layers.snnk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.nnd.dsl.Check;
import org.nnd.dsl.Vocabulary;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;

/**
 * A graph as a sparse matrix {@code W} by rows: node {@code i} has edges to {@code columns[k]} of
 * weight {@code weights[k]}, for {@code k} from {@code rowStarts[i]} below {@code rowStarts[i +
 * 1]}.
 *
 * @param rowStarts i32 {@code [nodes + 1]}
 * @param columns i32 {@code [edges]}
 * @param weights f32 or f64 {@code [edges]}
 */
@Vocabulary
public record CsrGraph(Literal rowStarts, Literal columns, Literal weights) {
  public CsrGraph {
    int nodes = rowStarts.count() - 1;
    boolean types = rowStarts.dtype() == DType.I32 && columns.dtype() == DType.I32;
    if (nodes < 1 || !types || columns.count() != weights.count()) {
      throw Check.error(
          "a CSR graph needs i32 row starts of one more than its nodes, and as many i32 columns as"
              + " weights; got %s, %s and %s",
          rowStarts.type(), columns.type(), weights.type());
    }
    for (int i = 0; i <= nodes; i++) {
      double expected = i == 0 ? 0 : i == nodes ? columns.count() : rowStarts.get(i);
      if (rowStarts.get(i) != expected || i > 0 && rowStarts.get(i) < rowStarts.get(i - 1)) {
        throw Check.error(
            "the row starts of a CSR graph must rise from 0 to the number of edges, %d; element %d"
                + " is %.0f",
            columns.count(), i, rowStarts.get(i));
      }
    }
    for (int k = 0; k < columns.count(); k++) {
      if (columns.get(k) < 0 || columns.get(k) >= nodes || !Double.isFinite(weights.get(k))) {
        throw Check.error(
            "edge %d of a CSR graph leads to node %.0f with weight %s; expected nodes 0 to %d and"
                + " finite weights",
            k, columns.get(k), weights.get(k), nodes - 1);
      }
    }
  }

  /** {@return a graph with f32 weights; arrays as the components say} */
  public static CsrGraph of(int[] rowStarts, int[] columns, float[] weights) {
    return new CsrGraph(
        Literal.of(rowStarts.clone(), rowStarts.length),
        Literal.of(columns.clone(), columns.length),
        Literal.of(weights.clone(), weights.length));
  }

  /** {@return an undirected graph with edges of weight 1 between pairs of nodes} */
  public static CsrGraph undirected(int nodes, int[][] edges) {
    Check.positive("graph", "the number of nodes", nodes);
    List<TreeMap<Integer, Float>> rows = new ArrayList<>();
    for (int i = 0; i < nodes; i++) {
      rows.add(new TreeMap<>());
    }
    for (int[] edge : edges) {
      if (edge.length != 2 || out(edge[0], nodes) || out(edge[1], nodes)) {
        throw Check.error(
            "an edge joins two nodes of 0 to %d, got %s", nodes - 1, Arrays.toString(edge));
      }
      rows.get(edge[0]).put(edge[1], 1f);
      rows.get(edge[1]).put(edge[0], 1f);
    }
    int[] starts = new int[nodes + 1];
    for (int i = 0; i < nodes; i++) {
      starts[i + 1] = starts[i] + rows.get(i).size();
    }
    int[] columns =
        rows.stream().flatMap(row -> row.keySet().stream()).mapToInt(Integer::intValue).toArray();
    float[] ones = new float[columns.length];
    Arrays.fill(ones, 1);
    return of(starts, columns, ones);
  }

  private static boolean out(int node, int nodes) {
    return node < 0 || node >= nodes;
  }

  /** {@return this with weights {@code W_ij / sqrt(d_i d_j)}, {@code d} the sums of the rows} */
  public CsrGraph normalised() {
    double[] sums = new double[nodes()];
    for (int i = 0; i < nodes(); i++) {
      for (int k = start(i); k < start(i + 1); k++) {
        sums[i] += weights.get(k);
      }
    }
    double[] scaled = new double[columns.count()];
    for (int i = 0; i < nodes(); i++) {
      for (int k = start(i); k < start(i + 1); k++) {
        double product = sums[i] * sums[column(k)];
        if (!(product > 0)) {
          throw Check.error(
              "a graph is normalised by the sums of its rows, which must be positive; the edge from"
                  + " %d to %d has %s and %s",
              i, column(k), sums[i], sums[column(k)]);
        }
        scaled[k] = weights.get(k) / Math.sqrt(product);
      }
    }
    return new CsrGraph(rowStarts, columns, Literal.ofDoubles(DType.F64, scaled, columns.count()));
  }

  /** {@return how many nodes there are} */
  public int nodes() {
    return rowStarts.count() - 1;
  }

  /** {@return the first edge of a node, or the number of edges} */
  int start(int node) {
    return (int) rowStarts.get(node);
  }

  int column(int edge) {
    return (int) columns.get(edge);
  }

  @Override
  public String toString() {
    return "graph of %d nodes, %d edges".formatted(nodes(), columns.count());
  }
}
