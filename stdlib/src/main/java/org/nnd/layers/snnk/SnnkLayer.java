package org.nnd.layers.snnk;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.nnd.dsl.Check;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.UnaryLayer;
import org.nnd.ir.NndException;

/**
 * A scalable neural network kernel (Sehanobish et al. 2024): {@code Phi(x) Psi(w, b)^T} instead of
 * {@code f(x W^T + b)}; {@code [N, …, in]} to {@code [N, …, out]}. The features of the weights are
 * trained themselves: {@code weights [out, width]}, which start as {@code Psi} of a dense layer's
 * initial weights. A {@code tied} layer trains {@code weight [out, in]} and {@code bias [out]} of
 * the dense layer that it estimates instead. Buffers are those of {@link RandomFeatures}.
 *
 * @param out the number of outputs; 0 for as many as inputs
 */
public record SnnkLayer(int out, RandomFeatures phi, boolean tied, Site site)
    implements UnaryLayer, LinearInFeatures {
  public SnnkLayer {
    Check.notNegative("snnk", "the number of outputs", out);
  }

  private SnnkLayer with(UnaryOperator<RandomFeatures> change) {
    return new SnnkLayer(out, change.apply(phi), tied, site);
  }

  /** {@return this with {@code number} random projections} */
  public SnnkLayer features(int number) {
    return with(p -> p.features(number));
  }

  /** {@return this with other maps} */
  public SnnkLayer map(FeaturePair other) {
    return with(p -> p.map(other));
  }

  /** {@return this for an activation, see {@link RandomFeatures#activation}} */
  public SnnkLayer activation(String name) {
    return with(p -> p.activation(name));
  }

  /** {@return this for {@code c0 + c1 z + c2 z^2 + …}} */
  public SnnkLayer polynomial(double... coefficients) {
    List<Double> list = Arrays.stream(coefficients).boxed().toList();
    return with(p -> p.map(new Polynomial(list)));
  }

  /** {@return this for {@code z^degree}} */
  public SnnkLayer monomial(int degree) {
    Check.positive("snnk", "the degree of a monomial", degree);
    double[] coefficients = new double[degree + 1];
    coefficients[degree] = 1;
    return polynomial(coefficients);
  }

  /** {@return this with ReLU features not below {@code constant}: negative is leaky} */
  public SnnkLayer constant(double constant) {
    return with(p -> p.constant(constant));
  }

  /** {@return this with positive or Fourier features renormalised by {@code M}; 0 unless told} */
  public SnnkLayer renormalise(double value) {
    return with(p -> p.renormalise(value));
  }

  /** {@return this with projections that are orthogonal in groups} */
  public SnnkLayer orthogonal() {
    return with(RandomFeatures::orthogonal);
  }

  /** {@return this with projections that point to the corners of a simplex} */
  public SnnkLayer simplex() {
    return with(RandomFeatures::simplex);
  }

  /** {@return this with projections drawn from a seed of its own} */
  public SnnkLayer seed(long seed) {
    return with(p -> p.seed(seed));
  }

  /** {@return this with these projections, {@code [m, in]}} */
  public SnnkLayer projection(Tensor directions) {
    return with(p -> p.projection(directions));
  }

  /** {@return this with a bias added to the result, or without one} */
  public SnnkLayer bias(boolean wanted) {
    return with(p -> p.bias(wanted));
  }

  /** {@return this with inputs and weights brought to this length first} */
  public SnnkLayer normalise(double length) {
    return with(p -> p.normalise(length));
  }

  /** {@return this with lengths of inputs taken along another axis} */
  public SnnkLayer normaliseAxis(int axis) {
    return with(p -> p.normaliseAxis(axis));
  }

  /** {@return this with the dense layer's own weights as parameters} */
  public SnnkLayer tied(boolean wanted) {
    return new SnnkLayer(out, phi, wanted, site);
  }

  @Override
  public Layer features() {
    if (tied) {
      throw new NndException(
          this + " trains the dense layer's weights, which cannot be solved for; leave tied out");
    }
    return phi;
  }

  @Override
  public String solved() {
    return "weights";
  }

  @Override
  public Tensor lower(Lowering at, Tensor x) {
    Features features = phi.draw(at, x);
    int in = x.size(-1);
    int outputs = out == 0 ? in : out;
    Tensor weights;
    if (tied) {
      Initializer uniform = Initializer.kaimingUniform(Math.sqrt(5));
      Tensor weight = at.parameter("weight", uniform, outputs, in);
      Optional<Tensor> bias =
          phi.bias()
              ? Optional.of(
                  at.parameter("bias", Initializer.kaimingUniform(Math.sqrt(5), in), outputs))
              : Optional.empty();
      weights = features.psi(phi.normalisedWeight(weight), bias);
    } else {
      weights = at.parameter("weights", new Psi(phi, in), outputs, phi.width());
    }
    return features.phi(phi.normalised(at, x)).matmul(weights.transpose());
  }

  @Override
  public String kind() {
    return "snnk";
  }

  @Override
  public String toString() {
    return "snnk(%s).features(%d)".formatted(out == 0 ? "" : out, phi.projections())
        + phi.options()
        + (tied ? ".tied(true)" : "");
  }
}
