package org.nnd.bench.suites;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.data.Messages.assertRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nnd.bench.Case;
import org.nnd.bench.Suite;
import org.nnd.bench.Work;
import org.nnd.ir.Graph;
import org.nnd.ir.Node;
import org.nnd.model.Flops;
import org.nnd.opencl.jocl.Device;
import org.nnd.opencl.jocl.Devices;
import org.nnd.opencl.runtime.Executable;
import org.nnd.opencl.runtime.Results;
import org.nnd.opencl.runtime.Variables;

class SuitesTest {
  @Test
  void everyKindOfCaseRuns() {
    try (Device device = Devices.open()) {
      for (Case task : SmallCases.all()) {
        Work work = task.work().get();
        Graph graph = work.graph();
        try (Variables variables = new Variables(device);
            Executable executable = Executable.compile(device, graph)) {
          Map<String, org.nnd.ir.Literal> inputs = new java.util.HashMap<>();
          for (Node leaf : Work.Fixed.leaves(graph)) {
            String name = Work.Fixed.name(leaf);
            var value = work.values().of(name, leaf.type());
            if (graph.inputs().contains(leaf)) {
              inputs.put(name, value);
            } else {
              variables.put(name, value);
            }
          }
          try (Results results = executable.run(variables, inputs)) {
            results
                .all()
                .forEach(
                    (name, value) -> {
                      for (double x : value.toDoubles()) {
                        assertTrue(Double.isFinite(x), task.name() + ": " + name);
                      }
                    });
          }
        }
      }
    }
  }

  /** Gradients of a convolution are as much work as itself, whatever the stride. */
  @Test
  void operationsOfGradientsAreThoseOfTheConvolution() {
    for (int stride : new int[] {1, 2}) {
      List<Long> counts =
          Depthwise.cases(new Depthwise.Form(3, 3, stride, 2, 4, 8)).stream()
              .map(task -> Flops.total(task.work().get().graph()))
              .toList();
      int out = 8 / stride;
      assertEquals(2L * 2 * 4 * out * out * 9, counts.get(0));
      for (long count : counts) {
        assertEquals(1, (double) count / counts.get(0), 0.01, "stride " + stride + ": " + counts);
      }
    }
  }

  @Test
  void theFileOfCasesIsTheList() throws IOException {
    Path file = Path.of(System.getProperty("nnd.home"), "docs", "benchmark-cases.tsv");
    String list = Suites.list(Suites.all());
    if ("write".equals(System.getProperty("nnd.golden"))) {
      Files.writeString(file, list);
    }
    assertEquals(Files.readString(file), list, "write it with -Dnnd.golden=write");
    List<String> lines = list.lines().toList();
    assertEquals(lines.size(), new HashSet<>(lines).size());
  }

  @Test
  void suitesAreChosenByName() {
    assertEquals(10, Suites.named(List.of()).size());
    assertEquals(List.of("peak", "rows"), names(Suites.named(List.of("rows", "peak"))));
    assertRefused(
        "there is no suite 'gem'; there are\n  peak ", () -> Suites.named(List.of("gem")));
  }

  @Test
  void casesAreChosenByPattern() {
    List<Suite> products = Suites.named(List.of("gemm", "rows"));
    List<Suite> found = Suites.matching(products, "gemm/A B, 10?? x *");
    assertEquals(List.of("gemm"), names(found));
    assertEquals(
        List.of("A B, 1009 x 1009 x 1009", "A B, 1024 x 1024 x 1024"),
        found.get(0).cases().stream().map(Case::name).toList());
    assertEquals(List.of(), Suites.matching(products, "gemm/A B"));
    assertEquals(List.of("start"), names(Suites.matching(Suites.all(), "start/glyphs*")));
  }

  private static List<String> names(List<Suite> suites) {
    return suites.stream().map(Suite::name).toList();
  }
}
