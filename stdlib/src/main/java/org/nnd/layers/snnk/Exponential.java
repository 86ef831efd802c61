package org.nnd.layers.snnk;

import java.util.Optional;
import org.nnd.dsl.Tensor;

/**
 * Positive random features (Choromanski et al. 2021, lemma 1): {@code exp(w.x) = E[L(x) L(w)]} with
 *
 * <pre>
 * L(z) = exp(s g.z - |z|^2 / 2 - M |g|^2) (1 + 4 M)^(d/4) / sqrt(m),   s = sqrt(1 + 4 M)
 * </pre>
 *
 * This is also the softmax kernel. {@code cosh} and {@code sinh} have features of {@code x} and of
 * {@code -x}, {@code 2 m}; {@code RBF} is the Gaussian kernel {@code exp(-|x - w|^2 / 2)}.
 */
public record Exponential(Function function, double renormalisation) implements FeaturePair {
  /** What is estimated, exactly in the mean. */
  public enum Function {
    EXP,
    COSH,
    SINH,
    RBF
  }

  public Exponential {
    Positive.check(renormalisation);
  }

  @Override
  public Features draw(Source source, int in, int m, boolean bias) {
    Tensor g = source.directions("projection_matrix", m, in);
    Positive positive = new Positive(g, renormalisation);
    return new Features() {
      @Override
      public Tensor phi(Tensor x) {
        Tensor h = positive.product(x);
        return twoSided() ? features(h, x).concat(-1, features(h.neg(), x)) : features(h, x);
      }

      @Override
      public Tensor psi(Tensor weight, Optional<Tensor> b) {
        Tensor f = features(positive.product(weight), weight);
        Optional<Tensor> column = b.map(t -> t.unsqueeze(-1));
        Tensor plus = column.map(t -> f.mul(t.exp())).orElse(f);
        if (!twoSided()) {
          return plus;
        }
        Tensor minus = column.map(t -> f.mul(t.neg().exp())).orElse(f);
        double sign = function == Function.SINH ? -0.5 : 0.5;
        return plus.mul(0.5).concat(-1, minus.mul(sign));
      }

      private Tensor features(Tensor h, Tensor z) {
        double share = function == Function.RBF ? 1 : 0.5;
        return positive.scaled(h.sub(Features.squaredLength(z).mul(share))).exp();
      }
    };
  }

  private boolean twoSided() {
    return function == Function.COSH || function == Function.SINH;
  }

  @Override
  public int width(int m) {
    return twoSided() ? 2 * m : m;
  }

  @Override
  public String activation() {
    return Names.of(function);
  }

  @Override
  public String withoutBias() {
    return function == Function.RBF ? "the Gaussian kernel of two points has none" : "";
  }
}
