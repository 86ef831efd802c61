package org.nnd.opencl.measure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.nnd.opencl.jocl.Buffer;
import org.nnd.opencl.jocl.Device;
import org.nnd.opencl.jocl.DeviceInfo;
import org.nnd.opencl.jocl.Kernel;
import org.nnd.opencl.jocl.Program;
import org.nnd.opencl.jocl.Source;

/**
 * The limits of a device, measured. A multiply-add counts as two operations; a copy moves each byte
 * twice (once read, once written).
 *
 * @param fma peak rate of fused multiply-adds in single precision
 * @param read bandwidth of reading memory
 * @param write bandwidth of writing memory
 * @param copy bandwidth of reading one array and writing another, both directions counted
 * @param launchMicros microseconds per launch of an empty kernel in a stream of them
 * @param roundTripMicros microseconds for one launch and the wait for its end
 * @param arrayBytes size of the arrays that bandwidth was measured on
 */
public record PeakRates(
    Rate fma,
    Rate read,
    Rate write,
    Rate copy,
    double launchMicros,
    double roundTripMicros,
    long arrayBytes) {

  /**
   * A best rate.
   *
   * @param giga 10^9 operations or bytes per second
   * @param shape the kernel that reached it
   */
  public record Rate(double giga, String shape) {}

  private static final int REPETITIONS = 4;
  private static final long THOROUGH_NANOS = 300_000_000;
  private static final int FINALISTS = 2;
  private static final int LAUNCHES = 1000;
  private static final int LAUNCH_REPETITIONS = 24;
  private static final long ARRAY = 256L << 20;

  /** Peak rate of multiply-adds in GFLOP/s. */
  public double fmaGflops() {
    return fma.giga();
  }

  /** Best of the bandwidths in GB/s: what a kernel that only moves memory can reach. */
  public double bandwidth() {
    return Math.max(copy.giga(), Math.max(read.giga(), write.giga()));
  }

  /** {@return the bandwidth of one movement} */
  public Rate rate(Movement movement) {
    return switch (movement) {
      case READ -> read;
      case WRITE -> write;
      case COPY -> copy;
    };
  }

  /** Measures the device; takes a few seconds, and wants it for itself. */
  public static PeakRates measure(Device device) {
    DeviceInfo info = device.info();
    long bytes = arrayBytes(info);
    try (Buffer a = device.allocate(bytes);
        Buffer b = device.allocate(bytes)) {
      a.fillZero(); // touches every page, so that no repetition pays for it
      b.fillZero();
      return new PeakRates(
          best(device, FmaProbes.of(info), a, b),
          best(device, BandwidthProbes.of(info, Movement.READ, bytes), a, b),
          best(device, BandwidthProbes.of(info, Movement.WRITE, bytes), a, b),
          best(device, BandwidthProbes.of(info, Movement.COPY, bytes), a, b),
          launchMicros(device, LAUNCHES),
          launchMicros(device, 1),
          bytes);
    }
  }

  /** Eight times the caches and at least {@link #ARRAY}, where the device's memory allows. */
  private static long arrayBytes(DeviceInfo info) {
    long wanted = Math.max(ARRAY, 8 * info.cacheBytes());
    long room = Math.min(info.maxAllocation(), info.globalMemory() / 8);
    return Math.min(wanted, room) / 4096 * 4096;
  }

  /** Every probe a few times, the best two thoroughly. */
  private static Rate best(Device device, List<Probe> probes, Buffer a, Buffer b) {
    List<Program> programs = device.buildAll(probes.stream().map(Probe::source).toList());
    record Ready(Probe probe, Kernel kernel, double rate) {
      Ready again(Device device, long nanos) {
        return new Ready(probe, kernel, Math.max(rate, giga(device, probe, kernel, nanos)));
      }
    }
    var ready = new ArrayList<Ready>();
    try {
      for (int i = 0; i < probes.size(); i++) {
        Probe probe = probes.get(i);
        Kernel kernel = programs.get(i).kernel(probe.source().name());
        ready.add(new Ready(probe, kernel, 0));
        probe.bind(kernel, a, b);
        kernel.launch(probe.global(), probe.local()); // the driver may compile at the first launch
      }
      Comparator<Ready> byRate = Comparator.comparingDouble(Ready::rate);
      Ready winner =
          ready.stream()
              .map(r -> r.again(device, 0))
              .sorted(byRate.reversed())
              .limit(FINALISTS)
              .map(r -> r.again(device, THOROUGH_NANOS))
              .max(byRate)
              .orElseThrow();
      return new Rate(winner.rate(), winner.probe().shape());
    } finally {
      ready.forEach(r -> r.kernel().close());
      programs.forEach(Program::close);
    }
  }

  /** The best of some repetitions, of as many as fit the time where that is longer. */
  private static double giga(Device device, Probe probe, Kernel kernel, long nanos) {
    device.finish();
    long begin = System.nanoTime();
    long best = Long.MAX_VALUE;
    for (int i = 0; i < REPETITIONS || System.nanoTime() - begin < nanos; i++) {
      long start = System.nanoTime();
      kernel.launch(probe.global(), probe.local());
      device.finish();
      best = Math.min(best, System.nanoTime() - start);
    }
    return probe.work() / best;
  }

  private static double launchMicros(Device device, int launches) {
    String text =
        """
        __kernel __attribute__((reqd_work_group_size(1, 1, 1)))
        void peak_launch(__global int* out) {
          if (get_global_id(0) == 1) out[0] = 0;
        }
        """;
    long[] one = {1};
    try (Buffer out = device.allocate(4);
        Program program = device.build(Source.of("peak_launch", text));
        Kernel kernel = program.kernel("peak_launch").arg(0, out)) {
      long best = Long.MAX_VALUE;
      for (int i = 0; i < LAUNCH_REPETITIONS; i++) {
        long start = System.nanoTime();
        for (int n = 0; n < launches; n++) {
          kernel.launch(one, one);
        }
        device.finish();
        best = Math.min(best, System.nanoTime() - start);
      }
      return best / 1e3 / launches;
    }
  }

  /** A table for people. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        """
        multiply-add  %8.1f GFLOP/s  (%s)
        read          %8.1f GB/s     (%s)
        write         %8.1f GB/s     (%s)
        copy          %8.1f GB/s     (%s)
        launch        %8.2f us       (%.2f us with the wait for its end)
        """,
        fma.giga(),
        fma.shape(),
        read.giga(),
        read.shape(),
        write.giga(),
        write.shape(),
        copy.giga(),
        copy.shape(),
        launchMicros,
        roundTripMicros);
  }
}
