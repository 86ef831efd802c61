package org.nnd.bench;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.model.Flops;
import org.nnd.opencl.jocl.Device;
import org.nnd.opencl.measure.MemoryRates;
import org.nnd.opencl.measure.Movement;
import org.nnd.opencl.measure.PeakRates;

/** Times the cases of suites on a device, and the peers in turns with it. */
public final class Bench {
  private final Device device;
  private final PeakRates peaks;
  private final Effort effort;
  private final double load;
  private final List<Peer> peers;

  /**
   * @param peaks of the device, measured a moment ago
   * @param load of the machine before that, see {@link #load()}
   */
  public Bench(Device device, PeakRates peaks, Effort effort, double load, List<Peer> peers) {
    this.device = device;
    this.peaks = peaks;
    this.effort = effort;
    this.load = load;
    this.peers = List.copyOf(peers);
  }

  /** {@return how many processes want to run, a mean over the last minute; 0 if nobody tells} */
  public static double load() {
    return Math.max(0, ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  /**
   * {@return what the cases came to}
   *
   * @param progress is told what is measured now
   * @param soFar is given the report after every case
   */
  public Report run(List<Suite> suites, Consumer<String> progress, Consumer<Report> soFar) {
    Map<Suite, List<Case>> cases = new LinkedHashMap<>();
    suites.forEach(suite -> cases.put(suite, suite.cases()));
    int count = cases.values().stream().mapToInt(List::size).sum();
    Report report = new Report(device.info(), peaks, load, List.of(), List.of());
    soFar.accept(report);
    Pace pace = new Pace(count);
    try (MemoryRates memory = MemoryRates.of(device, peaks)) {
      for (Suite suite : suites) {
        for (Case task : cases.get(suite)) {
          progress.accept(pace.at(suite.name() + ": " + task.name()));
          report = report.and(run(suite, task, memory));
          soFar.accept(report);
        }
      }
    }
    return report;
  }

  private Result run(Suite suite, Case task, MemoryRates memory) {
    Work work = task.work().get();
    Graph graph = work.graph();
    double flops = Flops.total(graph);
    Traffic traffic = Traffic.of(graph);
    Limits known = Limits.of(peaks);
    Optional<Movement> slowest = known.memory(flops, traffic);
    Map<Contender, Peer> contenders = new LinkedHashMap<>();
    List<PeerResult> peerResults = new ArrayList<>();
    try (OnDevice ours = new OnDevice(device, work)) {
      Rounds rounds = new Rounds(effort);
      rounds.add(ours);
      for (Peer peer : peers) {
        prepare(peer, work, ours.results(), rounds, contenders, peerResults);
      }
      rounds.run(
          () -> slowest.map(m -> memory.giga(m) / peaks.rate(m).giga()).orElse(1.0),
          (contender, e) ->
              peerResults.add(
                  PeerResult.failed(
                      contenders.remove(contender).name(), contender.mode(), reason(e))));
      contenders.forEach(
          (contender, peer) ->
              peerResults.add(
                  new PeerResult(
                      peer.name(),
                      contender.mode(),
                      Optional.of(rounds.timing(contender)),
                      task.memory() ? peak(contender) : Optional.empty(),
                      "")));
      return new Result(
          suite.name(),
          task.name(),
          flops,
          traffic,
          ours.kernels(),
          rounds.timing(ours),
          known.withMemory(rounds.probe()),
          task.memory() ? ours.peakBytes() : Optional.empty(),
          inOrder(peerResults));
    } finally {
      contenders.keySet().forEach(Contender::close);
    }
  }

  /** Has a peer run once and compares; one that cannot or differs is told, and runs no further. */
  private void prepare(
      Peer peer,
      Work work,
      Map<String, Literal> expected,
      Rounds rounds,
      Map<Contender, Peer> contenders,
      List<PeerResult> failed) {
    String mode = "";
    try {
      Contender contender = peer.prepare(work, device.info().computeUnits());
      contenders.put(contender, peer);
      mode = contender.mode();
      Optional<String> problem = Difference.problem(expected, contender.results());
      if (problem.isEmpty()) {
        rounds.add(contender);
        return;
      }
      failed.add(PeerResult.failed(peer.name(), mode, problem.get()));
    } catch (RuntimeException e) {
      failed.add(PeerResult.failed(peer.name(), mode, reason(e)));
    }
    contenders.entrySet().stream()
        .filter(entry -> entry.getValue() == peer)
        .map(Map.Entry::getKey)
        .findFirst()
        .ifPresent(
            contender -> {
              contenders.remove(contender);
              contender.close();
            });
  }

  private static Optional<Long> peak(Contender contender) {
    try {
      return contender.peakBytes();
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  private static String reason(RuntimeException e) {
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }

  private List<PeerResult> inOrder(List<PeerResult> results) {
    List<PeerResult> ordered = new ArrayList<>();
    for (Peer peer : peers) {
      results.stream().filter(r -> r.peer().equals(peer.name())).forEach(ordered::add);
    }
    return ordered;
  }
}
