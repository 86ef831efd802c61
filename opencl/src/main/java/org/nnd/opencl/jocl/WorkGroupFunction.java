package org.nnd.opencl.jocl;

import java.util.Arrays;

/**
 * What PoCL compiles when it first meets a launch: a kernel made special for a work-group size, and
 * for a grid that is small or not.
 */
record WorkGroupFunction(Source compiled, String kernel, String local, boolean smallGrid) {
  /** Work-items in a dimension from which PoCL no longer takes a grid for small. */
  private static final long LIMIT = 65535;

  static WorkGroupFunction of(Launch launch) {
    return new WorkGroupFunction(
        launch.kernel().program().compiled(),
        launch.kernel().name(),
        Arrays.toString(launch.local()),
        isSmall(launch.global()));
  }

  private static boolean isSmall(long[] global) {
    return Arrays.stream(global).limit(2).max().orElse(0) < LIMIT;
  }

  /** The smallest range that makes the driver compile the same function as {@code global} does. */
  static long[] smallest(long[] global, long[] local) {
    long[] range = local.clone();
    if (!isSmall(global)) {
      int widest = global.length > 1 && global[1] > global[0] ? 1 : 0;
      range[widest] = (LIMIT + local[widest] - 1) / local[widest] * local[widest];
    }
    return range;
  }

  /** Names it among the functions of its program. */
  String label() {
    return kernel + local + (smallGrid ? "small" : "large");
  }
}
