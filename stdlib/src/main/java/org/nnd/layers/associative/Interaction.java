package org.nnd.layers.associative;

import org.nnd.dsl.Check;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Vocabulary;

/**
 * The function F of the energy {@code -Σ F(ξ·σ)} of a dense associative memory: the steeper, the
 * more patterns fit. F is taken up to a constant factor for each example, which changes no decision
 * and keeps it from overflowing.
 */
@Vocabulary
public sealed interface Interaction {
  /**
   * {@return F(x) over a factor}
   *
   * @param scale {@code [N, 1]}, that of the examples, see {@link #scale}
   */
  Tensor of(Tensor x, Tensor scale);

  /**
   * {@return a number for each example by which F stays finite wherever it is asked for}
   *
   * @param overlap {@code [N, patterns]}; F is asked for at most 2 away
   */
  Tensor scale(Tensor overlap);

  /** {@return x^n: of 2 it is the classical Hopfield network} */
  static Interaction power(int n) {
    return new Power(n, false);
  }

  /** {@return x^n for positive x, else 0} */
  static Interaction rectified(int n) {
    return new Power(n, true);
  }

  /** {@return e^x (Demircigil et al. 2017)} */
  static Interaction exponential() {
    return new Exponential();
  }

  record Power(int n, boolean isRectified) implements Interaction {
    public Power {
      Check.positive("interaction", "the order", n);
    }

    @Override
    public Tensor scale(Tensor overlap) {
      return overlap.abs().keepDims(Tensor::max, 1).add(2);
    }

    /** (x / scale)^n as a product, which takes negative x. */
    @Override
    public Tensor of(Tensor overlap, Tensor scale) {
      Tensor x = overlap.div(scale);
      Tensor base = isRectified ? x.relu() : x;
      Tensor square = base;
      Tensor result = n % 2 == 1 ? base : Tensor.full(x.dtype(), x.shape(), 1);
      for (int left = n / 2; left > 0; left /= 2) {
        square = square.square();
        result = left % 2 == 1 ? result.mul(square) : result;
      }
      return result;
    }

    @Override
    public String toString() {
      return (isRectified ? "rectified(" : "power(") + n + ")";
    }
  }

  /** The nearest pattern has a value of 1 to e^-2; what is far behind it vanishes. */
  record Exponential() implements Interaction {
    @Override
    public Tensor scale(Tensor overlap) {
      return overlap.keepDims(Tensor::max, 1).add(2);
    }

    @Override
    public Tensor of(Tensor x, Tensor scale) {
      return x.sub(scale).exp();
    }

    @Override
    public String toString() {
      return "exponential()";
    }
  }
}
