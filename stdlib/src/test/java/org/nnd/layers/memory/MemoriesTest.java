package org.nnd.layers.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.data.Messages.assertRefused;
import static org.nnd.dsl.Combinators.named;
import static org.nnd.dsl.Combinators.sequential;
import static org.nnd.layers.memory.Memories.memoryPlus;
import static org.nnd.layers.memory.Memories.memoryUsage;
import static org.nnd.layers.memory.Memories.peer;
import static org.nnd.layers.memory.Memories.pkm;
import static org.nnd.layers.memory.Memories.productKeyMemory;
import static org.nnd.layers.memory.Memories.ultraMemory;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lower;
import org.nnd.dsl.Mode;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Variable;
import org.nnd.ir.Literal;
import org.nnd.layers.memory.ProductKeyMemory.Rates;

/** What is found by product keys is what a search of all slots finds. */
class MemoriesTest {
  private static int[] best(double[] scores, int count) {
    return IntStream.range(0, scores.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -scores[i]))
        .limit(count)
        .mapToInt(i -> i)
        .toArray();
  }

  private static double dot(double[] x, int from, double[] y, int at, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += x[from + i] * y[at + i];
    }
    return sum;
  }

  @Test
  void productKeysFindTheBestOfAllSlots() {
    for (int keys : new int[] {1, 3, 7}) {
      int knn = Math.min(3, keys);
      int heads = 2;
      int half = 2;
      Literal x = Run.normal(keys, 5, 4);
      Layer layer =
          productKeyMemory(3).keys(keys).keySize(2 * half).heads(heads).knn(knn).withSelection();
      Run run = Run.of(layer, x);
      double[] weight = run.weights().get("query_proj.query_mlps.0.weight").toDoubles();
      double[] bias = run.weights().get("query_proj.query_mlps.0.bias").toDoubles();
      double[] stored = run.weights().get("keys").toDoubles();
      double[] table = run.weights().get("values.weight").toDoubles();
      double[] indices = run.output("indices").toDoubles();
      double[] wanted = new double[5 * 3];
      for (int m = 0; m < 5; m++) {
        for (int h = 0; h < heads; h++) {
          double[] query = new double[2 * half];
          for (int i = 0; i < query.length; i++) {
            int row = h * 2 * half + i;
            query[i] = dot(weight, row * 4, x.toDoubles(), m * 4, 4) + bias[row];
          }
          double[] scores = new double[keys * keys];
          for (int slot = 0; slot < scores.length; slot++) {
            int first = (h * 2 * keys + slot / keys) * half;
            int second = ((h * 2 + 1) * keys + slot % keys) * half;
            scores[slot] =
                dot(query, 0, stored, first, half) + dot(query, half, stored, second, half);
          }
          int[] found = best(scores, knn);
          double total = Arrays.stream(found).mapToDouble(i -> Math.exp(scores[i])).sum();
          for (int k = 0; k < knn; k++) {
            assertEquals(found[k], indices[(m * heads + h) * knn + k], "slot " + k);
            for (int j = 0; j < 3; j++) {
              wanted[m * 3 + j] += Math.exp(scores[found[k]]) / total * table[found[k] * 3 + j];
            }
          }
        }
      }
      assertArrayEquals(wanted, run.y(), 1e-12);
    }
  }

  private static Set<Integer> rows(Literal indices) {
    return Arrays.stream(indices.toDoubles()).mapToObj(i -> (int) i).collect(Collectors.toSet());
  }

  private static void onlyFoundRowsHaveGradients(Run run, Set<Integer> found) {
    Literal gradient = run.gradients().get("values.weight");
    int width = gradient.shape()[1];
    Set<Integer> changed = new HashSet<>();
    for (int i = 0; i < gradient.count(); i++) {
      if (gradient.get(i) != 0) {
        changed.add(i / width);
      }
    }
    assertEquals(found, changed);
    assertTrue(found.size() < gradient.shape()[0]);
  }

  @Test
  void onlyTheValuesFoundHaveGradients() {
    Literal x = Run.normal(1, 2, 3, 5);
    Run run = Run.of(productKeyMemory(2).keys(6).keySize(4).heads(2).knn(2).withSelection(), x);
    onlyFoundRowsHaveGradients(run, rows(run.output("indices")));
    Run plus = Run.of(memoryPlus(4).keys(6).keySize(4).heads(2).knn(2).withSelection(), x);
    onlyFoundRowsHaveGradients(plus, rows(plus.output("indices")));
    Run ultra = Run.of(ultraMemory(4).keys(6).keySize(3).top(2).withSelection(), x);
    onlyFoundRowsHaveGradients(ultra, rows(ultra.output("indices")));
  }

  /** Scores of all slots of an Ultra-Sparse Memory, [M, keys²], from its own weights. */
  private static double[][] grid(Run run, int keys, int size, int rank) {
    double[] x = run.inputs().get("x").toDoubles();
    int features = run.inputs().get("x").shape()[1];
    double[] weight = run.weights().get("query.weight").toDoubles();
    double[] bias = run.weights().get("query.bias").toDoubles();
    double[] scale = run.weights().get("query_norm.weight").toDoubles();
    double[] shift = run.weights().get("query_norm.bias").toDoubles();
    double[] core = run.weights().get("core").toDoubles();
    double[][] all = new double[run.batch()][keys * keys];
    for (int m = 0; m < run.batch(); m++) {
      double[][] scores = new double[2 * rank][keys];
      for (int a = 0; a < 2 * rank; a++) {
        double[] query = new double[size];
        for (int i = 0; i < size; i++) {
          int row = a * size + i;
          query[i] = dot(weight, row * features, x, m * features, features) + bias[row];
        }
        double mean = Arrays.stream(query).average().orElseThrow();
        double variance =
            Arrays.stream(query).map(q -> (q - mean) * (q - mean)).average().orElseThrow();
        for (int i = 0; i < size; i++) {
          query[i] = (query[i] - mean) / Math.sqrt(variance + 1e-5) * scale[i] + shift[i];
        }
        double[] stored = run.weights().get(a < rank ? "row_keys" : "column_keys").toDoubles();
        for (int k = 0; k < keys; k++) {
          scores[a][k] = dot(query, 0, stored, (a % rank * keys + k) * size, size);
        }
      }
      for (int slot = 0; slot < keys * keys; slot++) {
        for (int a = 0; a < rank; a++) {
          for (int b = 0; b < rank; b++) {
            all[m][slot] +=
                scores[a][slot / keys] * core[a * rank + b] * scores[rank + b][slot % keys];
          }
        }
      }
    }
    return all;
  }

  private static void checkTop(Run run, int keys, int size, int rank, int top) {
    double[][] all = grid(run, keys, size, rank);
    double[] indices = run.output("indices").toDoubles();
    double[] scores = run.output("scores").toDoubles();
    for (int m = 0; m < run.batch(); m++) {
      int[] found = best(all[m], top);
      for (int k = 0; k < top; k++) {
        assertEquals(found[k], indices[m * top + k], "slot " + k);
        assertEquals(all[m][found[k]], scores[m * top + k], 1e-10);
      }
    }
  }

  @Test
  void theUltraSparseMemoryFindsTheBestOfAllSlots() {
    Literal x = Run.normal(2, 5, 4);
    Layer all = ultraMemory(3).keys(6).keySize(3).rank(3).top(4).candidates(6).withSelection();
    checkTop(Run.of(all, x), 6, 3, 3, 4);
    // With a core of rank one rows and columns can be ranked apart; scores of one sign here, so
    // that the best slots are pairs of the best.
    double[] u = {1, 0.5, 0.3};
    double[] core = new double[9];
    for (int i = 0; i < 9; i++) {
      core[i] = u[i / 3] * u[i % 3];
    }
    Layer few = ultraMemory(3).keys(6).keySize(3).rank(3).top(4).withSelection();
    Run run = Run.of(few, x).with("core", Literal.of(core, 3, 3));
    double[] rowKeys = new double[3 * 6 * 3];
    for (int i = 0; i < rowKeys.length; i++) {
      // Keys along the norm's shift alone give every query the same positive scores.
      rowKeys[i] = 1 + i % 18 / 3 * 0.1;
    }
    run =
        run.with("row_keys", Literal.of(rowKeys, 3, 6, 3))
            .with("query_norm.weight", Literal.of(new double[] {0.1, 0.1, 0.1}, 3))
            .with("query_norm.bias", Literal.of(new double[] {1, 1, 1}, 3));
    double[] columnKeys = rowKeys.clone();
    for (int i = 0; i < columnKeys.length; i++) {
      columnKeys[i] = 1 + (i * 7 % 18) / 3 * 0.13;
    }
    run = run.with("column_keys", Literal.of(columnKeys, 3, 6, 3));
    checkTop(run, 6, 3, 3, 4);
  }

  @Test
  void valuesOfAnUltraSparseMemoryAreAddedByScore() {
    Literal x = Run.normal(3, 4, 4);
    Run run = Run.of(ultraMemory(3).keys(5).keySize(3).top(4).withSelection(), x);
    double[] table = run.weights().get("values.weight").toDoubles();
    double[] indices = run.output("indices").toDoubles();
    double[] scores = run.output("scores").toDoubles();
    double[] wanted = new double[12];
    for (int i = 0; i < 16; i++) {
      for (int j = 0; j < 3; j++) {
        wanted[i / 4 * 3 + j] += scores[i] * table[(int) indices[i] * 3 + j];
      }
    }
    assertArrayEquals(wanted, run.y(), 1e-12);
  }

  @Test
  void anExpansionReadsProjectionsOfFewerValues() {
    int keys = 6;
    int expansion = 4;
    Literal x = Run.normal(4, 3, 4);
    Layer layer =
        ultraMemory(3)
            .keys(keys)
            .keySize(3)
            .top(5)
            .valueSize(2)
            .expansion(expansion)
            .withSelection();
    Run run = Run.of(layer, x);
    assertArrayEquals(new int[] {9, 2}, run.weights().get("values.weight").shape());
    double[] table = run.weights().get("values.weight").toDoubles();
    double[] projections = run.weights().get("projections").toDoubles();
    double[] indices = run.output("indices").toDoubles();
    double[] scores = run.output("scores").toDoubles();
    // 36 · 0.618 is about 22; the next number without a common factor is 23.
    double[] wanted = new double[9];
    Set<Integer> addresses = new HashSet<>();
    for (int slot = 0; slot < 36; slot++) {
      addresses.add(slot * 23 % 36);
    }
    assertEquals(36, addresses.size());
    for (int i = 0; i < 15; i++) {
      int address = (int) indices[i] * 23 % 36;
      for (int j = 0; j < 3; j++) {
        for (int v = 0; v < 2; v++) {
          wanted[i / 5 * 3 + j] +=
              scores[i] * table[address % 9 * 2 + v] * projections[(address / 9 * 2 + v) * 3 + j];
        }
      }
    }
    assertArrayEquals(wanted, run.y(), 1e-12);
  }

  @Test
  void gradientsAgreeWithDifferences() {
    Literal x = Run.normal(5, 2, 3, 4);
    for (Layer layer :
        List.of(
            productKeyMemory(3).keys(4).keySize(6).heads(2).knn(2).normalizeQuery(),
            memoryPlus(5).keys(4).keySize(6).heads(2).knn(3).gate(true, true).qkNorm(),
            memoryPlus(5).keys(4).keySize(2).heads(3).knn(2).valueSize(3),
            peer(4).keys(4).keySize(6).heads(2).knn(3),
            pkm().keys(4).headSize(3).heads(2).topk(2).norms(true, true),
            ultraMemory(3).keys(5).keySize(3).rank(2).top(3).valueSize(2).expansion(5))) {
      Run.of(layer, x).checkGradients();
    }
  }

  @Test
  void layersCanHaveTheirValuesInCommon() {
    Layer two =
        sequential(
            named("first", memoryPlus(4).keys(3).keySize(4).heads(2).knn(2).sharedValues("pool")),
            named("second", memoryPlus(4).keys(3).keySize(4).heads(2).knn(2).sharedValues("pool")));
    Run run = Run.of(two, Run.normal(6, 2, 4));
    List<String> tables =
        run.lowered().variables().stream().filter(Variable::byRows).map(Variable::path).toList();
    assertEquals(List.of("pool.weight"), tables);
    run.checkGradients();
  }

  @Test
  void usageIsMeasuredAgainstEvenUse() {
    Tensor even = Tensor.of(new int[][] {{0, 1}, {2, 3}});
    Tensor weights = Tensor.of(new float[][] {{0.5f, 0.5f}, {0.9f, 0.1f}});
    MemoryUsage usage = memoryUsage(even, weights, 4);
    assertEquals(1, usage.used());
    assertEquals(0, usage.unweighted().kl(), 1e-12);
    assertEquals(2, usage.unweighted().top50() - 1, "three quarters lie above the lower half");
    double kl =
        Math.log(4) + 2 * 0.25 * Math.log(0.25) + 0.45 * Math.log(0.45) + 0.05 * Math.log(0.05);
    assertEquals(kl, usage.weighted().kl(), 1e-6);
    MemoryUsage one = memoryUsage(Tensor.of(new int[] {2, 2}), Tensor.of(1f, 1f), 8);
    assertEquals(1 / 8.0, one.used());
    assertEquals(Math.log(8), one.unweighted().kl(), 1e-12);
    assertEquals(1, one.unweighted().top99());
    assertRefused(
        "there is no slot 9 among 8",
        () -> memoryUsage(Tensor.of(new int[] {9}), Tensor.of(new float[] {1}), 8));
  }

  private static void refused(String part, Layer layer, long... shape) {
    assertRefused(part, () -> Lower.lower(layer, List.of(InputSpec.of(shape)), Mode.TRAINING));
  }

  @Test
  void wrongOptionsSayWhatWouldBeValid() {
    assertRefused("the size of the keys must be even", () -> productKeyMemory(3).keySize(5));
    assertRefused("at most as many", () -> productKeyMemory(3).keys(8).knn(9));
    assertRefused("the number of heads must be at least 1", () -> productKeyMemory(3).heads(0));
    assertRefused("at most as many", () -> memoryPlus(3).keys(8).knn(9));
    assertRefused("leave valueSize out", () -> peer(3).valueSize(4));
    assertRefused("at most as many", () -> pkm().keys(4).topk(5));
    assertRefused(
        "at least the 16 slots to find and at most the 256 keys",
        () -> ultraMemory(3).candidates(257));
    assertRefused(
        "an expansion of 5 does not divide the 36 slots",
        () -> ultraMemory(3).keys(6).expansion(5));
    assertRefused("normalised already", () -> new Scoring(1, true, Scoring.Subtract.NOTHING, true));
    assertRefused("below 1, got 1.5", () -> new Rates(0, 1.5, 0));
    refused("as many outputs as inputs, got 6 features and 4 outputs", peer(4).keys(4), 6);
    refused("[N, …, features] (rank 2 or more)", memoryPlus(4).keys(4));
    refused(
        "needs inputs of the keys' 4 features, got 6",
        productKeyMemory(3)
            .keys(4)
            .keySize(4)
            .query(new QueryNetwork(false, List.of(), List.of(), true, false, false, false, true)),
        6);
  }
}
