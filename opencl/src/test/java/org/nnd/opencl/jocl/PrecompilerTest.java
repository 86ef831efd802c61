package org.nnd.opencl.jocl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrecompilerTest {
  private static final int KERNELS = 14;

  @TempDir Path temporary;

  /** Prepares launches of which the one asked for kills who runs it on zeros; then runs them. */
  static final class Probe {
    public static void main(String[] args) throws IOException {
      Path driverCache = Path.of(System.getenv("POCL_CACHE_DIR"));
      int deadly = Integer.parseInt(args[0]);
      var sources = new ArrayList<Source>();
      for (int i = 0; i < KERNELS; i++) {
        String value = i == deadly ? "100 / in[0]" : i + " + in[0]";
        sources.add(
            Source.of(
                "k" + i,
                "__kernel void k%d(__global const int* in, __global int* out, int at) { out[at] = %s; }"
                    .formatted(i, value)));
      }
      try (Device device = Devices.open();
          Buffer in = device.allocate(4);
          Buffer out = device.allocate(4 * KERNELS)) {
        in.write(0, new int[] {5});
        out.fillZero();
        var launches = new ArrayList<Launch>();
        for (Program program : device.buildAll(sources)) {
          Kernel kernel = program.kernel(program.name());
          kernel.arg(0, in).arg(1, out).arg(2, launches.size());
          launches.add(new Launch(kernel, new long[] {1}, new long[] {1}));
        }
        System.out.println("compiled " + compiled(driverCache));
        device.prepare(launches);
        System.out.println("compiled " + compiled(driverCache));
        System.out.println("sum " + sum(out));
        launches.forEach(Launch::enqueue);
        System.out.println("sum " + sum(out));
      }
    }

    private static int sum(Buffer out) {
      int[] values = new int[KERNELS];
      out.read(0, values);
      return java.util.Arrays.stream(values).sum();
    }

    private static long compiled(Path driverCache) throws IOException {
      try (var files = Files.walk(driverCache)) {
        return files.filter(file -> file.toString().endsWith(".so")).count();
      }
    }
  }

  private List<String> probe(String driverCache, int deadly) throws Exception {
    Path directory = Files.createDirectories(temporary.resolve(driverCache));
    ChildJvm.Outcome outcome =
        ChildJvm.run(
            Probe.class,
            List.of("-Dnnd.cache.dir=" + temporary.resolve("nnd")),
            Map.of("POCL_CACHE_DIR", directory.toString()),
            Integer.toString(deadly));
    assertEquals(0, outcome.exit(), outcome.output());
    return outcome.output().lines().toList();
  }

  private static void assumeItApplies() {
    assumeTrue(Devices.list().get(0).platform().equals("Portable Computing Language"));
    assumeTrue(Runtime.getRuntime().availableProcessors() >= 2);
  }

  @Test
  void everythingIsCompiledBeforeAnythingRuns() throws Exception {
    assumeItApplies();
    int sum = KERNELS * (KERNELS - 1) / 2 + 5 * KERNELS;
    assertEquals(
        List.of("compiled 0", "compiled " + KERNELS, "sum 0", "sum " + sum), probe("a", -1));
    assertEquals(
        List.of("compiled 0", "compiled 0", "sum 0", "sum " + sum),
        probe("b", -1),
        "what is known to be compiled is not compiled ahead again");
  }

  @Test
  void aKernelThatKillsItsChildCostsOnlyTime() throws Exception {
    assumeItApplies();
    int sum = KERNELS * (KERNELS - 1) / 2 + 5 * KERNELS - (3 + 5) + 100 / 5;
    List<String> lines = probe("a", 3);
    assertEquals("compiled 0", lines.get(0));
    assertNotEquals("compiled 0", lines.get(1), "the other child went on");
    assertEquals("sum " + sum, lines.get(lines.size() - 1));
    assertFalse(Files.exists(temporary.resolve("nnd").resolve("failed")));
  }

  @Test
  void theSmallestRangeKeepsTheKindOfGrid() {
    long[] local = {1, 4, 2};
    assertArrayEquals(local, WorkGroupFunction.smallest(new long[] {65534, 400, 100_000}, local));
    assertArrayEquals(
        new long[] {65535, 4, 2}, WorkGroupFunction.smallest(new long[] {70_000, 400, 2}, local));
    assertArrayEquals(
        new long[] {1, 65536, 2}, WorkGroupFunction.smallest(new long[] {1, 1 << 20, 2}, local));
  }
}
