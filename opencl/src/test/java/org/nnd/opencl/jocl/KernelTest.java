package org.nnd.opencl.jocl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class KernelTest {
  private static final String AXPY =
      """
      __kernel void axpy(float a, __global const float* x, __global float* y, int n) {
        size_t i = get_global_id(0);
        if (i < n) y[i] = fma(a, x[i], y[i]);
      }
      """;

  @Test
  void argumentsStaySetFromLaunchToLaunch() {
    try (Device device = Devices.open();
        Buffer x = device.allocate(12);
        Buffer y = device.allocate(12);
        Program program = device.build("axpy", AXPY, Source.OPTIONS);
        Kernel kernel = program.kernel("axpy")) {
      x.write(0, new float[] {1, 2, 3});
      y.write(0, new float[] {10, 20, 30});
      kernel.arg(0, 2f).arg(1, x).arg(2, y).arg(3, 3);
      kernel.launch(new long[] {64}, new long[] {64});
      kernel.launch(new long[] {64}, new long[] {64});
      float[] result = new float[3];
      y.read(0, result);
      assertArrayEquals(new float[] {14, 28, 42}, result);
      assertEquals(24, device.allocatedBytes());
    }
  }
}
