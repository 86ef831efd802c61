package org.nnd.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.nnd.format.Json;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;
import org.nnd.ir.reference.ReferenceEvaluator;
import org.nnd.opencl.jocl.Device;
import org.nnd.opencl.jocl.Devices;
import org.nnd.opencl.measure.Movement;
import org.nnd.opencl.measure.PeakRates;
import org.nnd.opencl.measure.PeakRates.Rate;
import org.nnd.train.Optimizer;

/** Tiny cases: what is measured and how it is told, never how long it took. */
class BenchTest {
  private static final Effort QUICK = new Effort(3, 0, 0, 1);
  private static final PeakRates PEAKS =
      new PeakRates(
          new Rate(100, "f"),
          new Rate(20, "r"),
          new Rate(10, "w"),
          new Rate(15, "c"),
          1,
          9,
          1 << 20);

  private static final Case PRODUCT =
      new Case(
          "product",
          () -> {
            Node y = Operations.matmul(input("a", 17, 17), input("b", 17, 17));
            return new Work.Forward(Graph.of(List.of(), Map.of("y", y)), Values.random());
          });

  private static final Case GRADIENT =
      new Case(
          "gradient",
          () -> {
            Node y = Operations.matmul(input("a", 3, 5), weight("b", 5, 7));
            Graph forward = Graph.of(List.of(), Map.of("y", y));
            return new Work.Pullback(forward, List.of("b"), Values.random());
          });

  private static final Case STEP =
      new Case(
          "step",
          () -> {
            Node y = Operations.matmul(input("a", 3, 5), weight("b", 5, 7));
            Node loss = Operations.mean(Operations.square(y), List.of(0, 1));
            Graph forward = Graph.of(List.of(), Map.of("loss", loss));
            return new Work.Step(
                forward, Set.of("b"), Optimizer.sgd(0.1).momentum(0.9), Values.random());
          },
          true);

  private static Node input(String name, long... shape) {
    return Operations.input(name, TensorType.f32(Shape.of(shape)));
  }

  private static Node weight(String name, long... shape) {
    return Operations.parameter(name, TensorType.f32(Shape.of(shape)));
  }

  /** The reference evaluator as a peer, whose results something is done to. */
  private record Reference(String name, UnaryOperator<Literal> then, int runs) implements Peer {
    @Override
    public Contender prepare(Work work, int threads) {
      if (runs == 0) {
        throw new NndException("does not know matrices");
      }
      Graph graph = work.graph();
      Map<String, Literal> inputs = new HashMap<>();
      Map<String, Literal> weights = new HashMap<>();
      for (Node leaf : Work.Fixed.leaves(graph)) {
        String leafName = Work.Fixed.name(leaf);
        (graph.inputs().contains(leaf) ? inputs : weights)
            .put(leafName, work.values().of(leafName, leaf.type()));
      }
      var all = ReferenceEvaluator.evaluate(graph, 1, inputs, weights);
      Map<String, Literal> results = new HashMap<>(all.outputs());
      all.updates().forEach((path, value) -> results.put(path + ".next", value));
      results.replaceAll((key, value) -> then.apply(value));
      return new Contender() {
        private int left = runs;

        @Override
        public String mode() {
          return "slowly";
        }

        @Override
        public double seconds(int count) {
          left -= count;
          if (left < 0) {
            throw new NndException("has died");
          }
          return 0.5 * count;
        }

        @Override
        public Map<String, Literal> results() {
          return results;
        }

        @Override
        public Optional<Long> peakBytes() {
          return Optional.of(1_000_000L);
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public void close() {}
  }

  private static Literal wrong(Literal value) {
    double[] values = value.toDoubles();
    values[values.length - 1] += 1;
    return Literal.ofDoubles(value.dtype(), values, value.shape());
  }

  private static final List<Peer> PEERS =
      List.of(
          new Reference("right", x -> x, 1000),
          new Reference("wrong", BenchTest::wrong, 1000),
          new Reference("lost", x -> x, 0),
          new Reference("mortal", x -> x, 2));

  private static Report run(List<Peer> peers, List<String> progress, List<Report> soFar) {
    List<Suite> suites =
        List.of(
            new Suite("first", "", () -> List.of(PRODUCT)),
            new Suite("second", "", () -> List.of(GRADIENT, STEP)));
    try (Device device = Devices.open()) {
      return new Bench(device, PEAKS, QUICK, 0, peers).run(suites, progress::add, soFar::add);
    }
  }

  @Test
  void everyCaseIsARowAndAnObject() {
    List<String> progress = new ArrayList<>();
    List<Report> soFar = new ArrayList<>();
    Report report = run(List.of(), progress, soFar);
    assertEquals(
        List.of("1/3 first: product", "2/3 second: gradient", "3/3 second: step"), progress);
    assertEquals(List.of(0, 1, 2, 3), soFar.stream().map(r -> r.results().size()).toList());

    String text = report.toString();
    assertTrue(text.matches("(?s).*\nfirst\ncase +ms +± +GFLOP +MB +limit +share\n.*"), text);
    assertTrue(
        text.matches("(?s).*\nproduct( +[0-9.]+){4}  (compute|read|write|copy) +\\d+ %\n.*"), text);

    @SuppressWarnings("unchecked")
    var fields = (Map<String, Object>) Json.parse(Json.text(report.fields()), "report");
    assertEquals(
        Set.of(
            "time",
            "device",
            "platform",
            "driver",
            "computeUnits",
            "load",
            "peaks",
            "cases",
            "starts",
            "geometricMeans"),
        fields.keySet());
    @SuppressWarnings("unchecked")
    var cases = (List<Map<String, Object>>) fields.get("cases");
    assertEquals(
        List.of("product", "gradient", "step"), cases.stream().map(c -> c.get("case")).toList());
    for (var one : cases) {
      assertTrue((Long) one.get("repetitions") >= 3);
      assertTrue((Long) one.get("kernels") >= 1);
      for (String positive :
          List.of("ms", "msBest", "msLimit", "bytesRead", "share", "shareBest")) {
        assertTrue(((Number) one.get(positive)).doubleValue() > 0, positive);
      }
    }
    assertEquals(2.0 * 17 * 17 * 17, ((Number) cases.get(0).get("flops")).doubleValue());
    assertEquals(4.0 * 2 * 17 * 17, ((Number) cases.get(0).get("bytesRead")).doubleValue());
    assertEquals(4.0 * 17 * 17, ((Number) cases.get(0).get("bytesWritten")).doubleValue());
  }

  @Test
  void peersThatDifferFailOrDieAreToldAndTheOthersAreMeasured() {
    Report report = run(PEERS, new ArrayList<>(), new ArrayList<>());
    assertEquals(3, report.results().size());
    for (Result result : report.results()) {
      Map<String, PeerResult> peers = new HashMap<>();
      result.peers().forEach(peer -> peers.put(peer.peer(), peer));
      assertEquals(
          PEERS.stream().map(Peer::name).toList(),
          List.copyOf(result.peers()).stream().map(PeerResult::peer).toList());
      assertEquals(0.5, peers.get("right").timing().orElseThrow().median());
      assertEquals("", peers.get("right").problem());
      assertTrue(peers.get("wrong").problem().startsWith("differs: "), result::name);
      assertEquals("does not know matrices", peers.get("lost").problem());
      assertEquals("has died", peers.get("mortal").problem());
      assertEquals(0.5 / result.timing().median(), result.ratio().orElseThrow());
      assertEquals("right", result.fastest().orElseThrow().peer());
    }
    assertTrue(report.results().get(2).peakBytes().isPresent());
    assertTrue(report.results().get(0).peakBytes().isEmpty());
    String text = report.toString();
    assertTrue(text.contains("  step, lost: does not know matrices\n"), text);
    assertTrue(text.contains("geometric means in all: "), text);
    assertTrue(Json.text(report.fields()).contains("\"problem\": \"has died\""));
  }

  @Test
  void differencesAreThoseToTheLargestElement() {
    Map<String, Literal> ours = Map.of("y", Literal.of(new float[] {0, 1000}, 2));
    assertEquals(
        Optional.empty(),
        Difference.problem(ours, Map.of("y", Literal.of(new float[] {0.9f, 1000}, 2))));
    assertEquals(
        Optional.of("differs: y by 1.1e-03"),
        Difference.problem(ours, Map.of("y", Literal.of(new float[] {1.1f, 1000}, 2))));
    assertEquals(
        Optional.of("differs: y by NaN"),
        Difference.problem(ours, Map.of("y", Literal.of(new float[] {0, Float.NaN}, 2))));
    assertEquals(
        Optional.of("differs: y is f32[1], ours f32[2]"),
        Difference.problem(ours, Map.of("y", Literal.of(new float[] {0}, 1))));
    assertEquals(
        Optional.of("gives nothing to compare"),
        Difference.problem(ours, Map.of("z", Literal.of(new float[] {0}, 1))));
  }

  @Test
  void whatAnOptimiserKeepsIsComparedToTheLargestOfItsKind() {
    Map<String, Literal> ours =
        Map.of(
            "optimizer.m.a.next", Literal.of(new float[] {1}, 1),
            "optimizer.m.b.next", Literal.of(new float[] {1e-9f}, 1));
    Map<String, Literal> noise = Map.of("optimizer.m.b.next", Literal.of(new float[] {-1e-9f}, 1));
    assertEquals(Optional.empty(), Difference.problem(ours, noise));
    Map<String, Literal> means =
        Map.of(
            "a.mean.next", Literal.of(new float[] {1}, 1),
            "b.mean.next", Literal.of(new float[] {1e-9f}, 1));
    Map<String, Literal> noisy = Map.of("b.mean.next", Literal.of(new float[] {-1e-8f}, 1));
    assertEquals(Optional.empty(), Difference.problem(means, noisy));
    Map<String, Literal> wrong = Map.of("optimizer.m.b.next", Literal.of(new float[] {0.1f}, 1));
    assertEquals(
        Optional.of("differs: optimizer.m.b.next by 1.0e-01"), Difference.problem(ours, wrong));
  }

  @Test
  void startsAreATableOfTheirOwn() {
    var cold = new StartResult.Run(12.5, Optional.of(40));
    var warm = new StartResult.Run(2.25, Optional.of(0));
    try (Device device = Devices.open()) {
      Report report =
          new Report(device.info(), PEAKS, 0, List.of(), List.of())
              .and(new StartResult("script", Optional.of(cold), Optional.of(warm), ""))
              .and(new StartResult("other", Optional.empty(), Optional.empty(), "fails"));
      String text = report.toString();
      assertTrue(text.matches("(?s).*\nscript +12.50 +40 +2.25 +0\n.*"), text);
      assertTrue(text.matches("(?s).*\nother +- +- +- +-  fails\n.*"), text);
      assertTrue(Json.text(report.fields()).contains("\"coldKernels\": 40"));
    }
  }

  @Test
  void aBusyMachineIsTold() {
    try (Device device = Devices.open()) {
      Report report = new Report(device.info(), PEAKS, 1000, List.of(), List.of());
      assertTrue(
          report.toString().contains("busy with other things (load 1000.0 on "), report::toString);
    }
  }

  @Test
  void theLimitIsTheLongestOfTheTimes() {
    Limits limits = new Limits(100, 10, 5, 12);
    assertEquals(2, limits.seconds(200, new Traffic(10, 0)));
    assertEquals(3, limits.seconds(200, new Traffic(30, 0)));
    assertEquals(4, limits.seconds(200, new Traffic(0, 20)));
    assertEquals(5, limits.seconds(200, new Traffic(40, 20)));
    assertEquals(Optional.empty(), limits.memory(200, new Traffic(10, 0)));
    assertEquals(Optional.of(Movement.READ), limits.memory(200, new Traffic(30, 0)));
    assertEquals(Optional.of(Movement.WRITE), limits.memory(200, new Traffic(0, 20)));
    assertEquals(Optional.of(Movement.COPY), limits.memory(200, new Traffic(40, 20)));
    assertEquals(2.5, limits.withMemory(2).seconds(200, new Traffic(40, 20)));
  }

  @Test
  void ofATableTheRowsThatAreReadCount() {
    Node table = weight("table", 1000, 8);
    Node index = Operations.iota(org.nnd.ir.DType.I32, Shape.of(5), 0);
    Graph graph = Graph.of(List.of(), Map.of("y", Operations.gather(table, index, 0)));
    assertEquals(new Traffic(4 * 5 * 8, 4 * 5 * 8), Traffic.of(graph));
  }

  @Test
  void theSummaryTakesTheMiddle() {
    assertEquals(new Timing(3, 1, 1, 5), Timing.of(new double[] {4, 1, 100, 3, 2}));
    assertEquals(new Timing(7, 7, 0, 1), Timing.of(new double[] {7}));
    assertEquals(new Timing(1.5, 1, 0.25, 2), Timing.of(new double[] {2, 1}));
    assertEquals(2, Report.geometricMean(List.of(1.0, 4.0)), 1e-12);
  }
}
