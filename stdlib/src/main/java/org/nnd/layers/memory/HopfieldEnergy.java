package org.nnd.layers.memory;

import java.util.ArrayList;
import java.util.List;
import org.nnd.dsl.Check;
import org.nnd.dsl.Tensor;
import org.nnd.ir.NndException;
import org.nnd.ir.composite.Probabilities;

/** The dynamics of a modern Hopfield network without layers around it (Ramsauer et al. 2021). */
final class HopfieldEnergy {
  private HopfieldEnergy() {}

  /**
   * {@return E = -lse(β, X ξ) + ½ ξᵀξ + ln(S) / β + ½ M² for each state ξ, with lse(β, z) = ln(Σ
   * exp(β z)) / β and M the largest norm of a stored pattern (eq. 2); {@code [..., L]}} It is not
   * negative, and no update raises it.
   */
  static Tensor energy(Tensor stored, Tensor state, double beta) {
    check(stored, state, beta);
    int last = state.rank() - 1;
    Tensor scores = state.matmul(stored.transpose()).mul(beta);
    Tensor lse = Tensor.of(Probabilities.logSumExp(scores.node(), List.of(last))).div(beta);
    Tensor norms = stored.square().sum(-1);
    Tensor largest = norms.keepDims(Tensor::max, -1);
    double count = Math.log(stored.size(-2)) / beta;
    return state.square().sum(-1).mul(0.5).sub(lse).add(largest.mul(0.5)).add(count);
  }

  /** {@return the state after 0, 1, …, {@code steps} updates ξ ← softmax(β ξ Xᵀ) X} */
  static List<Tensor> trajectory(Tensor stored, Tensor state, double beta, int steps) {
    check(stored, state, beta);
    Check.notNegative("hopfieldTrajectory", "the number of steps", steps);
    List<Tensor> states = new ArrayList<>(List.of(state));
    for (int i = 0; i < steps; i++) {
      Tensor now = states.get(i);
      states.add(now.mul(beta).matmul(stored.transpose()).softmax(-1).matmul(stored));
    }
    return List.copyOf(states);
  }

  private static void check(Tensor stored, Tensor state, double beta) {
    Check.positive("hopfield", "beta", beta);
    boolean fits =
        stored.rank() >= 2
            && stored.rank() == state.rank()
            && stored.dim(-1).equals(state.dim(-1))
            && stored.dim(-2).isFixed();
    if (!fits) {
      throw new NndException(
          "stored patterns are [..., S, D] and states [..., L, D], got %s and %s"
              .formatted(stored.shape(), state.shape()));
    }
  }
}
