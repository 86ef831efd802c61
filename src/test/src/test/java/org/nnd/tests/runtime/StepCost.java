package org.nnd.tests.runtime;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.opencl.jocl.Device;
import org.nnd.opencl.jocl.Devices;
import org.nnd.opencl.runtime.Executable;
import org.nnd.opencl.runtime.Profile;
import org.nnd.opencl.runtime.Results;
import org.nnd.opencl.runtime.Variables;

/**
 * Prints what a training step costs outside its kernels, and how long a start takes: cold with
 * {@code -Dnnd.cache.dir=} an empty folder (PoCL's own cache by {@code POCL_CACHE_DIR}), warm the
 * second time. Arguments: batch size, steps.
 */
final class StepCost {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private StepCost() {}

  public static void main(String[] arguments) {
    int size = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 64;
    int steps = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 50;
    long start = System.nanoTime();
    try (Device device = Devices.open();
        Variables variables = new Variables(device)) {
      start = lap("device", start);
      Graph graph = GlyphStep.make().graph();
      GlyphStep.make().initial().forEach(variables::put);
      start = lap("describe, twice", start);
      try (Executable executable = Executable.compile(device, graph)) {
        start = lap("compile " + executable.plan().calls().size() + " kernels", start);
        Map<String, Literal> inputs = GlyphStep.batch(size, 1);
        executable.run(variables, inputs).get("loss");
        start = lap("first run", start);
        executable.run(variables, inputs).get("loss");
        lap("second run", start);
        steps(device, executable, variables, inputs, steps);
        Profile profile = executable.profile(variables, inputs, 5);
        System.out.printf(Locale.ROOT, "kernels alone %.3f ms%n", profile.milliseconds());
        if (Boolean.getBoolean("table")) {
          System.out.println(profile);
        }
      }
    }
  }

  private static long lap(String what, long start) {
    long now = System.nanoTime();
    System.out.printf(Locale.ROOT, "%-24s %8.1f ms%n", what, (now - start) / 1e6);
    return now;
  }

  private static void steps(
      Device device,
      Executable executable,
      Variables variables,
      Map<String, Literal> inputs,
      int steps) {
    double[] submit = new double[steps];
    double[] processor = new double[steps];
    double[] whole = new double[steps];
    for (int i = 0; i < 3 * steps; i++) {
      device.finish();
      long start = System.nanoTime();
      long used = THREADS.getCurrentThreadCpuTime();
      Results results = executable.run(variables, inputs);
      long submitted = System.nanoTime();
      results.get("loss");
      processor[i % steps] = (THREADS.getCurrentThreadCpuTime() - used) / 1e6;
      submit[i % steps] = (submitted - start) / 1e6;
      whole[i % steps] = (System.nanoTime() - start) / 1e6;
    }
    System.out.printf(
        Locale.ROOT,
        "submission %.3f ms (%.3f ms of a processor with reading the loss), step %.3f ms%n",
        median(submit),
        median(processor),
        median(whole));
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
