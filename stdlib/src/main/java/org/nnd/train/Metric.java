package org.nnd.train;

import org.nnd.data.Field;
import org.nnd.data.Kind;
import org.nnd.dsl.Tensor;
import org.nnd.ir.DType;
import org.nnd.ir.NndException;

/** How good one output is, averaged over the examples. */
public interface Metric {
  /** {@return what it is called in histories and scores} */
  String name();

  /** {@return f32 {@code [N]}, a number for every example} */
  Tensor of(Tensor output, Tensor target);

  /** {@return whether it is a share, to be shown in per cent} */
  default boolean isShare() {
    return false;
  }

  /** {@return the share of examples whose largest logit is that of the right class} */
  static Metric accuracy() {
    return new TopK(1);
  }

  /** {@return the share of examples whose right class is among the k largest logits} */
  static Metric topK(int k) {
    return new TopK(k);
  }

  /** {@return the mean absolute difference} */
  static Metric meanAbsoluteError() {
    return new MeanAbsoluteError();
  }

  /** {@return the metric that suits a target: accuracy for classes, absolute error for numbers} */
  static Metric usualMetric(Field target) {
    boolean classes = !target.labels().isEmpty() || target.kind() != Kind.F32;
    return classes ? accuracy() : meanAbsoluteError();
  }

  /** Of class weights, as after mixup, the heaviest class counts as the right one. */
  record TopK(int k) implements Metric {
    public TopK {
      if (k < 1) {
        throw new NndException("topK: k must be at least 1, got " + k);
      }
    }

    @Override
    public String name() {
      return k == 1 ? "accuracy" : "top-" + k;
    }

    @Override
    public Tensor of(Tensor output, Tensor target) {
      CrossEntropy.Classes classes = CrossEntropy.Classes.of(name(), output, target);
      Tensor right = classes.weights().argmax(-1);
      Tensor hit;
      if (k == 1) {
        hit = classes.logits().argmax(-1).eq(right).cast(DType.F32);
      } else {
        if (k > classes.logits().size(-1)) {
          throw new NndException(
              "topK(%d): the network tells only %d classes apart"
                  .formatted(k, classes.logits().size(-1)));
        }
        Tensor best = classes.logits().topK(k);
        hit = best.eq(right.unsqueeze(-1)).cast(DType.F32).sum(-1);
      }
      return perExample(hit);
    }

    @Override
    public boolean isShare() {
      return true;
    }
  }

  record MeanAbsoluteError() implements Metric {
    @Override
    public String name() {
      return "mean absolute error";
    }

    @Override
    public Tensor of(Tensor output, Tensor target) {
      if (!output.shape().equals(target.shape())) {
        throw new NndException(
            "mean absolute error: the network gives %s, the target is %s"
                .formatted(output.type(), target.type()));
      }
      return perExample(output.sub(target.cast(output.dtype())).abs());
    }
  }

  private static Tensor perExample(Tensor x) {
    return x.rank() == 1 ? x : x.flatten(1).mean(1);
  }
}
