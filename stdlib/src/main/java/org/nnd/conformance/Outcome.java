package org.nnd.conformance;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What came of a case: a comparison per tensor, or why there is none.
 *
 * @param failure why the case could not be computed; empty if it could
 * @param unchecked values of the case that nothing was computed for, which is no failure
 */
public record Outcome(
    String name,
    String module,
    List<Comparison> comparisons,
    List<String> unchecked,
    Optional<String> failure) {
  public Outcome {
    comparisons = List.copyOf(comparisons);
    unchecked = List.copyOf(unchecked);
  }

  public boolean passed() {
    return failure.isEmpty()
        && !comparisons.isEmpty()
        && comparisons.stream().allMatch(Comparison::passed);
  }

  /** {@return the comparison with the largest error relative to its tolerance} */
  public Optional<Comparison> worst() {
    return comparisons.stream().max(Comparator.comparingDouble(Comparison::ratio));
  }
}
