package org.nnd.opencl.kernel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs kernel programs in plain Java, slowly, and checks what a device does not: that every access
 * lies inside its array, that nothing is read that was not written, that no two work-items touch an
 * element without a barrier between them unless both read, and that all items of a group reach each
 * barrier.
 */
public final class Interpreter {
  private Interpreter() {}

  /**
   * Runs a kernel.
   *
   * @param arguments memory for the kernel's arguments, in order; one memory may serve several
   * @param n the value of {@code N}
   * @throws IllegalStateException at the first bad access, naming kernel, array and element
   */
  public static void run(Kernel kernel, List<Memory> arguments, long n) {
    Map<String, Memory> byName = new LinkedHashMap<>();
    for (int i = 0; i < arguments.size(); i++) {
      Array array = kernel.arguments().get(i);
      if (array.dtype() != arguments.get(i).dtype()) {
        throw new IllegalArgumentException(
            "%s of %s is an array of %s".formatted(array.name(), kernel.name(), array.dtype()));
      }
      byName.put(array.name(), arguments.get(i));
    }
    int dimensions = kernel.groups().size();
    long[] counts = new long[dimensions];
    long total = 1;
    for (int d = 0; d < dimensions; d++) {
      counts[d] = kernel.groups().get(d).at(n);
      total *= counts[d];
    }
    try {
      for (int g = 0; g < total; g++) {
        long[] at = new long[dimensions];
        long rest = g;
        for (int d = 0; d < dimensions; d++) {
          at[d] = rest % counts[d];
          rest /= counts[d];
        }
        new WorkGroup(kernel, g, at, byName, n).run(kernel.body());
      }
    } catch (IllegalStateException e) {
      throw new IllegalStateException(kernel.name() + ": " + e.getMessage(), e);
    }
    arguments.forEach(Memory::settle);
  }
}
