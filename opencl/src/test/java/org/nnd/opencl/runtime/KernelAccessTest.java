package org.nnd.opencl.runtime;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nnd.ir.Literal;
import org.nnd.ir.pass.Passes;
import org.nnd.ir.testing.RandomGraph;
import org.nnd.ir.testing.RandomGraphs;
import org.nnd.opencl.lower.KernelPlan;
import org.nnd.opencl.lower.Lowering;
import org.nnd.opencl.lower.Target;

/**
 * The kernels of random graphs stay inside their arrays and free of races, with every vector width
 * and both kinds of schedules; and by the interpreter they compute what the reference computes.
 */
class KernelAccessTest {
  private static final int COUNT = Integer.getInteger("nnd.count", 250);

  private static void check(long first, RandomGraph.Options options, Target target) {
    for (long seed = first; seed < first + COUNT; seed++) {
      RandomGraph random = RandomGraphs.sample(seed, options);
      try {
        KernelPlan plan = Lowering.lower(Passes.optimize(random.graph()), target);
        Map<String, Literal> got =
            HostRun.run(plan, random.batch(), random.inputs(), random.parameters());
        Agreement.compare("interpreted", plan, random, options.integerValued(), got);
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + "\n" + random.graph(), e);
      }
    }
  }

  @Test
  void integersOnACpu() {
    check(10_000, RandomGraph.Options.everything().withIntegers(), Target.cpu(16));
  }

  @Test
  void integersWithShortVectors() {
    check(20_000, RandomGraph.Options.everything().withIntegers(), Target.cpu(4));
  }

  @Test
  void integersOnAGpu() {
    check(30_000, RandomGraph.Options.everything().withIntegers(), Target.gpu());
  }

  @Test
  void floatsOnACpu() {
    check(40_000, RandomGraph.Options.everything(), Target.cpu(8));
  }

  @Test
  void floatsOnAGpu() {
    check(50_000, RandomGraph.Options.everything(), Target.gpu());
  }

  @Test
  void largerGraphs() {
    check(60_000, RandomGraph.Options.everything().withIntegers().withSteps(20), Target.cpu(16));
  }
}
