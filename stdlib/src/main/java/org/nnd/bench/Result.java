package org.nnd.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What one case came to.
 *
 * @param bytes that must cross the memory bus once
 * @param kernels launched in one run
 */
public record Result(
    String suite, Case task, double bytes, int kernels, Timing timing, Limits limits) {
  public double limit() {
    return limits.seconds(task.flops(), bytes);
  }

  /** {@return the share of the limit that the median run reaches, 1 being all of it} */
  public double share() {
    return limit() / timing.median();
  }

  public double bestShare() {
    return limit() / timing.best();
  }

  public String limitedBy() {
    return limits.memory(task.flops(), bytes) ? "memory" : "compute";
  }

  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("suite", suite);
    fields.put("case", task.name());
    fields.put("ms", 1e3 * timing.median());
    fields.put("msBest", 1e3 * timing.best());
    fields.put("msSpread", 1e3 * timing.spread());
    fields.put("repetitions", timing.repetitions());
    fields.put("kernels", kernels);
    fields.put("flops", task.flops() == 0 ? Optional.empty() : task.flops());
    fields.put("bytes", bytes);
    fields.put("gflopsPerSecond", rate(task.flops()));
    fields.put("gbytesPerSecond", rate(bytes));
    fields.put("msLimit", 1e3 * limit());
    fields.put("limitedBy", limitedBy());
    fields.put("share", share());
    fields.put("shareBest", bestShare());
    return fields;
  }

  private Object rate(double work) {
    return work == 0 ? Optional.empty() : work / timing.median() / 1e9;
  }
}
