package org.nnd.train;

import java.util.ArrayList;
import java.util.List;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.ir.NndException;

/** An output and the target it is compared with; {@code name} is the output's. */
record Pair(String name, Tensor output, Tensor target) {
  /**
   * {@return all outputs with their targets: all with a single one; else by name, where the names
   * are the same, or by position}
   */
  static List<Pair> all(Tensors outputs, Tensors targets) {
    Tensors results = outputs.main();
    if (targets.size() != 1 && targets.size() != results.size()) {
      throw new NndException(
          "the network has the outputs %s, the data the targets %s: as many are expected, or one"
              .formatted(results.names(), targets.names()));
    }
    boolean named = targets.names().containsAll(results.names());
    List<Pair> pairs = new ArrayList<>();
    for (String name : results.names()) {
      Tensor target =
          named ? targets.get(name) : targets.get(targets.size() == 1 ? 0 : pairs.size());
      pairs.add(new Pair(name, results.get(name), target));
    }
    return pairs;
  }
}
