package org.nnd.layers.linear;

import java.util.List;
import org.nnd.dsl.Check;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Vocabulary;
import org.nnd.ir.Shape;

/**
 * Features of a kernel whose spectral distribution is a trained mixture of C Gaussians (Chowdhury,
 * Solomou, Dubey and Sachan 2021, "On Learning the Transformer Kernel", GMM-RKS and GMM-PRF).
 * Frequencies are {@code mean + scale ⊙ noise}, with noise drawn once, so that the distribution's
 * parameters have gradients. Inputs are multiplied by d^(-1/4) first.
 *
 * <p>Variables: {@code mean [C, d]}, {@code scale [C, d]} (standard deviations), {@code weight [C]}
 * (logits of the components), and the buffer {@code noise [C, samples, d]}.
 *
 * @param isPositive whether features are exp(w x - |x|²), which are positive, instead of cos(w x),
 *     sin(w x)
 */
@Vocabulary
public record MixtureFeatures(int components, int samples, boolean isPositive)
    implements FeatureMap {
  public MixtureFeatures {
    Check.positive("mixture", "the number of components", components);
    Check.positive("mixture", "the number of samples", samples);
  }

  static MixtureFeatures of(int components, int samples) {
    return new MixtureFeatures(components, samples, false);
  }

  /**
   * {@return this with the positive features {@code exp(w x - |x|²)} in place of sine and cosine}
   */
  public MixtureFeatures positive() {
    return new MixtureFeatures(components, samples, true);
  }

  /** The mixture's variables. */
  private record Spectrum(Tensor mean, Tensor scale, Tensor shares) {}

  private Spectrum spectrum(Variables at, int width) {
    return new Spectrum(
        at.parameter("mean", Initializer.normal(0, 0.1), components, width),
        at.parameter("scale", Initializer.ones(), components, width),
        at.parameter("weight", Initializer.zeros(), components).softmax(0));
  }

  /** {@return {@code [..., d]} to C · samples features, twice as many if they are not positive} */
  @Override
  public Tensor apply(Variables at, Tensor x) {
    int width = x.size(-1);
    Tensor noise = at.buffer("noise", Initializer.normal(0, 1), components, samples, width);
    Spectrum spectrum = spectrum(at, width);
    Tensor frequencies = noise.mul(spectrum.scale().unsqueeze(1)).add(spectrum.mean().unsqueeze(1));
    Tensor scaled = scaled(x);
    Tensor u = scaled.matmul(frequencies.reshape((long) components * samples, width).transpose());
    Tensor amplitude =
        spectrum
            .shares()
            .unsqueeze(1)
            .div(samples)
            .sqrt()
            .broadcastTo(Shape.of(components, samples))
            .reshape((long) components * samples);
    if (isPositive) {
      return u.sub(scaled.square().keepDims(Tensor::sum, -1)).exp().mul(amplitude);
    }
    return Tensor.concat(-1, List.of(u.cos().mul(amplitude), u.sin().mul(amplitude)));
  }

  /**
   * {@return what the inner products of the features tend to with more samples: {@code [..., L, S]}
   * for {@code q [..., L, d]} and {@code k [..., S, d]}}
   */
  public Tensor kernel(Variables at, Tensor q, Tensor k) {
    Spectrum spectrum = spectrum(at, q.size(-1));
    Tensor a = scaled(q);
    Tensor b = scaled(k);
    Tensor sum = null;
    for (int c = 0; c < components; c++) {
      Tensor term =
          component(a, b, spectrum.mean().select(0, c), spectrum.scale().select(0, c))
              .mul(spectrum.shares().select(0, c));
      sum = sum == null ? term : sum.add(term);
    }
    return sum;
  }

  /**
   * With w ~ N(m, S): E cos w(a - b) = exp(-|a - b|²_S / 2) cos m(a - b), and E exp(w(a + b)) =
   * exp(m(a + b) + |a + b|²_S / 2).
   */
  private Tensor component(Tensor a, Tensor b, Tensor mean, Tensor scale) {
    Tensor aMean = a.mul(mean).keepDims(Tensor::sum, -1);
    Tensor bMean = b.mul(mean).keepDims(Tensor::sum, -1).transpose();
    Tensor aScaled = a.mul(scale);
    Tensor bScaled = b.mul(scale);
    Tensor product = aScaled.matmul(bScaled.transpose());
    Tensor aSquare = aScaled.square().keepDims(Tensor::sum, -1);
    Tensor bSquare = bScaled.square().keepDims(Tensor::sum, -1).transpose();
    if (!isPositive) {
      return product.sub(aSquare.add(bSquare).mul(0.5)).exp().mul(aMean.sub(bMean).cos());
    }
    Tensor aNorm = a.square().keepDims(Tensor::sum, -1);
    Tensor bNorm = b.square().keepDims(Tensor::sum, -1).transpose();
    return product
        .add(aSquare.add(bSquare).mul(0.5))
        .add(aMean.add(bMean))
        .sub(aNorm.add(bNorm))
        .exp();
  }

  private static Tensor scaled(Tensor x) {
    return x.mul(Math.pow(x.size(-1), -0.25));
  }

  @Override
  public String toString() {
    return "mixture(" + components + ", " + samples + ")" + (isPositive ? ".positive()" : "");
  }
}
