package org.nnd.layers.snnk;

import java.util.Arrays;
import org.nnd.dsl.Check;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.RandomStream;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.UnaryLayer;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;
import org.nnd.ir.Operations;
import org.nnd.layers.Expect;

/**
 * Universal graph random features (Reid et al. 2024, "General graph random features"): a signal
 * {@code [N, nodes, channels]} on a graph times an estimate of the kernel {@code K = sum_st f_s f_t
 * W^(s + t)}, for symmetric {@code W}. {@code K} is about {@code phi_1 phi_2^T} with sparse
 * features {@code phi[i, v] = sum_t f_t load_t(i, v)} that random walks have drawn; the cost is
 * that of their visits, not {@code nodes^2}. Trained is the modulation {@code f}, {@code modulation
 * [length + 1]}; the walks are drawn from the layer's seed when the layer meets its input and stay.
 *
 * @param walks from every node
 * @param length the most steps of a walk
 * @param halt the probability with which a walk ends at each step
 * @param ensembles 2: independent walks for both factors, an unbiased estimate; 1: the same, a
 *     positive semi-definite one whose diagonal is too large
 */
public record GraphFeatures(
    CsrGraph graph,
    int walks,
    int length,
    double halt,
    int ensembles,
    Literal initial,
    long seed,
    Site site)
    implements UnaryLayer {
  public GraphFeatures {
    Check.positive("graphFeatures", "the number of walks", walks);
    Check.notNegative("graphFeatures", "the length of walks", length);
    Check.fraction("graphFeatures", "halt, the probability to end a walk,", halt);
    if (ensembles != 1 && ensembles != 2) {
      throw Check.error("graphFeatures: ensembles must be 1 or 2, got %d", ensembles);
    }
    if (initial.count() != length + 1) {
      throw Check.error(
          "graphFeatures: walks of up to %d steps need %d initial values of the modulation, got %d",
          length, length + 1, initial.count());
    }
  }

  static GraphFeatures of(CsrGraph graph, Site site) {
    return new GraphFeatures(graph, 16, 4, 0.1, 2, diffusion(1, 4), 0, site);
  }

  /** The modulation of {@code exp(beta W)}: its convolution with itself is {@code beta^k / k!}. */
  private static Literal diffusion(double beta, int length) {
    double[] f = new double[length + 1];
    f[0] = 1;
    for (int k = 1; k <= length; k++) {
      f[k] = f[k - 1] * beta / 2 / k;
    }
    return Literal.of(f, length + 1);
  }

  /** {@return this with so many walks from every node; 16 unless told} */
  public GraphFeatures walks(int count) {
    return new GraphFeatures(graph, count, length, halt, ensembles, initial, seed, site);
  }

  /** {@return this with a modulation that starts as that of {@code exp(beta W)}, truncated} */
  public GraphFeatures diffusion(double beta) {
    return new GraphFeatures(
        graph, walks, length, halt, ensembles, diffusion(beta, length), seed, site);
  }

  /** {@return this with walks of up to {@code steps} steps and the modulation of {@code exp(W)}} */
  public GraphFeatures length(int steps) {
    Check.notNegative("graphFeatures", "the length of walks", steps);
    return new GraphFeatures(graph, walks, steps, halt, ensembles, diffusion(1, steps), seed, site);
  }

  /** {@return this with a modulation that starts with these values, by length} */
  public GraphFeatures modulation(double... values) {
    return new GraphFeatures(
        graph,
        walks,
        Math.max(0, values.length - 1),
        halt,
        ensembles,
        Literal.of(values.clone(), values.length),
        seed,
        site);
  }

  /** {@return this with walks that end at each step with this probability; 0.1 unless told} */
  public GraphFeatures halt(double probability) {
    return new GraphFeatures(graph, walks, length, probability, ensembles, initial, seed, site);
  }

  /** {@return this with so many independent sets of walks; 2 unless told} */
  public GraphFeatures ensembles(int count) {
    return new GraphFeatures(graph, walks, length, halt, count, initial, seed, site);
  }

  /** {@return this with walks drawn from another seed; 0 unless told} */
  public GraphFeatures seed(long value) {
    return new GraphFeatures(graph, walks, length, halt, ensembles, initial, value, site);
  }

  @Override
  public Tensor lower(Lowering at, Tensor x) {
    Expect.floats(at, "graphFeatures", x);
    Expect.rank(at, "graphFeatures", x, 3, "[N, nodes, channels]");
    int nodes = Expect.fixed(at, "graphFeatures", x, 1, "nodes");
    if (nodes != graph.nodes()) {
      throw at.error(
          "graphFeatures: the graph has %d nodes, the input %s has %d on axis 1",
          graph.nodes(), x.shape(), nodes);
    }
    Tensor f = at.parameter("modulation", Initializer.literal(initial), length + 1);
    Sparse right = sparse(x.dtype(), f, ensembles - 1);
    Sparse left = ensembles == 1 ? right : sparse(x.dtype(), f, 0);
    return left.times(right.transposed().times(x));
  }

  private Sparse sparse(DType dtype, Tensor f, int ensemble) {
    RandomStream random = new RandomStream(seed, "walks." + ensemble);
    Walks visits = Walks.of(graph, walks, length, halt, random);
    int count = visits.load().length;
    Tensor load = constant(Literal.ofDoubles(dtype, visits.load(), count));
    Tensor values = load.mul(f.gather(constant(Literal.of(visits.length(), count)), 0));
    return new Sparse(
        constant(Literal.of(visits.from(), count)),
        constant(Literal.of(visits.to(), count)),
        values);
  }

  private static Tensor constant(Literal value) {
    return Tensor.of(Operations.constant(value));
  }

  /** A square matrix by its entries. */
  private record Sparse(Tensor row, Tensor column, Tensor values) {
    Sparse transposed() {
      return new Sparse(column, row, values);
    }

    /** {@return this times every {@code x[n]}, {@code [N, nodes, channels]}} */
    Tensor times(Tensor x) {
      Tensor terms = x.gather(column, 1).mul(values.unsqueeze(-1));
      Tensor zero = Tensor.full(x.dtype(), x.shape(), 0);
      return Tensor.of(Operations.scatterAdd(zero.node(), row.node(), terms.node(), 1));
    }
  }

  @Override
  public String toString() {
    return "graphFeatures(%s).walks(%d).modulation(%s).halt(%s).ensembles(%d).seed(%d)"
        .formatted(graph, walks, Arrays.toString(initial.toDoubles()), halt, ensembles, seed);
  }
}
