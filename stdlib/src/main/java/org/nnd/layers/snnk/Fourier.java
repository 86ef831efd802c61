package org.nnd.layers.snnk;

import java.util.Optional;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Tensor;

/**
 * Universal random features of an activation with a Fourier transform: {@code f(z) = E[cos(xi z +
 * delta)]} over frequencies {@code xi >= 0}. With {@code g} normal, {@code s = sqrt(1 + 4 M)} and
 * {@code h = s sqrt(xi) g.x},
 *
 * <pre>
 * Phi(x)    = exp(xi |x|^2 / 2 - M |g|^2) (1 + 4 M)^(d/4) / sqrt(m) * [cos h, sin h]
 * Psi(w, b) = exp(s sqrt(xi) g.w - xi |w|^2 / 2 - M |g|^2) (1 + 4 M)^(d/4) / sqrt(m)
 *             * [cos(xi b + delta), -sin(xi b + delta)]
 * </pre>
 *
 * the real form of the paper's complex maps (Sehanobish et al. 2024, section 3.1, with {@code a(xi)
 * = i sqrt(xi)}, {@code b(xi) = sqrt(xi)}), {@code 2 m} features. The variance grows with the
 * lengths of input and weights as {@code exp(xi (|x|^2 + |w|^2))}.
 */
public record Fourier(Function function, double renormalisation) implements FeaturePair {
  /** What is estimated, exactly in the mean. */
  public enum Function {
    COS,
    SIN,
    /** {@code exp(-z^2 / 2)}: normal frequencies. */
    GAUSSIAN,
    /** {@code sin(z) / z}: frequencies uniform in [0, 1). */
    SINC
  }

  public Fourier {
    Positive.check(renormalisation);
  }

  @Override
  public Features draw(Source source, int in, int m, boolean bias) {
    Tensor g = source.directions("projection_matrix", m, in);
    Positive positive = new Positive(g, renormalisation);
    Optional<Tensor> xi =
        switch (function) {
          case COS, SIN -> Optional.empty();
          case GAUSSIAN -> Optional.of(source.numbers("xis", Initializer.normal(0, 1), m).abs());
          case SINC -> Optional.of(source.numbers("xis", Initializer.uniform(0, 1), m));
        };
    return new Features() {
      @Override
      public Tensor phi(Tensor x) {
        Tensor half = Features.squaredLength(x).mul(0.5);
        Tensor amplitude = positive.scaled(xi.map(half::mul).orElse(half)).exp();
        Tensor h = product(x);
        return amplitude.mul(h.cos()).concat(-1, amplitude.mul(h.sin()));
      }

      @Override
      public Tensor psi(Tensor weight, Optional<Tensor> b) {
        Tensor half = Features.squaredLength(weight).mul(0.5);
        Tensor exponent = product(weight).sub(xi.map(half::mul).orElse(half));
        Tensor amplitude = positive.scaled(exponent).exp();
        Tensor angle = angle(b.map(t -> t.unsqueeze(-1)).orElse(half.mul(0)));
        return amplitude.mul(angle.cos()).concat(-1, amplitude.mul(angle.sin().neg()));
      }

      private Tensor product(Tensor z) {
        Tensor h = positive.product(z);
        return xi.map(f -> h.mul(f.sqrt())).orElse(h);
      }

      private Tensor angle(Tensor b) {
        Tensor angle = xi.map(b::mul).orElse(b);
        return function == Function.SIN ? angle.sub(Math.PI / 2) : angle;
      }
    };
  }

  @Override
  public int width(int m) {
    return 2 * m;
  }

  @Override
  public String activation() {
    return Names.of(function);
  }
}
