package org.nnd.train;

import java.util.OptionalDouble;
import org.nnd.model.PathPattern;

/**
 * Parameters that learn in another way than the others, by their paths. Where several groups fit,
 * the last one counts.
 *
 * @param rate what their learning rate is multiplied by
 * @param weightDecay theirs, or empty for the optimiser's
 */
public record ParameterGroup(PathPattern pattern, double rate, OptionalDouble weightDecay) {
  /** {@return the parameters that fit a pattern such as {@code stem.*} or {@code *.bias}} */
  public static ParameterGroup group(String pattern) {
    return new ParameterGroup(new PathPattern(pattern), 1, OptionalDouble.empty());
  }

  /** {@return this with {@code factor} times the learning rate} */
  public ParameterGroup rate(double factor) {
    Checks.notNegative("group", "the factor of the learning rate", factor);
    return new ParameterGroup(pattern, factor, weightDecay);
  }

  /** {@return this with a weight decay of its own} */
  public ParameterGroup weightDecay(double value) {
    Checks.notNegative("group", "weight decay", value);
    return new ParameterGroup(pattern, rate, OptionalDouble.of(value));
  }
}
