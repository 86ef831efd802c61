package org.nnd.layers.linear;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.nnd.dsl.Check;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Vocabulary;

/**
 * Features from random projections that are drawn once. Variable: the buffer {@code omega [d,
 * projections]} ({@code proj_matrix} for PERFORMER). All heads share it.
 *
 * @param features the number of features, smoothing not counted
 * @param temperature what inner products are multiplied by in the kernel; by default 1 / √d, and 1
 *     for GENERALIZED
 * @param isOrthogonal whether the projections start orthogonal, in groups of d
 * @param isStabilized whether FAVOR divides by the exponential of the largest square norm along the
 *     sequence, which cancels when answers are normalised
 * @param smoothing a constant last feature of FOURIER, if any
 */
@Vocabulary
public record FavorFeatures(
    Kind kind,
    int features,
    Optional<Double> temperature,
    boolean isOrthogonal,
    boolean isStabilized,
    Optional<Double> smoothing)
    implements FeatureMap {

  /** What the projections {@code u} become. */
  public enum Kind {
    /** exp(±u - |x|²/2): the softmax kernel (Choromanski et al. 2021, lemma 1). */
    FAVOR,
    /** cos u, sin u: the Gaussian kernel (Rahimi and Recht 2007). */
    FOURIER,
    /** max(u, 0), the generalised attention of Choromanski et al. 2021. */
    GENERALIZED,
    /** As FAVOR without temperature, and 1e-4 added (Schlag et al. 2021). */
    PERFORMER
  }

  private static final double PERFORMER_EPS = 1e-4;

  public FavorFeatures {
    String name = kind.name().toLowerCase(Locale.ROOT);
    Check.positive(name, "the number of features", features);
    if (kind != Kind.GENERALIZED && features % 2 != 0) {
      throw Check.error("%s: the number of features must be even, got %d", name, features);
    }
    if (smoothing.isPresent() && kind != Kind.FOURIER) {
      throw Check.error("%s: smoothing is for fourier features only", name);
    }
    if (isStabilized && kind != Kind.FAVOR) {
      throw Check.error("%s: stabilize is for favor features only", name);
    }
    temperature.ifPresent(t -> Check.positive(name, "the temperature", t));
  }

  static FavorFeatures of(Kind kind, int features) {
    return new FavorFeatures(
        kind, features, Optional.empty(), kind != Kind.FOURIER, false, Optional.empty());
  }

  /** {@return this for another kernel, exp(value q k) or exp(-value |q - k|²/2)} */
  public FavorFeatures temperature(double value) {
    return new FavorFeatures(
        kind, features, Optional.of(value), isOrthogonal, isStabilized, smoothing);
  }

  /** {@return this with projections that start orthogonal, in groups of d, or independent} */
  public FavorFeatures orthogonal(boolean wanted) {
    return new FavorFeatures(kind, features, temperature, wanted, isStabilized, smoothing);
  }

  /**
   * {@return this where FAVOR divides by the exponential of the largest square norm along the
   * sequence}
   */
  public FavorFeatures stabilize() {
    return new FavorFeatures(kind, features, temperature, isOrthogonal, true, smoothing);
  }

  /** {@return this with a constant last feature of that size} */
  public FavorFeatures smoothing(double value) {
    return new FavorFeatures(
        kind, features, temperature, isOrthogonal, isStabilized, Optional.of(value));
  }

  @Override
  public Tensor apply(Variables at, Tensor x) {
    int width = x.size(-1);
    return switch (kind) {
      case FAVOR -> favor(at, x.mul(root(width)));
      case FOURIER -> fourier(at, x.mul(root(width)));
      case GENERALIZED ->
          x.mul(Math.sqrt(temperature.orElse(1.0)))
              .matmul(projections(at, "omega", width, features))
              .relu();
      case PERFORMER -> performer(at, x);
    };
  }

  private double root(int width) {
    return Math.sqrt(temperature.orElse(1 / Math.sqrt(width)));
  }

  private Tensor favor(Variables at, Tensor x) {
    Tensor u = x.matmul(projections(at, "omega", x.size(-1), features / 2));
    Tensor square = x.square().keepDims(Tensor::sum, -1);
    Tensor offset = square.mul(0.5).add(0.5 * Math.log(features));
    if (isStabilized) {
      offset = offset.add(square.keepDims(Tensor::max, -2));
    }
    return Tensor.concat(-1, List.of(u.sub(offset).exp(), u.neg().sub(offset).exp()));
  }

  private Tensor fourier(Variables at, Tensor x) {
    Tensor u = x.matmul(projections(at, "omega", x.size(-1), features / 2));
    Tensor phi = Tensor.concat(-1, List.of(u.cos(), u.sin())).mul(Math.sqrt(2.0 / features));
    return smoothing.map(s -> phi.pad(-1, 0, 1, s)).orElse(phi);
  }

  private Tensor performer(Variables at, Tensor x) {
    Tensor u = x.matmul(projections(at, "proj_matrix", x.size(-1), features / 2));
    Tensor offset = x.square().keepDims(Tensor::sum, -1).mul(0.5);
    return Tensor.concat(-1, List.of(u.sub(offset).exp(), u.neg().sub(offset).exp()))
        .add(PERFORMER_EPS)
        .mul(1 / Math.sqrt(features));
  }

  private Tensor projections(Variables at, String name, int width, int count) {
    Initializer start = isOrthogonal ? new OrthogonalColumns() : Initializer.normal(0, 1);
    return at.buffer(name, start, width, count);
  }

  @Override
  public String toString() {
    int count = kind == Kind.PERFORMER ? features / 2 : features;
    return kind.name().toLowerCase(Locale.ROOT)
        + "("
        + count
        + ")"
        + temperature.map(t -> ".temperature(" + t + ")").orElse("")
        + (isOrthogonal == (kind != Kind.FOURIER) ? "" : ".orthogonal(" + isOrthogonal + ")")
        + (isStabilized ? ".stabilize()" : "")
        + smoothing.map(s -> ".smoothing(" + s + ")").orElse("");
  }
}
