package org.nnd.opencl.measure;

import java.util.EnumMap;
import java.util.Map;
import org.nnd.opencl.jocl.Buffer;
import org.nnd.opencl.jocl.Device;
import org.nnd.opencl.jocl.Kernel;
import org.nnd.opencl.jocl.Program;

/**
 * The rates at which memory is read, written and copied, to be measured again and again: on a
 * machine that is shared they change within minutes. The kernels are those that were fastest when
 * the peaks were measured.
 */
public final class MemoryRates implements AutoCloseable {
  private final Device device;
  private final Buffer from;
  private final Buffer to;
  private final Map<Movement, Ready> ready = new EnumMap<>(Movement.class);

  /** {@return measurements like those of {@code peaks}} */
  public static MemoryRates of(Device device, PeakRates peaks) {
    return new MemoryRates(device, peaks);
  }

  private MemoryRates(Device device, PeakRates peaks) {
    this.device = device;
    from = device.allocate(peaks.arrayBytes());
    to = device.allocate(peaks.arrayBytes());
    from.fillZero();
    to.fillZero();
    for (Movement movement : Movement.values()) {
      var probes = BandwidthProbes.of(device.info(), movement, peaks.arrayBytes());
      Probe fastest =
          probes.stream()
              .filter(probe -> probe.shape().equals(peaks.rate(movement).shape()))
              .findFirst()
              .orElse(probes.get(0));
      ready.put(movement, new Ready(fastest));
      giga(movement); // the driver may compile at the first launch
    }
  }

  private final class Ready {
    private final Probe probe;
    private final Program program;
    private final Kernel kernel;

    Ready(Probe probe) {
      this.probe = probe;
      program = device.build(probe.source());
      kernel = program.kernel(probe.source().name());
      probe.bind(kernel, from, to);
    }
  }

  /** {@return the rate of one such movement now, in 10^9 bytes a second, each byte counted} */
  public double giga(Movement movement) {
    Probe probe = ready.get(movement).probe;
    device.finish();
    long start = System.nanoTime();
    ready.get(movement).kernel.launch(probe.global(), probe.local());
    device.finish();
    return probe.work() / (System.nanoTime() - start);
  }

  @Override
  public void close() {
    for (Ready each : ready.values()) {
      each.kernel.close();
      each.program.close();
    }
    from.close();
    to.close();
  }
}
