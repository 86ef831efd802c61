package org.nnd.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How long a script takes from the start of its process to its first result.
 *
 * @param cold without any cache, empty if the script failed
 * @param warm with what the cold run has left behind
 * @param problem why there are no figures, or empty
 */
public record StartResult(String name, Optional<Run> cold, Optional<Run> warm, String problem) {
  /**
   * One run.
   *
   * @param seconds to the first result
   * @param kernels that the driver compiled in the run, where its cache tells
   */
  public record Run(double seconds, Optional<Integer> kernels) {}

  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("start", name);
    cold.ifPresent(
        run -> {
          fields.put("coldSeconds", run.seconds());
          run.kernels().ifPresent(count -> fields.put("coldKernels", count));
        });
    warm.ifPresent(
        run -> {
          fields.put("warmSeconds", run.seconds());
          run.kernels().ifPresent(count -> fields.put("warmKernels", count));
        });
    if (!problem.isEmpty()) {
      fields.put("problem", problem);
    }
    return fields;
  }
}
