package org.nnd.train;

import java.util.List;
import org.nnd.dsl.Tensor;
import org.nnd.ir.NndException;
import org.nnd.ir.Shape;

/**
 * Cross-entropy of logits, by log-softmax.
 *
 * @param smoothing the share of every example's weight that is spread evenly over all classes
 *     (Szegedy et al. 2016, section 7)
 */
public record CrossEntropy(double smoothing) implements Loss.Pairwise {
  public CrossEntropy {
    if (!(smoothing >= 0 && smoothing < 1)) {
      throw new NndException(
          "crossEntropy: smoothing must be at least 0 and below 1, got " + smoothing);
    }
  }

  /**
   * {@return this with a share of every example's weight spread evenly over all classes (Szegedy et
   * al. 2016)}
   */
  public CrossEntropy smoothing(double share) {
    return new CrossEntropy(share);
  }

  @Override
  public Tensor of(Tensor logits, Tensor target) {
    Classes classes = Classes.of("crossEntropy", logits, target);
    Tensor p = classes.logits().logSoftmax(-1);
    Tensor likelihood = p.mul(classes.weights().cast(p.dtype())).sum(-1);
    return smoothing == 0
        ? likelihood.mean().neg()
        : likelihood.mul(1 - smoothing).add(p.mean(-1).mul(smoothing)).mean().neg();
  }

  @Override
  public String toString() {
    return "crossEntropy()" + (smoothing == 0 ? "" : ".smoothing(" + smoothing + ")");
  }

  /**
   * Logits with the classes on the last axis, and the weight of each class.
   *
   * @param weights of the shape of the logits
   */
  record Classes(Tensor logits, Tensor weights) {
    static Classes of(String user, Tensor logits, Tensor target) {
      int rank = logits.rank();
      if (rank < 2 || !logits.dtype().isFloat()) {
        throw new NndException(
            "%s: the network gives %s; logits [N, classes] are expected"
                .formatted(user, logits.type()));
      }
      if (target.dtype().isFloat()) {
        if (!target.shape().equals(logits.shape())) {
          throw mismatch(user, logits, target);
        }
        return rank == 2
            ? new Classes(logits, target)
            : new Classes(last(logits, 1), last(target, 1));
      }
      int axis = axis(user, logits, target);
      Tensor moved = last(logits, axis);
      return new Classes(moved, target.oneHot(moved.size(-1)).cast(moved.dtype()));
    }

    private static int axis(String user, Tensor logits, Tensor target) {
      for (int axis : new int[] {logits.rank() - 1, 1}) {
        Shape without = logits.shape().without(List.of(axis));
        if (without.equals(target.shape())) {
          return axis;
        }
      }
      throw mismatch(user, logits, target);
    }

    private static NndException mismatch(String user, Tensor logits, Tensor target) {
      return new NndException(
          "%s: the network gives %s, the target is %s; expected class numbers, one for every row of"
                  .formatted(user, logits.type(), target.type())
              + " logits, or class weights of the same shape");
    }

    private static Tensor last(Tensor x, int axis) {
      int[] order = new int[x.rank()];
      int next = 0;
      for (int i = 0; i < x.rank(); i++) {
        if (i != axis) {
          order[next++] = i;
        }
      }
      order[next] = axis;
      return x.permute(order);
    }
  }
}
