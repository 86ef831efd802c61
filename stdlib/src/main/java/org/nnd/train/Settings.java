package org.nnd.train;

import java.util.List;
import java.util.OptionalDouble;
import org.nnd.dsl.Variable;
import org.nnd.ir.DType;
import org.nnd.model.Model;

/**
 * What a training step computes.
 *
 * @param accumulate batches whose gradients make one update
 * @param average the decay of the moving average of the weights, or 0 for none
 */
record Settings(
    Loss loss,
    List<Metric> metrics,
    Optimizer optimizer,
    Clipping clipping,
    List<ParameterGroup> groups,
    int accumulate,
    double average) {
  Settings {
    metrics = List.copyOf(metrics);
    groups = List.copyOf(groups);
  }

  /** {@return the factor of the learning rate of a parameter} */
  double rate(String path) {
    double rate = 1;
    for (ParameterGroup group : groups) {
      if (group.pattern().matches(path)) {
        rate = group.rate();
      }
    }
    return rate;
  }

  /** {@return the weight decay that a group gives a parameter} */
  OptionalDouble weightDecay(String path) {
    OptionalDouble decay = OptionalDouble.empty();
    for (ParameterGroup group : groups) {
      if (group.pattern().matches(path)) {
        decay = group.weightDecay();
      }
    }
    return decay;
  }

  /**
   * {@return the decay of the average at a step counted from 1: less at first, so that the initial
   * weights are soon forgotten (as in TensorFlow's ExponentialMovingAverage)}
   */
  double decay(long step) {
    return Math.min(average, (1.0 + step) / (10 + step));
  }

  /** {@return the variables that are averaged} */
  static List<Variable> averaged(Model model) {
    return model.declared().stream()
        .filter(v -> v.kind() != Variable.Kind.STATE && v.type().dtype() == DType.F32)
        .toList();
  }
}
