package org.nnd.onnx.imports;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The operators that can be imported, by type; those of other domains with their domain. */
public final class Registry {
  private static final Map<String, Lowered> OPERATORS = all();

  private Registry() {}

  private static Map<String, Lowered> all() {
    Map<String, Lowered> all = new HashMap<>();
    List<Map<String, Lowered>> families =
        List.of(
            Arithmetic.operators(),
            Comparisons.operators(),
            Constants.operators(),
            ControlFlow.operators(),
            Convolutions.operators(),
            Cutting.operators(),
            DataDependent.operators(),
            Detection.operators(),
            Elementwise.operators(),
            Generators.operators(),
            Indexing.operators(),
            Losses.operators(),
            Normalization.operators(),
            Pooling.operators(),
            Products.operators(),
            Quantization.operators(),
            RandomNumbers.operators(),
            Recurrent.operators(),
            Reductions.operators(),
            Resizing.operators(),
            Scattering.operators(),
            Sequences.operators(),
            ShapeOperators.operators(),
            Signals.operators(),
            StringNormalizing.operators(),
            TermCounts.operators(),
            TrainingSteps.operators());
    for (Map<String, Lowered> family : families) {
      family.forEach(
          (name, operator) -> {
            if (all.put(name, operator) != null) {
              throw new IllegalStateException("two families have " + name);
            }
          });
    }
    return Map.copyOf(all);
  }

  static Optional<Lowered> find(String operator) {
    return Optional.ofNullable(OPERATORS.get(operator));
  }

  /** {@return the operators that are supported, such as {@code Conv}} */
  public static Set<String> names() {
    return OPERATORS.keySet();
  }
}
