package org.nnd.layers.associative;

import org.nnd.dsl.Check;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Vocabulary;

/**
 * The function F of the energy {@code -Σ F(ξ·σ)} of a dense associative memory: the steeper, the
 * more patterns fit. F is given up to a constant factor, so that no value overflows.
 */
@Vocabulary
public sealed interface Interaction {
  /**
   * {@return F(overlap)}
   *
   * @param overlap whole numbers
   * @param largest what no absolute overlap exceeds
   */
  Tensor of(Tensor overlap, double largest);

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

    /** (x / largest)^n as a product, which takes negative x. */
    @Override
    public Tensor of(Tensor overlap, double largest) {
      Tensor x = overlap.div(largest);
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

  /**
   * Divided by e^largest where that is safe; patterns whose overlap is 80 below the largest
   * possible count as none in f32.
   */
  record Exponential() implements Interaction {
    @Override
    public Tensor of(Tensor overlap, double largest) {
      return overlap.sub(largest).exp();
    }

    @Override
    public String toString() {
      return "exponential()";
    }
  }
}
