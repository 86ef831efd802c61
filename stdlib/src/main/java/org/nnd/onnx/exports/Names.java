package org.nnd.onnx.exports;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The names of a file: values and nodes of all its graphs, each once. */
final class Names {
  private final Set<String> taken = new HashSet<>();
  private final Map<String, Integer> counts = new HashMap<>();

  void take(String name) {
    taken.add(name);
  }

  /** {@return the wanted name, with a number where it is taken} */
  String fresh(String wanted) {
    String name = wanted;
    while (!taken.add(name)) {
      name = wanted + "_" + counts.merge(wanted, 1, Integer::sum);
    }
    return name;
  }
}
