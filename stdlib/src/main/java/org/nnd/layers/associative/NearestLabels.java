package org.nnd.layers.associative;

import org.nnd.dsl.Check;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.ir.DType;
import org.nnd.ir.Shape;
import org.nnd.layers.Expect;

/**
 * The search of a visual memory (Geirhos et al. 2024): features {@code [N, D]} to the votes {@code
 * [N, classes]} of the labels of the {@code neighbours} keys of largest cosine similarity. Also
 * gives {@code neighbours} (i32 {@code [N, k]}, their slots, the nearest first, -1 where there are
 * fewer keys) and {@code similarity [N, k]}. The votes of an example add up to 1; with no keys at
 * all they are zero. State, set from outside: {@code keys [capacity, D]}, {@code labels [capacity]}
 * (i32, -1: an empty slot).
 */
public record NearestLabels(
    int capacity, int classes, int neighbours, VoteWeights weights, Site site) implements Layer {
  /** Norms are at least this, so that a zero vector is similar to nothing. */
  private static final double SMALLEST = 1e-12;

  public NearestLabels {
    Check.positive("nearestLabels", "the capacity", capacity);
    Check.positive("nearestLabels", "the number of classes", classes);
    Check.positive("nearestLabels", "the number of neighbours", neighbours);
  }

  /** {@return this with at most so many votes for each example} */
  public NearestLabels neighbours(int k) {
    return new NearestLabels(capacity, classes, k, weights, site);
  }

  /** {@return this with room for so many keys} */
  public NearestLabels capacity(int slots) {
    return new NearestLabels(slots, classes, neighbours, weights, site);
  }

  /** {@return this voting for so many classes, {@code [N, count]}} */
  public NearestLabels classes(int count) {
    return new NearestLabels(capacity, count, neighbours, weights, site);
  }

  /** {@return this with neighbours that count by another rule; by their rank unless told} */
  public NearestLabels weights(VoteWeights value) {
    return new NearestLabels(capacity, classes, neighbours, value, site);
  }

  @Override
  public Tensors lower(Lowering at, Tensors inputs) {
    Tensor x = inputs.main().one();
    Expect.rank(at, "nearestLabels", x, 2, "features [N, D]");
    Expect.floats(at, "nearestLabels", x);
    int width = Expect.fixed(at, "nearestLabels", x, 1, "features");
    Tensor keys =
        at.state("keys", Initializer.zeros(), x.dtype(), Shape.of(capacity, width)).stopGradient();
    Tensor labels = at.state("labels", Initializer.constant(-1), DType.I32, Shape.of(capacity));
    int k = Math.min(neighbours, capacity);
    Tensor cosine = unit(x).matmul(unit(keys).transpose());
    Tensor held = labels.ge(0).broadcastTo(cosine.shape());
    Tensor slots = held.where(cosine, Double.NEGATIVE_INFINITY).topK(k);
    Tensor similarity = cosine.takeAlong(slots, 1);
    Tensor label = labels.gather(slots, 0);
    Tensor valid = label.ge(0);
    Tensor weight = valid.where(weights.of(similarity), 0);
    Tensor votes =
        label
            .unsqueeze(2)
            .eq(Tensor.range(classes))
            .cast(x.dtype())
            .mul(weight.unsqueeze(2))
            .sum(1);
    Tensor total = weight.keepDims(Tensor::sum, 1);
    return Tensors.of(votes.div(total.gt(0).where(total, 1)))
        .with("neighbours", valid.where(slots, -1))
        .with("similarity", valid.where(similarity, 0));
  }

  private static Tensor unit(Tensor x) {
    return x.div(x.square().keepDims(Tensor::sum, 1).sqrt().maximum(SMALLEST));
  }

  @Override
  public String toString() {
    return "nearestLabels(%d, %d).neighbours(%d).weights(%s)"
        .formatted(capacity, classes, neighbours, weights);
  }
}
