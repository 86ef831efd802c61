package org.nnd.layers.associative;

import org.nnd.dsl.Check;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.UnaryLayer;
import org.nnd.ir.Comparison;
import org.nnd.ir.DType;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.layers.Expect;

/**
 * A recurrent network of binary neurons with binary connections that Hebbian learning makes into an
 * associative memory of sparse patterns (Coyac, Gripon, Langlais and Berrou 2017): {@code [N, n]}
 * of 0 and 1 to the same.
 *
 * <p>In both modes energy limits the activity: only the {@code active} neurons of the highest score
 * stay, with all that equal the last of them. In training the neurons that the input drives compete
 * by the support they get from each other, {@code 1 + W x}, the winners' pairs are counted, and a
 * connection is there once its pair was met {@code consolidation} times. In inference the activity
 * is completed: {@code steps} times the winners by {@code x + W x} among all neurons. What no
 * inserted neuron survives and every erased one returns from are the cliques of Gripon and Berrou
 * (2011). Buffers: {@code counts [n, n]}, {@code weight [n, n]} (0 or 1, symmetric, zero diagonal).
 */
public record RecurrentHebbian(int active, int consolidation, int steps, Site site)
    implements UnaryLayer {
  public RecurrentHebbian {
    Check.positive("recurrentHebbian", "the number of active neurons", active);
    Check.positive("recurrentHebbian", "the count that consolidates a connection", consolidation);
    Check.positive("recurrentHebbian", "the number of steps", steps);
  }

  /** {@return this with connections of pairs that were met so often} */
  public RecurrentHebbian consolidation(int count) {
    return new RecurrentHebbian(active, count, steps, site);
  }

  /** {@return this with so many steps of recall} */
  public RecurrentHebbian steps(int count) {
    return new RecurrentHebbian(active, consolidation, count, site);
  }

  @Override
  public Tensor lower(Lowering at, Tensor x) {
    Expect.rank(at, "recurrentHebbian", x, 2, "[N, neurons]");
    Expect.floats(at, "recurrentHebbian", x);
    int neurons = Expect.fixed(at, "recurrentHebbian", x, 1, "neurons");
    if (active > neurons) {
      throw at.error("recurrentHebbian: %d neurons shall be active, there are %d", active, neurons);
    }
    Tensor counts = at.buffer("counts", Initializer.zeros(), neurons, neurons);
    Tensor weight = at.buffer("weight", Initializer.zeros(), neurons, neurons);
    if (at.training()) {
      Tensor winners = winners(x.mul(x.matmul(weight).add(1)));
      Tensor pairs = outside(winners.transpose().matmul(winners));
      Tensor met = counts.add(pairs);
      at.update("counts", met);
      at.update("weight", met.ge(consolidation).cast(x.dtype()));
      return winners;
    }
    Tensor activity = x;
    for (int step = 0; step < steps; step++) {
      activity = winners(activity.add(activity.matmul(weight)));
    }
    return activity;
  }

  /** {@return 1 for the neurons whose positive score is among the highest, with ties} */
  private Tensor winners(Tensor score) {
    Tensor last = score.takeAlong(score.topK(active), 1).slice(1, active - 1, active);
    return score.ge(last).and(score.gt(0)).cast(score.dtype());
  }

  /** No neuron is its own neighbour. */
  private static Tensor outside(Tensor square) {
    Node row = Operations.iota(DType.I32, square.shape(), 0);
    Node column = Operations.iota(DType.I32, square.shape(), 1);
    return Tensor.of(Operations.compare(Comparison.NE, row, column)).where(square, 0);
  }

  @Override
  public String toString() {
    return "recurrentHebbian(%d).consolidation(%d).steps(%d)"
        .formatted(active, consolidation, steps);
  }
}
