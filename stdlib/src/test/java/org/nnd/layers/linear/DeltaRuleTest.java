package org.nnd.layers.linear;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.nnd.dsl.Tensor;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.composite.Inverses;

/** Fast weights by the delta rule: its forms are one function, and it overwrites. */
class DeltaRuleTest {
  private static Literal[] point(int n, int heads, int length, int keys, int values) {
    double[] beta = Sample.normal(4, n, heads, length, 1).toDoubles();
    Literal rates =
        Literal.of(
            Arrays.stream(beta).map(b -> 1 / (1 + Math.exp(-b))).toArray(), n, heads, length, 1);
    return new Literal[] {
      Sample.normal(1, n, heads, length, keys),
      Sample.scaled(Sample.normal(2, n, heads, length, keys), 1 / Math.sqrt(keys)),
      Sample.normal(3, n, heads, length, values),
      rates,
      Sample.normal(5, n, heads, keys, values)
    };
  }

  private static List<Tensor> results(Attended a) {
    return List.of(a.y(), a.last().weights());
  }

  /** The definition, one step after the other, without any loop of the graph. */
  private static List<Tensor> definition(List<Tensor> x) {
    Tensor weights = x.get(4);
    List<Tensor> rows = new ArrayList<>();
    for (int t = 0; t < x.get(0).size(2); t++) {
      Tensor key = x.get(1).narrow(2, t, 1);
      Tensor error = x.get(2).narrow(2, t, 1).sub(key.matmul(weights));
      weights = weights.add(key.transpose().matmul(error.mul(x.get(3).narrow(2, t, 1))));
      rows.add(x.get(0).narrow(2, t, 1).matmul(weights));
    }
    return List.of(Tensor.concat(2, rows), weights);
  }

  private static Function<List<Tensor>, List<Tensor>> chunked(int size) {
    return x ->
        results(
            DeltaRule.chunked(x.get(0), x.get(1), x.get(2), x.get(3), Optional.of(x.get(4)), size));
  }

  private static List<Tensor> sequential(List<Tensor> x) {
    return results(
        DeltaRule.sequential(x.get(0), x.get(1), x.get(2), x.get(3), Optional.of(x.get(4))));
  }

  @Test
  void sequentialFormIsTheDefinitionWithItsGradient() {
    Sample.assertSame(DeltaRuleTest::definition, DeltaRuleTest::sequential, point(2, 3, 7, 4, 5));
    Sample.assertSame(DeltaRuleTest::definition, DeltaRuleTest::sequential, point(1, 1, 1, 3, 2));
  }

  @Test
  void chunkedFormIsTheDefinitionWithItsGradientForEveryChunkSize() {
    for (int size : new int[] {1, 2, 3, 5, 8, 11, 64}) {
      Sample.assertSame(DeltaRuleTest::definition, chunked(size), point(1, 2, 11, 4, 3));
    }
    Sample.assertSame(DeltaRuleTest::definition, chunked(4), point(5, 1, 13, 2, 7));
  }

  @Test
  void gradientsAgreeWithCentralDifferences() {
    Sample.checkGradient(chunked(3), point(2, 1, 7, 3, 2));
    Sample.checkGradient(DeltaRuleTest::sequential, point(2, 1, 7, 3, 2));
  }

  @Test
  void longChunksStayAccurateWithKeysThatRepeat() {
    // The same unit key all the time: the inverse has entries of both signs that cancel.
    Literal[] point = point(1, 1, 64, 8, 4);
    double[] key = new double[64 * 8];
    for (int t = 0; t < 64; t++) {
      key[t * 8 + t % 2] = 1;
    }
    point[1] = Literal.of(key, 1, 1, 64, 8);
    Sample.assertSame(DeltaRuleTest::definition, chunked(64), point);
  }

  @Test
  void inverseOfAUnitTriangularMatrix() {
    for (int n : new int[] {1, 2, 3, 7, 16, 33}) {
      Literal product =
          Sample.one(
              x -> {
                Tensor lower = Chunks.lower(x.get(0), false);
                Tensor inverse = Tensor.of(Inverses.unitLowerInverse(x.get(0).node()));
                return inverse.add(lower.matmul(inverse));
              },
              Sample.normal(n, 2, n, n));
      for (int i = 0; i < product.count(); i++) {
        double expected = i % (n * n) % (n + 1) == 0 ? 1 : 0;
        assertTrue(Math.abs(product.get(i) - expected) < 1e-6 * Math.pow(2, n), n + ": " + i);
      }
    }
  }

  @Test
  void theStateCarriesASequenceInPieces() {
    Literal[] point = point(2, 2, 11, 4, 3);
    Sample.assertSame(
        DeltaRuleTest::definition,
        x -> {
          Attended first = part(x, 0, 4, x.get(4));
          Attended second = part(x, 4, 11, first.last().weights());
          return List.of(first.y().concat(2, second.y()), second.last().weights());
        },
        point);
  }

  private static Attended part(List<Tensor> x, int from, int to, Tensor memory) {
    List<Tensor> p = x.subList(0, 4).stream().map(s -> s.slice(2, from, to)).toList();
    return DeltaRule.chunked(p.get(0), p.get(1), p.get(2), p.get(3), Optional.of(memory), 3);
  }

  /**
   * Keys come again with new values. Asked for every key at the end, the delta rule gives the last
   * value; the sum rule gives the sum of all.
   */
  @Test
  void theDeltaRuleOverwritesAssociations() {
    int d = 16;
    int rounds = 4;
    int length = d * rounds;
    Random random = new Random(3);
    double[] keys = new double[length * d];
    double[] values = new double[length];
    double[] last = new double[d];
    for (int t = 0; t < length; t++) {
      keys[t * d + t % d] = 1;
      values[t] = random.nextInt(10);
      last[t % d] = values[t];
    }
    Literal k = Literal.of(keys, 1, 1, length, d);
    Literal v = Literal.of(values, 1, 1, length, 1);
    double[] ones = new double[length];
    Arrays.fill(ones, 1);
    Literal beta = Literal.of(ones, 1, 1, length, 1);
    List<Literal> delta =
        Sample.of(
            x ->
                List.of(
                    DeltaRule.chunked(x.get(0), x.get(0), x.get(1), x.get(2), Optional.empty(), 10)
                        .last()
                        .weights(),
                    KernelProducts.causal(
                            x.get(0), x.get(0), x.get(1), Optional.empty(), 10, Optional.empty())
                        .last()
                        .weights()),
            k,
            v,
            beta);
    Sample.close(Literal.of(last, 1, 1, d, 1), delta.get(0), 1e-12);
    int wrong = 0;
    for (int i = 0; i < d; i++) {
      wrong += Math.abs(delta.get(1).get(i) - last[i]) > 0.5 ? 1 : 0;
    }
    assertTrue(wrong > d / 2, "the sum rule mixes up what a key had before");
  }

  @Test
  void shapesThatDoNotFitAreNamed() {
    Tensor q = Tensor.zeros(1, 1, 4, 3);
    NndException e =
        assertThrows(
            NndException.class,
            () ->
                DeltaRule.chunked(
                    q, Tensor.zeros(1, 1, 4, 2), q, Tensor.zeros(1, 1, 4, 1), Optional.empty(), 2));
    assertTrue(e.getMessage().contains("[1, 1, 4, 2]"), e.getMessage());
    NndException memory =
        assertThrows(
            NndException.class,
            () ->
                DeltaRule.chunked(
                    q, q, q, Tensor.zeros(1, 1, 4, 1), Optional.of(Tensor.zeros(1, 1, 2, 2)), 2));
    assertTrue(
        memory.getMessage().contains("= [1, 1, 3, 3], got [1, 1, 2, 2]"), memory.getMessage());
  }
}
