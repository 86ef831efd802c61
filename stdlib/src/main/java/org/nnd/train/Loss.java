package org.nnd.train;

import java.util.Arrays;
import java.util.List;
import org.nnd.data.Field;
import org.nnd.data.Kind;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.ir.NndException;

/**
 * What training makes small: a scalar, the mean over the examples. Standard losses compare every
 * output with its target, or all outputs with a single target, and add up.
 */
@FunctionalInterface
public interface Loss {
  /**
   * {@return the loss, an f32 scalar}
   *
   * @param outputs what the network gives, by name
   * @param targets what it should give, by name
   */
  Tensor of(Tensors outputs, Tensors targets);

  /**
   * {@return cross-entropy of logits {@code [N, C]} with class numbers (i32 {@code [N]}) or class
   * weights (f32 {@code [N, C]})} Further axes count as examples; classes lie on axis 1, or on the
   * last axis where the target's shape says so.
   */
  static CrossEntropy crossEntropy() {
    return new CrossEntropy(0);
  }

  /** {@return the mean square difference} */
  static Pairwise mse() {
    return new Pairwise.MeanSquare();
  }

  /** {@return {@code d^2 / 2} near zero, {@code delta (|d| - delta / 2)} beyond (Huber 1964)} */
  static Pairwise huber(double delta) {
    return new Pairwise.Huber(delta);
  }

  /** {@return binary cross-entropy of logits with targets 0..1 of the same shape} */
  static Pairwise bce() {
    return new Pairwise.BinaryCrossEntropy();
  }

  /**
   * {@return a loss summed over all outputs, each times its weight}
   *
   * @param weights one for every output, in their order; none for 1 each
   */
  static WeightedOutputs weighted(Pairwise each, double... weights) {
    return WeightedOutputs.of(each, weights);
  }

  /** {@return a loss of representations summed over their first {@code widths} features} */
  static OnPrefixes onPrefixes(Loss each, int... widths) {
    return new OnPrefixes(each, Arrays.stream(widths).boxed().toList(), List.of());
  }

  /** {@return the contrastive loss of two outputs, views of the same examples} */
  static InfoNce infoNce(double temperature) {
    return new InfoNce(temperature);
  }

  /** {@return the loss of a supernet: its first output teaches the others} */
  static InPlaceDistillation distillation(Pairwise each) {
    return new InPlaceDistillation(each, 1);
  }

  /** {@return clustering of a student's scores by its teacher's balanced assignments} */
  static SinkhornLoss sinkhorn() {
    return new SinkhornLoss(0.06, 0.1, 3);
  }

  /** {@return the loss that suits a target: cross-entropy for classes, mean square for numbers} */
  static Loss usualLoss(Field target) {
    boolean classes = !target.labels().isEmpty() || target.kind() != Kind.F32;
    return classes ? crossEntropy() : mse();
  }

  /** A loss of one output and its target. */
  interface Pairwise extends Loss {
    /** {@return the loss of one output, a scalar} */
    Tensor of(Tensor output, Tensor target);

    @Override
    default Tensor of(Tensors outputs, Tensors targets) {
      return Pair.all(outputs, targets).stream()
          .map(pair -> of(pair.output(), pair.target()))
          .reduce(Tensor::add)
          .orElseThrow();
    }

    private static Tensor difference(String loss, Tensor output, Tensor target) {
      if (!output.shape().equals(target.shape())) {
        throw new NndException(
            "%s: the network gives %s, the target is %s; they must have one shape"
                .formatted(loss, output.type(), target.type()));
      }
      return output.sub(target.cast(output.dtype()));
    }

    record MeanSquare() implements Pairwise {
      @Override
      public Tensor of(Tensor output, Tensor target) {
        return difference("mse", output, target).square().mean();
      }

      @Override
      public String toString() {
        return "mse()";
      }
    }

    record Huber(double delta) implements Pairwise {
      public Huber {
        if (!(delta > 0)) {
          throw new NndException("huber: delta must be above 0, got " + delta);
        }
      }

      @Override
      public Tensor of(Tensor output, Tensor target) {
        Tensor d = difference("huber", output, target).abs();
        Tensor near = d.square().mul(0.5);
        Tensor far = d.sub(delta / 2).mul(delta);
        return d.le(delta).where(near, far).mean();
      }

      @Override
      public String toString() {
        return "huber(" + delta + ")";
      }
    }

    record BinaryCrossEntropy() implements Pairwise {
      /** {@code max(x, 0) - x t + log(1 + exp(-|x|))}: no exponential overflows. */
      @Override
      public Tensor of(Tensor x, Tensor target) {
        difference("bce", x, target);
        Tensor t = target.cast(x.dtype());
        return x.relu().sub(x.mul(t)).add(x.abs().neg().exp().log1p()).mean();
      }

      @Override
      public String toString() {
        return "bce()";
      }
    }
  }
}
