package org.nnd.opencl.runtime;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * How long each kernel of an {@link Executable} takes when it runs alone.
 *
 * @param batch the batch size of the run
 * @param timings one per kernel of the plan that ran, in the order of their first launch
 */
public record Profile(long batch, List<Timing> timings) {
  /**
   * A kernel's share.
   *
   * @param kernel its name
   * @param comment its operations, the part of the description it comes from, its space and
   *     schedule
   * @param launches how often one run launched it (bodies of loops are launched many times)
   * @param nanos nanoseconds of all these launches together
   * @param flops floating-point operations that the mathematics needs, of all launches
   * @param bytes bytes that must cross the memory bus at least once per launch, of all launches
   */
  public record Timing(
      String kernel, List<String> comment, int launches, long nanos, long flops, long bytes) {
    public Timing {
      comment = List.copyOf(comment);
    }

    public double milliseconds() {
      return nanos * 1e-6;
    }

    /** {@return 1e9 floating-point operations per second} */
    public double gflops() {
      return (double) flops / Math.max(1, nanos);
    }

    /** {@return 1e9 bytes per second} */
    public double gigabytesPerSecond() {
      return (double) bytes / Math.max(1, nanos);
    }
  }

  public Profile {
    timings = List.copyOf(timings);
  }

  /** {@return milliseconds of all kernels together} */
  public double milliseconds() {
    return timings.stream().mapToDouble(Timing::milliseconds).sum();
  }

  /** {@return the timings, the slowest kernel first} */
  public List<Timing> slowestFirst() {
    return timings.stream().sorted(Comparator.comparingLong(Timing::nanos).reversed()).toList();
  }

  /** A table, the slowest kernel first. */
  @Override
  public String toString() {
    List<String> lines = new ArrayList<>();
    double total = milliseconds();
    lines.add(
        String.format(Locale.ROOT, "%d kernels, %.3f ms at N = %d", timings.size(), total, batch));
    lines.add("        ms  share  times   GFLOP/s      GB/s  kernel");
    for (Timing t : slowestFirst()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%10.3f %5.1f%% %6d %9.2f %9.2f  %s (%s)",
              t.milliseconds(),
              total == 0 ? 0 : 100 * t.milliseconds() / total,
              t.launches(),
              t.gflops(),
              t.gigabytesPerSecond(),
              t.kernel(),
              String.join("; ", t.comment())));
    }
    return String.join("\n", lines);
  }
}
