package org.nnd.bench;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.nnd.ir.Graph;
import org.nnd.opencl.jocl.Device;
import org.nnd.opencl.measure.PeakRates;
import org.nnd.opencl.runtime.Executable;
import org.nnd.opencl.runtime.Variables;

/** Times the cases of suites on a device. */
public final class Bench {
  private static final int WARM_UPS = 3;

  private final Device device;
  private final PeakRates peaks;
  private final Effort effort;
  private final double load;

  /**
   * @param peaks of the device, measured a moment ago
   * @param load of the machine before that, see {@link #load()}
   */
  public Bench(Device device, PeakRates peaks, Effort effort, double load) {
    this.device = device;
    this.peaks = peaks;
    this.effort = effort;
    this.load = load;
  }

  /** {@return how many processes want to run, a mean over the last minute; 0 if nobody tells} */
  public static double load() {
    return Math.max(0, ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  /**
   * {@return what the cases came to}
   *
   * @param progress is told what is measured now
   */
  public Report run(List<Suite> suites, Consumer<String> progress) {
    int count = suites.stream().mapToInt(suite -> suite.cases().size()).sum();
    List<Result> results = new ArrayList<>();
    for (Suite suite : suites) {
      for (Case task : suite.cases()) {
        String at = "%d/%d %s: %s".formatted(results.size() + 1, count, suite.name(), task.name());
        progress.accept(at);
        results.add(run(suite, task));
      }
    }
    return new Report(device.info(), peaks, load, results);
  }

  private Result run(Suite suite, Case task) {
    Graph graph = task.graph();
    try (Variables variables = new Variables(device);
        Executable executable = Executable.compile(device, graph)) {
      Operands.fill(graph, variables);
      Timing timing = time(() -> executable.run(variables, Map.of()).close());
      int kernels = executable.plan().calls().size();
      Limits limits = new Limits(1e9 * peaks.fmaGflops(), 1e9 * peaks.bandwidth());
      return new Result(suite.name(), task, Case.bytes(graph), kernels, timing, limits);
    }
  }

  private Timing time(Runnable run) {
    double alone = Double.MAX_VALUE; // the driver compiles at first launches: the least counts
    for (int i = 0; i < WARM_UPS; i++) {
      alone = Math.min(alone, seconds(run, 1));
    }
    int runs = (int) Math.max(1, effort.repetitionSeconds() / alone);
    seconds(run, runs);
    List<Double> times = new ArrayList<>();
    double total = 0;
    while (times.size() < effort.repetitions() || total < effort.seconds()) {
      double time = seconds(run, runs);
      times.add(time / runs);
      total += time;
    }
    return Timing.of(times.stream().mapToDouble(t -> t).toArray());
  }

  private double seconds(Runnable run, int runs) {
    long start = System.nanoTime();
    for (int i = 0; i < runs; i++) {
      run.run();
    }
    device.finish();
    return (System.nanoTime() - start) / 1e9;
  }
}
