package org.nnd.bench;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.nnd.ir.Literal;

/**
 * How far the results of a peer lie from ours: the largest distance of two elements over the
 * largest magnitude of the tensor. For variables that is the largest of all of a kind, such as all
 * {@code running_mean}, or what an optimiser keeps of all gradients: some of them are rounding
 * errors alone, such as the gradient of a bias before a batch norm, or the mean of what a norm
 * gives.
 */
final class Difference {
  static final double LARGEST = 1e-3;

  private static final String KEPT = "optimizer.";
  private static final String NEXT = ".next";

  private Difference() {}

  /** {@return what is wrong with the results of a peer, if anything} */
  static Optional<String> problem(Map<String, Literal> ours, Map<String, Literal> theirs) {
    Map<String, Double> magnitudes = new HashMap<>();
    ours.forEach((name, value) -> magnitudes.merge(kind(name), magnitude(value), Math::max));
    int compared = 0;
    for (Map.Entry<String, Literal> result : theirs.entrySet()) {
      String name = result.getKey();
      Literal mine = ours.get(name);
      if (mine == null) {
        continue;
      }
      compared++;
      if (!Arrays.equals(mine.shape(), result.getValue().shape())) {
        return Optional.of(
            "differs: %s is %s, ours %s".formatted(name, result.getValue().type(), mine.type()));
      }
      double error = error(mine, result.getValue(), magnitudes.get(kind(name)));
      if (!(error <= LARGEST)) {
        return Optional.of(String.format(Locale.ROOT, "differs: %s by %.1e", name, error));
      }
    }
    return compared == 0 ? Optional.of("gives nothing to compare") : Optional.empty();
  }

  /** What an optimiser keeps is of a kind, and so are variables that are called the same. */
  private static String kind(String name) {
    if (name.startsWith(KEPT)) {
      return name.substring(0, name.indexOf('.', KEPT.length()));
    }
    boolean variable = name.endsWith(NEXT);
    return variable
        ? name.substring(name.lastIndexOf('.', name.length() - NEXT.length() - 1) + 1)
        : name;
  }

  private static double magnitude(Literal value) {
    double largest = 0;
    for (int i = 0; i < value.count(); i++) {
      largest = Math.max(largest, Math.abs(value.get(i)));
    }
    return largest;
  }

  /** NaN where one of the two is. */
  private static double error(Literal mine, Literal theirs, double magnitude) {
    double largest = 0;
    for (int i = 0; i < mine.count(); i++) {
      largest = Math.max(largest, Math.abs(mine.get(i) - theirs.get(i)));
    }
    return largest == 0 ? 0 : largest / magnitude;
  }
}
