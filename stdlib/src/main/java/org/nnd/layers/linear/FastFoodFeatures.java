package org.nnd.layers.linear;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.nnd.dsl.Check;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Vocabulary;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Literal;
import org.nnd.ir.Operations;

/**
 * Fourier features by {@code V x = S H G P H B x / (|G| √n)} (Le, Sarlós and Smola 2013,
 * "Fastfood"; trained as in Chowdhury et al. 2021): H the Hadamard transform of the next power of
 * two n ≥ d, in n log n steps; P a fixed permutation; the diagonals S, G and B are trained, each
 * {@code [blocks, n]}. They start as random signs (B), normal (G), and about chi-distributed
 * lengths (S), for the Gaussian kernel of temperature 1 / √d.
 *
 * @param blocks how many such products there are, of 2 n features each
 */
@Vocabulary
public record FastFoodFeatures(int blocks) implements FeatureMap {
  public FastFoodFeatures {
    Check.positive("fastFood", "the number of blocks", blocks);
  }

  static FastFoodFeatures of(int blocks) {
    return new FastFoodFeatures(blocks);
  }

  @Override
  public Tensor apply(Variables at, Tensor x) {
    int width = x.size(-1);
    int n = Math.max(2, Integer.highestOneBit(Math.max(1, width - 1)) * 2);
    Tensor signs = at.parameter("B", Initializer.literal(signs(n)), blocks, n);
    Tensor gauss = at.parameter("G", Initializer.normal(0, 1), blocks, n);
    // The mean and deviation of the chi distribution with n degrees of freedom, nearly.
    Initializer chi = Initializer.normal(Math.sqrt(n - 0.5), Math.sqrt(0.5));
    Tensor lengths = at.parameter("S", chi, blocks, n);
    Tensor scaled = x.mul(Math.pow(width, -0.25)).pad(-1, 0, (long) n - width, 0);
    List<Tensor> features = new ArrayList<>();
    for (int b = 0; b < blocks; b++) {
      Tensor g = gauss.select(0, b);
      Tensor hadamard = hadamard(scaled.mul(signs.select(0, b)));
      Tensor mixed = hadamard(hadamard.gather(permutation(n, b), -1).mul(g));
      Tensor norm = g.square().sum().mul(n).rsqrt();
      Tensor u = mixed.mul(lengths.select(0, b).mul(norm));
      features.add(u.cos());
      features.add(u.sin());
    }
    return Tensor.concat(-1, features).mul(1 / Math.sqrt((double) blocks * n));
  }

  /** {@return H x over the last axis, of a power of two: sums and differences of its halves} */
  private static Tensor hadamard(Tensor x) {
    int n = x.size(-1);
    Tensor y = x;
    for (int s = 1; s < n; s *= 2) {
      List<Dim> dims = new ArrayList<>(x.shape().dims().subList(0, x.rank() - 1));
      dims.addAll(List.of(Dim.of(n / (2 * s)), Dim.of(2), Dim.of(s)));
      Tensor pairs = y.reshape(dims.toArray(Dim[]::new));
      Tensor even = pairs.slice(-2, 0, 1);
      Tensor odd = pairs.slice(-2, 1, 2);
      y = even.add(odd).concat(-2, even.sub(odd)).reshape(x.shape());
    }
    return y;
  }

  private Literal signs(int n) {
    Random random = new Random(n);
    double[] values = IntStream.range(0, blocks * n).mapToDouble(i -> sign(random)).toArray();
    return Literal.ofDoubles(DType.F32, values, blocks, n);
  }

  private static double sign(Random random) {
    return random.nextBoolean() ? 1 : -1;
  }

  private static Tensor permutation(int n, int block) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, n).boxed().toList());
    Collections.shuffle(order, new Random(block));
    Literal places = Literal.of(order.stream().mapToInt(i -> i).toArray(), n);
    return Tensor.of(Operations.constant(places));
  }

  @Override
  public String toString() {
    return "fastFood(" + blocks + ")";
  }
}
