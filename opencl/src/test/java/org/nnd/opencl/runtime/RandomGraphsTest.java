package org.nnd.opencl.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.nnd.ir.Literal;
import org.nnd.ir.Op;
import org.nnd.ir.reference.Evaluation;
import org.nnd.ir.testing.RandomGraph;
import org.nnd.ir.testing.RandomGraphs;
import org.nnd.opencl.jocl.Device;
import org.nnd.opencl.jocl.Devices;
import org.nnd.opencl.kernel.ClWriter;

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

  private static final Set<Class<? extends Op>> SUPPORTED =
      Set.of(
          Op.Iota.class,
          Op.Size.class,
          Op.Unary.class,
          Op.Binary.class,
          Op.Compare.class,
          Op.Select.class,
          Op.Convert.class,
          Op.Bitcast.class,
          Op.Reshape.class,
          Op.Transpose.class,
          Op.Broadcast.class,
          Op.Slice.class,
          Op.Pad.class,
          Op.Concatenate.class,
          Op.Reverse.class,
          Op.Reduce.class,
          Op.Dot.class,
          Op.Convolution.class,
          Op.Gather.class,
          Op.RandomBits.class,
          Op.StopGradient.class,
          Op.Barrier.class);

  @TestFactory
  Stream<DynamicTest> exactOnIntegers() {
    RandomGraph.Options options = RandomGraph.Options.everything().only(SUPPORTED).withIntegers();
    int from = Integer.getInteger("nnd.seed", 0);
    int count = Integer.getInteger("nnd.count", 120);
    return IntStream.range(from, from + count)
        .mapToObj(
            seed ->
                DynamicTest.dynamicTest(
                    "seed " + seed, () -> check(RandomGraphs.sample(seed, options), 0)));
  }

  private static void check(RandomGraph random, double tolerance) {
    Evaluation expected = random.evaluate();
    Variables variables = new Variables(device);
    random.parameters().forEach(variables::put);
    try (Executable executable = Executable.compile(device, random.graph())) {
      Results results = executable.run(variables, random.inputs(), random.batch());
      expected
          .outputs()
          .forEach(
              (name, want) ->
                  compare(random, executable, name, want, results.get(name), tolerance));
      expected
          .updates()
          .forEach(
              (name, want) ->
                  compare(random, executable, name, want, variables.get(name), tolerance));
    }
    variables.close();
  }

  private static void compare(
      RandomGraph random,
      Executable executable,
      String name,
      Literal want,
      Literal got,
      double tolerance) {
    assertEquals(want.count(), got.count(), name);
    for (int i = 0; i < want.count(); i++) {
      double w = want.get(i);
      double g = got.get(i);
      boolean same = w == g || (Double.isNaN(w) && Double.isNaN(g));
      if (!same && !(Math.abs(w - g) <= tolerance * Math.max(1, Math.abs(w)))) {
        StringBuilder kernels = new StringBuilder();
        executable.plan().calls().forEach(c -> kernels.append(ClWriter.print(c.kernel())));
        throw new AssertionError(
            "%s[%d] is %s, expected %s, N = %d\n%s\n%s"
                .formatted(name, i, g, w, random.batch(), random.graph(), kernels));
      }
    }
  }
}
