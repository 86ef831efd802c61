package org.nnd.layers.snnk;

import java.util.Optional;
import org.nnd.dsl.Check;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.RandomStream;
import org.nnd.dsl.Tensor;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;

/**
 * The features of the paper's fine-tuning experiments, of input and weights alike, {@code m} of
 * them: {@code A(xi) / sqrt(m) exp(a(xi) G z - correction a(xi)^2 |z|^2)} with real functions
 * {@code A} and {@code a} and frequencies {@code xi = ±1 / (2 pi)}. The correction of positive
 * features is 1/2, and so it is for weights; the official code takes 1 for inputs of rank 3.
 */
public record SampledExponential(Coefficient amplitude, Coefficient rate, double correction)
    implements FeaturePair {

  /** A function of the frequency. */
  public enum Coefficient {
    SIN,
    COS;

    Tensor of(Tensor xi) {
      return this == SIN ? xi.sin() : xi.cos();
    }
  }

  /** {@code ±1 / (2 pi)}, either with the same probability. */
  private record Frequencies() implements Initializer.Computed {
    @Override
    public Literal sample(long seed, String path, int[] shape) {
      RandomStream random = new RandomStream(seed, path);
      double[] values = new double[shape[0]];
      for (int i = 0; i < values.length; i++) {
        values[i] = (random.uniform() > 0.5 ? 1 : -1) / (2 * Math.PI);
      }
      return Literal.ofDoubles(DType.F64, values, shape);
    }
  }

  public SampledExponential {
    Check.positive("snnk", "the correction", correction);
  }

  @Override
  public Features draw(Source source, int in, int m, boolean bias) {
    Tensor g = source.directions("projection_matrix", m, in);
    Tensor xi = source.numbers("xis", new Frequencies(), m);
    Tensor a = rate.of(xi);
    Tensor scale = amplitude.of(xi).mul(1 / Math.sqrt(m));
    return new Features() {
      @Override
      public Tensor phi(Tensor x) {
        return features(x, correction);
      }

      @Override
      public Tensor psi(Tensor weight, Optional<Tensor> b) {
        return features(weight, 0.5);
      }

      private Tensor features(Tensor z, double share) {
        Tensor length = Features.squaredLength(z).mul(a.square()).mul(share);
        return z.matmul(g.transpose()).mul(a).sub(length).exp().mul(scale);
      }
    };
  }

  @Override
  public int width(int m) {
    return m;
  }

  @Override
  public String activation() {
    return "exponential";
  }

  @Override
  public String withoutBias() {
    return "these features know none";
  }
}
