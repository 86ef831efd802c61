package org.nnd.bench;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What one case came to.
 *
 * @param flops floating-point operations of the graph, see {@link org.nnd.model.Flops}
 * @param traffic that must cross the memory bus once
 * @param kernels launched in one run
 * @param peakBytes of values, variables and constants, of cases that ask for it
 */
public record Result(
    String suite,
    String name,
    double flops,
    Traffic traffic,
    int kernels,
    Timing timing,
    Limits limits,
    Optional<Long> peakBytes,
    List<PeerResult> peers) {
  public Result {
    peers = List.copyOf(peers);
  }

  double bytes() {
    return traffic.bytes();
  }

  public double limit() {
    return limits.seconds(flops, traffic);
  }

  /** {@return the share of the limit that the median run reaches, 1 being all of it} */
  public double share() {
    return limit() / timing.median();
  }

  public double bestShare() {
    return limit() / timing.best();
  }

  /**
   * {@return {@code compute}, or what is done to memory: {@code read}, {@code write} or {@code
   * copy}}
   */
  public String limitedBy() {
    return limits
        .memory(flops, traffic)
        .map(movement -> movement.name().toLowerCase(Locale.ROOT))
        .orElse("compute");
  }

  /** {@return the result of the peer that was fastest} */
  public Optional<PeerResult> fastest() {
    return peers.stream()
        .filter(peer -> peer.timing().isPresent())
        .min(Comparator.comparingDouble(peer -> peer.timing().orElseThrow().median()));
  }

  /** {@return how many times as long as ours the fastest peer's median run took} */
  public Optional<Double> ratio() {
    return fastest().flatMap(peer -> peer.ratio(timing));
  }

  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("suite", suite);
    fields.put("case", name);
    fields.put("ms", 1e3 * timing.median());
    fields.put("msBest", 1e3 * timing.best());
    fields.put("msSpread", 1e3 * timing.spread());
    fields.put("repetitions", timing.repetitions());
    fields.put("kernels", kernels);
    fields.put("flops", flops);
    fields.put("bytesRead", traffic.read());
    fields.put("bytesWritten", traffic.written());
    fields.put("gflopsPerSecond", flops / timing.median() / 1e9);
    fields.put("gbytesPerSecond", bytes() / timing.median() / 1e9);
    fields.put("msLimit", 1e3 * limit());
    fields.put("limitedBy", limitedBy());
    fields.put("copyGbytesPerSecond", limits.copy() / 1e9);
    fields.put("share", share());
    fields.put("shareBest", bestShare());
    peakBytes.ifPresent(most -> fields.put("peakBytes", most));
    fields.put("peers", peers.stream().map(peer -> peer.fields(timing)).toList());
    return fields;
  }
}
