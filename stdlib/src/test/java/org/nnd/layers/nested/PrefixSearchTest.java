package org.nnd.layers.nested;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.nnd.data.Messages.assertRefused;
import static org.nnd.layers.nested.Nested.funnel;
import static org.nnd.layers.nested.Nested.search;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nnd.dsl.Tensor;
import org.nnd.model.Examples;

/** Adaptive retrieval against plain sorting in double precision. */
class PrefixSearchTest {
  private static final int ROWS = 61;
  private static final int QUERIES = 7;
  private static final int FEATURES = 16;
  private final float[] database = Examples.normal(1, ROWS, FEATURES).toFloats();
  private final float[] queries = Examples.normal(2, QUERIES, FEATURES).toFloats();

  private double cosine(int query, int row, int width) {
    double dot = 0;
    double a = 0;
    double b = 0;
    for (int i = 0; i < width; i++) {
      double q = queries[query * FEATURES + i];
      double d = database[row * FEATURES + i];
      dot += q * d;
      a += q * q;
      b += d * d;
    }
    return dot / Math.sqrt(a * b);
  }

  /** The nearest of some rows on a prefix, nearest first. */
  private List<Integer> nearest(int query, List<Integer> rows, int width, int kept) {
    return rows.stream()
        .sorted(Comparator.comparingDouble((Integer row) -> -cosine(query, row, width)))
        .limit(kept)
        .toList();
  }

  private void check(PrefixSearch search) {
    PrefixSearch.Found found =
        search.neighbours(
            Tensor.of(database, ROWS, FEATURES), Tensor.of(queries, QUERIES, FEATURES));
    int kept = search.steps().get(search.steps().size() - 1).kept();
    double[] indices = found.indices().value().toDoubles();
    double[] similarities = found.similarities().value().toDoubles();
    assertEquals(QUERIES * kept, indices.length);
    for (int query = 0; query < QUERIES; query++) {
      List<Integer> expected = IntStream.range(0, ROWS).boxed().toList();
      for (PrefixSearch.Step step : search.steps()) {
        expected = nearest(query, expected, step.width(), step.kept());
      }
      int from = query * kept;
      assertEquals(
          expected, Arrays.stream(indices, from, from + kept).mapToObj(i -> (int) i).toList());
      int width = search.steps().get(search.steps().size() - 1).width();
      for (int i = 0; i < kept; i++) {
        assertEquals(cosine(query, expected.get(i), width), similarities[from + i], 1e-5);
      }
    }
  }

  @Test
  void findsWhatSortingFinds() {
    check(search(FEATURES, 5));
    check(search(3, 1));
    check(search(4, 20).then(FEATURES, 5));
    check(funnel(2, 40, 4));
  }

  @Test
  void aShortlistOfAllRowsGivesTheExactNeighbours() {
    Tensor rows = Tensor.of(database, ROWS, FEATURES);
    Tensor asked = Tensor.of(queries, QUERIES, FEATURES);
    assertEquals(
        Arrays.toString(search(FEATURES, 4).neighbours(rows, asked).indices().value().toDoubles()),
        Arrays.toString(
            search(1, ROWS)
                .then(FEATURES, 4)
                .neighbours(rows, asked)
                .indices()
                .value()
                .toDoubles()));
  }

  /** Of the paper: 16 features and then 2048 for the best 200 of a million rows. */
  @Test
  void countsTheMultiplyAdds() {
    assertEquals(1_000_000L * 2048, search(2048, 10).multiplyAdds(1_000_000));
    assertEquals(16_000_000L + 200 * 2048, search(16, 200).then(2048, 10).multiplyAdds(1_000_000));
    assertEquals(
        List.of(8, 16, 32),
        funnel(8, 100, 3).steps().stream().map(PrefixSearch.Step::width).toList());
    assertEquals(
        List.of(100, 50, 25),
        funnel(8, 100, 3).steps().stream().map(PrefixSearch.Step::kept).toList());
  }

  @Test
  void wrongSearchesAreRefused() {
    Tensor rows = Tensor.of(database, ROWS, FEATURES);
    assertRefused("the width must be at least 1, got 0", () -> search(0, 3));
    assertRefused("keeps no more neighbours", () -> search(4, 10).then(8, 11));
    assertRefused("compares no fewer features", () -> search(4, 10).then(2, 5));
    assertRefused(
        "compares 17 features, the vectors have 16", () -> search(17, 1).neighbours(rows, rows));
    assertRefused(
        "keeps 62 neighbours of a database of 61 rows", () -> search(4, 62).neighbours(rows, rows));
    assertRefused(
        "must have the same features, got f32[61, 16] and f32[1, 3]",
        () -> search(2, 1).neighbours(rows, Tensor.zeros(1, 3)));
  }
}
