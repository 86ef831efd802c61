package org.nnd.layers.associative;

import java.util.Optional;
import org.nnd.dsl.Check;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Shape;
import org.nnd.layers.Expect;

/**
 * Joint completion in a monotone deep Boltzmann machine (Feng, Winston and Kolter 2023, section 5):
 * of visible variables {@code [N, V, states]}, one-hot or probabilities, those that {@code mask}
 * (bool {@code [N, V]}) says are known stay; the probabilities of the others follow with those of
 * {@code hidden} further variables, all coupled. Gives the visible variables completed; what the
 * unknown ones were does not matter. Variables: {@code A [V + hidden, rank, states]}, {@code bias
 * [(V + hidden) states]}.
 */
public record BoltzmannCompletion(int hidden, int rank, MeanField inference, Site site)
    implements Layer {
  public BoltzmannCompletion {
    Check.notNegative("boltzmannCompletion", "the number of hidden units", hidden);
    Check.positive("boltzmannCompletion", "the rank", rank);
  }

  /** {@return this with m such that I - Φ ⪰ m I} */
  public BoltzmannCompletion margin(double m) {
    return new BoltzmannCompletion(
        hidden, rank, new MeanField(m, inference.tolerance(), inference.steps()), site);
  }

  /**
   * {@return this iterating until the probabilities change by less than {@code value}; 1e-6 unless
   * told}
   */
  public BoltzmannCompletion tolerance(double value) {
    return new BoltzmannCompletion(
        hidden, rank, new MeanField(inference.margin(), value, inference.steps()), site);
  }

  /** {@return this iterating {@code most} times at most; 500 unless told} */
  public BoltzmannCompletion steps(int most) {
    return new BoltzmannCompletion(
        hidden, rank, new MeanField(inference.margin(), inference.tolerance(), most), site);
  }

  @Override
  public Tensors lower(Lowering at, Tensors inputs) {
    Tensor x = inputs.main().one();
    Expect.rank(at, "boltzmannCompletion", x, 3, "[N, variables, states]");
    Expect.floats(at, "boltzmannCompletion", x);
    int visible = Expect.fixed(at, "boltzmannCompletion", x, 1, "variables");
    int states = Expect.fixed(at, "boltzmannCompletion", x, 2, "states");
    if (states < 2) {
      throw at.error("boltzmannCompletion expects 2 states or more, got %s", x.shape());
    }
    Tensor mask =
        inputs
            .find("mask")
            .orElseThrow(
                () ->
                    at.error(
                        "boltzmannCompletion wants an input 'mask', bool [N, %d], that says which"
                            + " variables are known; got %s",
                        visible, inputs.names()));
    Expect.dtype(at, "boltzmannCompletion: the mask", mask, DType.BOOL);
    if (!mask.shape().equals(x.shape().slice(0, 2))) {
      throw at.error(
          "boltzmannCompletion: the mask %s does not fit the variables %s",
          mask.shape(), x.shape());
    }
    int all = visible + hidden;
    Tensor a = at.parameter("A", Initializer.normal(0, 1 / Math.sqrt(rank)), all, rank, states);
    Tensor bias = at.parameter("bias", Initializer.zeros(), (long) all * states);
    Shape whole = Shape.of(x.dim(0), Dim.of(all), Dim.of(states));
    Tensor fields = bias.reshape(1, all, states).broadcastTo(whole);
    Tensor known = mask.unsqueeze(2).broadcastTo(x.shape());
    Tensor which =
        known.where(Tensor.full(x.dtype(), x.shape(), 1), 0).pad(1, 0, hidden, 0).gt(0.5);
    Tensor values = x.pad(1, 0, hidden, 0);
    Optional<MeanField.Known> given = Optional.of(new MeanField.Known(which, values));
    Tensor q = inference.solve(inference.couplings(a), fields, MeanField.uniform(fields), given);
    return Tensors.of(q.slice(1, 0, visible)).with(inputs.masks());
  }

  @Override
  public String toString() {
    return "boltzmannCompletion(%d, %d)".formatted(hidden, rank) + inference.options();
  }
}
