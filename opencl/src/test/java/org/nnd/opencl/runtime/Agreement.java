package org.nnd.opencl.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.pass.Passes;
import org.nnd.ir.reference.ReferenceEvaluator;
import org.nnd.opencl.jocl.Device;
import org.nnd.opencl.kernel.ClWriter;
import org.nnd.opencl.lower.KernelPlan;
import org.nnd.opencl.lower.Lowering;
import org.nnd.opencl.lower.Target;

/** Holds what kernels compute against the reference evaluator. */
final class Agreement {
  private Agreement() {}

  /** Runs a graph by the interpreter and on the device, for both kinds of schedules. */
  static void check(
      Device device, Graph graph, long batch, Map<String, Literal> inputs, double tolerance) {
    Map<String, Literal> want =
        ReferenceEvaluator.evaluate(graph, batch, inputs, Map.of()).outputs();
    for (Target target : new Target[] {Targets.of(device.info()), Target.gpu()}) {
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

  /**
   * Fails unless the values agree; the message shows the kernels.
   *
   * @param tolerance of differences relative to the largest magnitude of the output, 0 for equality
   */
  static void compare(
      String how,
      KernelPlan plan,
      Map<String, Literal> want,
      Map<String, Literal> got,
      double tolerance) {
    want.forEach(
        (name, expected) -> {
          Literal actual = got.get(name);
          assertEquals(expected.count(), actual.count(), name);
          double largest = 1e-30;
          for (double value : expected.toDoubles()) {
            largest = Math.max(largest, Math.abs(value));
          }
          for (int i = 0; i < expected.count(); i++) {
            double w = expected.get(i);
            double g = actual.get(i);
            boolean same = w == g || (Double.isNaN(w) && Double.isNaN(g));
            if (!same && !(Math.abs(w - g) <= tolerance * largest)) {
              StringBuilder kernels = new StringBuilder();
              plan.calls().forEach(call -> kernels.append(ClWriter.print(call.kernel())));
              throw new AssertionError(
                  "%s %s[%d] is %s, expected %s\n%s\n%s"
                      .formatted(how, name, i, g, w, plan.graph(), kernels));
            }
          }
        });
  }
}
