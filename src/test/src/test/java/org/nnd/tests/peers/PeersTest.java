package org.nnd.tests.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nnd.bench.Bench;
import org.nnd.bench.Effort;
import org.nnd.bench.Peer;
import org.nnd.bench.PeerResult;
import org.nnd.bench.Report;
import org.nnd.bench.Result;
import org.nnd.bench.Suite;
import org.nnd.bench.suites.SmallCases;
import org.nnd.opencl.jocl.Device;
import org.nnd.opencl.jocl.Devices;
import org.nnd.opencl.measure.PeakRates;
import org.nnd.opencl.measure.PeakRates.Rate;

/** Every kind of case of the benchmark, small: the peers give what NND gives. */
class PeersTest {
  private static final Effort ONCE = new Effort(1, 0, 0, 0);
  private static final PeakRates PEAKS =
      new PeakRates(
          new Rate(100, "f"),
          new Rate(20, "r"),
          new Rate(10, "w"),
          new Rate(15, "c"),
          1,
          9,
          1 << 20);

  @Test
  void onnxRuntimeAgrees() {
    try (Peer peer = new OnnxPeer()) {
      agrees(peer, result -> !result.name().contains("training step"));
    }
  }

  @Test
  void pyTorchAgrees() {
    if (PyTorch.python().isEmpty()) {
      System.out.println("PyTorch is skipped: Debian's python3-torch is not installed");
      return;
    }
    try (Peer peer = new PyTorch()) {
      agrees(peer, result -> true);
    }
  }

  private interface Expected {
    boolean of(Result result);
  }

  private static void agrees(Peer peer, Expected expected) {
    Report report;
    try (Device device = Devices.open()) {
      Suite small = new Suite("small", "", SmallCases::all);
      report =
          new Bench(device, PEAKS, ONCE, 0, List.of(peer))
              .run(List.of(small), progress -> {}, soFar -> {});
    }
    List<String> problems = new ArrayList<>();
    for (Result result : report.results()) {
      Optional<PeerResult> other = result.peers().stream().findFirst();
      String problem = other.map(PeerResult::problem).orElse("did not run");
      if (problem.isEmpty() != expected.of(result)) {
        problems.add(result.name() + ": " + problem);
      }
    }
    assertEquals(List.of(), problems);
    assertEquals(SmallCases.all().size(), report.results().size());
  }
}
