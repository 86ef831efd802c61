package org.nnd.opencl.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.nnd.ir.Operations.add;
import static org.nnd.ir.Operations.input;
import static org.nnd.ir.Operations.multiply;
import static org.nnd.ir.Operations.sum;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;
import org.nnd.opencl.jocl.Device;
import org.nnd.opencl.jocl.Devices;

/** Results are those of their run, whatever runs afterwards and on whichever thread. */
class ResultsTest {
  private static Device device;

  @BeforeAll
  static void open() {
    device = Devices.open();
  }

  @AfterAll
  static void close() {
    device.close();
  }

  /** {@code square = x * x} {@code [N, 5]}, {@code sum} {@code [N]}, {@code twice = x + x}. */
  private static Graph graph() {
    Node x = input("x", TensorType.f32(Shape.batchOf(5)));
    Map<String, Node> outputs = new LinkedHashMap<>();
    outputs.put("square", multiply(x, x));
    outputs.put("sum", sum(multiply(x, x), List.of(1)));
    outputs.put("twice", add(x, x));
    return Graph.of(List.of(x), outputs);
  }

  private static Map<String, Literal> filled(int batch, float value) {
    float[] x = new float[batch * 5];
    Arrays.fill(x, value);
    return Map.of("x", Literal.of(x, batch, 5));
  }

  private static void check(Results results, int batch, float value) {
    double[] want = new double[batch * 5];
    Arrays.fill(want, value * value);
    assertArrayEquals(want, results.get("square").toDoubles());
    Arrays.fill(want, 2 * value);
    assertArrayEquals(want, results.get("twice").toDoubles());
    want = new double[batch];
    Arrays.fill(want, 5 * value * value);
    assertArrayEquals(want, results.get("sum").toDoubles());
  }

  @Test
  void theyStayWhenTheExecutableRunsAgain() {
    try (Variables none = new Variables(device);
        Executable executable = Executable.compile(device, graph())) {
      List<Results> all = new ArrayList<>();
      int[] batches = {3, 3, 0, 7, 1, 3, 40, 2};
      for (int i = 0; i < batches.length; i++) {
        Results results = executable.run(none, filled(batches[i], i));
        if (i % 2 == 0) {
          results.get("sum"); // one output read at once, the others later
        }
        all.add(results);
      }
      for (int i = 0; i < batches.length; i++) {
        check(all.get(i), batches[i], i);
        check(all.get(i), batches[i], i);
      }
    }
  }

  @Test
  void whatWasCopiedAsideIsFreedWhenItHasBeenRead() {
    try (Variables none = new Variables(device);
        Executable executable = Executable.compile(device, graph())) {
      executable.run(none, filled(4, 1)).all();
      int before = device.liveBuffers();
      Results first = executable.run(none, filled(4, 2));
      Results second = executable.run(none, filled(4, 3));
      assertEquals(before + 1, device.liveBuffers());
      first.get("square");
      first.get("sum");
      first.get("twice");
      assertEquals(before, device.liveBuffers());
      check(first, 4, 2);
      check(second, 4, 3);
    }
  }

  @Test
  void whatIsNotWantedIsNotKept() {
    try (Variables none = new Variables(device);
        Executable executable = Executable.compile(device, graph())) {
      executable.run(none, filled(4, 1)).close();
      int before = device.liveBuffers();
      Results results = executable.run(none, filled(4, 2));
      results.get("sum");
      results.close();
      executable.run(none, filled(4, 3));
      assertEquals(before, device.liveBuffers());
      assertEquals(
          "the output 'square' was not read before the results were closed",
          assertThrows(IllegalStateException.class, () -> results.get("square")).getMessage());
    }
  }

  @Test
  void afterTheEndOnlyWhatHasBeenReadIsThere() {
    Variables none = new Variables(device);
    Executable executable = Executable.compile(device, graph());
    Results results = executable.run(none, filled(2, 3));
    results.get("sum");
    executable.close();
    assertEquals(45, results.get("sum").get(0));
    assertEquals(
        "the output 'square' was not read before the executable was closed",
        assertThrows(IllegalStateException.class, () -> results.get("square")).getMessage());
    assertThrows(IllegalStateException.class, () -> executable.run(none, filled(2, 3)));
  }

  @Test
  void anUnknownOutputIsToldWithThoseThereAre() {
    try (Variables none = new Variables(device);
        Executable executable = Executable.compile(device, graph())) {
      Results results = executable.run(none, filled(1, 1));
      assertEquals(
          "no output 'loss'; there are [square, sum, twice]",
          assertThrows(NndException.class, () -> results.get("loss")).getMessage());
    }
  }

  @Test
  void inputsMustBeWhatTheGraphExpects() {
    try (Variables none = new Variables(device);
        Executable executable = Executable.compile(device, graph())) {
      assertEquals(
          "the input 'x' is missing: a f32[N, 5] is expected",
          assertThrows(NndException.class, () -> executable.run(none, Map.of())).getMessage());
      Map<String, Literal> wrong = Map.of("x", Literal.of(new float[8], 2, 4));
      assertEquals(
          "the input 'x' is f32[2, 4], expected f32[N, 5] with N = 2",
          assertThrows(NndException.class, () -> executable.run(none, wrong)).getMessage());
    }
  }

  @Test
  void severalThreadsMayUseOneExecutable() throws Exception {
    try (Variables none = new Variables(device);
        Executable executable = Executable.compile(device, graph())) {
      inThreads(
          4,
          thread -> {
            for (int i = 0; i < 25; i++) {
              int batch = 1 + (thread + i) % 6;
              check(executable.run(none, filled(batch, thread * 100 + i)), batch, thread * 100 + i);
            }
          });
    }
  }

  @Test
  void severalExecutablesMayRunAtOnce() throws Exception {
    inThreads(
        3,
        thread -> {
          try (Variables variables = new Variables(device);
              Executable executable = Executable.compile(device, graph())) {
            for (int i = 0; i < 20; i++) {
              check(executable.run(variables, filled(3, thread + i)), 3, thread + i);
            }
          }
        });
  }

  private interface Body {
    void run(int thread);
  }

  private static void inThreads(int count, Body body) throws Exception {
    try (ExecutorService pool = Executors.newFixedThreadPool(count)) {
      List<Future<?>> pending = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int thread = i;
        pending.add(pool.submit(() -> body.run(thread)));
      }
      for (Future<?> future : pending) {
        future.get();
      }
    }
  }
}
