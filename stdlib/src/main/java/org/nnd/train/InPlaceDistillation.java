package org.nnd.train;

import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.ir.NndException;

/**
 * The loss of a supernet whose largest network teaches the others on the same batch (Yu et al.
 * 2020, "BigNAS", section 3.1): the first output has the loss {@code each}; every further one
 * {@code T^2} times its cross-entropy with the first one's probabilities, both at temperature T
 * (Hinton et al. 2015), through which no gradient flows. With one output, {@code each} alone.
 */
public record InPlaceDistillation(Loss.Pairwise each, double temperature) implements Loss {
  public InPlaceDistillation {
    if (!(temperature > 0) || Double.isInfinite(temperature)) {
      throw new NndException(
          "distillation: the temperature must be a positive number, got " + temperature);
    }
  }

  /** {@return this with probabilities of logits divided by {@code value}} */
  public InPlaceDistillation temperature(double value) {
    return new InPlaceDistillation(each, value);
  }

  @Override
  public Tensor of(Tensors outputs, Tensors targets) {
    if (targets.size() != 1) {
      throw new NndException(
          "distillation: one target is expected, the data has " + targets.names());
    }
    Tensors given = outputs.main();
    Tensor teacher = given.get(0);
    Tensor loss = each.of(teacher, targets.get(0));
    Tensor soft = teacher.div(temperature).softmax(-1).stopGradient();
    for (int i = 1; i < given.size(); i++) {
      Tensor pupil = given.get(i);
      if (!pupil.type().equals(teacher.type())) {
        throw new NndException(
            "distillation: '%s' is %s, the first output '%s' is %s; they must be alike"
                .formatted(
                    given.names().get(i), pupil.type(), given.names().get(0), teacher.type()));
      }
      Tensor logP = pupil.div(temperature).logSoftmax(-1);
      loss = loss.sub(soft.mul(logP).sum(-1).mean().mul(temperature * temperature));
    }
    return loss;
  }

  @Override
  public String toString() {
    return "distillation("
        + each
        + ")"
        + (temperature == 1 ? "" : ".temperature(" + temperature + ")");
  }
}
