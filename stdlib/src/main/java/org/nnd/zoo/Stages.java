package org.nnd.zoo;

import java.util.Arrays;
import java.util.List;
import org.nnd.dsl.Check;
import org.nnd.dsl.Vocabulary;

/** What networks in stages have in common. */
@Vocabulary
final class Stages {
  private Stages() {}

  static List<Integer> list(int... values) {
    return Arrays.stream(values).boxed().toList();
  }

  /** Wants as many entries of each, all positive. */
  static void check(String network, List<List<Integer>> perStage) {
    int stages = perStage.get(0).size();
    for (List<Integer> values : perStage) {
      if (values.size() != stages || stages == 0 || values.stream().anyMatch(v -> v < 1)) {
        throw Check.error(
            "%s: expected positive numbers, as many for each option as there are stages, got %s",
            network, perStage);
      }
    }
  }

  /** {@return the drop-path rate of a block: evenly from 0 to {@code last} over all blocks} */
  static double rate(double last, int block, List<Integer> depths) {
    int blocks = depths.stream().mapToInt(depth -> depth).sum();
    return blocks == 1 ? 0 : last * block / (blocks - 1);
  }
}
