package org.nnd.opencl.runtime;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.nnd.ir.testing.RandomGraph;
import org.nnd.ir.testing.RandomGraphs;
import org.nnd.opencl.jocl.Device;
import org.nnd.opencl.jocl.Devices;
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
                            RandomGraphs.sample(seed, options), options.integerValued(), target)));
  }

  private static void check(RandomGraph random, boolean integers, Target target) {
    Variables variables = new Variables(device);
    random.parameters().forEach(variables::put);
    try (Executable executable = Executable.compile(device, random.graph(), target)) {
      // Twice, since a first run must leave nothing behind.
      for (int run = 0; run < 2; run++) {
        Results results = executable.run(variables, random.inputs(), random.batch());
        Agreement.compare("on the device", executable.plan(), random, integers, results.all());
      }
    }
    variables.close();
  }
}
