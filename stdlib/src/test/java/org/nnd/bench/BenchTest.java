package org.nnd.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.data.Messages.assertRefused;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.nnd.format.Json;
import org.nnd.opencl.jocl.Device;
import org.nnd.opencl.jocl.Devices;
import org.nnd.opencl.measure.PeakRates;
import org.nnd.opencl.measure.PeakRates.Rate;

/** Tiny cases: what is measured and how it is told, never how long it took. */
class BenchTest {
  private static final Effort QUICK = new Effort(3, 0, 0);
  private static final PeakRates PEAKS =
      new PeakRates(
          new Rate(100, "f"),
          new Rate(20, "r"),
          new Rate(10, "w"),
          new Rate(15, "c"),
          1,
          9,
          1 << 20);

  private static final List<Suite> TINY =
      List.of(
          new Suite("gemm", "", List.of(MatrixProducts.product("A B^T", 17, 1, 1))),
          new Suite("depthwise", "", Depthwise.cases(new Depthwise.Form(5, 1, 3, 7))),
          new Suite("rows", "", Rows.cases(33, new Rows.Pictures(2, 3, 5))));

  @Test
  void everyCaseIsARowAndAnObject() {
    List<String> progress = new ArrayList<>();
    Report report;
    try (Device device = Devices.open()) {
      report = new Bench(device, PEAKS, QUICK, 0).run(TINY, progress::add);
    }
    List<String> names = TINY.stream().flatMap(s -> s.cases().stream().map(Case::name)).toList();
    assertEquals(12, names.size());
    assertEquals("1/12 gemm: A B^T, 17 x 17", progress.getFirst());
    assertEquals(12, progress.size());

    List<String> table = report.toString().lines().toList();
    List<String> rows = table.subList(table.size() - 13, table.size());
    assertTrue(
        rows.getFirst().matches("suite +case +ms +± +GFLOP/s +GB/s +limit +share +best"),
        rows::getFirst);
    for (int i = 0; i < names.size(); i++) {
      String row = rows.get(i + 1);
      assertTrue(row.contains("  " + names.get(i) + "  "), row);
      assertTrue(row.matches(".*( compute | memory ) *\\d+ % +\\d+ %"), row);
      assertEquals(rows.getFirst().length(), row.length(), row);
    }

    @SuppressWarnings("unchecked")
    var fields = (Map<String, Object>) Json.parse(Json.text(report.fields()), "report");
    assertEquals(
        Set.of("time", "device", "platform", "driver", "computeUnits", "load", "peaks", "cases"),
        fields.keySet());
    @SuppressWarnings("unchecked")
    var cases = (List<Map<String, Object>>) fields.get("cases");
    assertEquals(names, cases.stream().map(c -> c.get("case")).toList());
    for (var one : cases) {
      assertTrue((Long) one.get("repetitions") >= 3);
      assertTrue((Long) one.get("kernels") >= 1);
      for (String positive : List.of("ms", "msBest", "msLimit", "bytes", "share", "shareBest")) {
        assertTrue(((Number) one.get(positive)).doubleValue() > 0, positive);
      }
    }
    assertEquals(2.0 * 17 * 17 * 17, ((Number) cases.getFirst().get("flops")).doubleValue());
    assertEquals(4.0 * 3 * 17 * 17, ((Number) cases.getFirst().get("bytes")).doubleValue());
  }

  @Test
  void aBusyMachineIsTold() {
    try (Device device = Devices.open()) {
      Report report = new Report(device.info(), PEAKS, 1000, List.of());
      assertTrue(
          report.toString().contains("busy with other things (load 1000.0 on "), report::toString);
    }
  }

  @Test
  void theLimitIsTheLongerOfTwoTimes() {
    Limits limits = new Limits(100, 10);
    assertEquals(2, limits.seconds(200, 10));
    assertEquals(3, limits.seconds(200, 30));
    assertTrue(limits.memory(200, 30) && !limits.memory(200, 10));
  }

  @Test
  void theSummaryTakesTheMiddle() {
    assertEquals(new Timing(3, 1, 1, 5), Timing.of(new double[] {4, 1, 100, 3, 2}));
    assertEquals(new Timing(7, 7, 0, 1), Timing.of(new double[] {7}));
    assertEquals(new Timing(1.5, 1, 0.25, 2), Timing.of(new double[] {2, 1}));
  }

  @Test
  void suitesAreChosenByName() {
    assertEquals(List.of("peak", "gemm", "depthwise", "rows"), names(Suites.named(List.of())));
    assertEquals(List.of("peak", "rows"), names(Suites.named(List.of("rows", "peak"))));
    assertRefused(
        "there is no suite 'gem'; there are\n  peak ", () -> Suites.named(List.of("gem")));
  }

  @Test
  void namesTellCasesApart() {
    List<String> all =
        Suites.all().stream().flatMap(s -> s.cases().stream().map(Case::name)).toList();
    assertEquals(all.size(), new HashSet<>(all).size());
    assertTrue(Stream.of("A B, 1009 x 1009", "31x31, 1x128x64x64 forward").allMatch(all::contains));
  }

  private static List<String> names(List<Suite> suites) {
    return suites.stream().map(Suite::name).toList();
  }
}
