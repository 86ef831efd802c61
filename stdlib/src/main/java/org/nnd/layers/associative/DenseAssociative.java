package org.nnd.layers.associative;

import java.util.List;
import org.nnd.dsl.Check;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.UnaryLayer;
import org.nnd.ir.Graph;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;
import org.nnd.layers.Expect;

/**
 * A dense associative memory (Krotov and Hopfield 2016): states {@code [N, n]} of -1 and 1 to what
 * they recall. The energy is {@code E = -Σ_μ F(ξ_μ·σ)}; a neuron takes the sign that has the lower
 * energy, the others being as they are: {@code σ_i <- sign Σ_μ [F(ξ_μi + m) - F(-ξ_μi + m)]} with
 * {@code m = Σ_(j≠i) ξ_μj σ_j} (their eq. 2 and 4). All neurons at once, {@code steps} times, or
 * one after the other, where no step raises the energy. Buffer: {@code patterns [patterns, n]}, of
 * -1 and 1; rows of zeros, as they start, are no patterns.
 *
 * <p>For such patterns the sum is two products of matrices: with {@code a_μ = F(x) - F(x - 2)} and
 * {@code b_μ = F(x + 2) - F(x)} at {@code x = ξ_μ·σ} it is {@code Σ_μ [ξ_μi (a + b) + σ_i (a - b)]
 * / 2}, since only whether ξ_μi and σ_i agree matters.
 */
public record DenseAssociative(
    int patterns, Interaction interaction, int steps, boolean isAsynchronous, Site site)
    implements UnaryLayer {
  public DenseAssociative {
    Check.positive("denseAssociative", "the number of patterns", patterns);
    Check.positive("denseAssociative", "the number of steps", steps);
  }

  /** {@return this with another function F of the overlap with a pattern} */
  public DenseAssociative interaction(Interaction function) {
    return new DenseAssociative(patterns, function, steps, isAsynchronous, site);
  }

  /** {@return this with so many updates of every neuron} */
  public DenseAssociative steps(int count) {
    return new DenseAssociative(patterns, interaction, count, isAsynchronous, site);
  }

  /** {@return this with neurons that change one after the other; much slower on a device} */
  public DenseAssociative asynchronous() {
    return new DenseAssociative(patterns, interaction, steps, true, site);
  }

  /**
   * {@return the energy of each state, {@code [N]}, up to a factor that depends on the number of
   * neurons only}
   *
   * @param patterns {@code [patterns, n]}
   * @param states {@code [N, n]}
   */
  public Tensor energy(Tensor patterns, Tensor states) {
    Tensor largest = Tensor.full(states.dtype(), Shape.of(1, 1), patterns.size(1));
    return interaction.of(states.matmul(patterns.transpose()), largest).sum(1).neg();
  }

  @Override
  public Tensor lower(Lowering at, Tensor x) {
    Expect.rank(at, "denseAssociative", x, 2, "[N, neurons]");
    Expect.floats(at, "denseAssociative", x);
    int neurons = Expect.fixed(at, "denseAssociative", x, 1, "neurons");
    Tensor stored = at.buffer("patterns", Initializer.zeros(), patterns, neurons);
    Tensor state = x;
    for (int step = 0; step < steps; step++) {
      state = isAsynchronous ? oneByOne(stored, state) : allAtOnce(stored, state);
    }
    return state;
  }

  /** What the sum over the patterns needs of each of them, {@code [N, patterns]}. */
  private record Pull(Tensor agreeing, Tensor either) {}

  private Pull pull(Tensor overlap, int neurons) {
    Tensor scale = interaction.scale(overlap, neurons);
    Tensor here = interaction.of(overlap, scale);
    Tensor less = interaction.of(overlap.sub(2), scale);
    Tensor more = interaction.of(overlap.add(2), scale);
    return new Pull(more.sub(less), here.mul(2).sub(less).sub(more));
  }

  private Tensor allAtOnce(Tensor stored, Tensor state) {
    // A row of zeros has the overlap 0 and must not pull at anything.
    Tensor exists = stored.abs().max(1);
    Pull pull = pull(state.matmul(stored.transpose()), stored.size(1));
    Tensor self = pull.either().mul(exists).keepDims(Tensor::sum, 1);
    Tensor field = pull.agreeing().matmul(stored).add(state.mul(self));
    return settle(field, state);
  }

  /** The sign of the field; a neuron that none pulls at stays. */
  private static Tensor settle(Tensor field, Tensor state) {
    return field.eq(0).where(state, field.sign());
  }

  /** A scan over the neurons that carries the state and its overlaps with the patterns. */
  private Tensor oneByOne(Tensor stored, Tensor state) {
    int neurons = stored.size(1);
    Tensor overlap = state.matmul(stored.transpose());
    Tensor which = Tensor.range(neurons);
    Tensor columns = stored.transpose();
    Tensor exists = stored.abs().max(1);
    List<Node> operands =
        List.of(state.node(), overlap.node(), which.node(), columns.node(), exists.node());
    List<TensorType> types =
        List.of(
            state.type(),
            overlap.type(),
            which.type().withShape(which.shape().slice(1, 1)),
            columns.type().withShape(columns.shape().slice(1, 2)),
            exists.type());
    Graph body = Operations.trace(types, this::one);
    return Tensor.of(
        Operations.results(Node.of(new Op.Scan(body, 2, 2, neurons, false), operands)).get(0));
  }

  private List<Node> one(List<Node> x) {
    Tensor state = Tensor.of(x.get(0));
    Tensor overlap = Tensor.of(x.get(1));
    Tensor column = Tensor.of(x.get(3));
    int neurons = state.size(1);
    Tensor here = Tensor.range(neurons).eq(Tensor.of(x.get(2))).cast(state.dtype());
    Tensor before = state.mul(here).keepDims(Tensor::sum, 1);
    Pull pull = pull(overlap, neurons);
    Tensor self = pull.either().mul(Tensor.of(x.get(4))).keepDims(Tensor::sum, 1);
    Tensor field = pull.agreeing().mul(column).keepDims(Tensor::sum, 1).add(before.mul(self));
    Tensor change = settle(field, before).sub(before);
    return List.of(state.add(change.mul(here)).node(), overlap.add(change.mul(column)).node());
  }

  @Override
  public String toString() {
    return "denseAssociative(%d, %s)".formatted(patterns, interaction)
        + (steps == 1 ? "" : ".steps(" + steps + ")")
        + (isAsynchronous ? ".asynchronous()" : "");
  }
}
