package org.nnd.model;

import java.util.List;
import org.nnd.ir.NndException;

/**
 * What became of the tensors of a file of weights.
 *
 * @param loaded paths that were set
 * @param missing paths of the model that the file does not have
 * @param unexpected names in the file that the model does not have
 * @param misshapen paths of both with different shapes, not set; each with the two shapes
 */
public record WeightReport(
    String source,
    List<String> loaded,
    List<String> missing,
    List<String> unexpected,
    List<String> misshapen) {
  private static final int SHOWN = 6;

  public WeightReport {
    loaded = List.copyOf(loaded);
    missing = List.copyOf(missing);
    unexpected = List.copyOf(unexpected);
    misshapen = List.copyOf(misshapen);
  }

  /** {@return whether every variable of the model was set} */
  public boolean isComplete() {
    return missing.isEmpty() && misshapen.isEmpty();
  }

  /**
   * {@return this}
   *
   * @throws NndException if a variable of the model was not set
   */
  public WeightReport complete() {
    if (!isComplete()) {
      throw new NndException(toString());
    }
    return this;
  }

  @Override
  public String toString() {
    return "%s: %d tensors loaded".formatted(source, loaded.size())
        + part("missing in the file", missing)
        + part("of another shape", misshapen)
        + part("not in the model", unexpected);
  }

  private static String part(String what, List<String> names) {
    return names.isEmpty()
        ? ""
        : "%n  %d %s: %s%s"
            .formatted(
                names.size(),
                what,
                String.join(", ", names.subList(0, Math.min(SHOWN, names.size()))),
                names.size() > SHOWN ? ", …" : "");
  }
}
