package org.nnd.bench.suites;

import static org.nnd.bench.suites.Operands.data;
import static org.nnd.bench.suites.Operands.indices;
import static org.nnd.bench.suites.Operands.weights;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nnd.bench.Case;
import org.nnd.bench.Values;
import org.nnd.bench.Work;
import org.nnd.ir.Graph;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.layers.memory.Memories;

/** Memories with product keys: the look-up, and the change of the slots that a step has read. */
final class Memory {
  private static final int FEATURES = 64;
  private static final int QUERIES = 1024;
  private static final int HEADS = 4;
  private static final int NEAREST = 32;

  private Memory() {}

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (int keys = 64; keys <= 1024; keys *= 2) {
      cases.addAll(cases(keys, QUERIES, HEADS, NEAREST));
    }
    return cases;
  }

  /** {@code keys * keys} slots, {@code heads * nearest} of them read by each query. */
  static List<Case> cases(int keys, int queries, int heads, int nearest) {
    String size = ", %d slots, %d queries".formatted(keys * keys, queries);
    return List.of(
        new Case("look-up" + size, () -> lookUp(keys, queries, heads, nearest)),
        new Case("update" + size, () -> update(keys * keys, queries * heads * nearest)));
  }

  private static Work lookUp(int keys, int queries, int heads, int nearest) {
    return Networks.predict(
        Memories.productKeyMemory(FEATURES).keys(keys).keySize(FEATURES).heads(heads).knn(nearest),
        Map.of("x", Shape.of(queries, FEATURES)));
  }

  /** Adds a row to each of some slots, which may repeat. */
  private static Work update(int slots, int rows) {
    Node table = weights("table", slots, FEATURES);
    Node changes = data("changes", rows, FEATURES);
    Node changed = Operations.scatterAdd(table, indices("slots", rows), changes, 0);
    return new Work.Forward(
        Graph.of(List.of(), Map.of(), Map.of("table", changed)),
        Values.indices(Map.of("slots", slots)));
  }
}
