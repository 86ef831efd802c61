package org.nnd.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a peer came to.
 *
 * @param mode how it ran
 * @param timing of a peer that ran and gave the same results
 * @param problem why there is no timing, or empty
 */
public record PeerResult(
    String peer, String mode, Optional<Timing> timing, Optional<Long> peakBytes, String problem) {

  static PeerResult failed(String peer, String mode, String problem) {
    return new PeerResult(peer, mode, Optional.empty(), Optional.empty(), problem);
  }

  /** {@return how many times as long as ours its median run took} */
  public Optional<Double> ratio(Timing ours) {
    return timing.map(theirs -> theirs.median() / ours.median());
  }

  Map<String, Object> fields(Timing ours) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("peer", peer);
    fields.put("mode", mode);
    timing.ifPresent(
        t -> {
          fields.put("ms", 1e3 * t.median());
          fields.put("msBest", 1e3 * t.best());
          fields.put("msSpread", 1e3 * t.spread());
          fields.put("repetitions", t.repetitions());
          fields.put("ratio", t.median() / ours.median());
          fields.put("ratioBest", t.best() / ours.best());
        });
    peakBytes.ifPresent(bytes -> fields.put("peakBytes", bytes));
    if (!problem.isEmpty()) {
      fields.put("problem", problem);
    }
    return fields;
  }
}
