package org.nnd.train;

import java.util.LinkedHashMap;
import java.util.Map;

/** Loss and metrics added up over the examples of an epoch so far. */
final class Tally {
  private double examples;
  private final Map<String, Double> sums = new LinkedHashMap<>();

  Tally() {}

  Tally(double examples, Map<String, Double> sums) {
    this.examples = examples;
    this.sums.putAll(sums);
  }

  void add(double more, Map<String, Double> moreSums) {
    examples += more;
    moreSums.forEach((name, sum) -> sums.merge(name, sum, Double::sum));
  }

  double examples() {
    return examples;
  }

  Map<String, Double> sums() {
    return sums;
  }

  /** {@return the means over the examples} */
  Map<String, Double> means() {
    Map<String, Double> means = new LinkedHashMap<>();
    sums.forEach((name, sum) -> means.put(name, examples == 0 ? 0 : sum / examples));
    return means;
  }
}
