package org.nnd.layers.snnk;

import java.util.Optional;
import org.nnd.dsl.Check;
import org.nnd.dsl.Tensor;

/**
 * {@code max(G z, constant)^order / sqrt(m)} of input and weights alike, {@code m} features; order
 * 1 is the ReLU-SNNK, order 0 the step function, which has no gradient. With {@code constant} 0 the
 * estimate is of half the arc-cosine kernel (Cho and Saul 2009, section 2), {@code |x|^n |w|^n
 * J_n(theta) / (2 pi)}, not of the ReLU of the product; a negative constant lets some of the
 * negative products through.
 */
public record ArcCosine(int order, double constant) implements FeaturePair {
  public ArcCosine {
    if (order < 0 || order > 2) {
      throw Check.error("snnk: the order of arc-cosine features must be 0, 1 or 2, got %d", order);
    }
    if (!Double.isFinite(constant) || constant != 0 && order != 1) {
      throw Check.error(
          "snnk: a constant other than 0 belongs to ReLU features (order 1), got %s at order %d",
          constant, order);
    }
  }

  @Override
  public Features draw(Source source, int in, int m, boolean bias) {
    Tensor g = source.directions("projection_matrix", m, Augmented.width(in, bias));
    Augmented product = new Augmented(g, in);
    return new Features() {
      @Override
      public Tensor phi(Tensor x) {
        return features(product.ofInput(x), m);
      }

      @Override
      public Tensor psi(Tensor weight, Optional<Tensor> b) {
        return features(product.ofWeight(weight, b), m);
      }
    };
  }

  private Tensor features(Tensor h, int m) {
    Tensor f =
        switch (order) {
          case 0 -> h.gt(0).cast(h.dtype());
          case 1 -> h.maximum(constant);
          default -> h.maximum(0).square();
        };
    return f.mul(1 / Math.sqrt(m));
  }

  @Override
  public int width(int m) {
    return m;
  }

  @Override
  public String activation() {
    return switch (order) {
      case 0 -> "step";
      case 1 -> "relu";
      default -> "relu_squared";
    };
  }
}
