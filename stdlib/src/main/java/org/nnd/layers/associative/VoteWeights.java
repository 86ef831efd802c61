package org.nnd.layers.associative;

import org.nnd.dsl.Check;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Vocabulary;
import org.nnd.ir.Shape;

/** How much each of the nearest neighbours counts in a vote, by similarity or by rank. */
@Vocabulary
public sealed interface VoteWeights {
  /**
   * {@return weights of the shape of the similarities}
   *
   * @param similarity {@code [N, k]}, the nearest first
   */
  Tensor of(Tensor similarity);

  /** {@return one each} */
  static VoteWeights plurality() {
    return new Plurality();
  }

  /** {@return {@code exp(similarity / temperature)}, as in DINO with 0.07} */
  static VoteWeights softmax(double temperature) {
    return new Softmax(temperature);
  }

  /** {@return {@code 1 / (offset + rank)}, the nearest having rank 0} */
  static VoteWeights byRank(double offset) {
    return new ByRank(offset);
  }

  record Plurality() implements VoteWeights {
    @Override
    public Tensor of(Tensor similarity) {
      return Tensor.full(similarity.dtype(), similarity.shape(), 1);
    }

    @Override
    public String toString() {
      return "plurality()";
    }
  }

  record Softmax(double temperature) implements VoteWeights {
    public Softmax {
      Check.positive("softmax vote", "the temperature", temperature);
    }

    /** Relative to the nearest, which loses nothing and overflows nowhere. */
    @Override
    public Tensor of(Tensor similarity) {
      Tensor behind = similarity.sub(similarity.slice(1, 0, 1));
      return behind.div(temperature).exp();
    }

    @Override
    public String toString() {
      return "softmax(" + temperature + ")";
    }
  }

  record ByRank(double offset) implements VoteWeights {
    public ByRank {
      Check.positive("rank vote", "the offset", offset);
    }

    @Override
    public Tensor of(Tensor similarity) {
      int k = similarity.size(1);
      Tensor rank = Tensor.range(k).cast(similarity.dtype()).add(offset);
      Tensor weights = Tensor.full(similarity.dtype(), Shape.of(k), 1).div(rank);
      return weights.broadcastTo(similarity.shape());
    }

    @Override
    public String toString() {
      return "byRank(" + offset + ")";
    }
  }
}
