package org.nnd.opencl.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.ir.Operations.broadcast;
import static org.nnd.ir.Operations.dot;
import static org.nnd.ir.Operations.input;
import static org.nnd.ir.Operations.parameter;
import static org.nnd.ir.Operations.subtract;
import static org.nnd.ir.Operations.sum;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;
import org.nnd.opencl.jocl.Device;
import org.nnd.opencl.jocl.Devices;

class ProfileTest {
  @Test
  void everyKernelOfARunIsThereWithItsWork() {
    Node x = input("x", TensorType.f32(Shape.batchOf(64)));
    Node w = parameter("w", TensorType.f32(Shape.of(64, 48)));
    Node y = dot(x, w, List.of(), List.of(), List.of(1), List.of(0));
    Node step = subtract(w, broadcast(sum(y, List.of(0, 1)), w.shape(), List.of()));
    Graph graph = Graph.of(List.of(x), Map.of("y", y), Map.of("w", step));
    float[] ones = new float[32 * 64];
    Arrays.fill(ones, 1);
    try (Device device = Devices.open();
        Variables variables = new Variables(device);
        Executable executable = Executable.compile(device, graph)) {
      variables.put("w", Literal.of(halves(), 64, 48));
      Map<String, Literal> inputs = Map.of("x", Literal.of(ones, 32, 64));
      Profile profile = executable.profile(variables, inputs, 1);
      assertEquals(32, profile.batch());
      assertEquals(executable.plan().calls().size(), profile.timings().size());
      Profile.Timing product =
          profile.timings().stream()
              .filter(t -> t.flops() >= 2L * 32 * 64 * 48)
              .findFirst()
              .orElseThrow();
      assertTrue(product.bytes() >= 4L * (32 * 64 + 64 * 48 + 32 * 48), product.toString());
      assertTrue(profile.toString().contains(product.kernel()), profile.toString());
      assertTrue(profile.slowestFirst().get(0).nanos() > 0, profile.toString());
      // A profiled run is a run: y was 32 everywhere.
      double[] updated = new double[64 * 48];
      Arrays.fill(updated, 0.5 - 32.0 * 32 * 48);
      assertArrayEquals(updated, variables.get("w").toDoubles());
    }
  }

  private static float[] halves() {
    float[] halves = new float[64 * 48];
    Arrays.fill(halves, 0.5f);
    return halves;
  }

  @Test
  void theTableIsSortedByTime() {
    Profile profile =
        new Profile(
            8,
            List.of(
                new Profile.Timing("quick", List.of("add"), 1, 1_000_000, 2_000_000, 8_000_000),
                new Profile.Timing("slow", List.of("dot", "4x16"), 2, 3_000_000, 6_000_000, 3)));
    assertEquals(
        """
        2 kernels, 4.000 ms at N = 8
                ms  share  times   GFLOP/s      GB/s  kernel
             3.000  75.0%      2      2.00      0.00  slow (dot; 4x16)
             1.000  25.0%      1      2.00      8.00  quick (add)""",
        profile.toString());
  }
}
