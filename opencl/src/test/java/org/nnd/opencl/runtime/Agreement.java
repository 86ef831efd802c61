package org.nnd.opencl.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.pass.Passes;
import org.nnd.ir.reference.ReferenceEvaluator;
import org.nnd.ir.testing.RandomGraph;
import org.nnd.opencl.jocl.Device;
import org.nnd.opencl.kernel.ClWriter;
import org.nnd.opencl.lower.KernelPlan;
import org.nnd.opencl.lower.Lowering;
import org.nnd.opencl.lower.Target;

/** Holds what kernels compute against the reference evaluator. */
final class Agreement {
  /** f32 against f64. */
  private static final double TOLERANCE = 2e-5;

  private Agreement() {}

  /** Runs a graph by the interpreter and on the device, for both kinds of schedules. */
  static void check(
      Device device, Graph graph, long batch, Map<String, Literal> inputs, double tolerance) {
    Map<String, Literal> want =
        ReferenceEvaluator.evaluate(graph, batch, inputs, Map.of()).outputs();
    for (Target target : targets(device)) {
      KernelPlan plan = Lowering.lower(Passes.optimize(graph), target);
      Map<String, Literal> interpreted = HostRun.run(plan, batch, inputs, Map.of());
      compare("interpreted", plan, want, interpreted, tolerance);
      try (Variables variables = new Variables(device);
          Executable executable = Executable.compile(device, graph, target)) {
        Map<String, Literal> computed = executable.run(variables, inputs, batch).all();
        compare("on the device", plan, want, computed, tolerance);
      }
    }
  }

  /** The device's own schedules, those with results of any size past the caches, and the others. */
  private static List<Target> targets(Device device) {
    Target own = Targets.of(device.info());
    Target streaming = new Target(own.cpu(), own.width(), own.computeUnits(), 1);
    return own.streamingBytes() > 0
        ? List.of(own, streaming, Target.gpu())
        : List.of(own, Target.gpu());
  }

  /** Fails unless the values agree within a tolerance relative to each output's largest one. */
  private static void compare(
      String how,
      KernelPlan plan,
      Map<String, Literal> want,
      Map<String, Literal> got,
      double tolerance) {
    want.forEach(
        (name, expected) -> {
          double largest = 1e-30;
          for (double value : expected.toDoubles()) {
            largest = Double.isFinite(value) ? Math.max(largest, Math.abs(value)) : largest;
          }
          compare(how + " " + name, plan, expected, got.get(name), tolerance * largest);
        });
  }

  /**
   * Fails unless the values are those of the reference: equal where all are integers, else within
   * rounding errors of the magnitudes met on the way.
   */
  static void compare(
      String how, KernelPlan plan, RandomGraph random, boolean integers, Map<String, Literal> got) {
    random
        .evaluate()
        .outputs()
        .forEach(
            (name, expected) -> {
              boolean exact = integers || !expected.dtype().isFloat();
              double bound = Math.max(1, random.bounds().get(name));
              for (double value : expected.toDoubles()) {
                bound = Math.max(bound, Math.abs(value));
              }
              double tolerance = exact ? 0 : TOLERANCE * bound;
              compare(
                  "seed %d, N = %d, %s %s".formatted(random.seed(), random.batch(), how, name),
                  plan,
                  expected,
                  got.get(name),
                  tolerance);
            });
  }

  private static void compare(
      String what, KernelPlan plan, Literal want, Literal got, double tolerance) {
    assertEquals(want.count(), got.count(), what);
    for (int i = 0; i < want.count(); i++) {
      double w = want.get(i);
      double g = got.get(i);
      boolean same = w == g || (Double.isNaN(w) && Double.isNaN(g));
      if (!same && !(Math.abs(w - g) <= tolerance)) {
        StringBuilder kernels = new StringBuilder();
        plan.calls().forEach(call -> kernels.append(ClWriter.print(call.kernel())));
        throw new AssertionError(
            "%s[%d] is %s, expected %s\n%s\n%s".formatted(what, i, g, w, plan.graph(), kernels));
      }
    }
  }
}
