package org.nnd.train;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.nnd.ir.NndException;

/**
 * How a model does on a data set.
 *
 * @param values loss and metrics by name, means over the examples
 * @param shares the metrics that are shares
 */
public record Score(long examples, Map<String, Double> values, Set<String> shares) {
  public Score {
    values = new LinkedHashMap<>(values);
    shares = Set.copyOf(shares);
  }

  /** {@return the mean loss of the examples} */
  public double loss() {
    return get(Forward.LOSS);
  }

  /** {@return the share of examples that are classified right} */
  public double accuracy() {
    return get("accuracy");
  }

  /** {@return a metric by name} */
  public double get(String metric) {
    Double value = values.get(metric);
    if (value == null) {
      throw new NndException("'%s' was not measured, only %s".formatted(metric, values.keySet()));
    }
    return value;
  }

  /** {@return a number of this name as it is shown: {@code 98.1 %} or {@code 0.0712}} */
  static String shown(double value, boolean share) {
    return share
        ? String.format(Locale.ROOT, "%.1f %%", 100 * value)
        : String.format(Locale.ROOT, "%.4g", value);
  }

  /** Prints {@code accuracy: 98.1 %, loss: 0.0712}, the loss last. */
  @Override
  public String toString() {
    Map<String, Double> ordered = new LinkedHashMap<>(values);
    Double loss = ordered.remove(Forward.LOSS);
    ordered.put(Forward.LOSS, loss);
    return ordered.entrySet().stream()
        .map(e -> e.getKey() + ": " + shown(e.getValue(), shares.contains(e.getKey())))
        .collect(Collectors.joining(", "));
  }
}
