package org.nnd.layers.associative;

import java.util.Optional;
import org.nnd.dsl.Check;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.UnaryLayer;
import org.nnd.ir.Dim;
import org.nnd.ir.Shape;
import org.nnd.layers.Expect;

/**
 * A monotone deep Boltzmann machine as a layer (Feng, Winston and Kolter 2023): {@code [N, in]} to
 * the mean-field probabilities {@code [N, units, states]} of categorical variables that are all
 * coupled, {@code q = softmax(Φ q + weight x + bias)}; see {@link MeanField} for Φ. The gradient is
 * implicit, nothing of the iteration is kept. Variables: {@code A [units, rank, states]}, {@code
 * weight [units states, in]}, {@code bias [units states]}.
 *
 * @param rank of the couplings
 */
public record MonotoneBoltzmann(int units, int states, int rank, MeanField inference, Site site)
    implements UnaryLayer {
  public MonotoneBoltzmann {
    Check.positive("monotoneBoltzmann", "the number of units", units);
    if (states < 2) {
      throw Check.error(
          "monotoneBoltzmann: the number of states must be at least 2, got %d", states);
    }
    Check.positive("monotoneBoltzmann", "the rank", rank);
  }

  /** {@return this with m such that I - Φ ⪰ m I: at 1 no couplings are left} */
  public MonotoneBoltzmann margin(double m) {
    MeanField changed = new MeanField(m, inference.tolerance(), inference.steps());
    return new MonotoneBoltzmann(units, states, rank, changed, site);
  }

  /** {@return this with couplings of another rank} */
  public MonotoneBoltzmann rank(int value) {
    return new MonotoneBoltzmann(units, states, value, inference, site);
  }

  /** {@return this with another relative change at which the iteration ends} */
  public MonotoneBoltzmann tolerance(double value) {
    MeanField changed = new MeanField(inference.margin(), value, inference.steps());
    return new MonotoneBoltzmann(units, states, rank, changed, site);
  }

  /** {@return this with at most so many steps of the iteration} */
  public MonotoneBoltzmann steps(int most) {
    MeanField changed = new MeanField(inference.margin(), inference.tolerance(), most);
    return new MonotoneBoltzmann(units, states, rank, changed, site);
  }

  @Override
  public Tensor lower(Lowering at, Tensor x) {
    Expect.rank(at, "monotoneBoltzmann", x, 2, "[N, features]");
    Expect.floats(at, "monotoneBoltzmann", x);
    int in = Expect.fixed(at, "monotoneBoltzmann", x, 1, "features");
    long out = (long) units * states;
    Tensor a = at.parameter("A", Initializer.normal(0, 1 / Math.sqrt(rank)), units, rank, states);
    Tensor weight = at.parameter("weight", Initializer.kaimingUniform(Math.sqrt(5)), out, in);
    Tensor bias = at.parameter("bias", Initializer.zeros(), out);
    Tensor field = x.matmul(weight.transpose()).add(bias);
    Tensor split = field.reshape(Shape.of(x.dim(0), Dim.of(units), Dim.of(states)));
    return inference.solve(
        inference.couplings(a), split, MeanField.uniform(split), Optional.empty());
  }

  @Override
  public String toString() {
    return "monotoneBoltzmann(%d, %d)".formatted(units, states)
        + (rank == units * states ? "" : ".rank(" + rank + ")")
        + inference.options();
  }
}
