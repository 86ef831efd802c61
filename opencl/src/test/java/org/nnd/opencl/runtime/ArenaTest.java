package org.nnd.opencl.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.ir.Operations.exp;
import static org.nnd.ir.Operations.input;
import static org.nnd.ir.Operations.reverse;
import static org.nnd.ir.Operations.sum;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Origin;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;
import org.nnd.ir.testing.RandomGraph;
import org.nnd.ir.testing.RandomGraphs;
import org.nnd.opencl.jocl.Device;
import org.nnd.opencl.jocl.Devices;
import org.nnd.opencl.lower.KernelPlan;
import org.nnd.opencl.lower.Target;

/** What lies in the arena before a run, and in how many buffers it comes, changes no result. */
class ArenaTest {
  private static Device device;

  @BeforeAll
  static void open() {
    device = Devices.open();
  }

  @AfterAll
  static void close() {
    device.close();
  }

  @TestFactory
  Stream<DynamicTest> randomGraphs() {
    return seeds(7000, Targets.of(device.info()));
  }

  @TestFactory
  Stream<DynamicTest> randomGraphsWithGpuSchedules() {
    return seeds(8000, Target.gpu());
  }

  private static Stream<DynamicTest> seeds(int first, Target target) {
    int count = Integer.getInteger("nnd.count", 20);
    int from = Integer.getInteger("nnd.seed", first);
    RandomGraph.Options options = RandomGraph.Options.everything().withSteps(14);
    return IntStream.range(from, from + count)
        .mapToObj(
            seed ->
                DynamicTest.dynamicTest(
                    "seed " + seed, () -> check(RandomGraphs.sample(seed, options), target)));
  }

  private static void check(RandomGraph random, Target target) {
    KernelPlan plan = Executable.plan(random.graph(), target);
    try (Executable whole = Executable.compile(device, plan, MemoryPlan.UNLIMITED);
        Executable pieces = Executable.compile(device, plan, smallestPiece(plan, random.batch()))) {
      Map<String, Literal> want = run(random, whole, false);
      assertEquals(want, run(random, whole, true), () -> "poisoned\n" + random.graph());
      assertEquals(want, run(random, pieces, false), () -> "in pieces\n" + random.graph());
    }
  }

  /** {@return the size of the smallest pieces that hold every value} */
  private static long smallestPiece(KernelPlan plan, long batch) {
    for (long piece = MemoryPlan.ALIGNMENT; ; piece += MemoryPlan.ALIGNMENT) {
      try {
        assertTrue(new Frame(plan, batch, piece, true).size() >= 0);
        return piece;
      } catch (NndException tooSmall) {
        assertTrue(tooSmall.getMessage().startsWith("out of device memory: "));
      }
    }
  }

  /** {@return outputs and variables after a run} */
  private static Map<String, Literal> run(
      RandomGraph random, Executable executable, boolean poison) {
    Map<String, Literal> all = new TreeMap<>();
    try (Variables variables = new Variables(device)) {
      random.parameters().forEach(variables::put);
      if (poison) {
        executable.poison(variables, random.batch());
      }
      Results results = executable.run(variables, random.inputs(), random.batch());
      results.all().forEach((name, value) -> all.put("output " + name, value));
      variables.names().forEach(name -> all.put("variable " + name, variables.get(name)));
    }
    return all;
  }

  /** {@code [N, 1000]}; two values of that size live at once, beside the small result. */
  private static Graph graph() {
    Node x = input("x", TensorType.f32(Shape.batchOf(1000)));
    Node y =
        new Origin("blocks.3", "net.nnd:8")
            .during(() -> exp(sum(reverse(x, List.of(1)), List.of(0))));
    return Graph.of(List.of(x), Map.of("y", y));
  }

  @Test
  void itsSizeGrowsWithTheBatchAndIsToldBefore() {
    try (Executable executable = Executable.compile(device, graph());
        Variables none = new Variables(device)) {
      long one = executable.arenaBytes(1);
      assertTrue(one >= 8000 && one < 12_000, one + " bytes");
      assertTrue(executable.arenaBytes(100) >= 99 * 4000 + one, "100 times the input");
      long before = device.allocatedBytes();
      executable.run(none, Map.of("x", Literal.of(new float[100_000], 100, 1000))).all();
      long large = device.allocatedBytes() - before;
      assertEquals(executable.arenaBytes(100) + Transfers.SLACK, large);
      executable.run(none, Map.of("x", Literal.of(new float[1000], 1, 1000))).all();
      assertEquals(large, device.allocatedBytes() - before, "one arena serves all batch sizes");
    }
  }

  @Test
  void aValueLargerThanABufferIsNamed() {
    KernelPlan plan = Executable.plan(graph(), Target.cpu(8));
    try (Executable executable = Executable.compile(device, plan, 8192);
        Variables none = new Variables(device)) {
      executable.run(none, Map.of("x", Literal.of(new float[2000], 2, 1000))).all();
      NndException error =
          assertThrows(
              NndException.class,
              () -> executable.run(none, Map.of("x", Literal.of(new float[3000], 3, 1000))));
      assertEquals(
          "out of device memory: f32[3, 1000] takes 11.7 KiB, at most 8.0 KiB fit into one buffer"
              + " of this device; use a smaller batch than 3",
          error.getMessage());
    }
  }

  @Test
  void poisonIsNoNumberInEveryPiece() {
    try (Arena arena = new Arena(device, 600, 256)) {
      arena.poison();
      for (long offset = 0; offset < 600; offset += 4) {
        float[] value = new float[1];
        Place place = arena.at(offset);
        place.buffer().read(place.offset(), value);
        assertTrue(Float.isNaN(value[0]), "at " + offset);
      }
      assertEquals(88, arena.at(600).offset());
    }
  }

  @Test
  void anEmptyGraphRuns() {
    try (Executable executable = Executable.compile(device, Graph.of(List.of(), Map.of()));
        Variables none = new Variables(device)) {
      assertEquals(Map.of(), executable.run(none, Map.of()).all());
      assertEquals(0, executable.arenaBytes(64));
    }
  }
}
