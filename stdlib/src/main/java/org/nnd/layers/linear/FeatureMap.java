package org.nnd.layers.linear;

import java.util.ArrayList;
import java.util.List;
import org.nnd.dsl.Check;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Vocabulary;

/**
 * A function {@code phi} of queries and keys, {@code [..., d]} to {@code [..., features]}, whose
 * inner products {@code phi(q) phi(k)} stand for the kernel of an attention.
 */
@Vocabulary
public sealed interface FeatureMap
    permits FeatureMap.Elu,
        FeatureMap.Relu,
        FeatureMap.Dpfp,
        FavorFeatures,
        FeedforwardFeatures,
        MixtureFeatures,
        FastFoodFeatures {

  /** {@return the features {@code [..., F]} of queries or keys {@code [..., d]}} */
  Tensor apply(Variables at, Tensor x);

  /** {@return {@code elu(x) + 1} (Katharopoulos et al. 2020, eq. 7)} */
  static FeatureMap elu() {
    return new Elu();
  }

  /** {@return {@code max(x, 0)}} */
  static FeatureMap relu() {
    return new Relu();
  }

  /** {@return the deterministic parameter-free projection with {@code 2 d nu} features} */
  static FeatureMap dpfp(int nu) {
    return new Dpfp(nu);
  }

  /** {@return positive orthogonal random features of the softmax kernel (FAVOR+)} */
  static FavorFeatures favor(int features) {
    return FavorFeatures.of(FavorFeatures.Kind.FAVOR, features);
  }

  /** {@return random Fourier features of the Gaussian kernel} */
  static FavorFeatures fourier(int features) {
    return FavorFeatures.of(FavorFeatures.Kind.FOURIER, features);
  }

  /** {@return positive random features as the fast-weight Performer has them, twice as many} */
  static FavorFeatures performer(int projections) {
    return FavorFeatures.of(FavorFeatures.Kind.PERFORMER, 2 * projections);
  }

  /** {@return {@code softplus} of a trained feed-forward network, shared by queries and keys} */
  static FeedforwardFeatures feedforward(int features) {
    return FeedforwardFeatures.of(features);
  }

  /** {@return Fourier features of a trained mixture of Gaussians} */
  static MixtureFeatures mixture(int components, int samples) {
    return MixtureFeatures.of(components, samples);
  }

  /** {@return Fourier features of a trained FastFood projection} */
  static FastFoodFeatures fastFood(int blocks) {
    return FastFoodFeatures.of(blocks);
  }

  /** {@code elu(x) + 1}: {@code x + 1} above zero, {@code exp(x)} below. */
  record Elu() implements FeatureMap {
    @Override
    public Tensor apply(Variables at, Tensor x) {
      // Not elu and then + 1, which loses what is small.
      return x.gt(0).where(x.add(1), x.minimum(0).exp());
    }

    @Override
    public String toString() {
      return "elu()";
    }
  }

  /** {@code max(x, 0)}. */
  record Relu() implements FeatureMap {
    @Override
    public Tensor apply(Variables at, Tensor x) {
      return x.relu();
    }

    @Override
    public String toString() {
      return "relu()";
    }
  }

  /**
   * Products of neighbours at distance 1 to nu in the ring of {@code relu(x), relu(-x)} (Schlag,
   * Irie and Schmidhuber 2021, eq. 37).
   */
  record Dpfp(int nu) implements FeatureMap {
    public Dpfp {
      Check.positive("dpfp", "nu", nu);
    }

    @Override
    public Tensor apply(Variables at, Tensor x) {
      Tensor both = x.relu().concat(-1, x.neg().relu());
      int width = both.size(-1);
      List<Tensor> products = new ArrayList<>();
      for (int i = 1; i <= nu; i++) {
        int shift = i % width;
        Tensor rolled =
            shift == 0
                ? both
                : both.slice(-1, (long) width - shift, width)
                    .concat(-1, both.slice(-1, 0, (long) width - shift));
        products.add(both.mul(rolled));
      }
      return Tensor.concat(-1, products);
    }

    @Override
    public String toString() {
      return "dpfp(" + nu + ")";
    }
  }
}
