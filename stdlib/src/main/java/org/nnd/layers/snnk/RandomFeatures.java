package org.nnd.layers.snnk;

import java.util.Arrays;
import java.util.Optional;
import org.nnd.dsl.Check;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.UnaryLayer;
import org.nnd.layers.Expect;

/**
 * The random features {@code Phi(x)} of a kernel or an activation, without weights: {@code [N, …,
 * in]} to {@code [N, …, width]}, where {@code width} is the number of projections or, of maps with
 * two halves, twice that. Buffers: {@code projection_matrix [m, in]} and, of some maps, {@code xis
 * [m]}.
 */
public record RandomFeatures(
    int projections,
    FeaturePair map,
    Projection projection,
    boolean bias,
    Optional<Normalisation> normalisation,
    Site site)
    implements UnaryLayer {
  public RandomFeatures {
    Check.positive("snnk", "the number of random features", projections);
    if (projections < map.fewest()) {
      throw Check.error(
          "snnk: %d random features are too few for a polynomial with %d powers, each of which"
              + " needs one",
          projections, map.fewest());
    }
    if (bias && !map.withoutBias().isEmpty()) {
      throw Check.error("snnk: %s features take no bias: %s", map.activation(), map.withoutBias());
    }
  }

  /** {@return ReLU features with independent directions} */
  static RandomFeatures of(int projections, Site site) {
    Projection plain = new Projection.Drawn(Coupling.INDEPENDENT, Optional.empty());
    return new RandomFeatures(
        projections, new ArcCosine(1, 0), plain, false, Optional.empty(), site);
  }

  /** {@return this with so many projections} */
  public RandomFeatures features(int number) {
    return new RandomFeatures(number, map, projection, bias, normalisation, site);
  }

  /** {@return this with the maps given} */
  public RandomFeatures map(FeaturePair other) {
    return new RandomFeatures(projections, other, projection, bias, normalisation, site);
  }

  /**
   * {@return this for an activation or kernel: {@code relu}, {@code relu_squared}, {@code step},
   * {@code cos}, {@code sin}, {@code gaussian}, {@code sinc}, {@code exp} (the softmax kernel),
   * {@code cosh}, {@code sinh}, {@code rbf} (the Gaussian kernel)}
   */
  public RandomFeatures activation(String name) {
    return map(Names.map("snnk", name));
  }

  /** {@return this with ReLU features not below {@code constant}: negative is leaky} */
  public RandomFeatures constant(double constant) {
    return map(new ArcCosine(1, constant));
  }

  /** {@return this with positive or Fourier features renormalised by {@code M}, 0 unless told} */
  public RandomFeatures renormalise(double value) {
    return map(
        switch (map) {
          case Fourier fourier -> new Fourier(fourier.function(), value);
          case Exponential exponential -> new Exponential(exponential.function(), value);
          case ArcCosine a -> throw notRenormalised();
          case Polynomial p -> throw notRenormalised();
          case SampledExponential s -> throw notRenormalised();
        });
  }

  private RuntimeException notRenormalised() {
    return Check.error(
        "snnk: %s features have no renormalisation M; exp, cosh, sinh, rbf, cos, sin, gaussian and"
            + " sinc have",
        map.activation());
  }

  /** {@return this with orthogonal directions} */
  public RandomFeatures orthogonal() {
    return coupling(Coupling.ORTHOGONAL);
  }

  /** {@return this with directions to the corners of simplices} */
  public RandomFeatures simplex() {
    return coupling(Coupling.SIMPLEX);
  }

  /** {@return this with projections that depend on each other in another way} */
  public RandomFeatures coupling(Coupling coupling) {
    Optional<Long> seed =
        projection instanceof Projection.Drawn drawn ? drawn.seed() : Optional.empty();
    return projection(new Projection.Drawn(coupling, seed));
  }

  /** {@return this with directions of a seed of their own, not the model's} */
  public RandomFeatures seed(long seed) {
    Coupling coupling =
        projection instanceof Projection.Drawn drawn ? drawn.coupling() : Coupling.INDEPENDENT;
    return projection(new Projection.Drawn(coupling, Optional.of(seed)));
  }

  /** {@return this with the directions given, {@code [m, in]}} */
  public RandomFeatures projection(Tensor directions) {
    return projection(new Projection.Given(directions.value()));
  }

  /** {@return this with projections made in another way} */
  public RandomFeatures projection(Projection other) {
    return new RandomFeatures(projections, map, other, bias, normalisation, site);
  }

  /** {@return this for weights with a bias} */
  public RandomFeatures bias(boolean wanted) {
    return new RandomFeatures(projections, map, projection, wanted, normalisation, site);
  }

  /** {@return this with inputs and weights brought to this length first} */
  public RandomFeatures normalise(double length) {
    Check.positive("snnk", "the length to normalise to", length);
    return normalisation(
        new Normalisation(length, normalisation.map(Normalisation::axis).orElse(-1)));
  }

  /** {@return this with inputs normalised along another axis than the last} */
  public RandomFeatures normaliseAxis(int axis) {
    return normalisation(
        new Normalisation(normalisation.map(Normalisation::length).orElse(1.0), axis));
  }

  private RandomFeatures normalisation(Normalisation value) {
    return new RandomFeatures(projections, map, projection, bias, Optional.of(value), site);
  }

  /** {@return the number of features for each input} */
  public int width() {
    return map.width(projections);
  }

  @Override
  public Tensor lower(Lowering at, Tensor x) {
    return draw(at, x).phi(normalised(at, x));
  }

  /** {@return the two maps, with random numbers in buffers of the layer being lowered} */
  Features draw(Lowering at, Tensor x) {
    Expect.floats(at, "snnk", x);
    Expect.rankAtLeast(at, "snnk", x, 2, "[N, …, features]");
    int in = Expect.fixed(at, "snnk", x, -1, "features");
    return map.draw(Source.buffers(at, projection), in, projections, bias);
  }

  Tensor normalised(Lowering at, Tensor x) {
    normalisation.ifPresent(
        n -> {
          if (n.axis() >= x.rank() || n.axis() < -x.rank() || n.axis() % x.rank() == 0) {
            throw at.error(
                "snnk: cannot normalise along axis %d of %s: expected 1 to %d, or -1 for the last",
                n.axis(), x.shape(), x.rank() - 1);
          }
        });
    return normalisation.map(n -> n.ofInput(x)).orElse(x);
  }

  /** {@return weights {@code [out, in]} as {@link Features#psi} takes them} */
  public Tensor normalisedWeight(Tensor weight) {
    return normalisation.map(n -> n.ofWeight(weight)).orElse(weight);
  }

  /** {@return the options as text} */
  String options() {
    StringBuilder text = new StringBuilder();
    switch (map) {
      case ArcCosine a when a.constant() != 0 -> call(text, "constant", a.constant());
      case ArcCosine a when a.order() == 1 -> {}
      case Polynomial p -> call(text, "map", p);
      case SampledExponential s -> call(text, "map", s);
      default -> call(text, "activation", "\"" + map.activation() + "\"");
    }
    double m =
        switch (map) {
          case Fourier f -> f.renormalisation();
          case Exponential e -> e.renormalisation();
          default -> 0;
        };
    if (m != 0) {
      call(text, "renormalise", m);
    }
    if (projection instanceof Projection.Drawn drawn) {
      switch (drawn.coupling()) {
        case INDEPENDENT -> {}
        case ORTHOGONAL -> text.append(".orthogonal()");
        case SIMPLEX -> text.append(".simplex()");
      }
      drawn.seed().ifPresent(seed -> call(text, "seed", seed));
    } else if (projection instanceof Projection.Given given) {
      call(text, "projection", Arrays.toString(given.value().shape()));
    }
    if (bias) {
      call(text, "bias", true);
    }
    normalisation.ifPresent(
        n -> {
          call(text, "normalise", n.length());
          if (n.axis() != -1) {
            call(text, "normaliseAxis", n.axis());
          }
        });
    return text.toString();
  }

  private static void call(StringBuilder text, String name, Object value) {
    text.append('.').append(name).append('(').append(value).append(')');
  }

  @Override
  public String toString() {
    return "randomFeatures(" + projections + ")" + options();
  }
}
