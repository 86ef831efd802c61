package org.nnd.opencl.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.nnd.ir.Literal;
import org.nnd.ir.reference.Evaluation;
import org.nnd.ir.testing.RandomGraph;
import org.nnd.ir.testing.RandomGraphs;
import org.nnd.opencl.jocl.Device;
import org.nnd.opencl.jocl.Devices;
import org.nnd.opencl.kernel.ClWriter;
import org.nnd.opencl.lower.Target;

/** Random graphs give on the device what the reference evaluator gives. */
class RandomGraphsTest {
  private static Device device;

  @BeforeAll
  static void open() {
    device = Devices.open();
  }

  @AfterAll
  static void close() {
    device.close();
  }

  /** f32 against f64, relative to the magnitudes met on the way. */
  private static final double TOLERANCE = 2e-5;

  private static final RandomGraph.Options EVERYTHING = RandomGraph.Options.everything();

  @TestFactory
  Stream<DynamicTest> exactOnIntegers() {
    return seeds(0, EVERYTHING.withIntegers(), Targets.of(device.info()));
  }

  @TestFactory
  Stream<DynamicTest> closeOnFloats() {
    return seeds(1000, EVERYTHING, Targets.of(device.info()));
  }

  @TestFactory
  Stream<DynamicTest> exactOnIntegersWithGpuSchedules() {
    return seeds(2000, EVERYTHING.withIntegers(), Target.gpu());
  }

  @TestFactory
  Stream<DynamicTest> closeOnFloatsWithGpuSchedules() {
    return seeds(3000, EVERYTHING, Target.gpu());
  }

  /** Seeds and their number may be given as the properties nnd.seed and nnd.count. */
  private static Stream<DynamicTest> seeds(int first, RandomGraph.Options options, Target target) {
    int from = Integer.getInteger("nnd.seed", first);
    int count = Integer.getInteger("nnd.count", 40);
    return IntStream.range(from, from + count)
        .mapToObj(
            seed ->
                DynamicTest.dynamicTest(
                    "seed " + seed,
                    () ->
                        check(
                            RandomGraphs.sample(seed, options), target, options.integerValued())));
  }

  private static void check(RandomGraph random, Target target, boolean integers) {
    Evaluation expected = random.evaluate();
    Variables variables = new Variables(device);
    random.parameters().forEach(variables::put);
    try (Executable executable = Executable.compile(device, random.graph(), target)) {
      // Twice, since a first run must leave nothing behind.
      for (int run = 0; run < 2; run++) {
        Results results = executable.run(variables, random.inputs(), random.batch());
        expected
            .outputs()
            .forEach(
                (name, want) ->
                    compare(random, integers, executable, name, want, results.get(name)));
      }
    }
    variables.close();
  }

  private static void compare(
      RandomGraph random,
      boolean integers,
      Executable executable,
      String name,
      Literal want,
      Literal got) {
    assertEquals(want.count(), got.count(), name);
    boolean exact = integers || !want.dtype().isFloat();
    double bound = Math.max(1, random.bounds().get(name));
    for (int i = 0; i < want.count(); i++) {
      double w = want.get(i);
      double g = got.get(i);
      boolean same = w == g || (Double.isNaN(w) && Double.isNaN(g));
      if (!same && (exact || !(Math.abs(w - g) <= TOLERANCE * Math.max(bound, Math.abs(w))))) {
        StringBuilder kernels = new StringBuilder();
        executable.plan().calls().forEach(c -> kernels.append(ClWriter.print(c.kernel())));
        throw new AssertionError(
            "%s[%d] is %s, expected %s, N = %d\n%s\n%s"
                .formatted(name, i, g, w, random.batch(), random.graph(), kernels));
      }
    }
  }
}
