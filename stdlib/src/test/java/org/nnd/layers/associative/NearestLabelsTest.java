package org.nnd.layers.associative;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.nnd.layers.associative.Associative.nearestLabels;
import static org.nnd.layers.associative.LayerCheck.normal;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nnd.ir.Literal;

class NearestLabelsTest {
  private static final int CLASSES = 5;

  private static double[] row(Literal x, int i) {
    int width = x.shape()[1];
    return Arrays.copyOfRange(x.toDoubles(), i * width, (i + 1) * width);
  }

  private static double dot(double[] x, double[] y) {
    return IntStream.range(0, x.length).mapToDouble(i -> x[i] * y[i]).sum();
  }

  private static double cosine(double[] x, double[] y) {
    return dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
  }

  /** Votes by going through all keys. */
  private static double[] votes(
      Literal x, int example, Literal keys, int[] labels, int k, VoteWeights weights) {
    List<Integer> nearest =
        IntStream.range(0, labels.length)
            .filter(i -> labels[i] >= 0)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -cosine(row(x, example), row(keys, i))))
            .limit(k)
            .toList();
    double[] votes = new double[CLASSES];
    double total = 0;
    for (int rank = 0; rank < nearest.size(); rank++) {
      double similarity = cosine(row(x, example), row(keys, nearest.get(rank)));
      double weight =
          switch (weights) {
            case VoteWeights.Plurality p -> 1;
            case VoteWeights.Softmax s -> Math.exp(similarity / s.temperature());
            case VoteWeights.ByRank r -> 1 / (r.offset() + rank);
          };
      votes[labels[nearest.get(rank)]] += weight;
      total += weight;
    }
    for (int c = 0; c < CLASSES; c++) {
      votes[c] /= total;
    }
    return votes;
  }

  private static int[] labels(int count, boolean gaps) {
    return IntStream.range(0, count)
        .map(i -> gaps && i % 4 == 1 ? -1 : (i * 7) % CLASSES)
        .toArray();
  }

  @Test
  void theVotesAreThoseOfTheNearestByBruteForce() {
    for (VoteWeights weights :
        List.of(VoteWeights.plurality(), VoteWeights.softmax(0.07), VoteWeights.byRank(2))) {
      for (int[] size :
          new int[][] {{3, 61, 7, 5}, {1, 1, 1, 1}, {2, 13, 3, 100}, {5, 40, 2, 30}}) {
        Literal x = normal(1, size[0], size[2]);
        Literal keys = normal(2, size[1], size[2]);
        int[] labels = labels(size[1], size[1] > 1);
        LayerCheck check =
            LayerCheck.of(nearestLabels(size[1], CLASSES).neighbours(size[3]).weights(weights))
                .input("x", x)
                .variable("keys", keys)
                .variable("labels", Literal.of(labels, size[1]));
        double[] actual = check.reference().get("y").toDoubles();
        for (int i = 0; i < size[0]; i++) {
          assertArrayEquals(
              votes(x, i, keys, labels, size[3], weights),
              Arrays.copyOfRange(actual, i * CLASSES, (i + 1) * CLASSES),
              1e-9);
        }
        check.onDevice();
      }
    }
  }

  @Test
  void whereThereAreFewerKeysTheRestIsSaid() {
    LayerCheck check =
        LayerCheck.of(nearestLabels(4, CLASSES).neighbours(3))
            .input("x", normal(1, 2, 3))
            .variable("keys", normal(2, 4, 3))
            .variable("labels", Literal.of(new int[] {-1, -1, 2, -1}, 4));
    Map<String, Literal> found = check.reference();
    assertArrayEquals(new double[] {2, -1, -1, 2, -1, -1}, found.get("neighbours").toDoubles());
    assertArrayEquals(new double[] {0, 0, 1, 0, 0, 0, 0, 1, 0, 0}, found.get("y").toDoubles());
    Literal nothing =
        LayerCheck.of(nearestLabels(4, CLASSES)).input("x", normal(1, 2, 3)).reference().get("y");
    assertArrayEquals(new double[10], nothing.toDoubles());
    assertEquals(2, nothing.shape()[0]);
  }

  @Test
  void theEncoderBeforeItCanBeTrained() {
    LayerCheck.of(nearestLabels(11, CLASSES).neighbours(4).weights(VoteWeights.softmax(0.5)))
        .input("x", normal(1, 2, 3))
        .variable("keys", normal(2, 11, 3))
        .variable("labels", Literal.of(labels(11, false), 11))
        .differentiates();
  }
}
