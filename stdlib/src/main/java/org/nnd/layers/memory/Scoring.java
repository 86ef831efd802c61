package org.nnd.layers.memory;

import org.nnd.dsl.Check;
import org.nnd.dsl.Tensor;

/**
 * How the scores of the slots found become weights, in this order.
 *
 * @param temperature that scores are divided by
 * @param softmax over the slots found
 * @param subtract what is taken from them
 * @param normalize to a sum of absolute values of 1
 */
public record Scoring(double temperature, boolean softmax, Subtract subtract, boolean normalize) {
  /** What is subtracted: a statistic of the slots found. */
  public enum Subtract {
    NOTHING,
    MIN,
    MEAN,
    /** The lower one of the two middle scores where their number is even. */
    MEDIAN
  }

  static final Scoring SOFTMAX = new Scoring(1, true, Subtract.NOTHING, false);

  public Scoring {
    Check.positive("productKeyMemory", "temperature", temperature);
    if (normalize && softmax && subtract == Subtract.NOTHING) {
      throw Check.error(
          "productKeyMemory: the weights of a softmax are normalised already; subtract something"
              + " from them, or use softmax or normalize alone");
    }
  }

  /** {@return weights {@code [M, heads, knn]} of scores, which fall along the last axis} */
  Tensor weights(Tensor scores) {
    Tensor cooled = temperature == 1 ? scores : scores.div(temperature);
    Tensor positive = softmax ? cooled.softmax(-1) : cooled;
    int count = scores.size(-1);
    Tensor shifted =
        switch (subtract) {
          case NOTHING -> positive;
          case MIN -> positive.sub(positive.narrow(2, count - 1, 1));
          case MEAN -> positive.sub(positive.keepDims(Tensor::mean, 2));
          case MEDIAN -> positive.sub(positive.narrow(2, count / 2, 1));
        };
    return normalize ? shifted.div(shifted.abs().keepDims(Tensor::sum, 2)) : shifted;
  }
}
